// npm leaves an optional platform package out of the lock file without a word when it is not to be had;
// `npm ci` then fails with "Missing: ... from lock file". Run after every change of the lock file.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const missing = new Set();
for (const [path, entry] of Object.entries(packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    let at = path;
    for (;;) {
      if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) break;
      if (!at) {
        missing.add(`${path || '.'} -> ${name}`);
        break;
      }
      at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '';
    }
  }
}
for (const line of missing) console.error(`not in the lock file: ${line}`);
process.exitCode = missing.size ? 1 : 0;
