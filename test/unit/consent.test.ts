import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ConfigError } from '../../src/core/check.js';
import type { Choices, Decision } from '../../src/core/choices.js';
import { type ConfigInput, readConfig } from '../../src/core/config.js';
import type { Asking, ConsentCore, Sources } from '../../src/core/consent.js';
import { installCookieJar } from './support/cookie-jar.js';
import { installJournal } from './support/memory-journal.js';

// Our own code takes the accessor when it is loaded, so the jar has to be in place before.
const jar = installCookieJar();
const journal = installJournal();
const { choose, expire } = await import('../../src/core/choose.js');
const { createConsentCore } = await import('../../src/core/consent.js');
const { readCookie } = await import('../../src/core/cookie.js');
const { all, head } = await import('../../src/core/journal.js');
const { followRoutes } = await import('../../src/core/routes.js');

const DAY = 864e5;
const services = [
  { id: 'maps', name: 'Maps', category: 'marketing' },
  { id: 'films', name: 'Films', category: 'marketing' },
];
const INPUT: ConfigInput = { noticeUrl: '/', noticeVersion: '1', services };
const GRANTED: Choices = { preferences: 'granted', analytics: 'granted', marketing: 'granted' };

const decisionOf = (more: Partial<Decision> = {}): Decision => ({
  id: 'i'.repeat(22),
  subject: 's'.repeat(22),
  time: Date.now() - 1000,
  notice: '1',
  config: 'm',
  choices: GRANTED,
  ...more,
});

interface Visit extends Partial<Sources> {
  readonly input?: Partial<ConfigInput>;
}
const visit = ({ input, ...sources }: Visit = {}): ConsentCore => {
  const config = readConfig({ ...INPUT, ...input }, []);
  return createConsentCore(config, {
    readCookie,
    expect: () => {},
    readJournal: head,
    prepare: async (): Promise<Asking> => ({ choose, expire }),
    followRoutes: async (enter) => followRoutes(config.sensitive, enter, () => {}).closed,
    ...sources,
  });
};

/** What a choice came to. */
const outcome = (choice: Promise<unknown>) =>
  choice.then(
    () => 'kept',
    () => 'not kept',
  );
const turns = async () => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
};

beforeEach(() => {
  Object.assign(jar, { cookies: [], writes: [], refuses: () => false });
  Object.assign(journal, { rows: [], exists: false, commit: 'at once', waiting: [] });
});
afterEach(() => {
  vi.useRealTimers();
  history.replaceState(null, '', '/');
});

test('R1a is closed until cookie and journal have answered, and asks nobody', async () => {
  let answer: (row: object | undefined) => void = () => {};
  const consent = visit({ readJournal: () => new Promise((resolve) => (answer = resolve)) });
  await turns();
  expect(consent.state).toMatchObject({ ready: false, pending: false });
  expect(consent.isGranted(['analytics'])).toBe(false);
  // What the site cannot do without waits for nobody.
  expect(consent.isGranted(['essential'])).toBe(true);
  answer(decisionOf());
  await consent.ready;
  expect(consent.state).toMatchObject({ ready: true, pending: false });
  expect(consent.isGranted(['essential', 'analytics'])).toBe(true);
});

const DENYING: Choices = { preferences: 'denied', analytics: 'denied', marketing: 'denied' };
const newer = decisionOf({ time: Date.now() - 500, choices: DENYING });
const WITNESSES: [string, Decision | undefined, unknown, string][] = [
  ['neither', undefined, undefined, 'unasked'],
  ['the cookie beside an empty journal', decisionOf(), undefined, 'granted'],
  ['the journal without a cookie', undefined, decisionOf(), 'granted'],
  ['the newer journal', decisionOf(), newer, 'denied'],
  ['the newer cookie', newer, decisionOf(), 'denied'],
  ['the journal where both are of one moment', decisionOf(), decisionOf({ choices: DENYING }), 'denied'],
  ['a denial beside an unreadable journal', decisionOf(), new Error('unreadable'), 'denied'],
  ['a denial beside a foreign row', decisionOf(), {}, 'denied'],
  ['nobody where the journal is unreadable and no cookie is there', undefined, new Error('unreadable'), 'unasked'],
];
for (const [what, cookie, row, analytics] of WITNESSES) {
  test(`R1a goes by ${what}`, async () => {
    const readJournal = async () => {
      if (row instanceof Error) throw row;
      return row as object | undefined;
    };
    const consent = visit({ readCookie: () => cookie, readJournal });
    await consent.ready;
    expect(consent.state.choices.analytics).toBe(analytics);
    expect(consent.isGranted(['analytics'])).toBe(analytics === 'granted');
  });
}

test('R1a waits a second and a half for the journal, and then lets the cookie only deny', async () => {
  vi.useFakeTimers();
  const consent = visit({ readCookie: () => decisionOf(), readJournal: () => new Promise(() => {}) });
  await vi.advanceTimersByTimeAsync(1499);
  expect(consent.state.ready).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(consent.state).toMatchObject({ ready: true, pending: false, choices: { analytics: 'denied' } });
});

test('H3 opens nothing where the configuration has a mistake', async () => {
  const prepare = () => Promise.reject(new ConfigError([{ path: 'x', found: 1 }]));
  const consent = visit({ readCookie: () => decisionOf(), prepare });
  await expect(consent.ready).rejects.toThrow(ConfigError);
  expect(consent.isGranted(['analytics'])).toBe(false);
  await expect(consent.choose({ analytics: 'granted' })).rejects.toThrow(ConfigError);
  expect(consent.state.ready).toBe(false);
});

test('P1 fetches nothing for a visitor who decided under this configuration', async () => {
  const prepare = vi.fn(() => Promise.reject(new Error('offline')));
  const { mark } = readConfig(INPUT, []);
  const consent = visit({ readCookie: () => decisionOf({ config: mark }), prepare });
  await consent.ready;
  expect(consent.isGranted(['analytics'])).toBe(true);
  expect(prepare).not.toHaveBeenCalled();
  // A withdrawal for which the file cannot be fetched holds for this page.
  await expect(consent.choose({ analytics: 'denied' })).rejects.toThrow('offline');
  expect(consent.isGranted(['analytics'])).toBe(false);
});

test('G11 reads and opens nothing while the page is prerendered', async () => {
  Object.defineProperty(document, 'prerendering', { configurable: true, value: true });
  const consent = visit({ readCookie: () => decisionOf() });
  await turns();
  expect(consent.state.ready).toBe(false);
  Reflect.deleteProperty(document, 'prerendering');
  document.dispatchEvent(new Event('prerenderingchange'));
  await consent.ready;
  expect(consent.isGranted(['analytics'])).toBe(true);
});

for (const [path, route, isDenied] of [
  ['/report', '/report', true],
  ['/REPORT', '/report', true],
  ['/report/rape', '/report*', true],
  ['/report/rape', '/report', false],
  ['/news/report', '/report*', false],
] as const) {
  test(`G12 ${isDenied ? 'denies' : 'allows'} ${path} under the route ${route}`, async () => {
    history.replaceState(null, '', path);
    const sensitive = [{ path: route, deny: ['marketing'] }];
    const consent = visit({ readCookie: () => decisionOf(), input: { sensitive } });
    await consent.ready;
    expect(consent.isGranted(['marketing'])).toBe(!isDenied);
    expect(consent.isGranted(['analytics'])).toBe(true);
    expect(consent.isGranted(['analytics', 'marketing'])).toBe(!isDenied);
  });
}

test('G12 opens nothing before it knows the route, and nothing where it cannot know', async () => {
  const sensitive = [{ path: '/report', deny: ['essential', 'marketing'] }];
  const sources = { readCookie: () => decisionOf(), input: { sensitive } };
  const early = visit({ ...sources, followRoutes: () => new Promise(() => {}) });
  await turns();
  const late = visit({ ...sources, followRoutes: () => Promise.reject(new Error('gone')) });
  await expect(late.ready).rejects.toThrow('gone');
  for (const { isGranted } of [early, late]) {
    expect(['essential', 'analytics', 'marketing'].filter((id) => isGranted([id]))).toEqual([]);
  }
});

test('G6 grants nothing that is not named or not known', async () => {
  const consent = visit({ readCookie: () => decisionOf() });
  await consent.ready;
  for (const ids of [[], ['unknown'], ['analytics', 'unknown'], ['constructor'], ['__proto__']]) {
    expect(consent.isGranted(ids), ids.join()).toBe(false);
  }
  expect(consent.isGranted(['analytics'], 'unknown')).toBe(true);
});

test('B4 grants by the choice for a service where it differs from its category’s', async () => {
  const consent = visit();
  await consent.choose({ marketing: 'granted', films: 'denied' });
  expect(consent.isGranted(['marketing'], 'maps')).toBe(true);
  expect(consent.isGranted(['marketing'], 'films')).toBe(false);
  expect(
    (await consent.choose({ marketing: 'granted' })).choices,
    'a category takes its services along',
  ).not.toHaveProperty('films');
  expect(consent.isGranted(['marketing'], 'films')).toBe(true);
});

test('W9 runs a category that is open to objection until somebody objects', async () => {
  const categories = [{ id: 'counts', basis: 'objection' }] as const;
  const consent = visit({ input: { categories, services: [] } });
  expect(consent.isGranted(['counts'])).toBe(false);
  await consent.ready;
  expect(consent.isGranted(['counts'])).toBe(true);
  await consent.choose({ counts: 'denied' });
  expect(consent.isGranted(['counts'])).toBe(false);
});

for (const chosen of [
  { unknown: 'granted' },
  { analytics: 'unasked' },
  { analytics: true },
  { constructor: 'granted' },
]) {
  test(`H3 refuses the choice ${JSON.stringify(chosen)}`, async () => {
    const consent = visit();
    await expect(consent.choose(chosen as unknown as Choices)).rejects.toThrow(ConfigError);
    expect(journal.rows).toEqual([]);
    expect(jar.writes).toEqual([]);
  });
}

test('R1 lets nobody deny what is essential', async () => {
  const consent = visit();
  const record = await consent.choose({ essential: 'denied', analytics: 'denied' });
  expect(consent.isGranted(['essential'])).toBe(true);
  expect(record.choices).not.toHaveProperty('essential');
});

test('R1a opens a grant after its record is committed, and tells the page then', async () => {
  const consent = visit();
  await consent.ready;
  const told: string[] = [];
  const listen = () => told.push(`record, analytics ${consent.state.choices.analytics}`);
  document.addEventListener('consentry-record', listen);
  journal.commit = 'wait';
  const grant = consent.choose(GRANTED, { method: 'accept', noticeHash: 'hash' });
  await turns();
  expect(consent.isGranted(['analytics'])).toBe(false);
  expect(told).toEqual([]);
  journal.commit = 'at once';
  journal.waiting.forEach((end) => end());
  const record = await grant;
  document.removeEventListener('consentry-record', listen);
  expect(told).toEqual(['record, analytics granted']);
  expect(consent.state).toMatchObject({ event: 'accepted', decision: record });
  expect(record).toMatchObject({ method: 'accept', noticeHash: 'hash' });
  expect(await all()).toEqual([record]);
  expect(readCookie()).toMatchObject({ id: record.id, choices: GRANTED });
});

test('R1a closes a denial before its record is written, also where that fails', async () => {
  const consent = visit();
  await consent.choose(GRANTED);
  journal.commit = 'fail';
  const denial = consent.choose({ analytics: 'denied' });
  await turns();
  expect(consent.isGranted(['analytics'])).toBe(false);
  expect(await outcome(denial)).toBe('not kept');
  expect(consent.state.choices).toMatchObject({ analytics: 'denied', marketing: 'granted' });
  expect(readCookie()?.choices).toMatchObject({ analytics: 'denied', marketing: 'granted' });
});

test('R1a opens nothing of a grant whose record fails, and leaves the cookie as it was', async () => {
  const consent = visit();
  journal.commit = 'fail';
  expect(await outcome(consent.choose(GRANTED))).toBe('not kept');
  expect(consent.state).toMatchObject({ pending: true, choices: { analytics: 'unasked' } });
  expect(jar.cookies).toEqual([]);
  journal.commit = 'at once';
  const refusal = await consent.choose(DENYING);
  journal.commit = 'fail';
  expect(await outcome(consent.choose(GRANTED))).toBe('not kept');
  expect(consent.isGranted(['analytics'])).toBe(false);
  expect(readCookie()?.id).toBe(refusal.id);
});

test('R1a keeps the denials of a change whose record fails, and none of its grants', async () => {
  const consent = visit();
  await consent.choose({ analytics: 'granted', marketing: 'denied' });
  journal.commit = 'fail';
  expect(await outcome(consent.choose({ analytics: 'denied', marketing: 'granted' }))).toBe('not kept');
  expect(consent.state.choices).toMatchObject({ analytics: 'denied', marketing: 'denied' });
  expect(readCookie()?.choices).toMatchObject({ analytics: 'denied', marketing: 'denied' });
});

test('R1a opens nothing of a grant that a later choice overtook', async () => {
  const consent = visit();
  await consent.ready;
  journal.commit = 'wait';
  const choices = [consent.choose(GRANTED), consent.choose(DENYING)];
  await turns();
  journal.waiting.forEach((end) => end());
  await turns();
  expect(await Promise.all(choices.map(outcome))).toEqual(['kept', 'kept']);
  expect(consent.isGranted(['analytics'])).toBe(false);
  expect(readCookie()?.choices).toMatchObject({ analytics: 'denied' });
});

test('R1a reads no journal into being', async () => {
  expect(await head()).toBe(undefined);
  expect(await all()).toEqual([]);
  expect(journal.exists).toBe(false);
  await visit().choose(DENYING);
  expect(journal.exists).toBe(true);
});

test('W8 notes once that a decision has run out, and denies nothing by it', async () => {
  const old = decisionOf({ time: Date.now() - 183 * DAY });
  journal.exists = true;
  journal.rows.push(old);
  const consent = visit();
  await consent.ready;
  await vi.waitFor(() => expect(journal.rows).toHaveLength(2));
  expect(journal.rows[1]).toMatchObject({
    event: 'expired',
    method: 'expiry',
    previous: old.id,
    subject: old.subject,
    choices: { preferences: 'unasked', analytics: 'unasked', marketing: 'unasked' },
  });
  const again = visit();
  await again.ready;
  await turns();
  expect(journal.rows).toHaveLength(2);
  expect(again.state.pending).toBe(true);
});

test('R1 chains what is chosen after an expiry to the note of it', async () => {
  journal.exists = true;
  journal.rows.push(decisionOf({ time: Date.now() - 183 * DAY }));
  const consent = visit();
  await consent.ready;
  await vi.waitFor(() => expect(journal.rows).toHaveLength(2));
  const record = await consent.choose(DENYING);
  expect(record).toMatchObject({ event: 'refused', previous: (journal.rows[1] as Decision).id });
});
