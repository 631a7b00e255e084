import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
import { pageOf } from './support/pages.mjs';
import { javascript } from './support/scripts.mjs';
import type { World } from './support/start-world.mjs';
import { expect, settle, test } from './support/world.mjs';

const TAG_HOST = 'www.googletagmanager.com';
const TAG_FILE = `https://${TAG_HOST}/gtag/js`;
const PIXEL_HOST = 'connect.facebook.net';
const PIXEL_FILE = `https://${PIXEL_HOST}/en_US/fbevents.js`;
const ADS_HOSTS = /doubleclick\.net$|googleadservices\.com$|googlesyndication\.com$/;
const ANALYTICS_HOSTS = /google-analytics\.com$/;

const GOOGLE = { 'data-google-analytics': 'G-AAA1111111', 'data-doubleclick': 'DC-1111111 AW-2222222' };
const FACEBOOK = { 'data-facebook-pixel': '111111111111 222222222222' };

/** Google's and Facebook's own snippets, as a page without the SDK has them. */
const GOOGLE_SNIPPET = `<script async src="${TAG_FILE}?id=G-AAA1111111"></script><script>
  window.dataLayer = window.dataLayer || [];
  function gtag() { dataLayer.push(arguments); }
  gtag('js', new Date());
  for (const id of ['G-AAA1111111', 'DC-1111111', 'AW-2222222']) gtag('config', id);
</script>`;
const FACEBOOK_SNIPPET = `<script>
  !function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?
  n.callMethod.apply(n,arguments):n.queue.push(arguments)};if(!f._fbq)f._fbq=n;
  n.push=n;n.loaded=!0;n.version='2.0';n.queue=[];t=b.createElement(e);t.async=!0;
  t.src=v;s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,
  document,'script','${PIXEL_FILE}');
  fbq('init', '111111111111');
  fbq('track', 'PageView');
</script>`;

type Signals = Record<string, string>;

/** What stands in the dataLayer, each command as the list of its arguments, with how the browser calls its kind. */
const layer = (page: Page) =>
  page.evaluate(() =>
    ((window as any).dataLayer as ArrayLike<unknown>[]).map((entry) => ({
      kind: Object.prototype.toString.call(entry),
      entry: (entry.length === undefined ? [entry] : Array.from(entry)) as any[],
    })),
  );
const commands = async (page: Page, name: string) =>
  (await layer(page)).map(({ entry }) => entry).filter(([command]) => command === name);
const updates = async (page: Page) =>
  (await commands(page, 'consent'))
    .filter(([, action]) => action === 'update')
    .map(([, , signals]) => signals as Signals);
const configs = async (page: Page) => (await commands(page, 'config')).map(([, ...rest]) => rest);

const SEVEN = [
  'security_storage',
  'functionality_storage',
  'personalization_storage',
  'analytics_storage',
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
];
const signals = (...granted: string[]) =>
  Object.fromEntries(
    SEVEN.map((type) => [type, ['security_storage', ...granted].includes(type) ? 'granted' : 'denied']),
  );
const NONE = signals();
const ALL = signals(...SEVEN);

const pathsTo = (world: World, host: RegExp | string) => world.gatedHits({ host }).map(({ path }) => path);
const idsTo = (world: World, host: RegExp | string) =>
  world.gatedHits({ host }).map(({ url }) => new URL(url).searchParams.get('tid'));

test('S1 puts the default, all denied, before any other entry, also where our file comes late', async ({
  page,
  world,
}) => {
  const sdk = readFileSync(new URL('../../dist/consentry.js', import.meta.url));
  world.site.route('/dist/consentry.js', javascript(sdk, 800));
  const head = "<script>window.dataLayer = window.dataLayer || []; dataLayer.push({ event: 'page' });</script>";
  world.site.page('/x.html', pageOf({ sdk: GOOGLE, head }));
  await page.goto('/x.html');
  const [first, second] = await layer(page);
  expect(first).toEqual({ kind: '[object Arguments]', entry: ['consent', 'default', NONE] });
  expect(Object.keys(first?.entry[2] as Signals).sort()).toEqual([...SEVEN].sort());
  expect(second?.entry).toEqual([{ event: 'page' }]);
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(world.gatedTunnels()).toEqual([]);

  // Somebody who granted everything starts denied, too; the update follows.
  await choose(page, 'acceptAll');
  await page.reload();
  await expect.poll(() => updates(page)).toEqual([ALL]);
  expect((await layer(page))[0]?.entry).toEqual(['consent', 'default', NONE]);
});

test('S1 the control: Google and Facebook are asked at once by a page without the SDK', async ({ page, world }) => {
  world.site.page(
    '/x.html',
    pageOf({ sdk: false, head: GOOGLE_SNIPPET + FACEBOOK_SNIPPET, body: '<button>x</button>' }),
  );
  await page.goto('/x.html');
  await settle(page);
  expect(pathsTo(world, TAG_HOST)).toEqual(['/gtag/js']);
  expect(pathsTo(world, PIXEL_HOST)).toEqual(['/en_US/fbevents.js']);
  expect(idsTo(world, ANALYTICS_HOSTS)).toEqual(['G-AAA1111111']);
  expect(pathsTo(world, ADS_HOSTS)).not.toEqual([]);
  expect(pathsTo(world, 'www.facebook.com')).toEqual(['/tr/']);

  world.clear();
  await page.getByRole('button').click();
  await world.hit({ host: 'www.facebook.com' });
});

test('S2 every Google command is an arguments object', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ sdk: { ...GOOGLE, ...FACEBOOK } }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  // Commands that were lists would be passed over by the library, and nothing would arrive.
  await world.hit({ host: ANALYTICS_HOSTS });
  await world.hit({ host: ADS_HOSTS });
  await choose(page, 'withdraw');
  const kinds = (await layer(page)).map(({ kind, entry: [name] }) => [typeof name === 'string' ? name : 'event', kind]);
  const command = (name: string) => [name, '[object Arguments]'];
  const event = ['event', '[object Object]'];
  expect(kinds).toEqual([
    command('consent'),
    command('consent'),
    event,
    command('js'),
    ...['G-', 'DC-', 'AW-'].map(() => command('config')),
    command('consent'),
    event,
  ]);
});

test('S2 uses a gtag that is there', async ({ page, world }) => {
  const first = `<script>
    window.dataLayer = [];
    window.gtag = window.mine = function () { (window.calls ??= []).push(Array.from(arguments)); dataLayer.push(arguments); };
  </script>`;
  world.site.page('/x.html', pageOf({ first, sdk: GOOGLE }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await world.hit({ host: ANALYTICS_HOSTS });
  const found = await page.evaluate(() => {
    const { gtag, mine, calls } = window as any;
    return {
      isMine: gtag === mine,
      calls: calls.map(([name, action]: [string, unknown]) => `${name} ${String(action)}`),
    };
  });
  expect(found.isMine).toBe(true);
  expect(found.calls.filter((call: string) => !call.startsWith('js'))).toEqual([
    'consent default',
    'consent update',
    'config G-AAA1111111',
    'config DC-1111111',
    'config AW-2222222',
  ]);
});

test('S3 sends a full update for each change, one after a load, and none for saving what is in force', async ({
  page,
  world,
}) => {
  world.site.page('/x.html', pageOf({ sdk: GOOGLE }));
  await page.goto('/x.html');
  await settle(page);
  expect(await updates(page)).toEqual([]);

  await choose(page, 'acceptAll');
  await choose(page, 'withdraw');
  await choose(page, 'acceptAll');
  await choose(page, 'rejectAll');
  expect(await updates(page)).toEqual([ALL, NONE, ALL, NONE]);
  await choose(page, 'rejectAll');
  await choose(page, 'withdraw');
  expect(await updates(page)).toEqual([ALL, NONE, ALL, NONE]);

  await choose(page, 'choose', { analytics: 'granted' });
  await page.reload();
  await expect.poll(() => updates(page)).toEqual([signals('analytics_storage')]);
  await choose(page, 'choose', { analytics: 'granted' });
  await settle(page);
  expect(await updates(page)).toEqual([signals('analytics_storage')]);
});

test('S4 follows each update with exactly one event that says what is granted', async ({ page, world }) => {
  const told = async () =>
    (await layer(page)).flatMap(({ entry: [first, action] }) =>
      action === 'update' ? 'update' : first?.event ? [first] : [],
    );
  const event = (action: string, analytics: boolean, others = analytics) => ({
    event: 'consentry',
    consentry: {
      action,
      noticeVersion: '2026-11',
      categories: { essential: true, preferences: others, analytics, marketing: others },
    },
  });
  world.site.page('/x.html', pageOf({ sdk: { ...GOOGLE, 'data-notice-version': '2026-11' } }));
  await page.goto('/x.html');
  await settle(page);
  expect(await told()).toEqual([]);

  const expected: unknown[] = [];
  const steps: [unknown, ...(Parameters<typeof choose> extends [Page, ...infer Rest] ? Rest : never)][] = [
    [event('accepted', true), 'acceptAll'],
    [event('withdrawn', false), 'withdraw'],
    [event('changed', true, false), 'choose', { analytics: 'granted' }],
  ];
  for (const [happened, ...call] of steps) {
    await choose(page, ...call);
    expected.push('update', happened);
    expect(await told()).toEqual(expected);
  }
  await choose(page, 'choose', { analytics: 'granted' });
  expect(await told()).toEqual(expected);

  await page.reload();
  await expect.poll(told).toEqual(['update', event('stored', true, false)]);
  await settle(page);
  expect(await told()).toEqual(['update', event('stored', true, false)]);
});

const MIXED = { 'data-google-analytics': 'G-AAA1111111 UA-123456-1', 'data-doubleclick': 'AW-2222222 DC-1111111' };

test('S5 asks for one library and configures each id under its own category', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ sdk: MIXED }));
  await page.goto('/x.html');
  await settle(page);
  expect(world.gatedHits()).toEqual([]);

  const quiet = { allow_google_signals: false, allow_ad_personalization_signals: false };
  const analytics = [
    ['G-AAA1111111', quiet],
    ['UA-123456-1', quiet],
  ];
  await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
  await expect.poll(() => configs(page)).toEqual(analytics);
  await settle(page);
  expect(world.hits({ host: TAG_HOST }).map(({ url }) => url)).toEqual([`${TAG_FILE}?id=G-AAA1111111`]);
  expect(idsTo(world, ANALYTICS_HOSTS).sort()).toEqual(['G-AAA1111111', 'UA-123456-1']);
  expect(pathsTo(world, ADS_HOSTS)).toEqual([]);

  world.clear();
  await choose(page, 'choose', { marketing: 'granted' });
  await expect.poll(() => configs(page)).toEqual([...analytics, ['AW-2222222'], ['DC-1111111']]);
  await settle(page);
  expect(world.hits({ host: TAG_HOST })).toEqual([]);
  expect(idsTo(world, ANALYTICS_HOSTS)).toEqual([]);
  expect(
    pathsTo(world, ADS_HOSTS)
      .map((path) => path.split(';')[0])
      .sort(),
  ).toEqual(['/activity', '/pagead/viewthroughconversion/2222222/']);
  expect((await commands(page, 'js')).length).toBe(1);
});

test('S5 configures advertising ids alone where only marketing is granted', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ sdk: MIXED }));
  await page.goto('/x.html');
  await choose(page, 'choose', { analytics: 'denied', marketing: 'granted' });
  await expect.poll(() => configs(page)).toEqual([['AW-2222222'], ['DC-1111111']]);
  await settle(page);
  expect(world.hits({ host: TAG_HOST }).map(({ url }) => url)).toEqual([`${TAG_FILE}?id=AW-2222222`]);
  expect(pathsTo(world, ANALYTICS_HOSTS)).toEqual([]);
  expect(pathsTo(world, ADS_HOSTS)).toHaveLength(2);
});

test('S5 configures each id once where consent is given, withdrawn and given again', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ sdk: MIXED }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await world.hit({ host: ADS_HOSTS });
  await settle(page);
  await choose(page, 'withdraw');
  await choose(page, 'acceptAll');
  await settle(page);
  expect(pathsTo(world, TAG_HOST)).toEqual(['/gtag/js']);
  expect((await configs(page)).map(([id]) => id as string)).toEqual([
    'G-AAA1111111',
    'UA-123456-1',
    'AW-2222222',
    'DC-1111111',
  ]);
});

/** Answers with a library only once the function it returns is called. */
const slowly = (world: World, host: string, path: string, file: string) => {
  const source = readFileSync(new URL(`../../demo/vendors/${file}`, import.meta.url));
  let answer = () => {};
  world.internet.route(host, path, (req, res) => {
    answer = () => void javascript(source)(req, res);
  });
  return () => answer();
};

test('S5 sends nothing where consent is withdrawn while the library loads', async ({ page, world }) => {
  const answer = slowly(world, TAG_HOST, '/gtag/js', 'gtag.js');
  world.site.page('/x.html', pageOf({ sdk: MIXED }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await world.hit({ host: TAG_HOST });
  await choose(page, 'withdraw');
  answer();
  await settle(page);
  expect(world.gatedHits().map(({ url }) => url)).toEqual([`${TAG_FILE}?id=G-AAA1111111`]);
  expect(await page.evaluate(() => 'google_tag_manager' in window)).toBe(false);
});

const nameOf = (pair: string) => pair.split('=')[0];
/** The names of the cookies that the page can see. */
const visible = async (page: Page) => (await page.evaluate(() => document.cookie.split('; '))).map(nameOf).sort();

test('S6 gates Universal Analytics and sweeps its cookies', async ({ page, world }) => {
  const sdk = { 'data-google-analytics': 'UA-123456-1' };
  world.site.page('/x.html', pageOf({ sdk }));
  await page.goto('/x.html');
  await choose(page, 'choose', { analytics: 'denied', marketing: 'granted' });
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  await page.evaluate(() => {
    for (const name of ['PHPSESSID', '_gang', 'AWSALB', 'my_ga']) document.cookie = `${name}=1; path=/; secure`;
  });

  await choose(page, 'choose', { analytics: 'granted' });
  const all = ['AWSALB', 'PHPSESSID', '_ga', '_gang', '_gat_gtag_UA_123456_1', '_gid', 'consentry', 'my_ga'];
  await expect.poll(() => visible(page)).toEqual(all.sort());
  expect(await world.hit({ host: ANALYTICS_HOSTS })).toMatchObject({ path: '/j/collect' });

  await page.evaluate(() => (document.cookie = '_gat_UA-123456-1=1; path=/; domain=force.police.uk; secure'));
  await choose(page, 'withdraw');
  const kept = ['AWSALB', 'PHPSESSID', '_gang', 'consentry', 'my_ga'].sort();
  await expect.poll(() => visible(page)).toEqual(kept);
  world.clear();
  await page.reload();
  await settle(page);
  const [request] = world.hits({ path: '/x.html' });
  expect(request?.cookie.split('; ').map(nameOf).sort()).toEqual(kept);
  expect(world.gatedHits()).toEqual([]);
});

test('S6 sweeps what an earlier page left, as at the first visit after the SDK was put in', async ({ page, world }) => {
  world.site.page('/plain.html', '<!doctype html><title>x</title>');
  world.site.page('/x.html', pageOf({ sdk: { ...MIXED, ...FACEBOOK } }));
  await page.goto('/plain.html');
  await page.evaluate(() => {
    const names = ['_ga', '_gid', '_gat_UA-123456-1', '__utma', '_ga_AAA1111111', '_gcl_au', '_fbp', '_fbc'];
    document.cookie = '_gang=1; path=/; secure';
    for (const name of names) {
      for (const domain of ['', 'domain=force.police.uk;']) document.cookie = `${name}=1; path=/; ${domain} secure`;
    }
  });
  await page.goto('/x.html');
  await expect.poll(() => visible(page)).toEqual(['_gang']);
});

/** A library that writes down what it is told: the queue of the page first, then each call. */
const RECORDER = `
  window.told = [];
  fbq.callMethod = (...call) => window.told.push(call.map(String).join(' '));
  while (fbq.queue.length) fbq.callMethod(...fbq.queue.shift());`;
const told = (page: Page) => page.evaluate(() => (window as any).told as string[]);
const record = (world: World) => world.internet.route(PIXEL_HOST, '/en_US/fbevents.js', javascript(RECORDER));
const started = (id: string) => [`set autoConfig false ${id}`, `init ${id}`, `trackSingle ${id} PageView`];
const STARTED = ['111111111111', '222222222222'].flatMap(started);

/** What reached Facebook, in the order of the alphabet: pictures overtake each other. */
const events = (world: World) =>
  world
    .gatedHits({ host: 'www.facebook.com' })
    .map(({ url }) => new URL(url).searchParams)
    .map((hit) => `${hit.get('id')} ${hit.get('ev')}`)
    .sort();

test('S8 asks nothing of Facebook before a grant, then counts one page view for each pixel', async ({
  page,
  world,
}) => {
  world.site.page('/x.html', pageOf({ sdk: FACEBOOK, body: '<button>Report something</button>' }));
  await page.goto('/x.html');
  await page.getByRole('button', { name: 'Report something' }).click();
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(world.gatedTunnels()).toEqual([]);
  await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
  await settle(page);
  expect(world.gatedHits()).toEqual([]);

  await choose(page, 'choose', { marketing: 'granted' });
  // Automatic events would tell Facebook what was clicked: S1's control shows that they do.
  await world.hit({ host: 'www.facebook.com' });
  await page.getByRole('button', { name: 'Report something' }).click();
  await settle(page);
  expect(pathsTo(world, PIXEL_HOST)).toEqual(['/en_US/fbevents.js']);
  expect(events(world)).toEqual(['111111111111 PageView', '222222222222 PageView']);
});

test('S8 starts each pixel once, revokes once and grants once', async ({ page, world }) => {
  record(world);
  world.site.page('/x.html', pageOf({ sdk: FACEBOOK }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expect.poll(() => told(page)).toEqual(STARTED);
  await choose(page, 'acceptAll');
  expect(await told(page)).toEqual(STARTED);
  await choose(page, 'withdraw');
  await choose(page, 'rejectAll');
  expect(await told(page)).toEqual([...STARTED, 'consent revoke']);
  await choose(page, 'acceptAll');
  await choose(page, 'choose', { analytics: 'denied' });
  await settle(page);
  expect(await told(page)).toEqual([...STARTED, 'consent revoke', 'consent grant']);
  expect(pathsTo(world, PIXEL_HOST)).toEqual(['/en_US/fbevents.js']);
});

const LEAD = { sdk: FACEBOOK, head: "<script>fbq('track', 'Lead');</script>" };

test('S8 replays what the page said before the grant once, behind the start', async ({ page, world }) => {
  record(world);
  world.site.page('/x.html', pageOf(LEAD));
  await page.goto('/x.html');
  await choose(page, 'rejectAll');
  await choose(page, 'acceptAll');
  await expect.poll(() => told(page)).toEqual([...STARTED, 'track Lead']);
  await choose(page, 'withdraw');
  await choose(page, 'acceptAll');
  await settle(page);
  expect(await told(page)).toEqual([...STARTED, 'track Lead', 'consent revoke', 'consent grant']);
});

test('S8 never sends what the page said where it is denied', async ({ page, world }) => {
  world.site.page('/x.html', pageOf(LEAD));
  await page.goto('/x.html');
  await choose(page, 'rejectAll');
  await settle(page);
  await page.reload();
  await settle(page);
  expect(world.gatedHits()).toEqual([]);

  await choose(page, 'acceptAll');
  await settle(page);
  expect(events(world)).toEqual(['111111111111', '222222222222'].flatMap((id) => [`${id} Lead`, `${id} PageView`]));
});

test('S8 sends nothing where consent is withdrawn while the library loads', async ({ page, world }) => {
  const answer = slowly(world, PIXEL_HOST, '/en_US/fbevents.js', 'fbevents.js');
  world.site.page('/x.html', pageOf(LEAD));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await world.hit({ host: PIXEL_HOST });
  await choose(page, 'withdraw');
  answer();
  await settle(page);
  expect(world.gatedHits().map(({ url }) => url)).toEqual([PIXEL_FILE]);
  expect(await page.evaluate(() => 'standIn' in (window as any).fbq)).toBe(false);
});

const OWN: [string, Record<string, string>, string, string][] = [
  [
    'Google Analytics',
    { 'data-google-analytics': 'G-AAA1111111', 'data-google-analytics-src': '/own/ga.js' },
    '/own/ga.js',
    TAG_HOST,
  ],
  ['DoubleClick', { 'data-doubleclick': 'DC-1111111', 'data-doubleclick-src': '/own/dc.js' }, '/own/dc.js', TAG_HOST],
  [
    'Facebook',
    { 'data-facebook-pixel': '111111111111', 'data-facebook-pixel-src': '/own/fb.js' },
    '/own/fb.js',
    PIXEL_HOST,
  ],
];
for (const [name, sdk, path, host] of OWN) {
  test(`S8 asks for the library of ${name} where the web team keeps it`, async ({ page, world }) => {
    world.site.route(path, javascript('window.own = true'));
    world.site.page('/x.html', pageOf({ sdk }));
    await page.goto('/x.html');
    await settle(page);
    expect(world.hits({ path })).toEqual([]);
    await choose(page, 'acceptAll');
    await expect.poll(() => page.evaluate(() => (window as any).own === true)).toBe(true);
    await settle(page);
    expect(world.hits({ path })).toHaveLength(1);
    expect(world.gatedHits({ host })).toEqual([]);
  });
}

const THROWS = "window.gtag = () => { throw new Error('gtag of the page'); };";
const expectFacebook = async (page: Page, world: World) => {
  await choose(page, 'acceptAll');
  await world.hit({ host: 'www.facebook.com' });
  await settle(page);
  expect(world.gatedHits({ host: 'www.facebook.com' })).toHaveLength(2);
};

test('S8 starts Facebook where a gtag that came later throws', async ({ page, world }) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  world.site.page('/x.html', pageOf({ sdk: { ...GOOGLE, ...FACEBOOK }, head: `<script>${THROWS}</script>` }));
  await page.goto('/x.html');
  await expectFacebook(page, world);
  expect(errors).toContain('gtag of the page');
});

test('S8 starts Facebook where a gtag that was there before us throws', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ sdk: { ...GOOGLE, ...FACEBOOK }, first: `<script>${THROWS}</script>` }));
  await page.goto('/x.html');
  await expectFacebook(page, world);
});

test('G5 the libraries of the vendors pass a strict policy that allows ours', async ({ page, world }) => {
  const policy =
    "script-src 'nonce-x' 'strict-dynamic'; require-trusted-types-for 'script'; trusted-types lit-html consentry";
  world.site.page(
    '/x.html',
    pageOf({
      first: `<script nonce="x">
        window.violations = [];
        addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
          window.violations.push(violatedDirective + ' ' + sample));
      </script>`,
      sdk: { ...GOOGLE, ...FACEBOOK, nonce: 'x' },
    }),
    { headers: { 'content-security-policy': policy } },
  );
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await world.hit({ host: 'www.facebook.com' });
  await world.hit({ host: ANALYTICS_HOSTS });
  expect(await page.evaluate(() => (window as any).violations as string[])).toEqual([]);
});

test('S12 tells a service of its grant once the page has the function, and of the last turn only', async ({
  page,
  world,
}) => {
  const pen = {
    id: 'pen',
    name: 'Pen',
    category: 'analytics',
    hosts: ['pen.example'],
    grant: [['pen', 'granted']],
    deny: [['pen', 'denied']],
  };
  const late = "document.body.append(Object.assign(document.createElement('script'), { src: '/pen.js' }))";
  world.site.route('/pen.js', javascript('window.told = []; window.pen = (...said) => told.push(said)'));
  world.site.page('/x.html', pageOf({ config: { services: [pen] } }));
  const told = () => page.evaluate(() => (window as any).told as unknown);

  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await settle(page);
  await page.evaluate(late);
  await expect.poll(told).toEqual([['granted']]);
  // A further script says it to nobody again.
  await page.evaluate(late.replace('/pen.js', '/dist/consentry.js'));
  await settle(page);
  await choose(page, 'withdraw');
  expect(await told()).toEqual([['granted'], ['denied']]);

  await choose(page, 'acceptAll');
  await page.reload();
  await settle(page);
  await choose(page, 'withdraw');
  await page.evaluate(late);
  await expect.poll(told).toEqual([['denied']]);
});
