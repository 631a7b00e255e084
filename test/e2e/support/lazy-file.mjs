// @ts-check
import { readdirSync } from 'node:fs';

/** The path of a file that is fetched later; its name carries the build's mark. */
export function lazyFile(/** @type {string} */ name) {
  const found = readdirSync(new URL('../../../dist/', import.meta.url)).find(
    (file) => file.startsWith(`${name}-`) && file.endsWith('.js'),
  );
  if (!found) throw new Error(`expected dist/${name}-….js; run the build`);
  return `/dist/${found}`;
}
