// @vitest-environment node
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

interface Import {
  readonly from: string;
  readonly to: string;
  readonly kind: 'value' | 'type' | 'lazy';
}

const STATEMENT = /^\s*(?:import|export)\s+(type\s)?(?:([^'";]*?)\s+from\s+)?'([^']+)'/gm;
const LAZY = /\b(typeof )?import\('([^']+)'\)/g;

/** Whether every name of an import is marked as a type. */
const isTypes = (names: string) =>
  /^\{[^]*\}$/.test(names) &&
  names
    .slice(1, -1)
    .split(',')
    .every((name) => !name.trim() || /^\s*type\s/.test(name));

function importsOf(file: string): Import[] {
  // Comments may hold anything; texts that look like an import do not occur.
  const code = readFileSync(join(SRC, file), 'utf8')
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
  const to = (name: string) =>
    name.startsWith('.') ? relative(SRC, join(SRC, dirname(file), name)).replace(/\.js$/, '.ts') : name;
  return [
    ...[...code.matchAll(STATEMENT)].map(([, isType, names = '', name = '']): Import => ({
      from: file,
      to: to(name),
      kind: isType || isTypes(names) ? 'type' : 'value',
    })),
    ...[...code.matchAll(LAZY)].map(([, isType, name = '']): Import => ({
      from: file,
      to: to(name),
      kind: isType ? 'type' : 'lazy',
    })),
  ];
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));
const imports = files.flatMap(importsOf);
const values = imports.filter(({ kind }) => kind === 'value');
const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '');
const show = ({ from, to }: Import) => `${from} → ${to}`;

test('H10 reads an import graph that is there', () => {
  expect(files.length).toBeGreaterThan(25);
  expect(imports.map(show)).toEqual(expect.arrayContaining(['core/check.ts → core/config.ts', 'auto.ts → explain.ts']));
  expect(imports.find((each) => show(each) === 'core/check.ts → core/service.ts')?.kind).toBe('type');
  expect(imports.find((each) => show(each) === 'auto.ts → explain.ts')?.kind).toBe('lazy');
  const missing = imports.filter(({ to }) => to.endsWith('.ts') && !existsSync(join(SRC, to)));
  expect(missing.map(show)).toEqual([]);
});

test('H10 has no cycle among its files', () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (file: string, path: readonly string[]) => {
    if (path.includes(file)) return void cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file)) return;
    for (const { to } of values.filter(({ from }) => from === file)) walk(to, [...path, file]);
    done.add(file);
  };
  files.forEach((file) => walk(file, []));
  expect(cycles).toEqual([]);
});

/** What the files of a folder may use, beside their own folder: each layer knows those under it only. */
const UNDER: Record<string, readonly string[]> = {
  core: [],
  services: ['core'],
  gate: ['core'],
  sweep: ['core', 'services/traces.ts'],
  exit: ['core/log.ts', 'core/natives.ts'],
  messages: [],
};
for (const [folder, under] of Object.entries(UNDER)) {
  test(`H10 lets nothing in ${folder} use what lies above it`, () => {
    const upward = imports
      .filter(({ from, to }) => folderOf(from) === folder && folderOf(to) !== folder)
      .filter(({ to }) => !under.some((each) => to === each || folderOf(to) === each));
    expect(upward.map(show)).toEqual([]);
  });
}

test('H10 keeps what only asks out of what every visitor fetches', () => {
  const reached = new Set<string>();
  const walk = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { to } of values.filter(({ from }) => from === file)) walk(to);
  };
  walk('auto.ts');
  const late = ['core/check.ts', 'core/choose.ts', 'asking.ts', 'explain.ts', 'exit/bar.ts', 'elements/index.ts'];
  expect([...reached].filter((file) => late.includes(file) || folderOf(file) === 'elements')).toEqual([]);
  expect(
    [...reached].filter((file) => !file.endsWith('.ts')),
    'packages',
  ).toEqual([]);
});

test('H10 names the elements in the files that fetch them only', () => {
  const outside = imports.filter(
    ({ from, to, kind }) => kind !== 'type' && folderOf(to) === 'elements' && folderOf(from) !== 'elements',
  );
  expect(outside.map(show)).toEqual(['lazy.ts → elements/index.ts']);
});
