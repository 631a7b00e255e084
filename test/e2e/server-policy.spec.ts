import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { policyFor } from '../../docs/recipes/policy.mjs';
import { cookieHeaders } from '../unit/support/cookie-headers.js';
import { randomly } from '../unit/support/randomly.js';
import { choose } from './support/choose.mjs';
import { pageOf } from './support/pages.mjs';
import { type PolicyServer, SERVERS, SETTINGS } from './support/policy-servers.mjs';
import { cookieOf } from './support/stored.mjs';
import { BODY, HEAD } from './support/unmarked.mjs';
import type { World } from './support/start-world.mjs';
import { expect, settle, test } from './support/world.mjs';

const SDK = { 'data-notice-version': SETTINGS.noticeVersion };
/** How a web team says that the page has a vendor's own snippet. */
const PASTED = {
  'data-google-analytics': '',
  'data-doubleclick': '',
  'data-facebook-pixel': '',
  'data-google-tag-manager': '',
};
const PAGE = pageOf({ sdk: SDK, head: HEAD, body: BODY });
const PAGES = {
  '/page.html': PAGE,
  '/pasted.html': pageOf({ sdk: { ...SDK, ...PASTED }, head: HEAD, body: BODY }),
  '/report/page.html': PAGE,
};
const CONTROL = pageOf({ sdk: false, head: HEAD, body: BODY });

const GOOGLE = ['www.googletagmanager.com', 'www.google-analytics.com'];
const MARKETING = ['1234567.fls.doubleclick.net', 'ad.doubleclick.net', 'connect.facebook.net', 'www.facebook.com'];
/** The advertising side of Analytics: whether it is told as well is up to the consent signals, not to the policy. */
const SIGNALS = 'stats.g.doubleclick.net';
const EVERYBODY = [...GOOGLE, ...MARKETING, SIGNALS];

const once = (texts: string[]) => [...new Set(texts)].sort();
const hostsOf = (world: World) => once(world.gatedHits().map(({ host }) => host));
/** Where the vendors were asked; numbers at random, consent signals and the page's own address aside. */
const addressesOf = (world: World) =>
  once(world.gatedHits().map(({ host, path }) => host + path.replace(/(ord|gcs)=[^;]+|~oref=.*/g, ''))).filter(
    (address) => !address.startsWith(SIGNALS),
  );

/** Loads a page; resolves to the hosts that it, and whatever it started, asked. */
async function hostsAskedBy(page: Page, world: World, path = '/page.html') {
  await page.goto('/left.html');
  // What the page before had to say in leaving is not this page's.
  await world.settle();
  world.clear();
  await page.goto(path);
  await settle(page);
  return hostsOf(world);
}

/** A consent cookie of the notice in force. */
const cookie = (choices: Record<string, 'g' | 'd' | 'u'>, days = 0, notice = SETTINGS.noticeVersion) =>
  cookieOf(choices, Date.now() - days * 864e5).replace('~1~mark', `~${notice}~mark`);

/** What a visitor's page asks who comes with these consent cookies, each on its own domain. */
async function hostsAskedWith(browser: Browser, world: World, values: string[], path?: string) {
  const visitor = await browser.newContext();
  const domains = ['www.force.police.uk', '.force.police.uk'];
  await visitor.addCookies(
    values.map((value, at) => ({ name: 'consentry', value, domain: domains[at]!, path: '/', secure: true })),
  );
  const hosts = await hostsAskedBy(await visitor.newPage(), world, path);
  await visitor.close();
  return hosts;
}

const GRANTED = { analytics: 'g', marketing: 'g' } as const;
const DOUBTFUL: Record<string, string[]> = {
  malformed: [cookie(GRANTED).replace('1~', '2~')],
  'cut short': [cookie(GRANTED).slice(0, -1)],
  contradictory: [`${cookie(GRANTED)}.analytics_d`],
  'told under another notice': [cookie(GRANTED, 0, '2026-10-01')],
  'too long': [`${cookie(GRANTED)}.${'x'.repeat(110)}_g`],
  doubled: [cookie(GRANTED), cookie(GRANTED, 1)],
};
const EXPIRED = { expired: [cookie(GRANTED, 183)], 'of the future': [cookie(GRANTED, -2)] };

// What a server sends is the same to every browser: each recipe is proved in one of them.
const ENGINE: Record<string, string> = { nginx: '@chromium', node: '@firefox' };

for (const [name, start] of SERVERS) {
  test.describe(`${name} ${ENGINE[name]}`, () => {
    let folder: string;
    let server: PolicyServer;
    test.beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'consentry-'));
      await mkdir(join(folder, 'report'));
      for (const [path, html] of Object.entries(PAGES)) await writeFile(join(folder, path), html);
      server = await start(folder);
    });
    test.afterAll(async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    });
    test.beforeEach(({ world }) => {
      for (const path of [...Object.keys(PAGES), '/%72eport/page.html']) world.site.route(path, server.answer);
      world.site.page('/control.html', CONTROL);
      world.site.page('/left.html', '<!doctype html><title>x</title>');
    });

    // With and without a word to the script: the policy must not need its help, nor stand in its way.
    for (const path of ['/page.html', '/pasted.html']) {
      test(`T1 with the server policy of ${name} ${path} asks nobody before a choice`, async ({ page, world }) => {
        expect(await hostsAskedBy(page, world, '/control.html')).toEqual([...EVERYBODY].sort());

        await page.context().clearCookies();
        expect(await hostsAskedBy(page, world, path)).toEqual([]);
        expect(world.gatedTunnels()).toEqual([]);
        await expect(page.locator('consentry-banner')).toBeVisible();
      });

      test(`G7 with the server policy of ${name} a grant on ${path} opens its own hosts alone, from the next load on`, async ({
        page,
        world,
      }) => {
        await hostsAskedBy(page, world, path);
        await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
        await settle(page);
        expect(hostsOf(world), 'on the page whose policy does not name them yet').toEqual([]);

        expect(await hostsAskedBy(page, world, path)).toEqual([...GOOGLE].sort());

        await choose(page, 'choose', { analytics: 'denied', marketing: 'granted' });
        // Firefox takes the end of a frame that the policy refused for the end of the next page's load.
        await settle(page);
        const asked = await hostsAskedBy(page, world, path);
        expect(asked).toEqual(expect.arrayContaining(MARKETING));
        expect(asked).not.toContain('www.google-analytics.com');
      });

      test(`S11 with the server policy of ${name} every vendor works on ${path} once granted`, async ({
        page,
        world,
      }) => {
        await hostsAskedBy(page, world, '/control.html');
        const wanted = addressesOf(world);
        await page.context().clearCookies();

        await hostsAskedBy(page, world, path);
        await choose(page, 'acceptAll');
        await page.addInitScript(() => {
          addEventListener('securitypolicyviolation', ({ blockedURI }) => ((window as any).violations ??= []).push(blockedURI)); // prettier-ignore
        });
        await hostsAskedBy(page, world, path);
        expect(addressesOf(world)).toEqual(wanted);
        expect(await page.evaluate(() => (window as any).violations as unknown)).toBe(undefined);
      });
    }

    test(`T3 with the server policy of ${name} nothing follows a refusal`, async ({ page, world }) => {
      await page.goto('/page.html');
      await page.getByRole('button', { name: 'Reject additional cookies' }).click();
      await expect(page.getByText('Your cookie preferences have been saved')).toBeVisible();
      expect(await hostsAskedBy(page, world)).toEqual([]);
      expect(world.gatedTunnels()).toEqual([]);
    });

    test(`T3 with the server policy of ${name} nothing follows a withdrawal, and Back brings no former policy`, async ({
      page,
      world,
    }) => {
      await page.goto('/page.html');
      await choose(page, 'acceptAll');
      expect(await hostsAskedBy(page, world)).toContain('www.facebook.com');

      world.site.page('/withdraw.html', pageOf({ sdk: SDK }));
      await page.goto('/withdraw.html');
      await choose(page, 'withdraw');
      await settle(page);
      world.clear();
      await page.evaluate(() => history.back());
      await world.hit({ path: '/page.html' });
      await expect(page.locator('img')).toHaveCount(1);
      await settle(page);
      expect(hostsOf(world)).toEqual([]);

      expect(await hostsAskedBy(page, world)).toEqual([]);
      expect(world.gatedTunnels()).toEqual([]);
    });

    test(`G6 with the server policy of ${name} a doubtful cookie names nobody`, async ({ browser, world }) => {
      test.slow();
      expect(await hostsAskedWith(browser, world, [cookie(GRANTED)])).toContain('www.facebook.com');
      // When a choice runs out nginx leaves to the browser, which drops the cookie.
      const doubtful = { ...DOUBTFUL, ...(name === 'node' && EXPIRED) };
      for (const [what, values] of Object.entries(doubtful))
        expect(await hostsAskedWith(browser, world, values), what).toEqual([]);
    });

    test(`G12 with the server policy of ${name} a sensitive route names nobody, however it is spelt`, async ({
      browser,
      world,
    }) => {
      for (const path of ['/report/page.html', '/%72eport/page.html']) {
        expect(await hostsAskedWith(browser, world, [cookie(GRANTED)], path), path).toEqual([]);
        expect(world.hits({ path })[0]?.cookie).toContain('marketing_g');
      }
      expect(await hostsAskedWith(browser, world, [cookie(GRANTED)])).toContain('www.facebook.com');
    });

    test(`T3 the server policy of ${name} stands in every answer, and no cache keeps one`, async ({ page }) => {
      const first = (await page.request.get('/page.html')).headers();
      const conditions = {
        'if-none-match': first.etag ?? '"1"',
        'if-modified-since': first['last-modified'] ?? first.date!,
      };
      for (const headers of [{}, conditions]) {
        const reply = await page.request.get('/page.html', { headers });
        expect(reply.status()).toBe(200);
        expect(reply.headers()).toMatchObject({
          'content-security-policy': expect.stringMatching(/^default-src 'self'; script-src 'self' 'unsafe-inline';/),
          'cache-control': 'private, no-store',
          vary: 'Cookie',
        });
      }
    });

    if (name === 'node') return;
    test(`G6 ${name} says what the recipe for node says, for 2,000 cookies`, async () => {
      const make = cookieHeaders(randomly(6));
      const wrong: string[] = [];
      let granting = 0;
      for (let turn = 0; turn < 2000; turn++) {
        const [header, path] = [make(), turn % 10 ? '/' : '/report?x'];
        // Only the browser knows when a cookie of nginx's ends.
        const ageless = { lifetimeDays: Infinity, now: Number.MAX_SAFE_INTEGER };
        const wanted = policyFor(header, { ...SETTINGS, ...ageless, path });
        if ((await server.policyFor(path, header)) !== wanted) wrong.push(header);
        if (wanted.includes('https:')) granting++;
      }
      expect(wrong.slice(0, 5)).toEqual([]);
      expect(granting).toBeGreaterThan(100);
    });
  });
}
