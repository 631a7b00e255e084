import type { Consent } from '../create-consent.js';
import { followLanguage } from '../messages/index.js';
import { ConsentryBanner } from './banner.js';
import { provide, provided } from './consent-controller.js';
import { define } from './define.js';
import { openPanel } from './open-panel.js';
import { isFramed, place } from './place.js';

const holds = (root: Element, tags: string) => root.matches(tags) || root.querySelector(tags);

/** Fetches what the elements in `root` need. Where it cannot be had, the page keeps what it wrote into them. */
function wake(root: Element): void {
  if (holds(root, 'consentry-preferences,consentry-declaration')) import('./panel.js').catch(console.error);
  if (holds(root, 'consentry-message')) import('./define-message.js').catch(console.error);
}

/** Shows the banner to a visitor who has to be asked, unless the page asks already. A framed page asks nobody. */
function ask(): void {
  if (!provided?.state.pending || isFramed()) return;
  if (!document.querySelector('consentry-banner,consentry-preferences')) {
    place(document.createElement('consentry-banner'));
  }
}

/** Shows the banner to a visitor who has to be asked, and brings the elements that the page holds to life. */
export function connect(consent: Consent): void {
  if (!provide(consent)) return;
  define('consentry-banner', ConsentryBanner);
  wake(document.documentElement);
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      for (const node of addedNodes) if (node instanceof Element) wake(node);
      // A new body, as some frameworks make for each page: the question went with the old one.
      if (target === document.documentElement) ask();
    }
  }).observe(document, { childList: true, subtree: true });
  void followLanguage().then(() => consent.subscribe(ask));
}

/** Opens the preferences in place. */
export async function openPreferences(consent: Consent, opener?: HTMLElement): Promise<void> {
  connect(consent);
  await openPanel(opener);
}
