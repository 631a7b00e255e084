import { afterEach, expect, test, vi } from 'vitest';
import {
  allOf,
  type Choice,
  type Choices,
  choicesInForce,
  chosenOf,
  DAY,
  type Decision,
  isDecision,
  isExpired,
  isPending,
  isSame,
  stricter,
  timeAfter,
} from '../../src/core/choices.js';
import { type Config, type ConfigInput, readConfig } from '../../src/core/config.js';
import { derive } from '../../src/core/state.js';

const NOW = Date.UTC(2026, 10, 1, 12);

const configOf = (input: Partial<ConfigInput> = {}): Config =>
  readConfig({ noticeUrl: '/cookies', noticeVersion: '1', ...input }, []);

const THREE = [
  { id: 'needed', basis: 'essential' },
  { id: 'stats', basis: 'consent' },
  { id: 'looks', basis: 'objection' },
] as const;

const decisionOf = (choices: Choices, more: Partial<Decision> = {}): Decision => ({
  id: 'i'.repeat(22),
  subject: 's'.repeat(22),
  time: Date.now(),
  notice: '1',
  config: 'm',
  choices,
  ...more,
});

const withPrivacyControl = (isOn: boolean) =>
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator) as object, { globalPrivacyControl: isOn }));

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('W8 keeps a decision from its time to the end of its lifetime, on both sides of a day for the clock', () => {
  const config = configOf({ lifetimeDays: 30 });
  const at = (time: number) => isExpired(decisionOf({}, { time }), config, NOW);
  expect(at(NOW)).toBe(false);
  expect(at(NOW - 30 * DAY)).toBe(false);
  expect(at(NOW - 30 * DAY - 1)).toBe(true);
  expect(at(NOW + DAY)).toBe(false);
  expect(at(NOW + DAY + 1)).toBe(true);
  expect(at(0)).toBe(true);
});

test('W8 counts by the clock of the visitor where no time is given', () => {
  vi.useFakeTimers({ now: NOW });
  expect(isExpired(decisionOf({}, { time: NOW - 182 * DAY }), configOf())).toBe(false);
  vi.setSystemTime(NOW + 1);
  expect(isExpired(decisionOf({}, { time: NOW - 182 * DAY }), configOf())).toBe(true);
});

test('W8 leaves nothing of an expired decision in force but what is essential', () => {
  const config = configOf({ categories: THREE });
  const old = decisionOf({ stats: 'granted', looks: 'denied' }, { time: Date.now() - 183 * DAY });
  expect(choicesInForce(old, config)).toEqual({ needed: 'granted', stats: 'unasked', looks: 'unasked' });
});

test('W9 keeps an objection to a service where the notice is new', () => {
  const services = [
    { id: 'counter', name: 'Counter', category: 'looks' },
    { id: 'other', name: 'Other', category: 'looks' },
  ];
  const config = configOf({ categories: THREE, services, noticeVersion: '2' });
  const old = decisionOf({ stats: 'granted', looks: 'granted', counter: 'denied' });
  expect(choicesInForce(old, config)).toMatchObject({ stats: 'unasked', counter: 'denied', other: 'granted' });
});

test('T1 has nothing granted but what is essential before a decision', () => {
  expect(choicesInForce(undefined, configOf())).toEqual({
    essential: 'granted',
    preferences: 'unasked',
    analytics: 'unasked',
    marketing: 'unasked',
  });
});

test('W9 leaves a category that is new since the decision unasked', () => {
  const config = configOf({ categories: [...THREE, { id: 'maps', basis: 'consent' }] });
  expect(choicesInForce(decisionOf({ stats: 'granted', looks: 'denied' }), config)).toEqual({
    needed: 'granted',
    stats: 'granted',
    looks: 'denied',
    maps: 'unasked',
  });
});

test('W9 closes for a new notice version what needs consent, and lets an objection stand', () => {
  const config = configOf({ categories: THREE, noticeVersion: '2' });
  const decision = decisionOf({ stats: 'granted', looks: 'denied' });
  expect(choicesInForce(decision, config)).toEqual({ needed: 'granted', stats: 'unasked', looks: 'denied' });
  expect(derive(decision, config)).toMatchObject({ ready: true, pending: true, decision });
});

test('W9 closes for a new notice version a service that was granted on its own', () => {
  const services = [{ id: 'films', name: 'Films', category: 'stats' }];
  const decision = decisionOf({ stats: 'denied', films: 'granted' });
  const told = configOf({ categories: THREE, services });
  expect(choicesInForce(decision, told)).toMatchObject({ stats: 'denied', films: 'granted' });
  const untold = configOf({ categories: THREE, services, noticeVersion: '2' });
  expect(choicesInForce(decision, untold)).toMatchObject({ stats: 'unasked', films: 'unasked' });
});

test('W9 lets nobody deny what is essential, whatever a decision says', () => {
  const config = configOf({ categories: THREE });
  expect(choicesInForce(decisionOf({ needed: 'denied' }), config).needed).toBe('granted');
});

test('B4 lets a service follow its category until it is answered on its own', () => {
  const services = [
    { id: 'films', name: 'Films', category: 'stats' },
    { id: 'maps', name: 'Maps', category: 'stats' },
    { id: 'lost', name: 'Lost', category: 'nowhere' },
  ];
  const config = configOf({ categories: THREE, services });
  const choices = choicesInForce(decisionOf({ stats: 'granted', looks: 'denied', maps: 'denied' }), config);
  expect(choices).toMatchObject({ films: 'granted', maps: 'denied', lost: 'unasked' });
  expect(chosenOf(choices, config), 'what is kept').toEqual({
    stats: 'granted',
    looks: 'denied',
    maps: 'denied',
    lost: 'unasked',
  });
});

test('R1b keeps nothing of what is essential, and what has no answer as unasked', () => {
  expect(chosenOf({}, configOf({ categories: THREE }))).toEqual({ stats: 'unasked', looks: 'unasked' });
});

test('W9 takes from what is kept exactly what was in force, over every combination', () => {
  const services = [{ id: 'films', name: 'Films', category: 'stats' }];
  const config = configOf({ categories: THREE, services });
  const all: Choice[] = ['granted', 'denied', 'unasked'];
  for (const stats of all)
    for (const looks of all)
      for (const films of all) {
        const choices: Choices = { needed: 'granted', stats, looks, films };
        expect(choicesInForce(decisionOf(chosenOf(choices, config)), config)).toEqual(choices);
      }
});

test('R1a puts in force before a commit all that is denied and nothing that is newly granted', () => {
  const all: Choice[] = ['granted', 'denied', 'unasked'];
  const table = all.map((before) => all.map((after) => stricter({ x: before }, { x: after }).x));
  expect(table).toEqual([
    ['granted', 'denied', 'unasked'],
    ['denied', 'denied', 'unasked'],
    ['unasked', 'denied', 'unasked'],
  ]);
  expect(stricter({}, { x: 'granted' })).toEqual({ x: 'unasked' });
});

test('R1a sees a difference in any one choice', () => {
  expect(isSame({ x: 'granted', y: 'denied' }, { x: 'granted', y: 'denied' })).toBe(true);
  expect(isSame({ x: 'granted', y: 'denied' }, { x: 'granted', y: 'unasked' })).toBe(false);
  expect(isSame({ x: 'granted' }, {})).toBe(false);
});

test('B3 gives everything the same choice', () => {
  expect(allOf({ x: 'granted', y: 'unasked' }, 'denied')).toEqual({ x: 'denied', y: 'denied' });
});

test('B1 asks while a category that needs consent has no answer', () => {
  const config = configOf({ categories: THREE });
  const pending = (stats: Choice) => isPending({ needed: 'granted', stats, looks: 'unasked' }, config);
  expect([pending('unasked'), pending('denied'), pending('granted')]).toEqual([true, false, false]);
});

test('B1 asks nobody where nothing needs consent', () => {
  const config = configOf({ categories: [THREE[0], THREE[2]] });
  expect(derive(undefined, config).pending).toBe(false);
});

test('B1 takes Global Privacy Control for the answer to a category that says so, and for no other', () => {
  const marketing = { id: 'marketing', basis: 'consent', gpc: true } as const;
  const only = configOf({ categories: [THREE[0], marketing] });
  const both = configOf({ categories: [THREE[0], marketing, THREE[1]] });
  withPrivacyControl(true);
  expect(derive(undefined, only)).toMatchObject({ pending: false, choices: { marketing: 'unasked' } });
  expect(derive(undefined, both).pending).toBe(true);
  expect(derive(decisionOf({ marketing: 'granted' }), only).choices, 'an explicit choice wins').toMatchObject({
    marketing: 'granted',
  });
  withPrivacyControl(false);
  expect(derive(undefined, only).pending).toBe(true);
});

test('R1a reads only rows with a time and choices as decisions', () => {
  expect(isDecision(decisionOf({}))).toBe(true);
  for (const row of [{}, [], { time: 1 }, { choices: {} }, { time: -1, choices: {} }, { time: 'x', choices: {} }]) {
    expect(isDecision(row), JSON.stringify(row)).toBe(false);
  }
});

test('G6 opens nothing on rows of a journal that hold anything at all', () => {
  const config = configOf({ categories: THREE });
  const odd: unknown[] = [true, 1, 'yes', {}, [], null, undefined, 'GRANTED', 'granted '];
  for (const choice of odd) {
    const row = { ...decisionOf({}), choices: { stats: choice } };
    expect(isDecision(row)).toBe(true);
    expect(choicesInForce(row as unknown as Decision, config).stats, String(choice)).not.toBe('granted');
  }
});

for (const [what, before, time] of [
  ['now where nothing was decided', undefined, NOW],
  ['now after an earlier decision', NOW - 5, NOW],
  ['a moment later where the clock stands still', NOW, NOW + 1],
  ['a moment later where the clock was set back', NOW + DAY / 2, NOW + DAY / 2 + 1],
  ['now after one that lies more than a day ahead', NOW + DAY, NOW],
] as const) {
  test(`G10 takes a choice for made ${what}`, () => {
    expect(timeAfter(before, NOW)).toBe(time);
  });
}
