import { expect, test } from 'vitest';
import type { Choice, Decision } from '../../src/core/choices.js';
import { decode, encode } from '../../src/core/cookie.js';
import { randomId } from '../../src/core/record.js';
import { randomly } from './support/randomly.js';

const ALPHABET = /^[A-Za-z0-9._~-]{1,200}$/;
const NOW = Date.UTC(2026, 10, 1);

const decisionOf = (more: Partial<Decision> = {}): Decision => ({
  id: 'Abc-_0123456789abcdefg',
  subject: 'Zbc-_0123456789abcdefg',
  time: NOW,
  notice: '2026-11-01',
  config: 'z9a',
  choices: { preferences: 'unasked', analytics: 'granted', marketing: 'denied' },
  ...more,
});

const VALUE =
  '1~mvx2cqo0~Zbc-_0123456789abcdefg~Abc-_0123456789abcdefg~2026-11-01~z9a~preferences_u.analytics_g.marketing_d';

test('R1b writes the documented grammar', () => {
  expect(encode(decisionOf())).toBe(VALUE);
});

test('H2 reads back what it wrote, for every kind of decision', () => {
  const { below, pick, some } = randomly(1);
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (let turn = 0; turn < 5000; turn++) {
    const names = some(5, () => pick(letters) + some(8, () => pick(`${letters}0123456789-`)).join(''));
    const choices = Object.fromEntries(
      [...new Set(['x', ...names])].map((name) => [name, pick<Choice>(['granted', 'denied', 'unasked'])]),
    );
    const notice = ['1', ...some(19, () => pick('AZaz09.-'))].join('');
    const time = below(NOW);
    const decision = decisionOf({ id: randomId(), subject: randomId(), time, notice, choices });
    const value = encode(decision);
    expect(value).toMatch(ALPHABET);
    expect(decode(value)).toEqual(decision);
    // No id can become something of the object's own.
    expect(Object.getPrototypeOf(decode(value)?.choices)).toBe(null);
  }
});

test('H2 takes ids that objects have of their own for ids', () => {
  const choices = { constructor: 'granted', 'to-string': 'denied' } as const;
  expect(decode(encode(decisionOf({ choices })))?.choices).toEqual(choices);
  expect(decode(VALUE)?.choices.constructor).toBe(undefined);
});

test('H2 counts as absent whatever contradicts itself', () => {
  for (const letter of ['g', 'd', 'u']) expect(decode(`${VALUE}.analytics_${letter}`)).toBe(undefined);
});

test('R1b reads no value of more than 200 characters', () => {
  const fill = 200 - VALUE.length - '._g'.length;
  const longest = `${VALUE}.${'x'.repeat(fill)}_g`;
  expect(longest).toHaveLength(200);
  expect(decode(longest)).toBeDefined();
  expect(decode(`${VALUE}.${'x'.repeat(fill + 1)}_g`)).toBe(undefined);
});

const FIELDS: [string, string, string][] = [
  ['another version', '1~', '2~'],
  ['no version', '1~', '~'],
  ['a time in capitals', 'mvx2cqo0', 'MVX2CQO0'],
  ['a time before 1970', 'mvx2cqo0', '-mvx2cqo'],
  ['a time of ten digits', 'mvx2cqo0', 'mvx2cqo000'],
  ['a short subject', 'Zbc-', 'Zbc'],
  ['a long subject', 'Zbc-', 'Zbc-x'],
  ['an odd character in an id', 'Abc-', 'Ab.-'],
  ['no notice', '2026-11-01', ''],
  ['a notice of 21 characters', '2026-11-01', 'x'.repeat(21)],
  ['no mark', 'z9a', ''],
  ['a choice that is true', 'analytics_g', 'analytics_true'],
  ['a choice in a capital', 'analytics_g', 'analytics_G'],
  ['an id in capitals', 'analytics_g', 'Analytics_g'],
  ['__proto__', 'analytics_g', '__proto___g'],
  ['no choice', 'analytics_g', 'analytics'],
  ['no id', 'analytics_g', '_g'],
  ['two stops', '.analytics', '..analytics'],
  ['a space', '.analytics', '. analytics'],
];
for (const [what, from, to] of FIELDS) {
  test(`H2 counts a cookie with ${what} as absent`, () => {
    expect(VALUE).toContain(from);
    expect(decode(VALUE.replace(from, to))).toBe(undefined);
  });
}

test('H2 counts every truncation as absent, but those that end on a whole choice', () => {
  for (let end = 0; end < VALUE.length; end++) {
    const read = decode(VALUE.slice(0, end));
    const isWhole = VALUE.slice(0, end).endsWith('_u') || VALUE.slice(0, end).endsWith('_g');
    expect(read !== undefined, VALUE.slice(0, end)).toBe(isWhole && VALUE[end] === '.');
  }
});

test('H2 throws for none of 100,000 random texts, and reads none as an answer', () => {
  const { pick, some, text } = randomly(2);
  const grammar = '1~gdu_.-abcANALYTICSanalytics0123456789%;=",\\ \0\n\té\u{1f600}';
  const letters = [...grammar];
  const read: string[] = [];
  for (let turn = 0; turn < 100_000; turn++) {
    const value = turn % 2 ? text(100) : some(100, () => pick(letters)).join('');
    if (decode(value)) read.push(value);
  }
  expect(read).toEqual([]);
});

test('H2 throws for none of 100,000 mutations, and opens nothing that the value did not grant', () => {
  const { below, pick, text } = randomly(3);
  const denied = VALUE.replace('analytics_g', 'analytics_d');
  const odd: string[] = [];
  let taken = 0;
  for (let turn = 0; turn < 100_000; turn++) {
    const [from, to] = [below(denied.length), below(denied.length)].sort((one, other) => one - other) as [
      number,
      number,
    ];
    const mutated = pick([
      () => denied.slice(0, from) + denied.slice(to),
      () => denied.slice(0, from) + text(3) + denied.slice(from),
      () => denied.slice(0, to) + denied.slice(from),
      () => denied.slice(0, from) + pick(['~', '.', '_', '1', 'u', 'd', 'a', '-', '%']) + denied.slice(from + 1),
      () => [...denied].map((each) => (below(60) ? each : pick(['~', '.', '_', 'u', 'd', '', 'A']))).join(''),
    ])();
    const read = decode(mutated);
    if (!read) continue;
    taken++;
    // No mutation writes a "g" but a random text.
    const isOpen = Object.values(read.choices).includes('granted') && !/_g(\.|$)/.test(mutated);
    if (isOpen || !ALPHABET.test(mutated)) odd.push(mutated);
  }
  expect(odd).toEqual([]);
  expect(taken, 'mutations that are cookies still').toBeGreaterThan(100);
});

test('H2 counts hostile texts of 64 KiB as absent, a thousand times each', () => {
  const hostile = [
    `1~${'a'.repeat(65_536)}`,
    '1~'.repeat(32_768),
    `${VALUE}${'.a_g'.repeat(16_384)}`,
    'a-'.repeat(32_768),
  ];
  for (const text of hostile) for (let turn = 0; turn < 1000; turn++) expect(decode(text)).toBe(undefined);
});
