import { expect, test } from 'vitest';
import { checkConfig, ConfigError, mistakesIn, type Rule, RULES } from '../../src/core/check.js';
import { type ConfigInput, readConfig } from '../../src/core/config.js';
import { EXPECTED, explain } from '../../src/explain.js';
import { createConsent } from '../../src/index.js';
import { vendors } from '../../src/services/registry.js';
import { randomly } from './support/randomly.js';
import { INVALID, VALID } from './support/configurations.js';

const BASE = { noticeUrl: '/cookies', noticeVersion: '1' };
const isRules = (rule: Rule): rule is Readonly<Record<string, Rule>> =>
  typeof rule === 'object' && !(rule instanceof RegExp) && !Array.isArray(rule);

/** Each path at which a rule stands, as the words of explain.ts name it. */
function pathsOf(rule: Rule, path = ''): string[] {
  if (Array.isArray(rule)) return [path, ...pathsOf(rule[0] as Rule, `${path}[]`)];
  if (!isRules(rule)) return [path];
  const within = (name: string) => (path ? `${path}.${name}` : name);
  return [path, ...Object.entries(rule).flatMap(([key, each]) => pathsOf(each, within(key.replace('!', ''))))];
}

/** What a web team reads of a configuration. */
function sentencesOf(input: unknown): string[] {
  try {
    checkConfig(input, () => readConfig(input as ConfigInput, vendors));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return (explain(error, input) as ConfigError).message.split('\n');
  }
}

test('H3 has words for every rule, and for nothing else', () => {
  const elsewhere = ['data-consentry-config', 'id', 'category'];
  expect(
    Object.keys(EXPECTED)
      .filter((path) => !elsewhere.includes(path))
      .sort(),
  ).toEqual(pathsOf(RULES).sort());
});

for (const [what, input] of VALID) {
  test(`H3 takes ${what}`, () => expect(sentencesOf(input)).toEqual([]));
}

for (const [what, input, path] of INVALID) {
  test(`H3 refuses ${what} with its path, what was expected and what was found`, () => {
    const [sentence = ''] = sentencesOf(input).filter((each) => each.startsWith(`${path || 'configuration'}: `));
    expect(sentence).toMatch(/^[^ ]*: expected .+, got .+\.$/su);
    expect(sentence).not.toMatch(/undefined|native code|\[object|one of the options \./);
  });
}

test('H3 says the very sentence', () => {
  expect(sentencesOf({ ...BASE, lifetimeDays: 0 })).toEqual([
    'lifetimeDays: expected a whole number from 1 to 400, got 0.',
  ]);
  expect(sentencesOf({ noticeUrl: '/cookies' })).toEqual([
    'noticeVersion: expected 1 to 20 letters, digits, dots and hyphens, got nothing.',
  ]);
  expect(sentencesOf('text')).toEqual(['configuration: expected an object, got "text".']);
});

test('H3 names every mistake, in one error', () => {
  const input = {
    noticeUrl: 5,
    categories: [{ id: 'x', basis: 'x' }, 1],
    services: [{ id: 'y', hosts: ['x.uk', '/'] }],
  };
  expect(sentencesOf(input).map((each) => each.split(': ')[0])).toEqual([
    'noticeUrl',
    'noticeVersion',
    'categories[0].basis',
    'categories[1]',
    'services[0].name',
    'services[0].category',
    'services[0].hosts[1]',
  ]);
});

test('H3 names the options there are where one is unknown, and no other', () => {
  const [atTop = ''] = sentencesOf({ ...BASE, lifetime: 3 });
  const names = Object.keys(RULES).map((key) => key.replace('!', ''));
  expect(atTop).toBe(`lifetime: expected one of the options ${names.join(', ')}, got 3.`);
  const [within = ''] = sentencesOf({ ...BASE, sensitive: [{ path: '/', deny: [], allow: [] }] });
  expect(within).toBe('sensitive[0].allow: expected one of the options path, deny, got a list.');
});

for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__']) {
  test(`H3 refuses the key ${name} at any depth, in words, and changes no prototype`, () => {
    const odd = `"${name}": {"perService": true, "polluted": true}`;
    for (const json of [
      `{"noticeUrl": "/", "noticeVersion": "1", ${odd}}`,
      `{"noticeUrl": "/", "noticeVersion": "1", "categories": [{"id": "x", "basis": "consent", ${odd}}]}`,
      `{"noticeUrl": "/", "noticeVersion": "1", "googleAnalytics": {"ids": [], ${odd}}}`,
    ]) {
      const [sentence = '', ...others] = sentencesOf(JSON.parse(json));
      expect(others).toEqual([]);
      expect(sentence).toMatch(
        new RegExp(`^(categories\\[0\\]\\.|googleAnalytics\\.)?${name}: expected one of the options `),
      );
    }
    expect(({} as { polluted?: boolean }).polluted).toBe(undefined);
  });
}

test('H3 reads no option from a prototype', () => {
  const input = Object.create(BASE) as object;
  expect(sentencesOf(input).map((each) => each.split(': ')[0])).toEqual(['noticeUrl', 'noticeVersion']);
});

test('H3 names ids that stand twice, and categories that do not exist', () => {
  const categories = [{ id: 'x', basis: 'consent' }];
  const service = { id: 'y', name: 'Y', category: 'x' };
  expect(sentencesOf({ ...BASE, categories, services: [{ ...service, id: 'x' }] })).toEqual([
    'services[0].id: expected a–z, 0–9 and hyphens, starting with a letter, at most 40, and no other category’s or service’s id, got "x".',
  ]);
  expect(sentencesOf({ ...BASE, categories, services: [service, service] })).toEqual([
    'services[1].id: expected a–z, 0–9 and hyphens, starting with a letter, at most 40, and no other category’s or service’s id, got "y".',
  ]);
  expect(sentencesOf({ ...BASE, categories, googleAnalytics: { ids: ['G-1'] } })).toEqual([
    'googleAnalytics: expected an object with ids, and a category analytics, got "analytics".',
  ]);
  expect(sentencesOf({ ...BASE, categories, sensitive: [{ path: '/x', deny: ['y'] }] })).toEqual([
    'sensitive[0].deny[0]: expected the id of a configured category, got "y".',
  ]);
});

test('H3 throws a ConfigError with its mistakes to those who import', () => {
  const wrong = { ...BASE, jurisdiction: 'England' };
  let error: unknown;
  try {
    createConsent(wrong);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ConfigError);
  expect(error).toMatchObject({
    name: 'ConfigError',
    message: 'jurisdiction: expected a country or subdivision code such as GB or GB-WLS, got "England".',
    mistakes: [{ path: 'jurisdiction', found: 'England' }],
  });
});

test('H3 explains JSON that is none, and choices that are none', () => {
  const explained = explain(new SyntaxError('Unexpected token')) as ConfigError;
  expect(explained).toBeInstanceOf(ConfigError);
  expect(explained.message).toBe('data-consentry-config: expected JSON, got "Unexpected token".');
  const other = new TypeError('other');
  expect(explain(other)).toBe(other);
  expect(explain(other, BASE)).toBe(other);
});

test('H3 takes a rule that is missing for one that nothing fulfils', () => {
  expect(mistakesIn('x', undefined, 'here')).toEqual([{ path: 'here', found: 'x' }]);
});

test('H3 ends for any JSON in a ConfigError or not at all', () => {
  const { below, pick, some, text } = randomly(4);
  const names = [...Object.keys(EXPECTED).flatMap((path) => path.split(/[[\].]+/)), '__proto__', 'constructor', 'x'];
  const leaves = [...VALID, ...INVALID].map(([, input]) => input);
  const value = (depth: number): unknown =>
    pick<() => unknown>([
      () => text(8),
      () => pick(['analytics', 'consent', '/x', 'G-1', '*', '', 'x.uk', '_ga_*']),
      () => pick([null, true, false, 0, -1, 182, 1.5, 1e308]),
      () => pick(leaves),
      () => (depth ? some(3, () => value(depth - 1)) : []),
      () => (depth ? object(depth - 1) : {}),
    ])();
  const object = (depth: number) =>
    JSON.parse(
      `{${[...new Set(some(4, () => pick(names)))].map((name) => `${JSON.stringify(name)}:${JSON.stringify(value(depth))}`).join()}}`,
    ) as object;

  const ends = { taken: 0, refused: 0 };
  const odd: string[][] = [];
  for (let turn = 0; turn < 10_000; turn++) {
    const input = below(2) ? { ...BASE, ...object(3) } : value(3);
    const sentences = sentencesOf(input);
    ends[sentences.length ? 'refused' : 'taken']++;
    // A text that was found may have lines of its own.
    if (sentences.length && !/^[^]*: expected [^]+, got [^]+\.$/.test(sentences.join('\n'))) odd.push(sentences);
  }
  expect(odd).toEqual([]);
  expect(ends.taken).toBeGreaterThan(100);
  expect(ends.refused).toBeGreaterThan(1000);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('H3 ends in a ConfigError for JSON of great depth and size', () => {
  const depth = 5000;
  const deep = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;
  for (const input of [deep, { ...BASE, services: deep }, { ...BASE, [`x${'y'.repeat(1e6)}`]: 1 }]) {
    expect(() => checkConfig(input, () => readConfig(input as ConfigInput, vendors))).toThrow(ConfigError);
  }
});

test('R1b refuses categories whose choices would not fit into the cookie', () => {
  const categories = ['a', 'b', 'c', 'd'].map((letter) => ({ id: letter.repeat(40), basis: 'consent' }));
  expect(sentencesOf({ ...BASE, categories: categories.slice(0, 2) })).toEqual([]);
  expect(sentencesOf({ ...BASE, categories })).toEqual([
    'categories: expected a list, and a cookie of at most 200 characters, got 239.',
  ]);
});
