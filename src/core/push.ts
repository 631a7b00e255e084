import { replace } from './replace.js';

/** Calls `tell` with each address that a script of the page gives the page without a load, before it has it. */
export function beforePush(tell: (url: unknown) => void): void {
  for (const name of ['pushState', 'replaceState']) {
    replace(History.prototype, name, (run, [, , url]: unknown[]) => {
      tell(url);
      return run();
    });
  }
}
