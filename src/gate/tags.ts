import { isWebUrl } from '../core/config.js';
import { type setAttribute as SetAttribute, whenParsed } from '../core/natives.js';
import type { Service } from '../core/service.js';

/** Stands on a script that was released, and so on each copy that a page keeps of it: none of them runs again. */
const RELEASED = 'data-consentry-released';

/** What is held: scripts of an inert type; frames, images and links whose address waits in a data attribute. */
export const HELD = `[data-consent]:is(script[type="text/plain"]:not([${RELEASED}]),iframe[data-src],img[data-src],link[data-href])`;

/** The tags that can be held. */
export const TAGS = 'script,iframe,img,link';

/** What asks for an address as soon as the parser or a script puts it into the page. */
export const LIVE = 'script[src]:not([type="text/plain"]),iframe[src],img[src],link:is([rel*=pre],[rel~=stylesheet])';

/** Where a tag has its address. */
export const addressOf = (element: HTMLElement) => (element instanceof HTMLLinkElement ? 'href' : 'src');
export const isScript = (element: HTMLElement): element is HTMLScriptElement => element instanceof HTMLScriptElement;

/** Whether a held tag may be released at all. `nonce` is our own script's: an injected script cannot know it. */
export function isSafe(element: HTMLElement, nonce: string): boolean {
  if (!isScript(element)) return isWebUrl(element.dataset[addressOf(element)] || undefined);
  return (!nonce || element.nonce === nonce) && (!element.hasAttribute('src') || isWebUrl(element.src));
}

/** Whether later tags wait for it: frames, images, links and scripts that say `async` keep nobody waiting. */
export const isInOrder = (element: HTMLElement): element is HTMLScriptElement =>
  isScript(element) && !(element.hasAttribute('src') && element.hasAttribute('async'));

/** Whether it has to be fetched before it runs. */
export const isExternal = (element: HTMLElement): boolean => element.hasAttribute('src');

/** Puts an element out of the page and back, so that a script starts. */
function insertAgain(element: HTMLElement): void {
  const { parentNode, nextSibling } = element;
  element.remove();
  parentNode?.insertBefore(element, nextSibling);
}

/**
 * Lets a tag run. A script is the same node without its inert type, put back where it stood, so that it keeps all that
 * it has. One that the parser has not read to its end runs when it has: until then its insertion starts nothing
 * (https://html.spec.whatwg.org/#script-processing-model).
 */
export function release(element: HTMLElement, setAttribute: typeof SetAttribute): void {
  const address = addressOf(element);
  if (!isScript(element)) return setAttribute.call(element, address, element.dataset[address] ?? '');
  // Not without it: its place among the attributes is to stay the same.
  element.type = '';
  // External scripts are fetched side by side and run in the order of their insertion.
  if (isExternal(element) && isInOrder(element)) element.async = false;
  insertAgain(element);
  whenParsed(() => close(element));
}

/**
 * Makes markup that the page keeps of a script inert again: frameworks put copies of it into a later page. In the head it
 * is as it was, because they tell by that whether the head of the next page has it too.
 */
function close(script: HTMLScriptElement): void {
  script.type = 'text/plain';
  if (!document.head.contains(script)) script.setAttribute(RELEASED, '');
}

/** Makes a script's copy one that was never released. */
export function reopen(copy: HTMLScriptElement): void {
  copy.type = 'text/plain';
  copy.removeAttribute(RELEASED);
}

/** Takes a frame's, image's or link's address away again. */
export const hold = (element: HTMLElement): void => element.removeAttribute(addressOf(element));

/** Holds what was released; a script that ran has run. */
export function empty(element: HTMLElement): void {
  hold(element);
  // Out of the page a frame ends at once. One that is `loading="lazy"` and hidden would go on in Firefox.
  if (element instanceof HTMLIFrameElement) insertAgain(element);
}

/** Makes a live tag a held one, as a web team would mark it. */
export function mark(element: HTMLElement, { id, category }: Service): void {
  const address = addressOf(element);
  Object.assign(element.dataset, { consent: category, service: id });
  if (isScript(element)) element.type = 'text/plain';
  else {
    element.dataset[address] = element.getAttribute(address) ?? '';
    hold(element);
  }
}

/**
 * Keeps a script that is being fetched from ever running: a script runs only in the document that asked for it. Returns
 * what stands in its place.
 */
export function banish(script: HTMLScriptElement): Comment {
  const place = document.createComment('');
  script.replaceWith(place);
  new Document().append(script);
  return place;
}
