import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
import { pageOf } from './support/pages.mjs';
import type { World } from './support/start-world.mjs';
import { BODY, HEAD } from './support/unmarked.mjs';
import { expect, settle, test } from './support/world.mjs';

/*
 * The vendors' snippets as they are published, without a mark and without a policy of the server: what a web team has that
 * pastes our tag above them and does nothing else.
 */
const PASTED = {
  'data-google-analytics': '',
  'data-doubleclick': '',
  'data-facebook-pixel': '',
  'data-google-tag-manager': '',
};
/** A mistake that is easily made: the ids in our tag, and the snippets that have them as well. */
const BOTH = {
  'data-google-analytics': 'G-ABC1234567',
  'data-doubleclick': 'DC-1234567',
  'data-facebook-pixel': '123456789012345',
  'data-google-tag-manager': 'GTM-ABC1234',
};

/** What the page's own source asks for by itself: the browser may do so before any script runs. */
const EARLY = [
  'https://www.googletagmanager.com/gtag/js',
  'https://1234567.fls.doubleclick.net/activityi;src=1234567;type=count0;cat=frame0;ord=1',
  'https://ad.doubleclick.net/ddm/activity/src=1234567;type=count0;cat=image0;ord=1',
];
/** The Floodlight frame is a page of its own, which a browser may show before a script can stop it. */
const FRAME = 'https://1234567.fls.doubleclick.net/';

const addressesOf = (urls: string[]) => [...new Set(urls.map((url) => url.split('?')[0]!))].sort();
/** What the page itself asked for. */
const askedOf = (world: World) =>
  addressesOf(
    world
      .gatedHits()
      .filter(({ referer }) => referer !== FRAME)
      .map(({ url }) => url),
  );
const reportedBy = (page: Page) =>
  page.evaluate(async () => {
    const { early, guarded } = await (window as any).consentry.report();
    return { early: early.map(({ url }: { url: string }) => url) as string[], guarded: guarded as string[] };
  });

/** What the vendors' libraries leave in a page that runs them, and in the site's storage. */
const traces = (page: Page) =>
  page.evaluate(() => ({
    google: Boolean((window as any).google_tag_manager),
    facebook: Boolean((window as any).fbq?.standIn),
    cookies: document.cookie
      .split('; ')
      .map((pair) => pair.split('=')[0])
      .filter((name) => name && name !== 'consentry'),
    storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((name) => !/^consentry/.test(name)),
    frames: [...document.querySelectorAll('iframe')].filter(({ src }) => src).length,
  }));
const NOTHING = { google: false, facebook: false, cookies: [], storage: [], frames: 0 };

/** Loads a page; what the one before had to say in leaving is not this one's. */
async function load(page: Page, world: World, path: string) {
  await page.goto('/left.html');
  await world.settle();
  world.clear();
  await page.goto(path);
  await settle(page);
}

/** Nothing ran and nothing was stored; whatever left did so early, and the report names each. */
async function expectOnlyEarly(page: Page, world: World) {
  expect(await traces(page)).toEqual(NOTHING);
  const cookies = await page.context().cookies();
  expect(cookies.filter(({ domain }) => /force\.police/.test(domain)).filter(({ name }) => name !== 'consentry')).toEqual([]); // prettier-ignore
  const asked = askedOf(world);
  expect(EARLY).toEqual(expect.arrayContaining(asked));
  const { early } = await reportedBy(page);
  expect(addressesOf(early)).toEqual(expect.arrayContaining(asked));
}

/** How often each of these was asked: the libraries, and what they and the tags tell their vendors. */
function countsOf(world: World) {
  const urls = world.gatedHits().map(({ url }) => url);
  const count = (wanted: RegExp) => urls.filter((url) => wanted.test(url)).length;
  return {
    container: count(/\/gtm\.js/),
    pixel: count(/\/fbevents\.js/),
    'page views, Analytics': count(/google-analytics\.com\/g\/collect.*tid=G-ABC1234567.*en=page_view/),
    'page views, container': count(/google-analytics\.com\/g\/collect.*tid=G-CONTAINER1.*en=page_view/),
    'page views, Pixel': count(/facebook\.com\/tr\/.*ev=PageView/),
    'page views, Floodlight': count(/ad\.doubleclick\.net\/activity;/),
    'written frame': count(/fls\.doubleclick\.net\/.*cat=written/),
  };
}
const EACH_ONCE = {
  container: 1,
  pixel: 1,
  'page views, Analytics': 1,
  'page views, container': 1,
  'page views, Pixel': 1,
  'page views, Floodlight': 1,
  'written frame': 1,
};

test.beforeEach(({ world }) => {
  const page = (sdk: Record<string, string> | false) => pageOf({ sdk, head: HEAD, body: BODY });
  world.site.page('/control.html', page(false));
  world.site.page('/pasted.html', page(PASTED));
  world.site.page('/both.html', page(BOTH));
  world.site.page('/left.html', '<!doctype html><title>x</title>');
});

test('T1 control: without us the very same snippets run, store and report', async ({ page, world }) => {
  await load(page, world, '/control.html');
  expect(countsOf(world)).toEqual(EACH_ONCE);
  expect(askedOf(world)).toEqual(expect.arrayContaining(EARLY));
  const { google, facebook, cookies, storage } = await traces(page);
  expect([google, facebook]).toEqual([true, true]);
  expect(cookies).toEqual(expect.arrayContaining(['_ga', '_fbp', '_gcl_au']));
  expect(storage).toContain('lastExternalReferrer');
});

test('G7 a grant starts what the pasted snippets wanted, each once, and so does the next load', async ({
  page,
  world,
}) => {
  await load(page, world, '/pasted.html');
  world.clear();
  await choose(page, 'acceptAll');
  await settle(page);
  expect(countsOf(world), 'by the grant').toEqual(EACH_ONCE);
  await load(page, world, '/pasted.html');
  expect(countsOf(world), 'by the next load').toEqual(EACH_ONCE);
});

for (const path of ['/pasted.html', '/both.html']) {
  test(`T1 before a choice no snippet of ${path} runs or stores anything, and each early request is reported`, async ({
    page,
    world,
  }) => {
    await load(page, world, path);
    await expectOnlyEarly(page, world);
    await expect(page.locator('consentry-banner')).toBeVisible();
  });

  test(`T3 after a refusal no snippet of ${path} runs or stores anything, and each early request is reported`, async ({
    page,
    world,
  }) => {
    await load(page, world, path);
    await choose(page, 'rejectAll');
    await load(page, world, path);
    await expectOnlyEarly(page, world);
  });

  test(`T3 after a withdrawal the snippets of ${path} send nothing more, nor do they at the next load`, async ({
    page,
    world,
  }) => {
    await load(page, world, path);
    await choose(page, 'acceptAll');
    await world.hit({ host: 'www.facebook.com' });
    await world.hit({ host: 'www.google-analytics.com' });
    await settle(page);
    const provoke = () =>
      page.evaluate(() => {
        (window as any).gtag('event', 'provoked');
        (window as any).fbq('track', 'Provoked');
      });
    world.clear();
    await provoke();
    await world.hit({ host: 'www.facebook.com' });
    await world.hit({ host: 'www.google-analytics.com' });

    await choose(page, 'withdraw');
    await settle(page);
    world.clear();
    await provoke();
    await settle(page);
    await page.goto('/left.html');
    await world.settle();
    expect(askedOf(world)).toEqual([]);

    await load(page, world, path);
    await expectOnlyEarly(page, world);
  });
}
