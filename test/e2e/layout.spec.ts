import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
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
