import { closestTo, ignore, whenParsed, words } from './core/natives.js';
import type { Consent } from './create-consent.js';
import { reserve } from './reserve.js';

const PLACED = 'consentry-preferences,consentry-declaration,consentry-message';

/** Frames that somebody would miss: what only counts visits is hidden or has no size. */
const FRAMES = 'iframe[data-consent]:not([hidden],[width="0"],[width="1"])';

/** What the file of the elements offers. */
type Elements = typeof import('./elements/index.js');

let elements: Promise<Elements> | undefined;

/** The elements, fetched the first time somebody needs one, and what writes a choice: no withdrawal waits for a line. */
function load(): Promise<Elements> {
  // Whoever chooses is told of its failure.
  if (!elements) import('./asking.js').catch(ignore);
  return (elements ??= import('./elements/index.js'));
}

/** Opens the preferences: `openPreferences` of a page that leaves the elements to us. */
export const openPreferences = async (consent: Consent, opener?: HTMLElement): Promise<void> =>
  (await load()).openPreferences(consent, opener);

/** Fetches the elements for visitors who have to be asked, for pages that hold one, and for settings links. */
export async function connectElements(consent: Consent): Promise<void> {
  const giveUp = reserve(consent.config);
  await consent.ready.finally(() => consent.state.pending || giveUp());
  // Before a framework goes on to the address: most leave alone what somebody has taken.
  const open = (event: MouseEvent) => {
    const link = closestTo(event, '[data-consent-settings]');
    if (!link) return;
    event.preventDefault();
    openPreferences(consent, link).catch(() => location.assign(consent.config.noticeUrl));
  };
  addEventListener('click', open, true);
  const isHeld = ({ dataset }: HTMLElement) => !consent.isGranted(words(dataset.consent), dataset.service);
  const look = () => {
    const holdsFrame = [...document.querySelectorAll<HTMLElement>(FRAMES)].some(isHeld);
    if (!holdsFrame && !consent.state.pending && !document.querySelector(PLACED)) return;
    // Of a file that is not to be had the browser tells.
    load().then(({ connect }) => connect(consent, holdsFrame), giveUp);
  };
  let turn: ReturnType<typeof setTimeout> | undefined;
  whenParsed(() => {
    consent.subscribe(look);
    // What comes later, as with a new body; seldom enough to cost a busy page nothing.
    new MutationObserver(() => {
      turn ??= setTimeout(() => {
        turn = undefined;
        look();
      }, 100);
    }).observe(document, { childList: true, subtree: true });
  });
}
