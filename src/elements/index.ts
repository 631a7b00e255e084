import type { Config } from '../core/config.js';
import type { Consent } from '../create-consent.js';
import { followLanguage } from '../messages/index.js';
import { ConsentryBanner } from './banner.js';
import { provide, provided } from './consent-controller.js';
import { define } from './define.js';
import { openPanel } from './open-panel.js';
import { isFramed, place } from './place.js';

const holds = (tags: string) => document.querySelector(tags);

/** Fetches what the page's elements need. Where it cannot be had, the page keeps what it wrote into them. */
function wake(): void {
  if (holds('consentry-preferences,consentry-declaration')) import('./panel.js').catch(console.error);
  if (holds('consentry-message')) import('./define-message.js').catch(console.error);
}

/**
 * What stands behind the question. Some frameworks bring a new body for each page, or all that is in it: then this goes too,
 * and the question comes back. Where the question goes alone, somebody wanted that.
 */
let neighbour: Element | null | undefined;

/** The consent whose frames have placeholders. */
let covered: Consent | undefined;

/** The banner in the layout of the configuration, in the site's own words. What cannot be had is done without. */
async function bannerOf({ layout, messages }: Config): Promise<CustomElementConstructor> {
  try {
    if (messages) (await import('./own-words.js')).connectOwnWords(messages);
    if (layout && layout !== 'top') return (await import('./floating-banner.js')).FloatingBanner;
  } catch {
    // The browser has told of the failure.
  }
  return ConsentryBanner;
}

/** Shows the banner to a visitor who has to be asked, unless the page asks already. A framed page asks nobody. */
function ask(): void {
  if (!provided?.state.pending) return;
  const panel = holds('consentry-preferences');
  let banner = holds('consentry-banner');
  // Its place may have been kept before it was known that nobody asks here.
  if (panel || isFramed()) banner?.remove();
  else if (!banner) place((banner = document.createElement('consentry-banner')));
  neighbour = (panel ?? banner)?.nextElementSibling;
}

/**
 * Shows the banner to a visitor who has to be asked, and brings the elements that the page holds to life. `hasFrames` says
 * whether held frames are to have placeholders, now and later: what makes those is a file of its own.
 */
export function connect(consent: Consent, hasFrames = true): void {
  if (hasFrames && covered !== consent) {
    covered = consent;
    import('./embed.js').then(({ connectEmbeds }) => connectEmbeds(consent)).catch(console.error);
  }
  if (!provide(consent)) return;
  wake();
  // Once for all that came: a look at each node would cost a page that inserts thousands.
  new MutationObserver(() => {
    wake();
    if (neighbour?.isConnected === false) ask();
  }).observe(document, { childList: true, subtree: true });
  void Promise.all([bannerOf(consent.config), followLanguage()]).then(([banner]) => {
    define('consentry-banner', banner);
    consent.subscribe(ask);
  });
}

/** Opens the preferences in place. */
export async function openPreferences(consent: Consent, opener?: HTMLElement): Promise<void> {
  connect(consent, false);
  await openPanel(opener);
}
