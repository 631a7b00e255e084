import type { Library } from './vendor.js';
import { run } from './steps.js';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}
declare const trustedTypes: TrustedTypes | undefined;

/** Makes what asks for libraries, each once. Where the page enforces Trusted Types, it has to allow `consentry`. */
export function createLoader(nonce: string) {
  const asked = new Map<Library, Promise<void>>();
  let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

  /** Asks for a library the first time; resolves when it is there, and what begins it has run. */
  return (library: Library, url: string): Promise<void> => {
    if (typeof trustedTypes === 'object') {
      policy ??= trustedTypes.createPolicy('consentry', { createScriptURL: (text) => text });
    }
    const script = document.createElement('script');
    const arrival =
      asked.get(library) ??
      new Promise<void>((resolve) => {
        script.addEventListener('load', () => {
          run(library.begin?.());
          resolve();
        });
        script.nonce = nonce;
        script.src = policy?.createScriptURL(url) ?? url;
        document.head.append(script);
      });
    asked.set(library, arrival);
    return arrival;
  };
}
