import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
import { FRAMEWORKS, serveFramework } from './support/frameworks.mjs';
import { external, inline, pathsOf, serve, STATS, STATS_URL } from './support/held.mjs';
import { pageOf } from './support/pages.mjs';
import { ran } from './support/scripts.mjs';
import type { World } from './support/start-world.mjs';
import { expect, settle, test } from './support/world.mjs';

type Framework = (typeof FRAMEWORKS)[number];

const PATIENT = { timeout: 15_000 };
const FRAME = `<iframe data-consent="analytics" data-src="${STATS_URL}/frame" title="A film" width="560" height="315"></iframe>`;
const banner = (page: Page) => page.locator('consentry-banner');
const embed = (page: Page) => page.locator('consentry-embed');

/** Two pages, each with tags of its own and one in the head that both have. */
function serveSite(world: World, framework: Framework, more: { one?: string; two?: string } = {}): void {
  serveFramework(world, framework);
  serve(world, 'head', 'one', 'two');
  for (const name of ['one', 'two'] as const) {
    const body = `<h2>${name}</h2>${external(name)}${inline(`${name}-inline`)}${more[name] ?? ''}
      <p><a href="/one.html">Go to one</a> <a href="/two.html">Go to two</a></p>
      <p><a href="/cookies" data-consent-settings>Cookie settings</a></p>`;
    const head = external('head') + framework.head;
    world.site.page(`/${name}.html`, pageOf({ head, body: framework.wrap(body) }));
  }
}

/** Marks the page's window: it stays the same one as long as nothing is loaded. */
const begin = async (page: Page) => {
  await page.goto('/one.html');
  await page.evaluate(() => ((window as any).isSame = true));
};
const isSame = (page: Page) => page.evaluate(() => (window as any).isSame as boolean);

/** What a framework still does once its new page is seen takes no longer than this. */
const rest = (page: Page) => settle(page, { quiet: 300 });

async function go(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: `Go to ${name}` }).click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible(PATIENT);
  await rest(page);
}

async function back(page: Page, name: string): Promise<void> {
  await page.evaluate(() => history.back());
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible(PATIENT);
  await rest(page);
}

const expectRan = async (page: Page, names: string[]) => {
  await expect.poll(async () => (await ran(page)).length, PATIENT).toBeGreaterThanOrEqual(names.length);
  await rest(page);
  expect(await ran(page)).toEqual(names);
};

const expectOneLive = async (page: Page) => {
  await expect(banner(page)).toHaveCount(1);
  await expect(banner(page).getByRole('button', { name: 'Reject additional cookies' })).toBeVisible();
};

const of = (name: string) => [name, `${name}-inline`];

for (const framework of FRAMEWORKS) {
  const { name, keeps } = framework;

  test(`G8 asks once on each page of ${name} while somebody is undecided, and nobody after`, async ({
    page,
    world,
  }) => {
    serveSite(world, framework);
    await begin(page);
    await expectOneLive(page);
    await go(page, 'two');
    await expectOneLive(page);
    await back(page, 'one');
    await expectOneLive(page);
    expect(world.gatedHits()).toEqual([]);
    await banner(page).getByRole('button', { name: 'Reject additional cookies' }).click();
    await banner(page).getByRole('button', { name: 'Hide' }).click();
    await expect(banner(page)).toHaveCount(0);
    await go(page, 'two');
    await expect(banner(page)).toHaveCount(0);
    await back(page, 'one');
    await expect(banner(page)).toHaveCount(0);
    expect(world.gatedHits()).toEqual([]);
    expect(await isSame(page)).toBe(true);
  });

  test(`G8 accepts in the question of a later page of ${name}: its tags run, those that are gone do not`, async ({
    page,
    world,
  }) => {
    serveSite(world, framework);
    await begin(page);
    await expectOneLive(page);
    await go(page, 'two');
    await banner(page).getByRole('button', { name: 'Accept additional cookies' }).click();
    await expectRan(page, ['head', ...of('two')]);
    expect(pathsOf(world)).toEqual(['/head.js', '/two.js']);
    expect(await isSame(page)).toBe(true);
  });

  test(`G8 runs the tags of each page of ${name} once, and old ones not again`, async ({ page, world }) => {
    serveSite(world, framework);
    await begin(page);
    await choose(page, 'acceptAll');
    await expectRan(page, ['head', ...of('one')]);
    await go(page, 'two');
    await expectRan(page, ['head', ...of('one'), ...of('two')]);
    await back(page, 'one');
    // What is fetched again is a new page with new tags; what was kept is the old one.
    const again = keeps ? [] : of('one');
    await expectRan(page, ['head', ...of('one'), ...of('two'), ...again]);
    await go(page, 'two');
    await expectRan(page, ['head', ...of('one'), ...of('two'), ...again, ...of('two')]);
    expect(await isSame(page)).toBe(true);
  });

  test(`G8 holds the tags of a later page of ${name} after a withdrawal, and of one that it kept`, async ({
    page,
    world,
  }) => {
    serveSite(world, framework, { one: FRAME });
    world.internet.route(STATS, '/frame', (_, res) => res.writeHead(200, { 'content-type': 'text/html' }).end('film'));
    await begin(page);
    await choose(page, 'acceptAll');
    await expectRan(page, ['head', ...of('one')]);
    await expect(page.locator('iframe')).toHaveAttribute('src', `${STATS_URL}/frame`);
    await go(page, 'two');
    await expectRan(page, ['head', ...of('one'), ...of('two')]);
    await choose(page, 'withdraw');
    world.clear();
    await back(page, 'one');
    await expect(embed(page)).toHaveCount(1);
    await expect(page.locator('iframe')).not.toHaveAttribute('src');
    await go(page, 'two');
    expect(pathsOf(world)).toEqual([]);
    expect(await ran(page)).toEqual(['head', ...of('one'), ...of('two')]);

    await back(page, 'one');
    await choose(page, 'acceptAll');
    await expect(page.locator('iframe')).toHaveAttribute('src', `${STATS_URL}/frame`);
    await expect(embed(page)).toHaveCount(0);
    expect(await isSame(page)).toBe(true);
  });

  test(`G8 opens the preferences on each page of ${name}, also after they were open when it went on`, async ({
    page,
    world,
  }) => {
    serveSite(world, framework);
    await begin(page);
    const panel = page.locator('consentry-preferences');
    await page.getByRole('link', { name: 'Cookie settings' }).click();
    await expect(panel).toBeVisible();
    if (name === 'a root') await panel.getByRole('button', { name: 'Close' }).click();
    await go(page, 'two');
    await expect(panel).toHaveCount(0);
    await expectOneLive(page);
    await page.getByRole('link', { name: 'Cookie settings' }).click();
    await expect(panel).toBeVisible();
    await panel.getByRole('button', { name: 'Close' }).click();
    await expect(panel).toHaveCount(0);
    await expectOneLive(page);
    await back(page, 'one');
    await expect(panel).toHaveCount(0);
    await expectOneLive(page);
    await banner(page).getByRole('button', { name: 'Customise' }).click();
    await expect(panel).toHaveCount(1);
    await panel.getByRole('radio', { name: 'No' }).first().check();
    await panel.getByRole('button', { name: 'Save' }).click();
    await expect(panel.getByRole('button', { name: 'Hide' })).toBeVisible();
    expect(await isSame(page)).toBe(true);
  });

  test(`G8 has one placeholder for each frame of a page of ${name}, also of one that it kept`, async ({
    page,
    world,
  }) => {
    serveSite(world, framework, { one: FRAME });
    world.internet.route(STATS, '/frame', (_, res) => res.writeHead(200, { 'content-type': 'text/html' }).end('film'));
    await begin(page);
    await choose(page, 'rejectAll');
    await expect(embed(page)).toHaveCount(1);
    await go(page, 'two');
    await expect(embed(page)).toHaveCount(0);
    await back(page, 'one');
    await expect(embed(page)).toHaveCount(1);
    expect(world.gatedHits()).toEqual([]);
    await embed(page).getByRole('button', { name: 'Show this once' }).click();
    await expect(page.frameLocator('iframe').getByText('film')).toBeVisible();
    await expect(embed(page)).toHaveCount(0);
    expect(pathsOf(world)).toEqual(['/frame']);
  });

  test(`G8 wakes what a later page of ${name} holds, where the first holds nothing`, async ({ page, world }) => {
    const two = `${FRAME}<consentry-message id="roadworks" hidden>Roadworks</consentry-message>
      <consentry-preferences></consentry-preferences><consentry-declaration></consentry-declaration>`;
    serveSite(world, framework, { two });
    await begin(page);
    await choose(page, 'rejectAll');
    await page.reload();
    await settle(page);
    world.clear();
    await page.reload();
    await settle(page);
    const fetched = () => world.hits({ path: /^\/dist\/elements-/ }).length;
    expect(fetched()).toBe(0);
    await page.getByRole('link', { name: 'Go to two' }).click();
    await expect(page.locator('consentry-preferences').getByRole('button', { name: 'Save' })).toBeVisible(PATIENT);
    await expect(page.locator('consentry-message').getByRole('button', { name: 'Hide' })).toBeVisible();
    await expect(page.locator('consentry-declaration').getByRole('table').first()).toBeVisible();
    await expect(embed(page)).toHaveCount(1);
    expect(fetched()).toBe(1);
  });
}
