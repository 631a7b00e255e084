import { trust } from '../core/trust.js';
import type { Library } from './vendor.js';

interface Asked {
  readonly script: HTMLScriptElement;
  readonly arrival: Promise<unknown>;
  isHere: boolean;
}

/** What asks for libraries, each once in the life of a page unless it was stopped on its way. */
export interface Loader {
  /** Asks for a library the first time; resolves when it is there. */
  load(library: Library, url: string): Promise<unknown>;
  isHere(library: Library): boolean;
  /** Keeps a library that is still on its way from ever running. */
  stop(library: Library): void;
}

const libraries = new WeakSet<Node>();

/** Whether a script was asked for here. */
export const isLibrary = (script: Node): boolean => libraries.has(script);

/** `banish` keeps a script that is on its way from ever running. */
export function createLoader({
  nonce,
  banish,
}: {
  nonce: string;
  banish(script: HTMLScriptElement): ChildNode;
}): Loader {
  const asked = new Map<Library, Asked>();

  function ask(url: string): Asked {
    const script = document.createElement('script');
    let resolve = () => {};
    const arrival = new Promise<void>((done) => (resolve = done));
    const entry: Asked = { script, arrival, isHere: false };
    script.onload = () => {
      entry.isHere = true;
      resolve();
    };
    libraries.add(script);
    script.nonce = nonce;
    script.src = trust().createScriptURL(url);
    document.head.append(script);
    return entry;
  }

  return {
    load(library, url) {
      const entry = asked.get(library) ?? ask(url);
      asked.set(library, entry);
      return entry.arrival;
    },
    isHere: (library) => !!asked.get(library)?.isHere,
    stop(library) {
      const entry = asked.get(library);
      if (!entry || entry.isHere) return;
      asked.delete(library);
      if (entry.script.isConnected) banish(entry.script).remove();
    },
  };
}
