import type { ConfigInput } from './core/config.js';
import { currentScript, report, words } from './core/natives.js';
import { type Consent, createConsent } from './create-consent.js';
import { armQuickExit } from './exit/quick-exit.js';
import { connectElements, openPreferences } from './lazy.js';

type Visit = (consent: Consent) => void;
type Waiting = Visit[];
type Api = { push(visit: Visit): void; report: Consent['report'] };

/** The configuration in the attributes, under the one in the page's JSON block, which wins. */
function readInput({ dataset }: HTMLElement): ConfigInput {
  const vendor = (key: string) => dataset[key] && { ids: words(dataset[key]), src: dataset[`${key}Src`] };
  const attributes = {
    noticeUrl: dataset.noticeUrl,
    noticeVersion: dataset.noticeVersion,
    googleAnalytics: vendor('googleAnalytics'),
    doubleclick: vendor('doubleclick'),
    facebookPixel: vendor('facebookPixel'),
  };
  const block = document.querySelector('script[data-consentry-config]');
  return { ...attributes, ...(JSON.parse(block?.textContent || '{}') as object) } as ConfigInput;
}

/** Nothing gated runs now. The page goes on as if we were not there, and the web team reads why. */
const fail = (error: unknown, input?: unknown) =>
  import('./explain.js')
    .then(
      ({ explain }) => explain(error, input),
      () => error,
    )
    .then((explained) => console.error('Consentry: nothing runs.', explained));

function start(script: HTMLElement): void {
  const page = globalThis as { consentry?: Waiting | Api };
  const { consentry } = page;
  if (typeof (consentry as Api | undefined)?.report === 'function') return console.warn('Consentry: loaded twice');
  const { quickExit, quickExitPresses, quickExitTitle } = script.dataset;
  // Before anything that can fail: no mistake in the configuration keeps somebody on the page.
  if (quickExit !== undefined) {
    armQuickExit({ targets: words(quickExit), presses: Number(quickExitPresses) || 1, title: quickExitTitle });
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
  }
}

const script = currentScript();
if (script) start(script);
