import { report, whenParsed } from './core/natives.js';
import type { Consent } from './create-consent.js';

const PLACED = 'consentry-preferences,consentry-declaration,consentry-message';

/** What the file of the elements offers. */
type Elements = typeof import('./elements/index.js');

let elements: Promise<Elements> | undefined;

/** The elements, fetched the first time somebody needs one, and what writes a choice: no withdrawal waits for a line. */
function load(): Promise<Elements> {
  // Whoever chooses is told of its failure.
  if (!elements) import('./asking.js').catch(() => undefined);
  return (elements ??= import('./elements/index.js'));
}

/** Opens the preferences: `openPreferences` of a page that leaves the elements to us. */
export const openPreferences = async (consent: Consent, opener?: HTMLElement): Promise<void> =>
  (await load()).openPreferences(consent, opener);

/** Fetches the elements for visitors who have to be asked, for pages that hold one, and for settings links. */
export async function connectElements(consent: Consent): Promise<void> {
  await consent.ready;
  addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLElement && 'consentSettings' in node.dataset);
    if (!(link instanceof HTMLElement) || event.defaultPrevented) return;
    event.preventDefault();
    openPreferences(consent, link).catch(() => location.assign(consent.config.noticeUrl));
  });
  const connect = async () => {
    if (consent.state.pending || document.querySelector(PLACED)) (await load()).connect(consent);
  };
  whenParsed(() => void connect().catch(report));
}
