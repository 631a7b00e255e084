import { cookie } from './natives.js';

/** Writes a cookie, or removes it where no value is given. The browser may refuse either without a word. */
export function setCookie(name: string, path: string, domain = '', value = '', expires = 0): void {
  const text = `${name}=${value};path=${path};domain=${domain};expires=${new Date(expires).toUTCString()};samesite=lax`;
  try {
    cookie?.set?.call(document, text + (location.protocol === 'https:' ? ';secure' : ''));
  } catch {
    // Refused, as by a sandbox: then there is nothing to remove either, and what was to be kept is read back.
  }
}

/** The domains that a cookie of this page can belong to: this host only, then itself and each parent with sub-domains. */
export function domains(): string[] {
  const labels = location.hostname.split('.');
  // No guess at which parent is a public suffix: the browser refuses that one, and the next is tried.
  return ['', ...labels.map((_, index) => labels.slice(index).join('.'))];
}
