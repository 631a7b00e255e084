import type { Page } from '@playwright/test';
import { answerTags, call, forcePage, held, spellErrors, stateOf, TAGS } from './support/force-page.mjs';
import type { World } from './support/start-world.mjs';
import { cookieOf } from './support/stored.mjs';
import { expect, settle, test } from './support/world.mjs';

const EXIT = 'data-quick-exit="https://www.bbc.co.uk/weather"';
const ALL = held('one') + held('two', 'marketing') + held('three', 'preferences');

test.beforeEach(({ world }) => {
  answerTags(world, 'one', 'two', 'three', 'live');
  world.internet.route('www.bbc.co.uk', '/weather', (_, res) =>
    res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Weather</title>'),
  );
});

/** What the page says of itself while a test runs: exceptions, and the texts of its console. */
async function listen(page: Page) {
  await page.addInitScript(spellErrors);
  const told = { exceptions: [] as string[], errors: [] as string[], warnings: [] as string[] };
  // Firefox’s driver counts a cookie that the browser refuses among the exceptions.
  page.on('pageerror', ({ message }) => !/^Cookie “/.test(message) && told.exceptions.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') told.errors.push(message.text());
    if (message.type() === 'warning') told.warnings.push(message.text());
  });
  return told;
}

/** Escape leaves the page. */
async function expectExit(page: Page) {
  await page.keyboard.press('Escape');
  await page.waitForURL('https://www.bbc.co.uk/weather');
}

test('H1 denies and throws nothing in a sandboxed frame', async ({ page, world }) => {
  const told = await listen(page);
  world.site.page('/inner.html', forcePage({ body: ALL }));
  world.site.page('/', '<!doctype html><iframe sandbox="allow-scripts" src="/inner.html" title="Sandbox"></iframe>');
  await page.goto('/');
  await settle(page);
  const frame = page.frames()[1]!;
  expect(await frame.evaluate(() => origin)).toBe('null');
  const outcome = await call(frame, 'acceptAll').catch(() => 'not kept');
  expect(outcome).toBe('not kept');
  const choices = await frame.evaluate(() => {
    let found;
    (window as any).consentry.push(({ state }: any) => (found = state.choices));
    return found;
  });
  expect(choices).toMatchObject({ analytics: 'unasked', marketing: 'unasked' });
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  // Firefox tells of a file that it may not read as it does of an exception.
  expect(told.exceptions.filter((text) => !text.includes('Same Origin Policy'))).toEqual([]);
});

/** Every kind of storage throws, from the first script of the page on. */
const throwingStorage = () => {
  const refuse = () => {
    throw new DOMException('refused', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) {
    Object.defineProperty(window, name, { get: refuse });
  }
  Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse });
};

test('H1 denies and throws nothing where all storage throws, and a refusal holds for the page', async ({
  page,
  world,
}) => {
  const told = await listen(page);
  await page.addInitScript(throwingStorage);
  world.site.page('/', forcePage({ body: ALL, attributes: EXIT }));
  await page.goto('/');
  expect(await stateOf(page)).toMatchObject({ ready: true, choices: { analytics: 'unasked', marketing: 'unasked' } });
  for (const method of ['acceptAll', 'rejectAll']) {
    const outcome = await call(page, method).then(
      () => 'kept',
      () => 'not kept',
    );
    expect(outcome, method).toBe('not kept');
    await settle(page);
    expect(world.gatedHits(), method).toEqual([]);
  }
  expect(await stateOf(page)).toMatchObject({ pending: false, choices: { analytics: 'denied', marketing: 'denied' } });
  expect(told.exceptions).toEqual([]);
  await expectExit(page);
});

test('H1 control: the same page runs its tags with storage in order', async ({ page, world }) => {
  world.site.page('/', forcePage({ body: ALL, attributes: EXIT }));
  await page.goto('/');
  await call(page, 'acceptAll');
  await expect.poll(() => world.gatedHits().length).toBe(3);
});

const now = Date.now();
const GRANTED = cookieOf({ preferences: 'g', analytics: 'g', marketing: 'g' }, now);
const BROKEN_COOKIES = [
  '',
  '%E0%A4%A',
  'true',
  '{"analytics":"granted"}',
  'granted',
  '1',
  '1~~~~~~',
  '~'.repeat(200),
  'g'.repeat(4000),
  GRANTED.replace(/^1/, '2'),
  GRANTED.slice(0, -1),
  `${GRANTED}.`,
  `${GRANTED}g`,
  `${GRANTED}~`,
  `${GRANTED}.analytics_d`,
  GRANTED.replace('analytics_g', 'analytics_true'),
  GRANTED.replace('analytics_g', 'analytics_G'),
  GRANTED.replace('analytics_g', '__proto___g'),
  GRANTED.replace('analytics_g', 'constructor'),
  GRANTED.replace(/s{22}/, 's'.repeat(21)),
  GRANTED.replace(now.toString(36), '-1'),
  GRANTED.replace(now.toString(36), '0'),
  GRANTED.replace(now.toString(36), 'zzzzzzzzz'),
  GRANTED.replace(now.toString(36), now.toString(36).toUpperCase()),
  encodeURIComponent(GRANTED),
  `"${GRANTED}"`,
];

test('H2 takes no broken cookie of ours for an answer', async ({ page, world }) => {
  const told = await listen(page);
  const serve = (value: string) =>
    world.site.page('/', forcePage({ body: ALL }), { headers: { 'set-cookie': `consentry=${value}; Path=/; Secure` } });
  for (const value of BROKEN_COOKIES) {
    serve(value);
    await page.goto('/');
    const state = await stateOf(page);
    expect(state, value).toMatchObject({ pending: true, choices: { analytics: 'unasked', marketing: 'unasked' } });
    // What is still fetched when a page is left counts as an error.
    await settle(page, { quiet: 100 });
  }
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(told.exceptions).toEqual([]);

  // Control: the value that all of them were made from.
  await page.evaluate(() => indexedDB.deleteDatabase('consentry'));
  serve(GRANTED);
  await page.goto('/');
  await expect.poll(() => world.gatedHits().length).toBe(3);
});

test('H2 is not disturbed by broken cookies of somebody else', async ({ page, context, world }) => {
  const told = await listen(page);
  const foreign = ['%E0%A4%A=1', 'x=%E0%A4%A', '%=%', '=nameless', 'lonely', 'consentry2=1', 'xconsentry=1', 'a=b=c'];
  world.site.page(
    '/',
    forcePage({ body: ALL, config: { services: [{ id: 'x', name: 'X', category: 'analytics', cookies: ['gone'] }] } }),
    {
      headers: { 'set-cookie': [...foreign, 'gone=1'].map((pair) => `${pair}; Path=/; Secure`) },
    },
  );
  await page.goto('/');
  expect(await stateOf(page)).toMatchObject({ pending: true });
  const names = async () => (await context.cookies()).map(({ name }) => name);
  await expect.poll(names).not.toContain('gone');
  await call(page, 'acceptAll');
  await expect.poll(() => world.gatedHits().length).toBe(3);
  await call(page, 'withdraw');
  await page.reload();
  expect(await stateOf(page)).toMatchObject({ pending: false, choices: { analytics: 'denied' } });
  expect(await names()).toEqual(expect.arrayContaining(['%E0%A4%A', 'x', 'consentry2', 'xconsentry', 'a']));
  expect(told.exceptions).toEqual([]);
});

const category = { id: 'analytics', basis: 'consent' };
const service = { id: 'stats', name: 'Statistics', category: 'analytics' };
/** What stands in the JSON block, and what the console has to say of it. */
const BROKEN_CONFIGS: [string, string, ...string[]][] = [
  ['{"controller": "Force",}', 'data-consentry-config', 'expected JSON'],
  ['{', 'data-consentry-config', 'expected JSON'],
  ['{"categories": 5}', 'categories', 'expected a list', 'got 5'],
  ['{"categories": null}', 'categories', 'expected a list', 'got null'],
  ['{"categories": [null]}', 'categories[0]', 'expected an object', 'got null'],
  [JSON.stringify({ categories: [{ ...category, id: 'Analytics!' }] }), 'categories[0].id', 'a–z', 'got "Analytics!"'],
  [
    JSON.stringify({ categories: [{ ...category, basis: 'legitimate' }] }),
    'categories[0].basis',
    'expected essential, consent or objection',
    'got "legitimate"',
  ],
  [JSON.stringify({ categories: [category, category] }), 'categories[1].id', 'no other', 'got "analytics"'],
  [
    JSON.stringify({ categories: [{ ...category, google: ['storage'] }] }),
    'categories[0].google[0]',
    'a Google consent type',
    'got "storage"',
  ],
  ['{"services": "youtube"}', 'services', 'expected a list', 'got "youtube"'],
  [
    JSON.stringify({ services: [{ ...service, category: 'statistics' }] }),
    'services[0].category',
    'the id of a configured category',
    'got "statistics"',
  ],
  [
    JSON.stringify({ services: [{ ...service, hosts: ['https://x.example/'] }] }),
    'services[0].hosts[0]',
    'expected a host name',
    'got "https://x.example/"',
  ],
  [
    JSON.stringify({ services: [{ ...service, optOut: 'javascript:alert(1)' }] }),
    'services[0].optOut',
    'an http(s) or relative address',
    'got "javascript:alert(1)"',
  ],
  ['{"lifetimeDays": "182"}', 'lifetimeDays', 'expected a whole number from 1 to 400', 'got "182"'],
  ['{"lifetimeDays": 401}', 'lifetimeDays', 'expected a whole number from 1 to 400', 'got 401'],
  [
    '{"cookieDomain": "https://force.police.uk"}',
    'cookieDomain',
    'expected the domain of this page',
    'got "https://force.police.uk"',
  ],
  ['{"noticeVersion": ""}', 'noticeVersion', 'expected 1 to 20', 'got ""'],
  ['{"noticeUrl": "javascript:alert(1)"}', 'noticeUrl', 'an http(s) or relative address', 'got "javascript:alert(1)"'],
  ['{"googleAnalytics": {"ids": "G-1"}}', 'googleAnalytics.ids', 'expected a list', 'got "G-1"'],
  ['{"googleAnalytics": {"ids": ["XX-1"]}}', 'googleAnalytics.ids[0]', 'a Google Analytics id', 'got "XX-1"'],
  ['{"facebookPixel": {"ids": [123456]}}', 'facebookPixel.ids[0]', 'a Facebook Pixel id', 'got 123456'],
  ['{"sensitive": [{"path": "report", "deny": []}]}', 'sensitive[0].path', 'expected a path', 'got "report"'],
  [
    '{"sensitive": [{"path": "/report*", "deny": ["statistics"]}]}',
    'sensitive[0].deny[0]',
    'the id of a configured category',
    'got "statistics"',
  ],
  ['{"lifetime": 30}', 'lifetime', 'expected one of the options $schema, noticeUrl', 'got 30'],
  ['{"__proto__": {"perService": true}}', '__proto__', 'expected one of the options', 'got an object'],
  ['{"constructor": {"prototype": {}}}', 'constructor', 'expected one of the options', 'got an object'],
];

/** Opens the page with a configuration as somebody who granted everything. */
async function openWith(page: Page, world: World, json: string) {
  world.site.page('/', forcePage({ config: json, attributes: `${EXIT} data-facebook-pixel="123456"`, body: ALL }), {
    headers: { 'set-cookie': `consentry=${GRANTED}; Path=/; Secure` },
  });
  await page.goto('/');
}

test('H3 runs nothing on any broken configuration, and says why', async ({ page, world }) => {
  test.slow();
  const told = await listen(page);
  for (const [json, path, ...parts] of BROKEN_CONFIGS) {
    told.errors.length = 0;
    await openWith(page, world, json);
    await expect.poll(() => told.errors.join('\n'), json).toContain(`${path}: expected`);
    for (const part of parts) expect(told.errors.join('\n')).toContain(part);
    expect(await page.evaluate(() => [({} as any).perService, document.title]), json).toEqual([undefined, 'A page']);
    await settle(page, { quiet: 200 });
    expect(
      world.gatedHits().map(({ url }) => url),
      json,
    ).toEqual([]);
  }
  expect(told.exceptions).toEqual([]);
});

for (const json of ['{', '{"categories": [null]}', '{"lifetimeDays": 401}']) {
  test(`H3 leaves the exit armed on ${json}`, async ({ page, world }) => {
    const told = await listen(page);
    await openWith(page, world, json);
    await expect.poll(() => told.errors.join('\n')).toContain(': expected');
    await expectExit(page);
  });
}

test('H3 control: the page of the table runs its tags on a configuration in order', async ({ page, world }) => {
  const told = await listen(page);
  world.site.page('/', forcePage({ config: '{}', attributes: `${EXIT} data-facebook-pixel="123456"`, body: ALL }), {
    headers: { 'set-cookie': `consentry=${GRANTED}; Path=/; Secure` },
  });
  await page.goto('/');
  await world.hit({ host: 'www.facebook.com' });
  await expect.poll(() => world.gatedHits({ host: TAGS }).length).toBe(3);
  expect(told.errors).toEqual([]);
});

test('H3 names every mistake at once, and a choice is refused', async ({ page, world }) => {
  const told = await listen(page);
  const config = { lifetimeDays: 0, perService: 'yes', services: [{ id: 'x' }] };
  world.site.page('/', forcePage({ config, body: ALL }));
  await page.goto('/');
  await expect.poll(() => told.errors.length).toBe(1);
  const lines = told.errors[0]!.split('\n').filter((line) => line.includes(': expected '));
  expect(lines.map((line) => line.replace(/^.*ConfigError: /, '').split(': expected')[0])).toEqual([
    'lifetimeDays',
    'services[0].name',
    'services[0].category',
    'perService',
  ]);
  const outcome = await call(page, 'acceptAll').catch(() => 'refused');
  expect(outcome).toBe('refused');
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
});

// Chromium itself asks home about a page with a form, so only the tags’ host is looked at.
const CLOBBERS: [string, string][] = [
  ['an image named currentScript', '<img name="currentScript" alt="">'],
  ['a form named cookie', '<form name="cookie"><input name="get"></form>'],
  ['a form with the id consentry', '<form id="consentry"><input name="push"><input name="report"></form>'],
  ['all of these', '<img name="currentScript" alt=""><form name="cookie"></form><form id="consentry"></form>'],
];
for (const [what, clobber] of CLOBBERS) {
  test(`H4 keeps gate, storage and exit beside ${what}`, async ({ page, context, world }) => {
    const told = await listen(page);
    const html = forcePage({ beforeSdk: `<body>${clobber}`, body: ALL, attributes: EXIT });
    world.site.page('/', html);
    await page.goto('/');
    expect(await stateOf(page)).toMatchObject({ pending: true });
    await settle(page);
    expect(world.gatedHits({ host: TAGS })).toEqual([]);

    await call(page, 'choose', { analytics: 'granted' });
    await world.hit({ path: '/one.js' });
    expect((await context.cookies()).find(({ name }) => name === 'consentry')?.value).toContain('analytics_g');
    await settle(page);
    world.clear();
    await page.reload();
    await world.hit({ path: '/one.js' });
    await settle(page);
    expect(world.gatedHits({ host: TAGS }).map(({ path }) => path)).toEqual(['/one.js']);

    await call(page, 'withdraw');
    expect((await context.cookies()).find(({ name }) => name === 'consentry')?.value).toContain('analytics_d');
    expect(told.exceptions).toEqual([]);
    await expectExit(page);
  });
}

// These names are shadowed on `document` too; whatever it costs us, nothing held may run and the exit has to work.
for (const name of [
  'querySelector',
  'querySelectorAll',
  'createElement',
  'addEventListener',
  'dispatchEvent',
  'head',
  'body',
  'documentElement',
  'readyState',
  'baseURI',
]) {
  test(`H4 lets nothing run and leaves the exit armed beside an image named ${name}`, async ({ page, world }) => {
    world.site.page('/', forcePage({ beforeSdk: `<body><img name="${name}" alt="">`, body: ALL, attributes: EXIT }));
    await page.goto('/');
    await settle(page);
    expect(world.gatedHits({ host: TAGS })).toEqual([]);
    await expectExit(page);
  });
}

test('H4 keeps a refusal beside an image named dispatchEvent', async ({ page, world }) => {
  world.site.page('/', forcePage({ body: ALL }));
  await page.goto('/');
  await call(page, 'acceptAll');
  await expect.poll(() => world.gatedHits().length).toBe(3);
  world.site.page('/', forcePage({ beforeSdk: '<body><img name="dispatchEvent" alt="">', body: ALL }));
  await page.reload();
  expect((await stateOf(page)).choices).toMatchObject({ analytics: 'granted' });
  await call(page, 'rejectAll').catch(() => 'the page is told of an error');
  await settle(page);
  world.clear();
  await page.reload();
  expect((await stateOf(page)).choices).toMatchObject({ analytics: 'denied', marketing: 'denied' });
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
});

test('H5 lets the first of two scripts go on and warns once', async ({ page, world }) => {
  const told = await listen(page);
  const again = '<script src="/dist/consentry.js?again" data-notice-url="/other" data-notice-version="2"></script>';
  world.site.page('/', forcePage({ head: again, body: ALL }));
  await page.goto('/');
  expect((await stateOf(page)).pending).toBe(true);
  const events = await page.evaluate(() => {
    const seen: string[] = ((window as any).seen = []);
    for (const type of ['consentry-change', 'consentry-record']) document.addEventListener(type, () => seen.push(type));
    return seen;
  });
  expect(events).toEqual([]);
  await call(page, 'acceptAll');
  await expect.poll(() => world.gatedHits().length).toBe(3);
  await settle(page);
  expect(
    world
      .gatedHits()
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['/one.js', '/three.js', '/two.js']);
  expect(await page.evaluate(() => (window as any).seen)).toEqual(['consentry-change', 'consentry-record']);
  const records = await call(page, 'receipt');
  expect(records.map(({ event, notice }: { event: string; notice: string }) => [event, notice])).toEqual([
    ['accepted', '1'],
  ]);
  expect(told.warnings.filter((text) => text.startsWith('Consentry'))).toEqual([
    expect.stringMatching(/^Consentry: loaded twice/),
  ]);
  expect(told.exceptions).toEqual([]);
});

test('H5 lets what the page queued before, between and after run once each', async ({ page, world }) => {
  const queue = (name: string) =>
    `<script>(window.consentry ??= []).push(() => (window.ran ??= []).push('${name}'))</script>`;
  const again = '<script src="/dist/consentry.js" data-notice-url="/x" data-notice-version="2"></script>';
  world.site.page('/', forcePage({ beforeSdk: queue('before'), head: queue('between') + again + queue('after') }));
  await page.goto('/');
  await stateOf(page);
  expect(await page.evaluate(() => (window as any).ran)).toEqual(['before', 'between', 'after']);
});

test('H10 goes on when what the page queued or subscribed throws', async ({ page, world }) => {
  const told = await listen(page);
  const throwing = `<script>
    window.consentry = [() => { throw new Error('queued'); }, (consent) => {
      consent.subscribe(() => { throw new Error('subscribed'); });
      consent.onGranted('analytics', () => { throw new Error('started'); });
    }];
    document.addEventListener('consentry-change', () => { throw new Error('listened'); });
  </script>`;
  world.site.page('/', forcePage({ beforeSdk: throwing, body: ALL }));
  await page.goto('/');
  await call(page, 'acceptAll');
  await expect.poll(() => world.gatedHits().length).toBe(3);
  await call(page, 'withdraw');
  expect((await stateOf(page)).choices).toMatchObject({ analytics: 'denied' });
  for (const name of ['queued', 'subscribed', 'started', 'listened']) {
    expect(told.exceptions.filter((text) => text.includes(name)).length, name).toBeGreaterThan(0);
  }
});
