// Writes the table of docs/guard.md from what the tests of the guard measured: `node tools/vectors.mjs`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { VECTORS } from '../test/e2e/support/vectors.mjs';

const ENGINES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' };

const root = new URL('../', import.meta.url);
const page = new URL('docs/guard.md', root);
const fileOf = (engine) => new URL(`test-results/vectors/${engine}.json`, root);

const PARTS = /^([^]*<!-- table -->\n)([^]*)(<!-- \/table -->[^]*)$/;
const partsOf = () => readFileSync(page, 'utf8').match(PARTS).slice(1);

/**
 * What the table says: the level of each vector, by engine and the vector's id.
 * @returns {Record<string, Record<string, string>>}
 */
export function readTable() {
  const rows = partsOf()[1]
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (\*\*|---|How)/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
  const levels = Object.fromEntries(Object.keys(ENGINES).map((engine) => [engine, {}]));
  const vectors = Object.values(VECTORS).flat();
  for (const [at, { id, words }] of vectors.entries()) {
    const [name, ...cells] = rows[at] ?? [];
    if (name !== words) continue;
    Object.keys(ENGINES).forEach((engine, column) => (levels[engine][id] = cells[column]));
  }
  return levels;
}

/** Keeps what a test measured, by the vector's id. */
export function keep(engine, levels) {
  mkdirSync(new URL('.', fileOf(engine)), { recursive: true });
  writeFileSync(fileOf(engine), `${JSON.stringify(levels, null, 2)}\n`);
}

function measuredIn(engine) {
  try {
    return JSON.parse(readFileSync(fileOf(engine), 'utf8'));
  } catch {
    // That browser is not here: its column stays.
    return {};
  }
}

function writeTable() {
  const said = readTable();
  const measured = Object.fromEntries(Object.keys(ENGINES).map((engine) => [engine, measuredIn(engine)]));
  const rows = Object.entries(VECTORS).flatMap(([group, vectors]) => [
    [`**${group}**`, '', '', ''],
    ...vectors.map((vector) => [
      vector.words,
      ...Object.keys(ENGINES).map((engine) => measured[engine][vector.id] ?? said[engine][vector.id] ?? 'not measured'),
    ]),
  ]);
  const head = ['How', ...Object.values(ENGINES)];
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
  const [before, , after] = partsOf();
  writeFileSync(page, before + table + after);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeTable();
