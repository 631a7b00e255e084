// Prints what a visitor loads, brotli-compressed, and fails where it differs from the figures in package.json or the budget.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = join(root, 'package.json');
const pkg = JSON.parse(readFileSync(manifest, 'utf8'));
const names = readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.js'));

/** Bytes of the files whose names start so, each compressed by itself. */
const bytes = (...starts) =>
  starts
    .map((start) => {
      const found = names.filter((name) => name === `${start}.js` || name.startsWith(`${start}-`));
      if (found.length !== 1) throw new Error(`dist/${start}: expected one file, got ${found.join(', ') || 'none'}`);
      return brotliCompressSync(readFileSync(join(root, 'dist', found[0]))).length;
    })
    .reduce((sum, each) => sum + each, 0);

// P1: 6.5 and 17 kB of 1,024 bytes.
const BUDGET = { 'a decided visitor': 6.5 * 1024, 'a new visitor': 17 * 1024 };
const measured = {
  'a decided visitor': bytes('consentry'),
  'a new visitor': bytes('consentry', 'asking', 'elements'),
  'a grant, beside the vendors': bytes('granted'),
  'the preferences, when opened': bytes('panel'),
  Welsh: bytes('cy'),
};

const page = join(root, 'README.md');
const shown = (size) => size.toLocaleString('en');

if (process.argv.includes('--write')) {
  let text = readFileSync(page, 'utf8');
  for (const [what, size] of Object.entries(measured)) text = text.replace(shown(pkg.size[what]), shown(size));
  writeFileSync(page, text);
  writeFileSync(manifest, `${JSON.stringify({ ...pkg, size: measured }, null, 2)}\n`);
  pkg.size = measured;
}

const readme = readFileSync(page, 'utf8');
for (const [what, size] of Object.entries(measured)) {
  const problems = [
    size > (BUDGET[what] ?? Infinity) && `over its budget of ${BUDGET[what]}`,
    size !== pkg.size?.[what] && `package.json says ${pkg.size?.[what]}: run npm run size -- --write`,
    !readme.includes(shown(size)) && `README.md does not say ${shown(size)}`,
  ].filter(Boolean);
  console.log(`${what}: ${shown(size)} bytes${problems.map((problem) => `\n  ${problem}`).join('')}`);
  if (problems.length) process.exitCode = 1;
}
