import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
import { forcePage } from './support/force-page.mjs';
import { expect, settle, test } from './support/world.mjs';

const SIZES = [
  { width: 360, height: 640 },
  { width: 1280, height: 800 },
];
// The demo's own message comes when its file does, and is the page's to make room for.
const PAGES = ['/recruitment.html', '/report.html', '/privacy.html'];

/** What moved on the page without anybody having touched it: https://web.dev/articles/cls */
const shift = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        new PerformanceObserver((list) => {
          const moves = list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[];
          done(moves.filter(({ hadRecentInput }) => !hadRecentInput).reduce((sum, { value }) => sum + value, 0));
        }).observe({ type: 'layout-shift', buffered: true });
        // No entry, no call.
        setTimeout(() => done(0), 500);
      }),
  );

/** Keeps the files of the elements back until the page has been painted. */
async function delay(page: Page, milliseconds = 800) {
  await page.route(/\/dist\/elements-/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await route.continue();
  });
}

/** Opens a page and waits until somebody would be asked. */
async function visit(page: Page, path: string, sees: 'banner' | 'nothing') {
  await page.goto(path);
  if (sees === 'banner') await page.locator('consentry-banner [part~=heading]').waitFor();
  await settle(page);
}

for (const size of SIZES) {
  const at = `${size.width} by ${size.height}`;
  for (const path of PAGES) {
    test(`P2 moves nothing on ${path} at ${at} when the question comes late @chromium`, async ({ page }) => {
      await page.setViewportSize(size);
      await delay(page);
      await visit(page, path, 'banner');
      expect(await shift(page)).toBeLessThanOrEqual(0.01);

      await choose(page, 'rejectAll');
      await visit(page, path, 'nothing');
      await expect(page.locator('consentry-banner')).toHaveCount(0);
      expect(await shift(page)).toBeLessThanOrEqual(0.01);
    });
  }

  test(`P2 control: without its place the question moves the page at ${at} @chromium`, async ({ page }) => {
    await page.setViewportSize(size);
    await delay(page);
    await page.addInitScript(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('consentry-banner:not(:defined) { display: none !important }');
      document.adoptedStyleSheets = [sheet];
    });
    await visit(page, '/report.html', 'banner');
    expect(await shift(page)).toBeGreaterThan(0.05);
  });
}

const kept = (page: Page) => page.locator('consentry-banner');
const TOP = forcePage({ body: '<main><h1>A page</h1></main>' });

test('P2 keeps no place where somebody has decided', async ({ page, world }) => {
  world.site.page('/x.html', TOP);
  await page.goto('/x.html');
  await kept(page).locator('[part~=heading]').waitFor();
  await choose(page, 'rejectAll');
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (document.querySelector('consentry-banner')) Object.assign(window, { seen: true });
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto('/x.html');
  await settle(page);
  expect(await page.evaluate(() => 'seen' in window)).toBe(false);
});

for (const [what, config] of [
  ['over the lower edge', { layout: 'bottom' }],
  ['in a box', { layout: 'box' }],
] as const)
  test(`P2 keeps no place for a question ${what}, whose place is none of the page`, async ({ page, world }) => {
    world.site.page('/x.html', forcePage({ config, body: '<main style="margin: 0"><h1>A page</h1></main>' }));
    await page.goto('/x.html');
    const top = () => page.locator('main').evaluate((main) => main.getBoundingClientRect().top);
    const before = await top();
    await kept(page).locator('[part~=heading]').waitFor();
    expect(await top()).toBe(before);
  });

for (const file of ['elements', 'asking'])
  test(`G6 gives the place up where the file ${file} is not to be had`, async ({ page, world }) => {
    world.site.page('/x.html', TOP);
    let hasFailed = false;
    await page.route(new RegExp(`/dist/${file}-`), async (route) => {
      await expect(kept(page)).toHaveCount(1);
      hasFailed = true;
      await route.abort();
    });
    await page.goto('/x.html');
    await expect(kept(page)).toHaveCount(0);
    expect(hasFailed).toBe(true);
  });

test('H3 gives the place up where the configuration has a mistake', async ({ page, world }) => {
  world.site.page('/x.html', forcePage({ config: { lifetimeDays: 0 }, body: '<main><h1>A page</h1></main>' }));
  await page.goto('/x.html');
  await settle(page);
  await expect(kept(page)).toHaveCount(0);
});

test('H9 gives the place up in a frame of another origin', async ({ page, world }) => {
  world.site.page('/x.html', TOP);
  world.internet.route('other.example', '/frame.html', (_, res) =>
    res
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<iframe src="https://www.force.police.uk/x.html"></iframe>`),
  );
  await page.goto('https://other.example/frame.html');
  await expect.poll(() => page.frames().length).toBe(2);
  const banner = page.frames()[1]!.locator('consentry-banner');
  await expect(page.frames()[1]!.locator('h1')).toBeVisible();
  await settle(page);
  await expect(banner).toHaveCount(0);
});

test('B5 gives the place up on a cookies page of another address', async ({ page, world }) => {
  world.site.page('/x.html', forcePage({ body: '<main><consentry-preferences></consentry-preferences></main>' }));
  await page.goto('/x.html');
  await page.locator('consentry-preferences [part~=heading]').waitFor();
  await expect(kept(page)).toHaveCount(0);
});

// Firefox's driver does not print.
test('B7 prints nothing of a question whose place was kept, and hides it where the page does @chromium', async ({
  page,
  world,
}) => {
  world.site.page('/x.html', TOP);
  await page.goto('/x.html');
  await kept(page).locator('[part~=heading]').waitFor();
  await expect(kept(page)).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(kept(page)).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await kept(page).evaluate((banner) => ((banner as HTMLElement).hidden = true));
  await expect(kept(page)).toBeHidden();
});
