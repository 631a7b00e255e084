import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
import { call } from './support/force-page.mjs';
import { lazyFile } from './support/lazy-file.mjs';
import { live, pageOf } from './support/pages.mjs';
import { javascript } from './support/scripts.mjs';
import type { World } from './support/start-world.mjs';
import { expect, settle, test } from './support/world.mjs';

const TAG_HOST = 'www.googletagmanager.com';
const ANALYTICS = /google-analytics\.com$/;
const ADS = /doubleclick\.net$|googleadservices\.com$/;
const GOOGLE = { 'data-google-analytics': 'G-AAA1111111', 'data-doubleclick': 'DC-1111111 AW-2222222' };

/** The entries of the dataLayer, each command as the list of its arguments. */
const layer = (page: Page) =>
  page.evaluate(() =>
    ((window as any).dataLayer as ArrayLike<unknown>[]).map((entry) =>
      Object.prototype.toString.call(entry) === '[object Arguments]' ? Array.from(entry) : entry,
    ),
  ) as Promise<any[]>;

/** What the entries are, in short: a command with its first argument, or an event. */
const told = async (page: Page) =>
  (await layer(page)).map((entry) =>
    Array.isArray(entry)
      ? entry
          .slice(0, 2)
          .filter((each) => typeof each === 'string')
          .join(' ')
      : String(entry.event),
  );

const paramsTo = (world: World, host: RegExp | string) =>
  world.gatedHits({ host }).map(({ url }) => new URL(url).searchParams);

/** Answers with a stand-in only once the function it returns is called, to each who waits. */
const slowly = (world: World, host: string, path: string, file: string) => {
  const source = readFileSync(new URL(`../../demo/vendors/${file}`, import.meta.url));
  const waiting: (() => void)[] = [];
  let isOpen = false;
  world.internet.route(host, path, (req, res) => {
    const answer = () => void javascript(source)(req, res);
    if (isOpen) answer();
    else waiting.push(answer);
  });
  return () => {
    isOpen = true;
    waiting.forEach((answer) => answer());
  };
};

const ACTIVITY = 'src=1111111;type=count0;cat=tag0';
const FRAME = `https://1111111.fls.doubleclick.net/activityi;${ACTIVITY};ord=1?`;
const PIXEL = `https://ad.doubleclick.net/ddm/activity/${ACTIVITY};ord=2?`;
const MARKED = `
  <iframe data-consent="marketing" data-service="doubleclick" data-src="${FRAME}" width="1" height="1"></iframe>
  <img data-consent="marketing" data-service="doubleclick" data-src="${PIXEL}" width="1" height="1" alt="">`;
const COUNTER = "gtag('event', 'conversion', { send_to: 'DC-1111111/count0/tag0+standard' });";
/** Floodlight as a script of the page puts it there, live. */
const LIVE = `<script>
  const frame = document.createElement('iframe');
  frame.src = '${FRAME}';
  document.body.append(frame);
  new Image().src = '${PIXEL}';
</script>`;

/** The Floodlight activities that arrived, by the way they came; the frame's own image is the frame's. */
const floodlights = (world: World) =>
  world
    .gatedHits({ host: /doubleclick\.net$/ })
    .filter(({ referer, path }) => !/fls/.test(referer) && !/viewthrough/.test(path))
    .map(({ host, path }) => (host.includes('.fls.') ? 'frame' : path.startsWith('/ddm/') ? 'image' : 'counter'))
    .sort();

test('S7 the control: Floodlight frames and images are asked for at once without the SDK', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ sdk: false, body: live(MARKED) }));
  await page.goto('/x.html');
  await expect.poll(() => floodlights(world)).toEqual(['frame', 'image']);
});

for (const [kind, body] of [
  ['marked', MARKED],
  ['live', LIVE],
] as const) {
  test(`S7 holds ${kind} Floodlight frames and images until marketing is granted, and releases each once`, async ({
    page,
    world,
  }) => {
    world.site.page('/x.html', pageOf({ sdk: { 'data-doubleclick': '', 'data-google-analytics': '' }, body }));
    await page.goto('/x.html');
    await settle(page);
    expect(world.gatedHits()).toEqual([]);
    expect(world.gatedTunnels()).toEqual([]);

    await choose(page, 'choose', { analytics: 'granted' });
    await settle(page);
    expect(world.gatedHits()).toEqual([]);
    await choose(page, 'choose', { marketing: 'granted' });
    await expect.poll(() => floodlights(world)).toEqual(['frame', 'image']);
    await choose(page, 'choose', { marketing: 'granted' });
    await settle(page);
    expect(floodlights(world)).toEqual(['frame', 'image']);

    world.clear();
    await choose(page, 'withdraw');
    await settle(page);
    await page.reload();
    await settle(page);
    expect(world.gatedHits()).toEqual([]);
  });
}

test('S7 counts what the page asked for before the grant once, and nothing after a withdrawal', async ({
  page,
  world,
}) => {
  const body = `<script>${COUNTER}</script>`;
  world.site.page('/x.html', pageOf({ sdk: { 'data-doubleclick': 'DC-1111111' }, body }));
  await page.goto('/x.html');
  await settle(page);
  expect(world.gatedHits()).toEqual([]);

  await choose(page, 'acceptAll');
  await settle(page);
  // One hit for the configuration, and one for the counter.
  const named = () =>
    world.gatedHits({ host: 'ad.doubleclick.net' }).map(({ path }) => /type=count0;cat=tag0/.test(path));
  expect(named().sort()).toEqual([false, true]);

  world.clear();
  await choose(page, 'withdraw');
  await page.evaluate(COUNTER);
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
});

test('S7 counts nothing of the page where only analytics is granted', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ sdk: GOOGLE, body: `<script>${COUNTER}</script>` }));
  await page.goto('/x.html');
  await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
  await world.hit({ host: ANALYTICS });
  await page.evaluate(COUNTER);
  await settle(page);
  expect(world.gatedHits({ host: ADS })).toEqual([]);
});

test('S5 configures each id before what the page has to say of it', async ({ page, world }) => {
  const body = `<script>gtag('event', 'search', { search_term: 'x' });</script>`;
  world.site.page('/x.html', pageOf({ sdk: GOOGLE, body }));
  // An event of no configured id is not sent. Hits take connections of their own and may overtake each other.
  const names = () => paramsTo(world, ANALYTICS).map((hit) => hit.get('en')).sort(); // prettier-ignore
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expect.poll(names).toEqual(['page_view', 'search']);
  await settle(page);
  // Whoever granted it before loses nothing either.
  await page.goto('about:blank');
  await settle(page);
  world.clear();
  await page.goto('/x.html');
  await expect.poll(names).toEqual(['page_view', 'search']);
});

const SEVEN = [
  'security_storage',
  'functionality_storage',
  'personalization_storage',
  'analytics_storage',
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
];
const DENIED = Object.fromEntries(SEVEN.map((type) => [type, type === 'security_storage' ? 'granted' : 'denied']));

test('S9 leaves the options of Google out where nobody asked for them', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ sdk: GOOGLE }));
  await page.goto('/x.html');
  expect(await layer(page)).toEqual([['consent', 'default', DENIED]]);
});

test('S9 gives Google its options first, as Google documents them', async ({ page, world }) => {
  const google = { wait_for_update: 500, region: ['GB', 'GB-WLS'], ads_data_redaction: true, url_passthrough: true };
  const head = "<script>dataLayer.push({ event: 'page' });</script>";
  world.site.page('/x.html', pageOf({ sdk: GOOGLE, config: { google }, head }));
  await page.goto('/x.html');
  const { wait_for_update, region } = google;
  // Each command is an `arguments` object: \`layer\` shows no other as a list.
  expect(await layer(page)).toEqual([
    ['consent', 'default', { ...DENIED, wait_for_update, region }],
    ['set', 'ads_data_redaction', true],
    ['set', 'url_passthrough', true],
    { event: 'page' },
  ]);
});

test('S9 gives no option that is switched off', async ({ page, world }) => {
  const google = { ads_data_redaction: false, url_passthrough: false };
  world.site.page('/x.html', pageOf({ sdk: GOOGLE, config: { google } }));
  await page.goto('/x.html');
  expect(await layer(page)).toEqual([['consent', 'default', DENIED]]);
});

test('S9 sends nothing before a grant, and tells of what is denied, also to visitors outside the region', async ({
  page,
  world,
}) => {
  // The stand-in takes its visitors to be in Britain, where Google would pass a default for France over.
  world.site.page('/x.html', pageOf({ sdk: GOOGLE, config: { google: { region: ['FR'] } } }));
  await page.goto('/x.html');
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
  await world.hit({ host: ANALYTICS });
  await settle(page);
  expect(paramsTo(world, ANALYTICS).map((hit) => hit.get('gcs'))).toEqual(['G101']);
  expect(world.gatedHits({ host: ADS })).toEqual([]);
  expect(await page.evaluate(() => document.cookie)).not.toContain('_gcl');
});

const CAMPAIGN = 'utm_source=leaflet&gclid=g1&fbclid=f1';
const LANDING = `https://www.force.police.uk/x.html?${CAMPAIGN}`;
const REFERRER = 'https://www.heddlu.cymru/from.html?q=1';
const ALL = { ...GOOGLE, 'data-facebook-pixel': '111111111111', 'data-google-tag-manager': 'GTM-ABC1234' };

/** Comes to the page with a campaign, by a link of another site. */
async function land(page: Page, world: World, parts: Parameters<typeof pageOf>[0] = {}) {
  world.site.page('/x.html', pageOf({ sdk: ALL, body: '<a href="#more">More</a><h2 id="more">More</h2>', ...parts }));
  world.site.page(
    '/from.html',
    `<!doctype html><meta name="referrer" content="unsafe-url"><title>x</title><a href="${LANDING}">There</a>`,
  );
  await page.goto(REFERRER);
  await page.getByRole('link').click();
  await page.waitForURL(LANDING);
  await settle(page);
}

/** What of the visit stands on the device, or has left it. */
const kept = (page: Page) =>
  page.evaluate(async () => ({
    cookies: document.cookie,
    storage: [...Object.entries(localStorage), ...Object.entries(sessionStorage)],
    databases: (await indexedDB.databases()).map(({ name }) => name),
    name: window.name,
  }));
const NOTHING = { cookies: '', storage: [], databases: [], name: '' };

const withoutHash = (url: string | null) => url?.split('#')[0];
/** The address and referrer that each vendor's first hit told. */
const attribution = (world: World) => {
  const first = (host: RegExp | string, address: string, referrer: string) => {
    const hit = paramsTo(world, host).find((params) => params.get('tid') !== 'G-CONTAINER1');
    return hit && [withoutHash(hit.get(address)), hit.get(referrer)];
  };
  return {
    analytics: first('www.google-analytics.com', 'dl', 'dr'),
    ads: first('googleads.g.doubleclick.net', 'url', 'ref'),
    facebook: first('www.facebook.com', 'dl', 'rl'),
  };
};
const ORIGINAL = [LANDING, REFERRER];

const BEFORE_GRANT: [string, (page: Page) => Promise<unknown>][] = [
  ['at once', async () => {}],
  ['after a link within the page', (page) => page.getByRole('link', { name: 'More' }).click()],
  ['after the preferences were opened', (page) => call(page, 'openPreferences')],
];
for (const [when, act] of BEFORE_GRANT) {
  test(`S10 tells where the visitor came from and landed on a grant ${when}, and keeps nothing of it before`, async ({
    page,
    world,
  }) => {
    await land(page, world);
    await act(page);
    await settle(page);
    expect(await kept(page)).toEqual(NOTHING);
    expect(world.gatedHits()).toEqual([]);

    await choose(page, 'acceptAll');
    const expected = { analytics: ORIGINAL, ads: ORIGINAL, facebook: ORIGINAL };
    await expect.poll(() => attribution(world)).toEqual(expected);
    await settle(page);
    const container = paramsTo(world, ANALYTICS).filter((hit) => hit.get('tid') === 'G-CONTAINER1');
    expect(container.map((hit) => [withoutHash(hit.get('dl')), hit.get('dr')])).toEqual([ORIGINAL]);
    const cookies = await page.evaluate(() => document.cookie);
    expect(cookies).toMatch(/_gcl_aw=GCL\.\d+\.g1/);
    expect(cookies).toMatch(/_fbc=fb\.\d\.\d+\.f1/);
  });
}

const views = (world: World) =>
  paramsTo(world, ANALYTICS)
    .filter((hit) => hit.get('tid') === 'G-AAA1111111')
    .map((hit) => [hit.get('en'), hit.get('dl'), hit.get('dr')]);
const go = (page: Page, to: string) => page.evaluate((url) => history.pushState(null, '', url), to);
const ANALYTICS_ONLY = { sdk: { 'data-google-analytics': 'G-AAA1111111' } };

test('S10 tells where the visitor landed also where the page went on without a load before the grant', async ({
  page,
  world,
}) => {
  await land(page, world, ANALYTICS_ONLY);
  await go(page, '/second.html');
  expect(await kept(page)).toEqual(NOTHING);
  await choose(page, 'acceptAll');
  const second = 'https://www.force.police.uk/second.html';
  await expect
    // Beacons overtake each other.
    .poll(() => views(world).sort())
    .toEqual(
      [
        ['page_view', LANDING, REFERRER],
        ['page_view', second, LANDING],
      ].sort(),
    );
  await settle(page);
  expect(views(world)).toHaveLength(2);

  // The landing is told once: what comes later is of the page that the visitor is on.
  world.clear();
  await page.evaluate(() => (window as any).gtag('event', 'search'));
  await expect.poll(() => views(world).map(([name, address]) => [name, address])).toEqual([['search', second]]);
});

test('S10 tells nobody of a sensitive page that the visitor landed on', async ({ page, world }) => {
  const sensitive = [{ path: '/x.html', deny: ['marketing'] }];
  await land(page, world, { ...ANALYTICS_ONLY, config: { sensitive } });
  await go(page, '/second.html');
  await choose(page, 'acceptAll');
  await world.hit({ host: ANALYTICS });
  await settle(page);
  const sent = world.gatedHits().map(({ url, referer, body }) => url + referer + body);
  expect(sent).not.toEqual([]);
  expect(sent.filter((text) => text.includes('x.html'))).toEqual([]);
});

const CONTAINER = 'GTM-ABC1234';
const GTM_SNIPPET = `<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':
  new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],
  j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src=
  'https://www.googletagmanager.com/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);
  })(window,document,'script','dataLayer','${CONTAINER}');</script>`;
const GTM_FRAME = `<noscript><iframe src="https://${TAG_HOST}/ns.html?id=${CONTAINER}" height="0" width="0"></iframe></noscript>`;

const containers = (world: World) => world.gatedHits({ host: TAG_HOST, path: '/gtm.js' });
/** The events that the container saw. */
const seen = (world: World) =>
  world.gatedHits({ host: TAG_HOST, path: '/a' }).map(({ url }) => new URL(url).searchParams.get('e'));

test('S13 the control: the container is asked for at once without the SDK', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ sdk: false, head: GTM_SNIPPET, body: GTM_FRAME }));
  await page.goto('/x.html');
  await expect.poll(() => containers(world).length).toBe(1);
  await expect.poll(() => seen(world)).toEqual(['gtm.js']);
});

test('S13 the container of a pasted snippet never comes before what puts consent ahead of its event', async ({
  page,
  world,
}) => {
  const path = lazyFile('granted');
  let answer: (() => void) | undefined;
  world.site.route(path, (req, res) => {
    answer = () => void javascript(readFileSync(new URL(`../..${path}`, import.meta.url)))(req, res);
  });
  world.site.page('/x.html', pageOf({ sdk: { 'data-google-tag-manager': '' }, head: GTM_SNIPPET }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expect.poll(() => answer).toBeDefined();
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  answer!();
  await expect.poll(() => seen(world).sort()).toEqual(['consentry', 'gtm.js']);
  expect(await told(page)).toEqual(['consent default', 'consent update', 'consentry', 'gtm.js']);
  expect(containers(world)).toHaveLength(1);
});

for (const [how, parts] of [
  ['by its id', { sdk: { 'data-google-tag-manager': CONTAINER }, body: GTM_FRAME }],
  ['by its own snippet', { sdk: { 'data-google-tag-manager': '' }, head: GTM_SNIPPET, body: GTM_FRAME }],
] as const) {
  test(`S13 asks for the container ${how} once, after default and update, with one event for each change`, async ({
    page,
    world,
  }) => {
    world.site.page('/x.html', pageOf(parts));
    await page.goto('/x.html');
    await settle(page);
    expect(world.gatedHits()).toEqual([]);
    expect(world.gatedTunnels()).toEqual([]);

    await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
    await expect.poll(() => seen(world).sort()).toEqual(['consentry', 'gtm.js']);
    expect((await layer(page))[0]).toEqual(['consent', 'default', DENIED]);
    expect(await told(page)).toEqual(['consent default', 'consent update', 'consentry', 'gtm.js']);
    const [, [, , update]] = await layer(page);
    expect(update).toEqual({ ...DENIED, analytics_storage: 'granted' });
    // The container's own tag waits for analytics storage.
    await world.hit({ host: ANALYTICS });

    await choose(page, 'choose', { marketing: 'granted' });
    await choose(page, 'withdraw');
    await expect.poll(() => layer(page).then((entries) => entries.at(-2))).toEqual(['consent', 'update', DENIED]);
    await settle(page);
    expect(containers(world)).toHaveLength(1);
    expect((await told(page)).slice(4)).toEqual(['consent update', 'consentry', 'consent update', 'consentry']);
    expect(world.hits({ path: '/ns.html' })).toEqual([]);

    world.clear();
    await page.reload();
    await settle(page);
    expect(world.gatedHits()).toEqual([]);
  });

  test(`S13 asks for the container ${how} where only marketing is granted, and tells its tags so`, async ({
    page,
    world,
  }) => {
    world.site.page('/x.html', pageOf(parts));
    await page.goto('/x.html');
    await choose(page, 'choose', { analytics: 'denied', marketing: 'granted' });
    await expect.poll(() => seen(world).sort()).toEqual(['consentry', 'gtm.js']);
    await settle(page);
    expect(containers(world)).toHaveLength(1);
    expect(world.gatedHits({ host: ANALYTICS })).toEqual([]);
  });

  test(`S13 starts nothing in the container ${how} where consent is withdrawn while it loads`, async ({
    page,
    world,
  }) => {
    const answer = slowly(world, TAG_HOST, '/gtm.js', 'gtm.js');
    world.site.page('/x.html', pageOf(parts));
    await page.goto('/x.html');
    await choose(page, 'acceptAll');
    await world.hit({ host: TAG_HOST, path: '/gtm.js' });
    await choose(page, 'withdraw');
    answer();
    await settle(page);
    expect(world.gatedHits().filter(({ path }) => path !== '/gtm.js')).toEqual([]);

    await choose(page, 'acceptAll');
    await world.hit({ host: ANALYTICS });
    await settle(page);
    expect(seen(world).filter((event) => event === 'gtm.js')).toHaveLength(1);
  });
}

test('S13 tells the container and the ids of one page each thing once, in order', async ({ page, world }) => {
  const sdk = { ...GOOGLE, 'data-google-tag-manager': CONTAINER };
  world.site.page('/x.html', pageOf({ sdk, body: "<script>dataLayer.push({ event: 'page' })</script>" }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await world.hit({ host: ADS });
  await expect.poll(() => seen(world).sort()).toEqual(['consentry', 'gtm.js', 'page']);
  const expected = [
    'consent default',
    'consent update',
    'consentry',
    'js',
    'config G-AAA1111111',
    'config DC-1111111',
    'config AW-2222222',
    'gtm.js',
    'page',
  ];
  expect(await told(page)).toEqual(expected);
  await choose(page, 'withdraw');
  await choose(page, 'acceptAll');
  await settle(page);
  expect(await told(page)).toEqual([...expected, ...['consent update', 'consentry', 'consent update', 'consentry']]);
  expect(world.hits({ host: TAG_HOST, path: /js$/ })).toHaveLength(2);
});

// Playwright switches no scripts off in Firefox.
test('S13 cannot hold the container\u2019s noscript frame from a visitor without JavaScript @chromium', async ({
  browser,
  world,
}) => {
  world.site.page('/x.html', pageOf({ sdk: { 'data-google-tag-manager': CONTAINER }, body: GTM_FRAME }));
  const visitor = await browser.newContext({ javaScriptEnabled: false });
  const page = await visitor.newPage();
  await page.goto('/x.html');
  // Why the README says to take it out: there is no script of ours then.
  await world.hit({ host: TAG_HOST, path: '/ns.html' });
  expect(containers(world)).toEqual([]);
  await visitor.close();
});

const loaded = (page: Page) => page.evaluate(() => 'google_tag_manager' in window);

test('S5 starts each id once where consent is withdrawn and given again while the library loads', async ({
  page,
  world,
}) => {
  const answer = slowly(world, TAG_HOST, '/gtag/js', 'gtag.js');
  world.site.page('/x.html', pageOf({ sdk: GOOGLE }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await world.hit({ host: TAG_HOST });
  await choose(page, 'withdraw');
  expect(await told(page)).not.toContain('config G-AAA1111111');
  await choose(page, 'acceptAll');
  answer();
  await world.hit({ host: ADS });
  await settle(page);
  const count = (await told(page)).filter((entry) => /^(js|config)/.test(entry));
  expect(count).toEqual(['js', 'config G-AAA1111111', 'config DC-1111111', 'config AW-2222222']);
  expect(paramsTo(world, ANALYTICS).map((hit) => hit.get('en'))).toEqual(['page_view']);
});

test('S5 starts no id of what is withdrawn while the library loads for another', async ({ page, world }) => {
  const answer = slowly(world, TAG_HOST, '/gtag/js', 'gtag.js');
  world.site.page('/x.html', pageOf({ sdk: GOOGLE }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await world.hit({ host: TAG_HOST });
  await choose(page, 'choose', { marketing: 'denied' });
  answer();
  await world.hit({ host: ANALYTICS });
  await settle(page);
  expect((await told(page)).filter((entry) => entry.startsWith('config'))).toEqual(['config G-AAA1111111']);
  expect(world.gatedHits({ host: ADS })).toEqual([]);
  expect(world.hits({ host: TAG_HOST })).toHaveLength(1);
});

const TAG = `https://${TAG_HOST}/gtag/js?id=G-BBB2222222`;
const INLINE = `window.dataLayer = window.dataLayer || [];
  function gtag() { dataLayer.push(arguments); }
  gtag('js', new Date());
  gtag('config', 'G-BBB2222222');`;
const HELD = 'type="text/plain" data-consent="analytics"';
for (const how of ['marked', 'live']) {
  test(`W10 never runs a script without order that is ${how} where consent is withdrawn while it loads`, async ({
    page,
    world,
  }) => {
    const answers: (() => void)[] = [];
    world.internet.route('slow.example', '/x.js', (req, res) => {
      answers.push(() => void javascript("(window.ran ??= []).push('x')")(req, res));
    });
    const services = [{ id: 'slow', name: 'Slow', category: 'analytics', hosts: ['slow.example'] }];
    const src = 'https://slow.example/x.js';
    const body =
      how === 'marked'
        ? `<script ${HELD} async src="${src}"></script>`
        : `<script>document.head.append(Object.assign(document.createElement('script'), { src: '${src}' }))</script>`;
    world.site.page('/x.html', pageOf({ config: { services }, body }));
    const ran = () => page.evaluate(() => (window as any).ran);
    await page.goto('/x.html');
    await choose(page, 'acceptAll');
    await expect.poll(() => answers.length).toBe(1);
    await choose(page, 'withdraw');
    answers[0]?.();
    await settle(page);
    expect(await ran()).toBeUndefined();

    await choose(page, 'acceptAll');
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.();
    await expect.poll(ran).toEqual(['x']);
    await choose(page, 'withdraw');
    await choose(page, 'acceptAll');
    await settle(page);
    expect(await ran()).toEqual(['x']);
    expect(answers).toHaveLength(2);
  });
}

for (const [how, snippet] of [
  ['marked', `<script ${HELD} async src="${TAG}"></script><script ${HELD}>${INLINE}</script>`],
  ['marked in order', `<script ${HELD} src="${TAG}"></script><script ${HELD}>${INLINE}</script>`],
  ['live', `<script async src="${TAG}"></script><script>${INLINE}</script>`],
] as const) {
  for (const [where, sdk] of [
    ['', { 'data-google-analytics': '' }],
    [' beside an id of ours', { 'data-google-analytics': 'G-AAA1111111' }],
  ] as const) {
    // Firefox waits with the page's load for a live script that was asked for early and is answered late.
    test(`S5 starts a snippet that is ${how}${where} where consent is withdrawn and given again while it loads${/live/.test(how) ? ' @chromium' : ''}`, async ({
      page,
      world,
    }) => {
      const answer = slowly(world, TAG_HOST, '/gtag/js', 'gtag.js');
      world.site.page('/x.html', pageOf({ sdk, body: snippet }));
      await page.goto('/x.html');
      await choose(page, 'acceptAll');
      await world.hit({ host: TAG_HOST });
      await settle(page);
      await choose(page, 'withdraw');
      await choose(page, 'acceptAll');
      answer();
      await expect.poll(() => loaded(page)).toBe(true);
      await expect.poll(() => paramsTo(world, ANALYTICS).map((hit) => hit.get('tid'))).toContain('G-BBB2222222');
      await settle(page);
      const tids = paramsTo(world, ANALYTICS).map((hit) => hit.get('tid'));
      expect(tids).toEqual([...new Set(tids)]);
    });
  }
}

/** The updates and events so far, each event by its action. */
const changes = async (page: Page) =>
  (await layer(page)).flatMap((entry) =>
    entry.event === 'consentry' ? [entry.consentry.action] : entry[1] === 'update' ? ['update'] : [],
  );

test('S4 tells of a choice that denies one thing and grants another with one event', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ sdk: GOOGLE }));
  await page.goto('/x.html');
  await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
  expect(await changes(page)).toEqual(['update', 'partial']);
  await choose(page, 'choose', { analytics: 'denied', marketing: 'granted' });
  // What it denies is told of at once; what it grants once its record is committed.
  expect(await changes(page)).toEqual(['update', 'partial', 'update', 'update', 'withdrawn']);
  const granted = (await layer(page)).filter((entry) => entry[1] === 'update').map((entry) => entry[2]);
  expect(granted.map((types) => [types.analytics_storage, types.ad_storage])).toEqual([
    ['granted', 'denied'],
    ['denied', 'denied'],
    ['denied', 'granted'],
  ]);
});

test('S4 tells of what another tab chose with one update and one event', async ({ page, context, world }) => {
  world.site.page('/x.html', pageOf({ sdk: GOOGLE }));
  await page.goto('/x.html');
  await settle(page);
  const other = await context.newPage();
  await other.goto('/x.html');
  await choose(other, 'acceptAll');
  await expect.poll(() => changes(page)).toEqual(['update', 'stored']);
  await choose(other, 'withdraw');
  await expect.poll(() => changes(page)).toEqual(['update', 'stored', 'update', 'stored']);
  await settle(page);
  expect(await changes(page)).toEqual(['update', 'stored', 'update', 'stored']);
  // What its library is told where it is still on its way stands behind it.
  expect((await layer(page)).filter((entry) => entry[1] === 'update').at(-1)).toEqual(['consent', 'update', DENIED]);
});

test('S4 tells of a sensitive route that is entered without a load with one update and one event', async ({
  page,
  world,
}) => {
  const config = { sensitive: [{ path: '/report/*', deny: ['marketing'] }] };
  world.site.page('/x.html', pageOf({ sdk: GOOGLE, config }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await world.hit({ host: ADS });
  await go(page, '/report/x');
  expect(await changes(page)).toEqual(['update', 'accepted', 'update', 'withdrawn']);
  const [update, event] = (await layer(page)).slice(-2);
  expect(update[2]).toMatchObject({ ad_storage: 'denied', analytics_storage: 'granted' });
  expect(event.consentry.categories).toMatchObject({ marketing: false, analytics: true });
  await go(page, '/report/y');
  await go(page, '/x.html');
  await settle(page);
  expect(await changes(page)).toHaveLength(4);
});

const REFUSED_BY = "default-src 'self' 'unsafe-inline'";
const REFUSING = { 'content-security-policy': REFUSED_BY };
const SERVICES = [
  { id: 'stats', name: 'Statistics', category: 'analytics', hosts: ['stats.example'] },
  { id: 'ads', name: 'Advertisements', category: 'marketing', hosts: ['ads.example'] },
];
const ways = (host: string, category: string) => `
  <script type="text/plain" data-consent="${category}" src="https://${host}/script"></script>
  <img data-consent="${category}" data-src="https://${host}/image" alt="">
  <iframe data-consent="${category}" data-src="https://${host}/frame"></iframe>
  <script type="text/plain" data-consent="${category}">
    fetch('https://${host}/fetch').catch(() => {});
    navigator.sendBeacon('https://${host}/beacon');
  </script>`;
const DIRECTIVES = [
  'connect-src beacon',
  'connect-src fetch',
  'frame-src frame',
  'img-src image',
  'script-src-elem script',
];

/** The refusals in the report, in short, by host. */
const refusals = async (page: Page, host: string) => {
  const { refused } = (await page.evaluate(() => (window as any).consentry.report())) as { refused: string[] };
  return (
    refused
      .filter((text) => text.includes(host))
      // Of a frame Chromium tells the host alone.
      .map((text) => text.replace(/^(frame-src https:..[^/]*)$/, '$1/frame'))
      .map((text) => text.replace(/https:\/\/[^/]*\//, ''))
      .sort()
  );
};

test('S11 reports what the policy of the page refuses of a granted service, and of no other', async ({
  page,
  world,
}) => {
  const warnings: string[] = [];
  page.on('console', (message) => message.text().includes('refused by policy') && warnings.push(message.text()));
  const body = ways('stats.example', 'analytics') + ways('ads.example', 'marketing');
  world.site.page('/x.html', pageOf({ config: { services: SERVICES }, body }), { headers: REFUSING });
  await page.goto('/x.html');
  // Live tags of a service that is not granted are refused too: that is no fault of the policy.
  await page.evaluate(() => {
    const image = document.createElement('img');
    image.src = 'https://ads.example/live';
    document.body.append(image);
  });
  await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
  await expect.poll(() => refusals(page, 'stats.example')).toEqual(DIRECTIVES);
  await settle(page);
  expect(await refusals(page, 'ads.example')).toEqual([]);
  expect(warnings).toHaveLength(DIRECTIVES.length);
  expect(world.gatedHits()).toEqual([]);
});

test('S11 does not call refused what a policy only reports', async ({ page, world }) => {
  const headers = { 'content-security-policy-report-only': REFUSED_BY };
  const body = ways('stats.example', 'analytics');
  world.site.page('/x.html', pageOf({ config: { services: SERVICES }, body }), { headers });
  await page.goto('/x.html');
  await page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', () => ((window as any).violated = true));
  });
  await choose(page, 'acceptAll');
  await world.hit({ host: 'stats.example', path: '/beacon' });
  await expect.poll(() => page.evaluate(() => (window as any).violated)).toBe(true);
  await settle(page);
  expect(await refusals(page, 'stats.example')).toEqual([]);
});

test('S11 reports each of Google\u2019s and Facebook\u2019s hosts that the policy forgot, under the service that is granted', async ({
  page,
  world,
}) => {
  world.site.page('/x.html', pageOf({ sdk: ALL }), { headers: REFUSING });
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expect
    .poll(() => refusals(page, ''))
    .toEqual(
      ['en_US/fbevents.js', `gtag/js?id=G-AAA1111111`, `gtm.js?id=GTM-ABC1234`].map(
        (path) => `script-src-elem ${path}`,
      ),
    );
  expect(world.gatedHits()).toEqual([]);
});

test('S11 reports what was refused before the file that reports was there @chromium', async ({ page, world }) => {
  const body = `<script>document.head.append(Object.assign(document.createElement('script'), { src: 'https://stats.example/early' }))</script>`;
  world.site.page('/x.html', pageOf({ config: { services: SERVICES }, body }), { headers: REFUSING });
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expect.poll(() => refusals(page, 'stats.example')).toEqual(['script-src-elem early']);
  await page.route(/granted/, async (route) => {
    await new Promise((done) => setTimeout(done, 500));
    await route.continue();
  });
  await page.reload();
  await expect.poll(() => refusals(page, 'stats.example')).toEqual(['script-src-elem early']);
});

test('S5 takes a library by the id it is asked for, on whatever path and wherever the id stands', async ({
  page,
  world,
}) => {
  const ways = ['gtag/js?l=dataLayer&cx=c&id=', 'gtag/destination?id=', 'gtag/js?id='];
  world.site.page('/x.html', pageOf({ sdk: GOOGLE }));
  await page.goto('/x.html');
  await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
  const ask = (ids: string[]) =>
    page.evaluate(
      (urls) => {
        for (const src of urls) document.head.append(Object.assign(document.createElement('script'), { src }));
      },
      ids.flatMap((id) => ways.map((way) => `https://${TAG_HOST}/${way}${id}`)),
    );
  await settle(page);
  world.clear();
  await ask(['AW-9', 'DC-9', 'G-9', 'GT-9']);
  await settle(page);
  const idsAsked = () => paramsTo(world, TAG_HOST).map((hit) => hit.get('id'));
  expect(idsAsked().sort()).toEqual(['G-9', 'G-9', 'G-9', 'GT-9', 'GT-9', 'GT-9']);

  world.clear();
  await choose(page, 'choose', { marketing: 'granted' });
  await settle(page);
  expect(idsAsked().sort()).toEqual(expect.arrayContaining(['AW-9', 'AW-9', 'AW-9', 'DC-9', 'DC-9', 'DC-9']));
});
