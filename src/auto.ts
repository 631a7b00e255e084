import { connectElements, openPreferences } from './lazy.js';
import { armQuickExit } from './exit/quick-exit.js';
import { type Consent, createConsent } from './create-consent.js';
import { warn } from './core/log.js';
import { currentScript, ignore, report, words } from './core/natives.js';
import { vendors } from './services/registry.js';
import type { ConfigInput } from './core/config.js';

type Visit = (consent: Consent) => void;
type Waiting = Visit[];
type Api = { push(visit: Visit): void; report: Consent['report'] };

/** What `idsOf` finds for each vendor of ours, by its key in the configuration. */
const byKey = (idsOf: (key: string) => unknown) => Object.fromEntries(vendors.map(({ key }) => [key, idsOf(key)]));

/** The configuration in the attributes, under the one in the page's JSON block, which wins. */
function readInput({ dataset }: HTMLElement): ConfigInput {
  // Without a value: the page has the vendor's own snippet.
  const vendor = (key: string) =>
    key in dataset ? { ids: words(dataset[key]), src: dataset[`${key}Src`] } : undefined;
  const block = document.querySelector('script[data-consentry-config]');
  return {
    noticeUrl: dataset.noticeUrl,
    noticeVersion: dataset.noticeVersion,
    layout: dataset.layout,
    ...byKey(vendor),
    ...(JSON.parse(block?.textContent || '{}') as object),
  } as ConfigInput;
}

/** Nothing gated runs now. The page goes on as if we were not there, and the web team reads why. */
const fail = (error: unknown, input?: unknown) =>
  import('./explain.js').then(({ tell }) => tell(error, input), console.error);

function start(script: HTMLElement): void {
  const page = globalThis as { consentry?: Waiting | Api };
  const { consentry } = page;
  if (typeof (consentry as Api | undefined)?.report === 'function') return warn('loaded twice', script);
  const { quickExit, quickExitPresses, quickExitTitle } = script.dataset;
  // Before anything that can fail: no mistake in the configuration keeps somebody on the page.
  if (quickExit !== undefined) {
    armQuickExit(words(quickExit), Number(quickExitPresses) || 1, quickExitTitle);
  }
  let input: ConfigInput | undefined;
  try {
    input = readInput(script);
    const consent = createConsent(input, { nonce: script.nonce, openPreferences });
    const push = (visit: Visit) => {
      try {
        visit(consent);
      } catch (error) {
        report(error);
      }
    };
    page.consentry = { push, report: consent.report };
    if (Array.isArray(consentry)) consentry.forEach(push);
    connectElements(consent).catch((error: unknown) => fail(error, input));
  } catch (error) {
    void fail(error, input);
    // Nobody knows any more which vendors' snippets stand in the page: all of ours are held, and never released.
    createConsent(byKey(() => ({ ids: [] })) as unknown as ConfigInput).ready.catch(ignore);
  }
}

const script = currentScript();
if (script) start(script);
