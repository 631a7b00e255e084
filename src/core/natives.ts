/*
 * What the page could replace after us, taken while we are first in <head>. A form named "cookie" or an image named
 * "currentScript" shadows the property on `document` itself, so both are read through the prototype's own accessor.
 */
const accessor = (name: 'cookie' | 'currentScript') =>
  globalThis.Document && Object.getOwnPropertyDescriptor(Document.prototype, name);

const cookie = accessor('cookie');

/** The script element that is running now. */
export const currentScript = (): HTMLScriptElement | null =>
  accessor('currentScript')?.get?.call(document) as HTMLScriptElement | null;

/** Each cookie that this page can see, as `name=value`; none where the browser refuses. */
export function cookies(): string[] {
  try {
    return (cookie?.get?.call(document) as string).split('; ');
  } catch {
    return [];
  }
}

/** Writes a cookie, or removes it where no value is given. The browser may refuse either without a word. */
export function setCookie(name: string, path: string, domain = '', value = '', expires = 0): void {
  const text = `${name}=${value};path=${path};domain=${domain};expires=${new Date(expires).toUTCString()};samesite=lax`;
  try {
    cookie?.set?.call(document, text + (location.protocol === 'https:' ? ';secure' : ''));
  } catch {
    // Refused, as by a sandbox: then there is nothing to remove either, and what was to be kept is read back.
  }
}

/** The words of an attribute. */
export const words = (text = ''): string[] => text.split(/\s+/).filter(Boolean);

/** The domains that a cookie of this page can belong to: this host only, then itself and each parent with sub-domains. */
export function domains(): string[] {
  const labels = location.hostname.split('.');
  // No guess at which parent is a public suffix: the browser refuses that one, and the next is tried.
  return ['', ...labels.map((_, index) => labels.slice(index).join('.'))];
}

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
