import type { BrowserContext, Page } from '@playwright/test';
import { answerTags, call, forcePage, held, spellErrors, stateOf } from './support/force-page.mjs';
import { cookieOf, dropJournal, failCommits, holdJournal, rowOf, writeJournal } from './support/stored.mjs';
import { expect, settle, test } from './support/world.mjs';

const GRANTED = { preferences: 'granted', analytics: 'granted', marketing: 'granted' };
const DENIED = { preferences: 'denied', analytics: 'denied', marketing: 'denied' };
const NAMES = ['preferences', 'analytics', 'marketing'] as const;
const lettersOf = (letter: 'g' | 'd') => Object.fromEntries(NAMES.map((name) => [name, letter]));
const g = lettersOf('g');
const d = lettersOf('d');

/** A rejection's message in place of a value. */
const outcome = (promise: Promise<unknown>) => promise.then(() => 'kept', String);

const setCookie = (context: BrowserContext, value: string, domain = 'www.force.police.uk') =>
  context.addCookies([{ name: 'consentry', value, domain, path: '/', secure: true, sameSite: 'Lax' }]);

const copies = async (context: BrowserContext) => (await context.cookies()).filter(({ name }) => name === 'consentry');

/** An empty page, to put a visitor's storage in order before our script runs for the first time. */
test.beforeEach(({ world }) => {
  world.site.page('/blank.html', '<!doctype html>');
  world.site.page('/', forcePage());
  answerTags(world, 'one', 'two', 'long');
});

/** What the held tag of the page came to, once everything that was asked for has arrived. */
async function verdict(page: Page, world: { gatedHits(): unknown[] }) {
  const { pending, choices } = await stateOf(page);
  await settle(page);
  return { runs: world.gatedHits().length, isAsked: pending, analytics: choices.analytics };
}

test('R1 says what was asked, answered, when and how, and nothing of the page or the browser', async ({
  page,
  world,
}) => {
  const config = {
    controller: 'The Chief Constable of Force Police',
    jurisdiction: 'GB-WLS',
    lifetimeDays: 90,
    categories: [
      { id: 'essential', basis: 'essential' },
      { id: 'analytics', basis: 'consent' },
      { id: 'marketing', basis: 'consent' },
    ],
    services: [
      { id: 'maps', name: 'Maps', category: 'marketing' },
      { id: 'films', name: 'Films', category: 'marketing' },
    ],
    perService: true,
  };
  world.site.page('/report/rape', forcePage({ config }));
  const before = Date.now();
  await page.goto('/report/rape?case=123');
  await call(
    page,
    'choose',
    { analytics: 'denied', marketing: 'granted', films: 'denied' },
    { noticeHash: 'h'.repeat(43) },
  );
  const records = await call(page, 'receipt');
  expect(records).toHaveLength(1);
  const [record] = records;
  expect(record).toEqual({
    schema: 1,
    id: expect.stringMatching(/^[\w-]{22}$/),
    subject: expect.stringMatching(/^[\w-]{22}$/),
    time: expect.any(Number),
    event: 'partial',
    method: 'api',
    noticeHash: 'h'.repeat(43),
    choices: { analytics: 'denied', marketing: 'granted', films: 'denied' },
    notice: '1',
    config: expect.stringMatching(/^[a-z\d]{1,7}$/),
    language: 'en',
    controller: config.controller,
    jurisdiction: 'GB-WLS',
    expires: record.time + 90 * 864e5,
    gpc: false,
    sdk: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  expect(record.id).not.toBe(record.subject);
  expect(record.time).toBeGreaterThanOrEqual(before);
  expect(record.time).toBeLessThanOrEqual(Date.now());
  const text = JSON.stringify(record);
  expect(text).not.toMatch(/report|rape|123|police\.uk|mozilla|firefox|chrom/i);
  expect(text.length).toBeLessThan(600);
});

test('R1 appends one record for each act, in a chain of one subject', async ({ page }) => {
  await page.goto('/');
  const acts: [string, ...unknown[]][] = [
    ['rejectAll'],
    ['choose', { analytics: 'granted' }],
    ['choose', { marketing: 'granted' }],
    ['choose', { marketing: 'denied' }],
    ['choose', { marketing: 'denied' }],
    ['acceptAll'],
    ['withdraw'],
  ];
  const returned = [];
  for (const [method, ...args] of acts) returned.push(await call(page, method, ...args));
  await page.reload();
  returned.push(await call(page, 'acceptAll'));

  const records = await call(page, 'receipt');
  expect(records.map(({ event }: { event: string }) => event)).toEqual([
    'refused',
    'changed',
    'changed',
    'withdrawn',
    'renewed',
    'changed',
    'withdrawn',
    'changed',
  ]);
  expect(records).toEqual(returned);
  const ids = records.map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(records.map(({ previous }: { previous?: string }) => previous)).toEqual([undefined, ...ids.slice(0, -1)]);
  expect(new Set(records.map(({ subject }: { subject: string }) => subject)).size).toBe(1);
});

for (const [event, method, ...args] of [
  ['accepted', 'acceptAll'],
  ['refused', 'rejectAll'],
  ['partial', 'choose', { analytics: 'granted', marketing: 'denied' }],
] as [string, string, ...unknown[]][]) {
  test(`R1 names a first answer ${event}`, async ({ page }) => {
    await page.goto('/');
    await call(page, method, ...args);
    expect((await call(page, 'receipt')).map((record: { event: string }) => record.event)).toEqual([event]);
  });
}

test('R1 names an objection, and tells the page of each record once', async ({ page, world }) => {
  const categories = [
    { id: 'essential', basis: 'essential' },
    { id: 'statistics', basis: 'objection' },
    { id: 'marketing', basis: 'consent' },
  ];
  world.site.page('/', forcePage({ config: { categories } }));
  await page.goto('/');
  await page.evaluate(() => {
    const told: string[] = ((window as any).told = []);
    document.addEventListener('consentry-record', (event) => told.push((event as any).record.event));
  });
  await call(page, 'choose', { statistics: 'denied' });
  await call(page, 'acceptAll');
  expect(await page.evaluate(() => (window as any).told)).toEqual(['objected', 'changed']);
});

test('R1 keeps the method that the choice was made by', async ({ page }) => {
  await page.goto('/');
  await call(page, 'acceptAll', { method: 'accept' });
  await call(page, 'withdraw', { method: 'withdraw' });
  const methods = (await call(page, 'receipt')).map(({ method }: { method: string }) => method);
  expect(methods).toEqual(['accept', 'withdraw']);
});

test('R1a creates no database and writes nothing before a choice', async ({ page, context }) => {
  await page.goto('/');
  await stateOf(page);
  await page.reload();
  await stateOf(page);
  await settle(page);
  const databases = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(await databases()).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  expect(await call(page, 'receipt')).toEqual([]);
  expect(await databases(), 'after the receipt was read').toEqual([]);

  await call(page, 'rejectAll');
  expect(await databases()).toEqual(['consentry']);
});

test('R1a opens nothing of a grant before its record is committed', async ({ page, world }) => {
  await page.goto('/');
  await stateOf(page);
  const journal = await holdJournal(page);
  const grant = outcome(call(page, 'acceptAll'));
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect((await stateOf(page)).choices.analytics).toBe('unasked');

  await journal.release();
  expect(await grant).toBe('kept');
  await world.hit({ path: '/one.js' });
  expect((await stateOf(page)).choices.analytics).toBe('granted');
});

test('R1a closes at once for a withdrawal, also where its commit hangs', async ({ page, world }) => {
  world.site.page(
    '/',
    forcePage({
      body: `${held('one')}<iframe data-consent="analytics" data-src="https://tags.example/frame" title="A film"></iframe>`,
    }),
  );
  await page.goto('/');
  await call(page, 'acceptAll');
  await world.hit({ path: '/frame' });
  await holdJournal(page);
  const closed = await page.evaluate(
    () =>
      new Promise((done) =>
        (window as any).consentry.push(async (consent: any) => {
          void consent.withdraw();
          // At once: in the task of the click, before any timer, request or event of the page.
          for (let turn = 0; turn < 20; turn++) await Promise.resolve();
          const isFramed = document.querySelector('iframe')!.hasAttribute('src');
          done([consent.state.choices, consent.isGranted(['analytics']), isFramed]);
        }),
      ),
  );
  expect(closed).toEqual([{ essential: 'granted', ...DENIED }, false, false]);

  // The page is left before the commit: what the cookie says is newer than what the journal says.
  await page.goto('/blank.html');
  world.clear();
  await page.goto('/');
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: false, analytics: 'denied' });
});

test('R1a opens nothing of a choice whose commit fails, now or after a reload', async ({ page, context, world }) => {
  await page.addInitScript(failCommits);
  await page.goto('/');
  await page.evaluate(() => ((window as any).failCommits = true));
  expect(await outcome(call(page, 'acceptAll'))).not.toBe('kept');
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: true, analytics: 'unasked' });
  expect(await copies(context)).toEqual([]);

  await page.reload();
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: true, analytics: 'unasked' });
  expect(await call(page, 'receipt')).toEqual([]);

  expect(await outcome(call(page, 'acceptAll')), 'with commits in order').toBe('kept');
  await world.hit({ path: '/one.js' });
});

test('R1a keeps what was refused where the commit of a change fails, and opens none of it', async ({ page, world }) => {
  world.site.page('/', forcePage({ body: held('one') + held('two', 'marketing') }));
  await page.addInitScript(failCommits);
  await page.goto('/');
  await call(page, 'choose', { analytics: 'granted', marketing: 'denied', preferences: 'denied' });
  await world.hit({ path: '/one.js' });
  await page.evaluate(() => ((window as any).failCommits = true));
  expect(await outcome(call(page, 'choose', { analytics: 'denied', marketing: 'granted' }))).not.toBe('kept');
  expect((await stateOf(page)).choices).toMatchObject({ analytics: 'denied', marketing: 'denied' });
  await settle(page);
  world.clear();

  await page.reload();
  expect((await stateOf(page)).choices).toMatchObject({ analytics: 'denied', marketing: 'denied' });
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
});

test('R1a keeps a withdrawal whose commit fails', async ({ page, world }) => {
  await page.addInitScript(failCommits);
  await page.goto('/');
  await call(page, 'acceptAll');
  await world.hit({ path: '/one.js' });
  await page.evaluate(() => ((window as any).failCommits = true));
  expect(await outcome(call(page, 'withdraw'))).not.toBe('kept');
  expect((await stateOf(page)).choices).toMatchObject(DENIED);
  await settle(page);
  world.clear();
  await page.reload();
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: false, analytics: 'denied' });
});

test('R1a opens nothing of a grant that was withdrawn while it was committed', async ({ page, world }) => {
  await page.goto('/');
  await stateOf(page);
  const journal = await holdJournal(page);
  const grant = outcome(call(page, 'acceptAll'));
  await settle(page);
  const refusal = outcome(call(page, 'rejectAll'));
  await settle(page);
  await journal.release();
  expect([await grant, await refusal]).toEqual(['kept', 'kept']);
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: false, analytics: 'denied' });
  await page.reload();
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: false, analytics: 'denied' });
});

test('R1a lets the cookie decide where the journal is empty', async ({ page, context, world }) => {
  await setCookie(context, cookieOf(g));
  await page.goto('/');
  expect(await verdict(page, world)).toEqual({ runs: 1, isAsked: false, analytics: 'granted' });
});

for (const [what, spoil] of [
  [
    'that throws',
    () =>
      (IDBFactory.prototype.open = () => {
        throw new DOMException('no', 'SecurityError');
      }),
  ],
  ['that is missing', () => Object.defineProperty(window, 'indexedDB', { value: undefined })],
  [
    'whose name throws',
    () =>
      Object.defineProperty(window, 'indexedDB', {
        get: () => {
          throw new DOMException('no', 'SecurityError');
        },
      }),
  ],
  [
    'that fails to open',
    () =>
      (IDBFactory.prototype.open = () => {
        const request = {} as any;
        setTimeout(() => request.onerror?.({}));
        return request;
      }),
  ],
  ['that hangs', () => (IDBFactory.prototype.open = () => ({}) as any)],
  [
    'whose transactions throw',
    () =>
      (IDBDatabase.prototype.transaction = () => {
        throw new DOMException('no', 'InvalidStateError');
      }),
  ],
] as [string, () => void][]) {
  test(`R1a lets the cookie only deny beside a journal ${what}`, async ({ page, context, world }) => {
    await page.goto('/blank.html');
    await writeJournal(page, rowOf(GRANTED));
    await setCookie(context, cookieOf(g));
    await page.goto('/');
    expect(await verdict(page, world), 'with the journal in order').toEqual({
      runs: 1,
      isAsked: false,
      analytics: 'granted',
    });
    world.clear();
    await page.addInitScript(spoil);
    await page.goto('/');
    expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: false, analytics: 'denied' });
  });
}

test('R1a waits for a journal that hangs, for at most a second and a half', async ({ page, context, world }) => {
  await setCookie(context, cookieOf(g));
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => ({}) as any;
    const { setTimeout } = window;
    const delays: number[] = ((window as any).delays = []);
    window.setTimeout = ((run: () => void, delay = 0, ...rest: unknown[]) => {
      delays.push(delay);
      return setTimeout(run, delay, ...rest);
    }) as any;
  });
  await page.goto('/');
  expect(await page.evaluate(async () => (await (window as any).consentry.report()).state.ready)).toBe(false);
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: false, analytics: 'denied' });
  expect(await page.evaluate(() => (window as any).delays[0]), 'the longest wait that is set').toBeLessThanOrEqual(
    1500,
  );
});

test('R1a does not open when a journal answers after all', async ({ page, context, world }) => {
  await page.goto('/blank.html');
  await writeJournal(page, rowOf(GRANTED));
  await setCookie(context, cookieOf(g));
  await page.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...args) {
      const request: any = {};
      setTimeout(() => {
        const real = open.apply(this, args);
        real.onsuccess = () => request.onsuccess?.(Object.assign(request, { result: real.result }));
        (window as any).answered = true;
      }, 1700);
      return request;
    };
  });
  await page.goto('/');
  await page.waitForFunction(() => (window as any).answered);
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: false, analytics: 'denied' });
});

/** Made when the test runs: each is the newest there is. */
const BROKEN_ROWS: [string, () => unknown][] = [
  ['an empty object', () => ({})],
  ['a text', () => 'granted'],
  ['a number', () => 42],
  ['null', () => null],
  ['false', () => false],
  ['an empty text', () => ''],
  ['no choices', () => ({ ...rowOf(GRANTED), choices: undefined })],
  ['no time', () => ({ ...rowOf(GRANTED), time: undefined })],
  ['a time that is none', () => ({ ...rowOf(GRANTED), time: 'yesterday' })],
  ['a time before time began', () => ({ ...rowOf(GRANTED), time: -1 })],
  ['choices that are a text', () => ({ ...rowOf(GRANTED), choices: 'granted' })],
  [
    'choices that are only true',
    () => ({ ...rowOf(GRANTED), choices: { preferences: true, analytics: true, marketing: true } }),
  ],
];
for (const [what, row] of BROKEN_ROWS) {
  test(`R1a runs nothing on a journal whose newest row is ${what}`, async ({ page, context, world }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await setCookie(context, cookieOf(g, Date.now() - 60_000));
    await page.goto('/blank.html');
    await writeJournal(page, rowOf(GRANTED, Date.now() - 60_000), row());
    await page.goto('/');
    expect((await verdict(page, world)).runs).toBe(0);
    expect(errors).toEqual([]);
  });
}

for (const [newer, cookieAge, journalAge] of [
  ['cookie', 1000, 60_000],
  ['journal', 60_000, 1000],
] as const) {
  for (const [answer, runs, choice] of [
    ['granted', 1, 'granted'],
    ['denied', 0, 'denied'],
  ] as const) {
    test(`R1a goes by the ${newer} where it is newer and says ${answer}`, async ({ page, context, world }) => {
      const isCookieGranted = (newer === 'cookie') === (answer === 'granted');
      await setCookie(context, cookieOf(isCookieGranted ? g : d, Date.now() - cookieAge));
      await page.goto('/blank.html');
      await writeJournal(page, rowOf(isCookieGranted ? DENIED : GRANTED, Date.now() - journalAge));
      await page.goto('/');
      expect(await verdict(page, world)).toEqual({ runs, isAsked: false, analytics: choice });
    });
  }
}

test('R1a goes by the journal alone where the cookie is gone', async ({ page, context, world }) => {
  await page.goto('/');
  await call(page, 'acceptAll');
  await world.hit({ path: '/one.js' });
  world.clear();
  await context.clearCookies();
  await page.reload();
  expect(await verdict(page, world)).toEqual({ runs: 1, isAsked: false, analytics: 'granted' });
});

test('R1a asks again where cookie and journal are gone', async ({ page, context, world }) => {
  await page.goto('/');
  await call(page, 'acceptAll');
  await page.goto('/blank.html');
  await context.clearCookies();
  await dropJournal(page);
  await settle(page);
  world.clear();
  await page.goto('/');
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: true, analytics: 'unasked' });
});

/** Refuses cookies while `window.refuse` is set: every write, or each that would keep a value. */
const refuseCookies = () => {
  const native = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
  Object.defineProperty(Document.prototype, 'cookie', {
    configurable: true,
    get() {
      return native.get!.call(this);
    },
    set(text: string) {
      const { refuse } = window as any;
      if (refuse === 'all' || (refuse === 'values' && !/^[^=]*=;/.test(text))) return;
      native.set!.call(this, text);
    },
  });
};

test('R1b denies where the browser refuses the cookie of a refusal, and the journal keeps it', async ({
  page,
  world,
}) => {
  await page.addInitScript(refuseCookies);
  await page.goto('/');
  await call(page, 'acceptAll');
  await world.hit({ path: '/one.js' });
  await page.evaluate(() => ((window as any).refuse = 'all'));
  await call(page, 'rejectAll');
  expect((await stateOf(page)).choices).toMatchObject(DENIED);
  expect(await page.evaluate(() => document.cookie), 'the old answer still stands in the cookie').toMatch(
    /analytics_g/,
  );
  await settle(page);
  world.clear();
  await page.reload();
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: false, analytics: 'denied' });
});

test('R1b leaves no old answer in the cookie where the browser refuses the new value', async ({
  page,
  context,
  world,
}) => {
  await page.addInitScript(refuseCookies);
  await page.goto('/');
  await call(page, 'acceptAll');
  await world.hit({ path: '/one.js' });
  expect(await copies(context)).toHaveLength(1);
  await page.evaluate(() => ((window as any).refuse = 'values'));
  await call(page, 'rejectAll');
  expect(await copies(context)).toEqual([]);

  // Also where the journal is lost before the next visit.
  await page.goto('/blank.html');
  await dropJournal(page);
  world.clear();
  await page.goto('/');
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: true, analytics: 'unasked' });
});

test('R1b keeps to a length and an alphabet that every browser and firewall takes', async ({
  page,
  context,
  world,
}) => {
  await page.goto('/');
  for (const method of ['acceptAll', 'rejectAll']) {
    await call(page, method);
    const [cookie] = await copies(context);
    expect(cookie?.value).toMatch(/^[A-Za-z0-9._~-]{1,200}$/);
    expect(cookie).toMatchObject({ path: '/', secure: true, sameSite: 'Lax', domain: 'www.force.police.uk' });
  }
  // Ids as long as they may be and still fit.
  const ids = ['a', 'b'].map((letter) => letter.repeat(40));
  const categories = ids.map((id) => ({ id, basis: 'consent' }));
  world.site.page('/long.html', forcePage({ config: { categories }, body: held('long', ids[0]) }));
  await page.goto('/long.html');
  await call(page, 'acceptAll');
  const [long] = await copies(context);
  expect(long?.value).toMatch(/^[A-Za-z0-9._~-]{1,200}$/);
  expect(long?.value).toContain(`${ids[1]}_g`);
});

test('R4 hands out the whole history of the device', async ({ page, world }) => {
  await page.goto('/');
  for (let turn = 0; turn < 20; turn++) await call(page, turn % 2 ? 'rejectAll' : 'acceptAll');
  await page.reload();
  const records = await call(page, 'receipt');
  expect(records).toHaveLength(20);
  expect(records.map(({ time }: { time: number }) => time)).toEqual(
    records.map(({ time }: { time: number }) => time).sort((one: number, other: number) => one - other),
  );
  await settle(page);
  expect(world.hits({ method: 'POST' })).toEqual([]);
});

test('R4 keeps every record of two pages that choose at once', async ({ page, context }) => {
  const other = await context.newPage();
  await page.goto('/');
  await other.goto('/');
  const many = (each: Page) =>
    each.evaluate(
      () =>
        new Promise((done, fail) =>
          (window as any).consentry.push(async (consent: any) => {
            for (let turn = 0; turn < 25; turn++) await consent.rejectAll().catch(fail);
            done(undefined);
          }),
        ),
    );
  await Promise.all([many(page), many(other)]);
  const records = await call(page, 'receipt');
  expect(new Set(records.map(({ id }: { id: string }) => id)).size).toBe(50);
});

for (const [which, hostAge, domainAge, runs, analytics] of [
  ['host-only refusal', 1000, 60_000, 0, 'denied'],
  ['refusal of the whole domain', 60_000, 1000, 0, 'denied'],
  ['host-only grant', 1000, 60_000, 1, 'granted'],
  ['grant of the whole domain', 60_000, 1000, 1, 'granted'],
] as const) {
  test(`R6 goes by the newer of two cookies, a ${which}`, async ({ page, context, world }) => {
    const isHostGranted = which.includes('host-only') === (analytics === 'granted');
    await setCookie(context, cookieOf(isHostGranted ? g : d, Date.now() - hostAge));
    await setCookie(context, cookieOf(isHostGranted ? d : g, Date.now() - domainAge), '.force.police.uk');
    expect(await copies(context)).toHaveLength(2);
    await page.goto('/');
    expect(await verdict(page, world)).toEqual({ runs, isAsked: false, analytics });
  });
}

for (const [what, cookieDomain, kept] of [
  ['for the whole force', 'force.police.uk', '.force.police.uk'],
  ['for this host', undefined, 'www.force.police.uk'],
] as const) {
  test(`R6 leaves one of two cookies after a choice that is kept ${what}`, async ({ page, context, world }) => {
    world.site.page('/', forcePage({ config: { ...(cookieDomain && { cookieDomain }) } }));
    await setCookie(context, cookieOf(g, Date.now() - 1000));
    await setCookie(context, cookieOf(g, Date.now() - 2000), '.force.police.uk');
    await page.goto('/');
    await call(page, 'rejectAll');
    expect((await copies(context)).map(({ domain, value }) => [domain, /analytics_d/.test(value)])).toEqual([
      [kept, true],
    ]);
  });
}

test('R6 shares the choice with a sister host where the configuration says so', async ({ page, world }) => {
  world.site.page('/', forcePage({ config: { cookieDomain: 'force.police.uk' } }));
  await page.goto('/');
  await call(page, 'acceptAll');
  await world.hit({ path: '/one.js' });
  const subject = (await stateOf(page)).decision.subject;
  world.clear();
  await page.goto('https://report.force.police.uk/');
  expect(await verdict(page, world)).toEqual({ runs: 1, isAsked: false, analytics: 'granted' });
  await call(page, 'withdraw');
  const [record] = await call(page, 'receipt');
  expect(record).toMatchObject({ event: 'withdrawn', subject });
  world.clear();
  await page.goto('https://www.force.police.uk/');
  expect(await verdict(page, world)).toEqual({ runs: 0, isAsked: false, analytics: 'denied' });
});

test('R6 names a cookie domain that is a public suffix, and one that is not ours', async ({ page, context, world }) => {
  await page.addInitScript(spellErrors);
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  for (const cookieDomain of ['police.uk', 'other.police.uk']) {
    errors.length = 0;
    world.site.page('/', forcePage({ config: { cookieDomain } }));
    await page.goto('/');
    await expect.poll(() => errors.join()).toContain(`cookieDomain: expected the domain of this page`);
    expect(errors.join()).toContain(`got "${cookieDomain}"`);
    await expect(call(page, 'acceptAll')).rejects.toThrow();
  }
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(await context.cookies()).toEqual([]);
});
