import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { call, forcePage, stateOf } from './support/force-page.mjs';
import { javascript } from './support/scripts.mjs';
import type { World } from './support/start-world.mjs';
import { expect, settle, test } from './support/world.mjs';

const TRACKER = 'tracker.example';
const SECRET = '/report/burglary';
const config = {
  services: [{ id: 'tracker', name: 'Tracker', category: 'marketing', hosts: [TRACKER] }],
  sensitive: [{ path: '/report*', deny: ['marketing', 'analytics'] }],
};

/** A tracker that tells of each address it finds, every 5 ms and whenever the browser tells of a change. */
const FOLLOWER = `
  let last;
  const tell = (how) => {
    window.looks = (window.looks ?? 0) + 1;
    if (last === location.href) return;
    last = location.href;
    fetch('https://${TRACKER}/' + how + '?' + encodeURIComponent(last), { mode: 'no-cors' }).catch(() => {});
    new Image().src = 'https://${TRACKER}/' + how + '-image?' + encodeURIComponent(last);
  };
  tell('start');
  setInterval(tell, 5, 'poll');
  for (const type of ['popstate', 'hashchange']) addEventListener(type, () => tell(type));
  const { pushState } = history;
  history.pushState = function (...change) { pushState.apply(this, change); tell('push'); };
  window.navigation?.addEventListener('navigatesuccess', () => tell('navigated'));`;

/** A router of the page's own that keeps each navigation in the page, where the browser lets it. */
const ROUTER = `<script>
  window.navigation?.addEventListener('navigate', (event) => {
    if (event.canIntercept && !event.hashChange && /routed/.test(event.destination.url)) event.intercept({ handler: async () => {} });
  });
</script>`;

test.beforeEach(async ({ page, world }) => {
  world.internet.route(TRACKER, '/follower.js', javascript(FOLLOWER));
  const html = forcePage({
    config,
    attributes: 'data-google-analytics="G-ABC1234567" data-facebook-pixel="123456789012345"',
    head: ROUTER,
    body: `<script type="text/plain" data-consent="marketing" data-service="tracker" src="https://${TRACKER}/follower.js"></script>
      <a id="routed" href="${SECRET}?routed">Report</a><a id="news" href="/news/today?routed">News</a>`,
  });
  for (const path of ['/news', '/news/today', SECRET]) world.site.page(path, html);
  world.site.page('/after.html', '<!doctype html><title>After</title><img src="/seen.png" alt="">');
  await page.goto('/news');
  await call(page, 'acceptAll');
  for (const [host, path] of [
    [TRACKER, '/start'],
    ['www.facebook.com', undefined],
    ['www.google-analytics.com', undefined],
  ] as const) {
    await world.hit({ host, ...(path && { path }) });
  }
  await settle(page);
  world.clear();
});

const marketing = (page: Page) =>
  page.evaluate(
    () =>
      new Promise((done) => (window as any).consentry.push((consent: any) => done(consent.isGranted(['marketing'])))),
  );
/** What anybody but the force was told, in an address, a header or a body, that names the sensitive route. */
const leaks = (world: World) =>
  world
    .gatedHits()
    .map(({ url, headers, body }) => decodeURIComponent(`${url} ${JSON.stringify(headers)} ${body}`))
    .filter((text) => /report|burglary/i.test(text));

const push = (page: Page, url: string) => page.evaluate((to) => history.pushState({}, '', to), url);

/** Waits until the tracker, which still runs, has looked at the address many times more. */
async function watched(page: Page) {
  const looks = () => page.evaluate(() => (window as any).looks as number);
  const before = await looks();
  await expect.poll(looks).toBeGreaterThan(before + 20);
  await settle(page);
}

const WAYS: [how: string, tag: string, go: (page: Page, url: string) => Promise<unknown>][] = [
  ['pushState', '', push],
  ['replaceState', '', (page, url) => page.evaluate((to) => history.replaceState({}, '', to), url)],
  [
    'navigation.navigate',
    '',
    (page, url) => page.evaluate((to) => void (window as any).navigation.navigate(`${to}?routed`), url),
  ],
  ['an intercepted link', '', (page, url) => page.locator(url === SECRET ? '#routed' : '#news').click()],
  [
    'forward through the history',
    '',
    async (page, url) => {
      // A document of this load that has never been at the address it goes forward to.
      await push(page, url);
      await page.evaluate(() => history.back());
      await expect.poll(() => page.evaluate(() => location.pathname)).toBe('/news');
      await page.reload();
      await stateOf(page);
      await expect.poll(() => page.evaluate(() => (window as any).looks)).toBeGreaterThan(0);
      await page.evaluate(() => history.forward());
    },
  ],
];

for (const [how, tag, go] of WAYS) {
  test(`G12 control: a tracker tells of an address that is entered by ${how}${tag}`, async ({ page, world }) => {
    const loads = world.hits({ path: '/news/today' }).length;
    await go(page, '/news/today');
    await expect.poll(() => page.evaluate(() => location.pathname)).toBe('/news/today');
    await expect
      .poll(() => world.gatedHits({ host: TRACKER }).filter(({ url }) => url.includes('today')).length)
      .toBeGreaterThan(0);
    expect(world.hits({ path: '/news/today' }), 'it stays in the page').toHaveLength(loads);
    expect(await marketing(page)).toBe(true);
  });

  test(`G12 closes before the address is a sensitive one, by ${how}${tag}`, async ({ page, world }) => {
    await go(page, SECRET);
    await expect.poll(() => page.evaluate(() => location.pathname)).toBe(SECRET);
    expect(await marketing(page)).toBe(false);
    await watched(page);
    expect(world.hits({ path: SECRET }), 'it stays in the page').toEqual([]);
    expect(leaks(world)).toEqual([]);
    expect(world.gatedHits({ path: /tick|poll|push|popstate|hashchange|navigated/ })).toEqual([]);
  });
}

test('G12 closes for a router that took pushState as the page loaded, where no Navigation API tells', async ({
  page,
  world,
}) => {
  world.site.page(
    '/old',
    forcePage({
      config,
      beforeSdk: '<script>delete window.navigation</script>',
      head: '<script>window.push = history.pushState; window.go = (to) => push.call(history, {}, "", to)</script>',
      body: `<script type="text/plain" data-consent="marketing" data-service="tracker" src="https://${TRACKER}/follower.js"></script>`,
    }),
  );
  await page.goto('/old');
  await world.hit({ host: TRACKER, path: '/start' });
  expect(await page.evaluate(() => 'navigation' in window)).toBe(false);
  // Control: it hears of any other address.
  await page.evaluate(() => (window as any).go('/news/today'));
  await world.hit({ host: TRACKER, path: '/poll' });
  await settle(page);
  world.clear();
  await page.evaluate((to) => (window as any).go(to), SECRET);
  await watched(page);
  expect(leaks(world)).toEqual([]);
  expect(world.gatedHits()).toEqual([]);
});

test('G12 opens nothing where the file that follows the address is missing, and the page goes on', async ({
  page,
  world,
}) => {
  const file = readdirSync(new URL('../../dist/', import.meta.url)).find((name) => /^routes-.*\.js$/.test(name));
  await page.goto('about:blank');
  await settle(page);
  world.clear();
  world.site.route(`/dist/${file}`, (_, res) => res.writeHead(404).end());
  await page.goto('/news');
  await world.hit({ path: `/dist/${file}` });
  await settle(page);
  expect(world.gatedHits().map(({ url }) => url)).toEqual([]);
  await page.locator('#news').click();
  await expect(page).toHaveURL(/today/);
});

test('G12 says why, and acts as a withdrawal for this page alone', async ({ page, world }) => {
  await page.evaluate(() =>
    (window as any).consentry.push((consent: any) =>
      consent.onDenied('marketing', () => ((window as any).deniedAt = location.pathname)),
    ),
  );
  await push(page, SECRET);
  expect(await page.evaluate(() => (window as any).deniedAt), 'told while the address was the old one').toBe('/news');
  const { log, state } = await page.evaluate(async () => {
    const report = await (window as any).consentry.report();
    return { log: report.log.map(([, ...what]: unknown[]) => what), state: report.state };
  });
  expect(log).toContainEqual(['sensitive', ['marketing', 'analytics']]);
  expect(state.choices.marketing, 'what the visitor chose stands').toBe('granted');
  expect((await call(page, 'receipt')).map(({ event }: { event: string }) => event)).toEqual(['accepted']);
  expect(world.gatedHits({ path: /sensitive/ })).toEqual([]);
});

test('G12 opens nothing again before the next load, whatever is chosen', async ({ page, context, world }) => {
  await push(page, SECRET);
  await push(page, '/news/today');
  await page.evaluate(() => history.back());
  await page.evaluate(() => history.back());
  await expect.poll(() => page.evaluate(() => location.pathname)).toBe('/news');
  await settle(page);
  await call(page, 'rejectAll');
  await call(page, 'acceptAll');
  const other = await context.newPage();
  await other.goto('/after.html');
  await page.bringToFront();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await watched(page);
  expect(await marketing(page)).toBe(false);
  expect(world.gatedHits().map(({ url }) => url)).toEqual([]);

  await page.reload();
  await world.hit({ host: TRACKER, path: '/start' });
  expect(await marketing(page)).toBe(true);
});

test('G12 tells no other site, and no later page, the path of a route that was entered without a load', async ({
  page,
  world,
}) => {
  await push(page, SECRET);
  expect(await page.evaluate(() => document.querySelector<HTMLMetaElement>('meta[name=referrer]')?.content)).toBe(
    'strict-origin',
  );
  // A host that no service declares: the policy of the page is all there is.
  await page.evaluate(() => void (new Image().src = 'https://other.example/seen'));
  const seen = await world.hit({ host: 'other.example' });
  expect(seen.referer).toBe('https://www.force.police.uk/');
  await page.evaluate(() => location.assign('/after.html'));
  await world.hit({ path: '/seen.png' });
  expect(await page.evaluate(() => document.referrer)).toBe('https://www.force.police.uk/');
  expect(leaks(world)).toEqual([]);
});

test('G12 lets no page after a sensitive one tell its path', async ({ page, world }) => {
  await page.goto(SECRET);
  await stateOf(page);
  await settle(page);
  expect(world.gatedHits().filter(({ referer }) => referer.includes('/report'))).toEqual([]);
  world.clear();
  await page.evaluate(() => location.assign('/news'));
  await world.hit({ host: TRACKER, path: '/start' });
  await world.hit({ host: 'www.google-analytics.com' });
  await world.hit({ host: 'www.facebook.com' });
  await settle(page);
  expect(leaks(world)).toEqual([]);
});

test('G12 takes a change of the fragment for no change of the route', async ({ page, world }) => {
  await page.evaluate(() => (location.hash = '#/report/burglary-is-not-a-path'));
  await world.hit({ host: TRACKER, path: '/popstate' });
  expect(await marketing(page)).toBe(true);

  await push(page, SECRET);
  await settle(page);
  world.clear();
  await page.evaluate(() => (location.hash = '#step-2'));
  await watched(page);
  expect(await marketing(page)).toBe(false);
  expect(world.gatedHits().map(({ url }) => url)).toEqual([]);
});

test('G12 closes as a load of a sensitive page begins: its tags hear where somebody goes', async ({ page, world }) => {
  const leave = async (to: string) => {
    await page.goto('/news');
    await expect.poll(() => page.evaluate(() => (window as any).looks as number)).toBeGreaterThan(0);
    await settle(page);
    await page.evaluate(
      ([host, to]) => {
        const tell = (how: string, url = '') =>
          void navigator.sendBeacon(`https://${host}/${how}?${encodeURIComponent(url)}`);
        (window as any).navigation?.addEventListener('navigate', (event: any) => tell('going', event.destination.url));
        addEventListener('pagehide', () => tell('left'));
        document.body.append(Object.assign(document.createElement('a'), { href: to, id: 'go', textContent: 'Go' }));
      },
      [TRACKER, to] as const,
    );
    world.clear();
    await page.locator('#go').click();
    await expect(page).toHaveURL(to);
    await settle(page);
    return world.gatedHits({ host: TRACKER, path: /going|left/ }).map(({ path }) => path);
  };
  expect((await leave('/news/today')).sort(), 'control').toEqual(['/going', '/left']);
  expect(await leave(SECRET)).toEqual([]);
  expect(leaks(world)).toEqual([]);
});
