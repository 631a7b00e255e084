import type { Consent } from '../create-consent.js';
import { followLanguage } from '../messages/index.js';
import { define } from './define.js';
import { cover } from './frame-box.js';
import { isSealed } from './notices.js';
import { ConsentryEmbed } from './placeholder.js';
import { isHeld } from './read-frame.js';

/** What the gate holds. A frame with a document of its own shows that already. */
const FRAMES = 'iframe[data-consent][data-src]:not([srcdoc])';

/** What stands in the place of each frame. */
const embeds = new Map<HTMLIFrameElement, ConsentryEmbed>();
const watched = new WeakSet<HTMLIFrameElement>();
let consent: Consent | undefined;
let hasMoved = false;
let turn: number | undefined;

/** Looks at every frame before the page is painted next. */
function look(): void {
  turn ??= requestAnimationFrame(() => {
    turn = undefined;
    for (const [frame, embed] of embeds) {
      if (frame.isConnected && embed.nextElementSibling === frame && isWanted(frame)) continue;
      takeAway(frame, embed);
    }
    document.querySelectorAll<HTMLIFrameElement>(FRAMES).forEach(stand);
    hasMoved = false;
  });
}

/** As `look`, where boxes may have another size or place. */
function measure(): void {
  hasMoved = true;
  look();
}

const sizes = new ResizeObserver(look);
const attributes = new MutationObserver((changes) => {
  if (changes.every(({ attributeName }) => attributeName === 'src')) look();
  else measure();
});

/** Whether a frame is to have a placeholder. One on a sealed page keeps it: its address leads nowhere before the next load. */
function isWanted(frame: HTMLIFrameElement): boolean {
  const isEmpty = !frame.hasAttribute('src');
  return embeds.has(frame) ? isEmpty || isSealed() : isEmpty && !!consent && isHeld(frame, consent);
}

/** Puts a placeholder where one is wanted and seen. */
function stand(frame: HTMLIFrameElement): void {
  if (!isWanted(frame)) return;
  if (!watched.has(frame)) {
    watched.add(frame);
    sizes.observe(frame);
    attributes.observe(frame, { attributeFilter: ['src', 'hidden', 'class', 'style', 'width', 'height'] });
  }
  const before = embeds.get(frame);
  // Whoever is in it is not put out of it; its size follows the page's rules by itself.
  if (before && (!hasMoved || document.activeElement === before)) return;
  const embed =
    before ?? Object.assign(document.createElement('consentry-embed') as ConsentryEmbed, { consent, frame });
  if (cover(frame, embed)) embeds.set(frame, embed);
  else embeds.delete(frame);
}

/** Shows the frame again. Whoever asked for it there goes on in it, unless they are busy elsewhere by now. */
function takeAway(frame: HTMLIFrameElement, embed: ConsentryEmbed): void {
  const isFree = [null, document.body, embed].includes(document.activeElement as HTMLElement | null);
  embeds.delete(frame);
  embed.remove();
  if (isFree && embed.isAnswered && frame.hasAttribute('src')) frame.focus();
}

const started = followLanguage().then(() => {
  define('consentry-embed', ConsentryEmbed);
  addEventListener('resize', measure);
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
});

/** Puts a placeholder where each held frame would be seen, now and later, for as long as it is held. */
export async function connectEmbeds(given: Consent): Promise<void> {
  const isNew = given !== consent;
  consent = given;
  await started;
  if (isNew) consent.subscribe(look);
}
