import type { Library } from './service.js';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}
declare const trustedTypes: TrustedTypes | undefined;

/** Makes what asks for libraries, each once. Where the page enforces Trusted Types, it has to allow `consentry`. */
export function createLoader(nonce: string) {
  const asked = new Set<Library>();
  let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

  /** Asks for a library and returns true, or false where it was asked for before. */
  return (library: Library, id: string, src = library.src): boolean => {
    if (asked.has(library)) return false;
    asked.add(library);
    if (typeof trustedTypes === 'object') {
      policy ??= trustedTypes.createPolicy('consentry', { createScriptURL: (url) => url });
    }
    const url = src + (library.query?.(id) ?? '');
    const script = document.createElement('script');
    script.nonce = nonce;
    script.async = true;
    script.src = policy?.createScriptURL(url) ?? url;
    document.head.append(script);
    return true;
  };
}
