import { isWebUrl } from '../core/config.js';

/** What is held: scripts of an inert type; frames, images and links whose address waits in a data attribute. */
export const HELD = '[data-consent]:is(script[type="text/plain"],iframe[data-src],img[data-src],link[data-href])';

const addressOf = (element: HTMLElement) => (element instanceof HTMLLinkElement ? 'href' : 'src');
const isScript = (element: HTMLElement): element is HTMLScriptElement => element instanceof HTMLScriptElement;

/** Whether a held tag may be released at all. `nonce` is our own script's: an injected script cannot know it. */
export function isSafe(element: HTMLElement, nonce: string): boolean {
  if (!isScript(element)) return isWebUrl(element.dataset[addressOf(element)] || undefined);
  return (!nonce || element.nonce === nonce) && (!element.hasAttribute('src') || isWebUrl(element.src));
}

/** Whether later tags wait for it: frames, images, links and scripts that say `async` keep nobody waiting. */
export const isInOrder = (element: HTMLElement): boolean =>
  isScript(element) && !(element.hasAttribute('src') && element.hasAttribute('async'));

/**
 * Lets a tag run. A script is the same node without its inert type, put back where it stood, so that it keeps all that
 * it has; it is returned where it has to be fetched first. One that the parser has not read to its end runs when it has:
 * until then its insertion starts nothing (https://html.spec.whatwg.org/#script-processing-model).
 */
export function release(element: HTMLElement): HTMLScriptElement | undefined {
  const address = addressOf(element);
  if (!isScript(element)) return void element.setAttribute(address, element.dataset[address] ?? '');
  element.removeAttribute('type');
  const place = document.createComment('');
  element.replaceWith(place);
  place.replaceWith(element);
  return element.hasAttribute(address) ? element : undefined;
}

/** Takes a released frame's, image's or link's address away again; a script that ran has run. */
export const hold = (element: HTMLElement): void => element.removeAttribute(addressOf(element));
