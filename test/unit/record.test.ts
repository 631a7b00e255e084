import { afterEach, expect, test, vi } from 'vitest';
import type { Choice, Choices, Decision } from '../../src/core/choices.js';
import { type Config, type ConfigInput, readConfig } from '../../src/core/config.js';
import { createRecord, eventOf, randomId } from '../../src/core/record.js';
import { VERSION } from '../../src/core/version.js';
import packageJson from '../../package.json' with { type: 'json' };

const configOf = (more: Partial<ConfigInput> = {}): Config =>
  readConfig({ noticeUrl: '/cookies', noticeVersion: '1', ...more }, []);

const config = configOf({
  categories: [
    { id: 'needed', basis: 'essential' },
    { id: 'a', basis: 'consent' },
    { id: 'b', basis: 'consent' },
    { id: 'o', basis: 'objection' },
  ],
});
const LETTERS: Record<string, Choice> = { g: 'granted', d: 'denied', u: 'unasked' };
/** Choices for a, b and o by their letters. */
const choicesOf = (letters: string): Choices => ({
  needed: 'granted',
  ...Object.fromEntries(['a', 'b', 'o'].map((id, at) => [id, LETTERS[letters[at] ?? ''] as Choice])),
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  document.documentElement.lang = '';
});

const EVENTS: [string, string, string][] = [
  ['uuu', 'ggg', 'accepted'],
  ['uuu', 'ddd', 'refused'],
  ['uuu', 'ddu', 'refused'],
  ['uuu', 'gdd', 'partial'],
  ['uuu', 'guu', 'partial'],
  ['uuu', 'uug', 'partial'],
  ['uuu', 'uud', 'objected'],
  ['gdu', 'gdd', 'objected'],
  ['uuu', 'uuu', 'renewed'],
  ['gdu', 'gdu', 'renewed'],
  ['ggg', 'ggg', 'renewed'],
  ['ddd', 'ggg', 'changed'],
  ['gdd', 'ggd', 'changed'],
  ['guu', 'gdd', 'changed'],
  ['ddd', 'ddg', 'changed'],
  ['ggg', 'ddd', 'withdrawn'],
  ['ggg', 'gdg', 'withdrawn'],
  ['gdd', 'dgd', 'withdrawn'],
  ['ggg', 'ggd', 'withdrawn'],
  ['guu', 'uuu', 'withdrawn'],
];
for (const [before, after, event] of EVENTS) {
  test(`R1 calls ${before} to ${after} ${event}`, () => {
    expect(eventOf(choicesOf(before), choicesOf(after), config)).toBe(event);
  });
}

test('R1 calls every change of a granted category a withdrawal, and nothing else', () => {
  const all = ['g', 'd', 'u'].flatMap((a) => ['g', 'd', 'u'].flatMap((b) => ['g', 'd', 'u'].map((o) => a + b + o)));
  for (const before of all)
    for (const after of all) {
      const takes = [...before].some((letter, at) => letter === 'g' && after[at] !== 'g');
      const event = eventOf(choicesOf(before), choicesOf(after), config);
      expect(event === 'withdrawn', `${before} to ${after}: ${event}`).toBe(takes);
    }
});

test('R1 does not take what is essential for an answer', () => {
  const before: Choices = { needed: 'unasked', a: 'unasked', b: 'unasked', o: 'unasked' };
  expect(eventOf(before, { ...before, needed: 'granted' }, config)).toBe('renewed');
});

test('R1 starts a chain, and goes on with it', () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 1) });
  const what = { event: 'accepted', method: 'api', choices: { a: 'granted' }, noticeHash: 'hash' } as const;
  const first = createRecord(config, undefined, what);
  expect(first).toEqual({
    schema: 1,
    id: expect.stringMatching(/^[\w-]{22}$/) as string,
    subject: expect.stringMatching(/^[\w-]{22}$/) as string,
    time: Date.UTC(2026, 10, 1),
    ...what,
    notice: '1',
    config: config.mark,
    language: 'en',
    jurisdiction: 'GB',
    expires: Date.UTC(2026, 10, 1) + 182 * 864e5,
    gpc: false,
    sdk: VERSION,
  });
  expect('previous' in first).toBe(false);

  const next = createRecord(config, first, what);
  expect(next).toMatchObject({ previous: first.id, subject: first.subject });
  expect(next.id).not.toBe(first.id);
});

test('R1 keeps the language, the controller and Global Privacy Control', () => {
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator) as object, { globalPrivacyControl: true }));
  document.documentElement.lang = 'cy';
  const record = createRecord(configOf({ controller: 'Prif Gwnstabl' }), undefined, {
    event: 'refused',
    method: 'reject',
    choices: {},
    noticeHash: undefined,
  });
  expect(record).toMatchObject({ language: 'cy', controller: 'Prif Gwnstabl', gpc: true });
});

test('R1 keeps a record under 600 bytes with everything in it', () => {
  document.documentElement.lang = 'zh-Hant-GB';
  const full = configOf({
    noticeVersion: '2026-11-01.abcdefghi',
    jurisdiction: 'GB-WLS',
    controller: 'The Chief Constable of the Avon and Somerset Constabulary and the Police and Crime Commissioner',
  });
  const before: Decision = { id: randomId(), subject: randomId(), time: 1, notice: '1', config: 'm', choices: {} };
  const record = createRecord(full, before, {
    event: 'withdrawn',
    method: 'withdraw',
    choices: { preferences: 'granted', analytics: 'unasked', marketing: 'granted', doubleclick: 'denied' },
    noticeHash: 'h'.repeat(43),
  });
  expect(new TextEncoder().encode(JSON.stringify(record)).length).toBeLessThan(600);
});

test('R1 makes ids of 128 random bits that stand in a cookie and in an address', () => {
  const ids = Array.from({ length: 5000 }, randomId);
  for (const id of ids) expect(id).toMatch(/^[\w-]{21}[AQgw]$/);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(ids.join('')).size).toBe(64);
});

test('R1 writes the version of the package into every record', () => {
  expect(VERSION).toBe(packageJson.version);
});
