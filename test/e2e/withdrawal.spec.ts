import type { BrowserContext, Page } from '@playwright/test';
import { answerTags, call, forcePage, held, spellErrors, stateOf, TAGS } from './support/force-page.mjs';
import { expect, settle, test } from './support/world.mjs';

const HOSTS = ['https://www.force.police.uk', 'https://report.force.police.uk'];
const DAY = 864e5;

const STATS = {
  id: 'stats',
  name: 'Statistics',
  category: 'analytics',
  cookies: ['x_host', 'x_force', 'x_sub', 'x_deep', '_ga', '_ga_*', { name: 'x_path', path: '/a/b' }],
  storage: ['x_store', 'x_many_*'],
};

/** Every cookie the browser keeps for a host, whatever its path, without ours. */
const namesOf = async (context: BrowserContext, host: string) =>
  (await context.cookies())
    .filter(({ name, domain }) => name !== 'consentry' && host.endsWith(domain.replace(/^\./, '')))
    .map(({ name }) => name)
    .sort();

const writeCookies = (page: Page, ...cookies: string[]) =>
  page.evaluate((each) => each.forEach((text) => (document.cookie = `${text};secure`)), cookies);

/** Waits until a held script was released, for a visitor who granted it. */
const released = (page: Page) =>
  expect.poll(() =>
    page.evaluate(async () => (await (window as any).consentry.report()).tags.map(([, state]: [0, string]) => state)),
  );

test.beforeEach(({ world }) => answerTags(world, 'one', 'two', 'maps', 'counter'));

for (const host of HOSTS) {
  test(`W1 removes declared cookies from every domain and path, on ${host}`, async ({ page, context, world }) => {
    world.site.page('/news/today.html', forcePage({ config: { services: [STATS] } }));
    const { hostname } = new URL(host);
    await page.goto(`${host}/news/today.html`);
    await call(page, 'acceptAll');
    await writeCookies(
      page,
      'x_host=1;path=/',
      'x_force=1;path=/;domain=.force.police.uk',
      `x_sub=1;path=/;domain=${hostname}`,
      'x_deep=1;path=/news',
      'x_path=1;path=/a/b',
      '_ga=1;path=/;domain=.force.police.uk',
      '_ga_ABC123=1;path=/;domain=.force.police.uk',
      '_ga_ABC123=1;path=/',
      'own=1;path=/',
    );
    const all = ['_ga', '_ga_ABC123', '_ga_ABC123', 'own', 'x_deep', 'x_force', 'x_host', 'x_path', 'x_sub'];
    await page.reload();
    await stateOf(page);
    expect(await namesOf(context, hostname), 'while granted').toEqual(all);

    await call(page, 'withdraw');
    expect(await namesOf(context, hostname), 'after withdrawal').toEqual(['own']);
  });
}

test('W1 removes what an earlier page left on a domain and path, at the next load', async ({
  page,
  context,
  world,
}) => {
  world.site.page('/', forcePage({ config: { services: [STATS] } }));
  await page.goto('/');
  await call(page, 'rejectAll');
  // Where we are not: the page that was refused goes on sweeping.
  world.site.page('/plain.html', '<!doctype html><title>Plain</title>');
  await page.goto('/plain.html');
  await writeCookies(page, 'x_force=1;path=/;domain=.force.police.uk', 'x_path=1;path=/a/b');
  expect(await namesOf(context, 'www.force.police.uk')).toEqual(['x_force', 'x_path']);
  await page.goto('/');
  await expect.poll(() => namesOf(context, 'www.force.police.uk')).toEqual([]);
});

test('W1 removes the cookies that the vendors declare', async ({ page, context, world }) => {
  world.site.page(
    '/',
    forcePage({
      attributes: 'data-google-analytics="G-ABC123 UA-1-1" data-facebook-pixel="123456" data-doubleclick="AW-1"',
    }),
  );
  await page.goto('/');
  await call(page, 'acceptAll');
  await expect
    .poll(() => namesOf(context, 'www.force.police.uk'))
    .toEqual(['_fbp', '_ga', '_ga_ABC123', '_gat_gtag_UA_1_1', '_gcl_au', '_gid']);
  await call(page, 'withdraw');
  expect(await namesOf(context, 'www.force.police.uk')).toEqual([]);
});

test('W2 touches no name that is not declared', async ({ page, context, world }) => {
  const kept = [
    '.ASPXAUTH',
    'ASP.NET_SessionId',
    'AWSALB',
    'PHPSESSID',
    '__RequestVerificationToken',
    '_gang',
    'x_hos',
    'x_host2',
  ];
  world.site.page(
    '/',
    forcePage({
      config: { services: [STATS] },
      attributes: 'data-google-analytics="G-ABC123" data-facebook-pixel="123456"',
    }),
  );
  await page.goto('/');
  await call(page, 'acceptAll');
  for (const name of kept) await writeCookies(page, `${name}=1;path=/`, `${name}=1;path=/;domain=.force.police.uk`);
  await writeCookies(page, 'x_host=1;path=/');
  await call(page, 'withdraw');
  expect(await namesOf(context, 'www.force.police.uk')).toEqual(kept.flatMap((name) => [name, name]));
  await page.reload();
  await stateOf(page);
  expect(await namesOf(context, 'www.force.police.uk')).toEqual(kept.flatMap((name) => [name, name]));
});

for (const name of ['*', '_*', '*_ga', '_g*a', 'ga|PHPSESSID', '.*', '^_ga', '']) {
  test(`W2 refuses the cookie name ${JSON.stringify(name)} in the configuration`, async ({ page, context, world }) => {
    const errors: string[] = [];
    await page.addInitScript(spellErrors);
    page.on('console', (message) => errors.push(message.text()));
    world.site.page('/', forcePage({ config: { services: [{ ...STATS, cookies: [name] }] } }));
    world.site.page('/blank.html', '<!doctype html>');
    await page.goto('/blank.html');
    await writeCookies(page, 'PHPSESSID=1;path=/');
    await page.goto('/');
    await expect.poll(() => errors.join()).toContain(`services[0].cookies[0]: expected a name`);
    expect(errors.join()).toContain(JSON.stringify(name));
    await settle(page);
    expect(await namesOf(context, 'www.force.police.uk')).toEqual(['PHPSESSID']);
  });
}

test('W3 removes declared names from local and session storage', async ({ page, world }) => {
  world.site.page('/', forcePage({ config: { services: [STATS] } }));
  await page.goto('/');
  await call(page, 'acceptAll');
  const names = () => page.evaluate(() => [Object.keys(localStorage).sort(), Object.keys(sessionStorage).sort()]);
  await page.evaluate(() => {
    for (const storage of [localStorage, sessionStorage]) {
      for (const name of ['x_store', 'x_many_1', 'x_many_2', 'x_stored', 'basket']) storage.setItem(name, '1');
    }
  });
  await page.reload();
  await stateOf(page);
  const all = ['basket', 'x_many_1', 'x_many_2', 'x_store', 'x_stored'];
  expect(await names(), 'while granted').toEqual([all, all]);

  await call(page, 'withdraw');
  const kept = ['basket', 'x_stored'];
  expect(await names(), 'after withdrawal').toEqual([kept, kept]);
});

test('W4 leaves no cookie on the next load of a tag that goes on writing it', async ({ page, context, world }) => {
  world.internet.route(TAGS, '/beat.js', (_, res) =>
    res
      .writeHead(200, { 'content-type': 'text/javascript' })
      .end(
        `setInterval(() => { document.cookie = 'x_host=' + Date.now() + ';path=/;secure'; window.beats = (window.beats ?? 0) + 1; }, 200)`,
      ),
  );
  const html = forcePage({ config: { services: [STATS] }, body: held('beat') });
  world.site.page('/one.html', html);
  world.site.page('/two.html', html);
  await page.goto('/one.html');
  await call(page, 'acceptAll');
  const names = () => namesOf(context, 'www.force.police.uk');
  await expect.poll(names).toEqual(['x_host']);

  await call(page, 'withdraw');
  const beats = () => page.evaluate(() => (window as any).beats as number);
  const before = await beats();
  await expect.poll(beats, 'the tag goes on after the withdrawal').toBeGreaterThan(before + 1);
  await page.goto('/two.html');
  await stateOf(page);
  // A page that is left may still write while the next one starts, before it hears that it is left, and sweeps.
  await expect.poll(names).toEqual([]);
  expect(world.gatedHits({ path: '/beat.js' })).toHaveLength(1);
});

test('W5 leaves the page, its form, its caret and its referrer alone', async ({ page, world }) => {
  world.site.page('/from.html', '<!doctype html><a href="/form.html">Report</a>');
  world.site.page(
    '/form.html',
    forcePage({ config: { services: [STATS] }, body: `${held('one')}<textarea id="story"></textarea>` }),
  );
  await page.goto('/from.html');
  await page.getByText('Report').click();
  await page.locator('#story').pressSequentially('I saw a man at the');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const now = () =>
    page.evaluate(() => {
      const story = document.querySelector('textarea')!;
      (window as any).isSamePage ??= performance.timeOrigin;
      return [
        story.value,
        story.selectionStart,
        document.activeElement === story,
        document.referrer,
        (window as any).isSamePage === performance.timeOrigin,
        history.length,
      ];
    });
  const before = await now();
  expect(before.slice(0, 5)).toEqual(['I saw a man at the', 16, true, 'https://www.force.police.uk/from.html', true]);

  for (const [method, ...args] of [
    ['acceptAll'],
    ['choose', { analytics: 'denied' }],
    ['choose', { analytics: 'granted' }],
    ['withdraw'],
    ['rejectAll'],
  ] as [string, ...unknown[]][]) {
    await call(page, method, ...args);
    await settle(page);
    expect(await now(), method).toEqual(before);
  }
  expect(world.hits({ path: '/form.html' })).toHaveLength(1);
});

test('W6 withdraws everything from a page other than the one of the choice', async ({ page, world }) => {
  const html = forcePage({ body: held('one') + held('two', 'marketing') });
  for (const path of ['/one.html', '/two.html']) world.site.page(path, html);
  await page.goto('/one.html');
  await call(page, 'acceptAll');
  await page.goto('/two.html');
  await released(page).toEqual(['released', 'released']);
  await settle(page);
  expect(world.gatedHits({ path: '/two.js' }).length).toBeGreaterThan(0);
  world.clear();

  await call(page, 'withdraw');
  await page.goto('/one.html');
  expect((await stateOf(page)).choices).toMatchObject({
    analytics: 'denied',
    marketing: 'denied',
    preferences: 'denied',
  });
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
});

test('W6 withdraws one category and leaves the others', async ({ page, world }) => {
  world.site.page('/', forcePage({ body: held('one') + held('two', 'marketing') }));
  await page.goto('/');
  await call(page, 'acceptAll');
  await expect.poll(() => world.gatedHits().length).toBe(2);
  await call(page, 'choose', { marketing: 'denied' });
  await page.reload();
  await released(page).toEqual(['released', 'held']);
  expect(world.gatedHits({ path: '/two.js' })).toHaveLength(1);
  expect((await stateOf(page)).choices).toMatchObject({ analytics: 'granted', marketing: 'denied' });
});

/** What a page does that makes the vendors' libraries send, each of it measured to arrive while granted. */
const provoke = (page: Page) =>
  page.evaluate(() => {
    const { gtag, fbq } = window as any;
    gtag('event', 'sign_up', { method: 'form' });
    fbq('track', 'Lead');
    fbq('trackCustom', 'Custom');
    history.pushState({}, '', '/?changed');
    document.querySelector('button')?.click();
  });

for (const [vendors, attributes] of [
  ['Google Analytics and Facebook', 'data-google-analytics="G-ABC123 UA-1-1" data-facebook-pixel="123456"'],
] as const) {
  test(`W10 lets nothing more reach ${vendors} after a withdrawal`, async ({ page, world }) => {
    world.site.page('/', forcePage({ attributes, body: '<button>Click</button>' }));
    world.site.page('/left.html', '<!doctype html>');
    await page.goto('/');
    await call(page, 'acceptAll');
    await world.hit({ host: 'www.facebook.com' });
    await world.hit({ host: 'www.google-analytics.com' });
    await settle(page);
    world.clear();
    await provoke(page);
    await expect.poll(() => world.gatedHits({ host: 'www.facebook.com' }).length, 'while granted').toBeGreaterThan(2);
    await expect.poll(() => world.gatedHits({ host: /analytics/ }).length, 'while granted').toBeGreaterThan(2);
    await settle(page);

    await call(page, 'withdraw');
    await settle(page);
    world.clear();
    await provoke(page);
    await settle(page);
    await page.goto('/left.html');
    await settle(page);
    expect(world.gatedHits().map(({ url }) => url)).toEqual([]);
  });
}

test('W10 empties a released frame and image', async ({ page, world }) => {
  world.site.page(
    '/',
    forcePage({
      body: `<iframe data-consent="marketing" data-src="https://${TAGS}/frame" title="A film"></iframe>
        <img data-consent="marketing" data-src="https://${TAGS}/pixel" alt="">`,
    }),
  );
  world.internet.route(TAGS, '/frame', (_, res) =>
    res
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<script>setInterval(() => fetch('/beat', { method: 'POST' }), 100)</script>`),
  );
  await page.goto('/');
  await call(page, 'acceptAll');
  await world.hit({ host: TAGS, path: '/beat' });
  await world.hit({ host: TAGS, path: '/pixel' });
  await call(page, 'withdraw');
  expect(await page.evaluate(() => [...document.querySelectorAll('[src^="https://tags"]')].length)).toBe(0);
  await expect.poll(() => page.frames().map((frame) => frame.url())).not.toContain(`https://${TAGS}/frame`);
  await settle(page);
  world.clear();
  await settle(page);
  expect(world.gatedHits().map(({ url }) => url)).toEqual([]);
});

/** The events of the records on this device, oldest first. */
const events = async (page: Page) => (await call(page, 'receipt')).map(({ event }: { event: string }) => event);

test('W8 keeps a choice to the last day of its lifetime', async ({ page, world }) => {
  world.site.page('/', forcePage());
  await page.goto('/');
  await call(page, 'acceptAll');
  await page.clock.setFixedTime(Date.now() + 181.9 * DAY);
  await page.reload();
  expect(await stateOf(page)).toMatchObject({ pending: false, choices: { analytics: 'granted' } });
  await released(page).toEqual(['released']);
  expect(await events(page)).toEqual(['accepted']);
});

test('W8 asks again and sweeps when a choice has run out, and notes it once', async ({ page, context, world }) => {
  world.site.page('/', forcePage({ config: { services: [STATS], lifetimeDays: 30 } }));
  await page.goto('/');
  await call(page, 'acceptAll');
  await writeCookies(page, 'x_host=1;path=/', '_ga_1=1;path=/;domain=.force.police.uk');
  await settle(page);
  world.clear();
  await page.clock.setFixedTime(Date.now() + 30.1 * DAY);
  await page.reload();
  expect(await stateOf(page)).toMatchObject({
    pending: true,
    choices: { essential: 'granted', preferences: 'unasked', analytics: 'unasked', marketing: 'unasked' },
  });
  await expect.poll(() => namesOf(context, 'www.force.police.uk')).toEqual([]);
  await expect.poll(() => events(page)).toEqual(['accepted', 'expired']);

  for (let load = 0; load < 2; load++) {
    await page.reload();
    expect(await stateOf(page)).toMatchObject({ pending: true, choices: { analytics: 'unasked' } });
  }
  await settle(page);
  expect(await events(page)).toEqual(['accepted', 'expired']);
  expect(world.gatedHits()).toEqual([]);
});

test('W8 counts from the decision, not from the last visit', async ({ page, world }) => {
  world.site.page('/', forcePage());
  const start = Date.now();
  await page.goto('/');
  await call(page, 'acceptAll');
  for (const days of [100, 181]) {
    await page.clock.setFixedTime(start + days * DAY);
    await page.reload();
    expect(await stateOf(page), `after ${days} days`).toMatchObject({ pending: false });
  }
  await page.clock.setFixedTime(start + 183 * DAY);
  await page.reload();
  expect(await stateOf(page)).toMatchObject({ pending: true });
});

test('W8 asks again where the clock was set back by two days', async ({ page, world }) => {
  world.site.page('/', forcePage());
  const start = Date.now();
  await page.goto('/');
  await call(page, 'acceptAll');
  await settle(page);
  world.clear();
  await page.clock.setFixedTime(start - 0.9 * DAY);
  await page.reload();
  expect(await stateOf(page), 'a clock off by less than a day').toMatchObject({ pending: false });
  await released(page).toEqual(['released']);
  world.clear();

  await page.clock.setFixedTime(start - 2 * DAY);
  await page.reload();
  expect(await stateOf(page)).toMatchObject({ pending: true, choices: { analytics: 'unasked' } });
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
});

test('W8 puts the choice after an expiry behind it in the chain', async ({ page, world }) => {
  world.site.page('/', forcePage());
  await page.goto('/');
  await call(page, 'acceptAll');
  await page.clock.setFixedTime(Date.now() + 183 * DAY);
  await page.reload();
  await expect.poll(() => events(page)).toEqual(['accepted', 'expired']);
  await call(page, 'rejectAll');
  const records = await call(page, 'receipt');
  expect(records.map(({ event }: { event: string }) => event)).toEqual(['accepted', 'expired', 'refused']);
  expect(records.map(({ previous }: { previous?: string }) => previous)).toEqual([
    undefined,
    records[0].id,
    records[1].id,
  ]);
});

test('W8 notes an expiry also where nobody is asked', async ({ page, world }) => {
  const categories = [
    { id: 'essential', basis: 'essential' },
    { id: 'statistics', basis: 'objection' },
  ];
  world.site.page('/', forcePage({ config: { categories } }));
  await page.goto('/');
  await call(page, 'choose', { statistics: 'denied' });
  expect(await events(page)).toEqual(['objected']);
  await page.clock.setFixedTime(Date.now() + 183 * DAY);
  await page.reload();
  expect(await stateOf(page)).toMatchObject({ pending: false, choices: { statistics: 'unasked' } });
  await expect.poll(() => events(page)).toEqual(['objected', 'expired']);
});

test('W9 asks for a new category and keeps what was granted', async ({ page, world }) => {
  const categories = [
    { id: 'essential', basis: 'essential' },
    { id: 'analytics', basis: 'consent' },
  ];
  const body = held('one') + held('maps', 'maps');
  world.site.page('/', forcePage({ config: { categories }, body: held('one') }));
  await page.goto('/');
  await call(page, 'acceptAll');
  expect(await stateOf(page)).toMatchObject({ pending: false });

  world.site.page('/', forcePage({ config: { categories: [...categories, { id: 'maps', basis: 'consent' }] }, body }));
  await settle(page);
  world.clear();
  await page.reload();
  expect(await stateOf(page)).toMatchObject({ pending: true, choices: { analytics: 'granted', maps: 'unasked' } });
  await released(page).toEqual(['released', 'held']);

  await call(page, 'choose', { maps: 'granted' });
  await released(page).toEqual(['released', 'released']);
  expect(await stateOf(page)).toMatchObject({ pending: false, choices: { analytics: 'granted', maps: 'granted' } });
  expect(world.gatedHits().map(({ path }) => path)).toEqual(['/one.js', '/maps.js']);
});

test('W9 closes everything that needs consent for a new notice version', async ({ page, world }) => {
  const categories = [
    { id: 'essential', basis: 'essential' },
    { id: 'analytics', basis: 'consent' },
    { id: 'statistics', basis: 'objection' },
  ];
  const config = { categories, services: [{ ...STATS, cookies: ['x_host'] }] };
  const body = held('one') + held('counter', 'statistics');
  world.site.page('/', forcePage({ config, body }));
  await page.goto('/');
  await world.hit({ path: '/counter.js' });
  await call(page, 'choose', { analytics: 'granted', statistics: 'denied' });
  await released(page).toEqual(['released', 'released']);
  await settle(page);
  world.clear();

  world.site.page('/', forcePage({ config: { ...config, noticeVersion: '2' }, body }));
  await page.reload();
  const state = await stateOf(page);
  expect(state).toMatchObject({
    pending: true,
    choices: { analytics: 'unasked', statistics: 'denied', stats: 'unasked' },
  });
  expect(state.decision.choices, 'what was chosen before can be shown').toMatchObject({ analytics: 'granted' });
  await settle(page);
  expect(world.gatedHits()).toEqual([]);

  await call(page, 'acceptAll');
  await page.reload();
  expect(await stateOf(page)).toMatchObject({
    pending: false,
    choices: { analytics: 'granted', statistics: 'granted' },
  });
});

test('W9 keeps what was never asked as unasked', async ({ page, context, world }) => {
  world.site.page('/', forcePage());
  await page.goto('/');
  await call(page, 'choose', { analytics: 'granted' });
  const [record] = await call(page, 'receipt');
  expect(record.choices).toEqual({ preferences: 'unasked', analytics: 'granted', marketing: 'unasked' });
  const cookie = (await context.cookies()).find(({ name }) => name === 'consentry');
  expect(cookie?.value).toMatch(/~preferences_u\.analytics_g\.marketing_u$/);
  await page.reload();
  expect(await stateOf(page)).toMatchObject({ pending: true, choices: { analytics: 'granted', marketing: 'unasked' } });
});
