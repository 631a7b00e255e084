/*
 * What the page could replace after us, taken while we are first in <head>. A form named "cookie" or an image named
 * "currentScript" shadows the property on `document` itself, so both are read through the prototype's own accessor.
 */
const accessors: { readonly [name: string]: PropertyDescriptor | undefined } =
  /* @__PURE__ */ Object.getOwnPropertyDescriptors(globalThis.Document?.prototype ?? {});

/** The accessor of the page's cookies. */
export const { cookie } = accessors;

/** The script element that is running now. */
export const currentScript = (): HTMLScriptElement | null =>
  accessors.currentScript?.get?.call(document) as HTMLScriptElement | null;

/**
 * Methods of elements as the browser made them: a field named "matches" shadows its form's, and the guard puts a
 * `setAttribute` of its own in the place of the browser's.
 */
export const { matches, querySelectorAll, setAttribute } = (globalThis.Element?.prototype ?? {}) as Pick<
  Element,
  'matches' | 'querySelectorAll' | 'setAttribute'
>;

/** Each cookie that this page can see, as `name=value`; none where the browser refuses. */
export function cookies(): string[] {
  try {
    return (cookie?.get?.call(document) as string).split('; ');
  } catch {
    return [];
  }
}

/** The name of each cookie that this page can see. */
export const cookieNames = (): string[] => cookies().flatMap((pair) => pair.split('=', 1));

/** Does nothing. */
export function ignore(): undefined {}

/** The words of an attribute. */
export const words = (text = ''): string[] => text.split(/\s+/).filter(Boolean);

/** Makes an element with these properties, whatever in the page is named "createElement". */
export const make = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: object,
): HTMLElementTagNameMap[Name] =>
  Object.assign(Document.prototype.createElement.call(document, name) as HTMLElementTagNameMap[Name], properties);

/** The innermost element that fits and in which an event happened, whatever shadow root it stands in. */
export const closestTo = (event: Event, selector: string): HTMLElement | undefined =>
  event.composedPath().find((node): node is HTMLElement => node instanceof Element && matches.call(node, selector));

/** Calls `run` once the parser has read the page to its end. */
export function whenParsed(run: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run);
  else run();
}

/** Reports an error as an uncaught one, and goes on: what one subscriber, vendor or tag does stops nobody else. */
export const report = (error: unknown): void =>
  void setTimeout(() => {
    throw error;
  });
