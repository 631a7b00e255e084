import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const table = readFileSync('docs/requirements.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]/.test(line) && !line.startsWith('| Id'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, id = '', , proof = '']) => ({ id, proof }));

/** The text of the tests that a proof names: one file, or a folder of them. */
const testsOf = (proof: string): string =>
  readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.startsWith(proof) && /\.(test|spec)\.m?ts$/.test(path))
    .map((path) => readFileSync(`test/${path}`, 'utf8'))
    .join('\n');

test('each requirement that claims a proof has a test that names it', () => {
  const claimed = table
    .filter(({ proof }) => /^(e2e|browser|unit)\//.test(proof))
    .flatMap(({ id, proof }) => proof.split(', ').map((one) => ({ id, proof: one })));
  expect(claimed.length).toBeGreaterThan(50);
  const unproved = claimed.filter(({ id, proof }) => !new RegExp(`['"\`]${id} `).test(testsOf(proof)));
  expect(unproved).toEqual([]);
});

test('each line of the contract with assistive technology has a test that names it, and each test a line', () => {
  const idsIn = (text: string, pattern: RegExp) => [...new Set(text.match(pattern) ?? [])].sort();
  const lines = idsIn(readFileSync('docs/accessibility.md', 'utf8'), /(?<=^\| )AT\d+/gm);
  const names = readFileSync('test/e2e/contract.spec.ts', 'utf8').match(/test\(\s*['"`]AT[^'"`]*/g) ?? [];
  expect(lines.length).toBeGreaterThan(10);
  expect(idsIn(names.join(' '), /AT\d+/g)).toEqual(lines);
});

test('each requirement says how it is proved, or that it is not', () => {
  const silent = table.filter(({ proof }) => !/^(e2e|browser|unit)\/|^not yet$|^npm run /.test(proof));
  expect(silent).toEqual([]);
});
