// @ts-check
import { test as base } from '@playwright/test';
import { startWorld } from './start-world.mjs';

export { expect } from '@playwright/test';

/** @typedef {import('./start-world.mjs').World} World */

/** @type {World | undefined} one at a time: the tests of a worker run one after the other */
let current;

/**
 * Playwright's test with a `world` of its own for each test. The proxy is an option of the context, so a second
 * visitor made with `browser.newContext()` lives in the same world.
 */
export const test = base.extend(
  /** @type {import('@playwright/test').Fixtures<{ world: World }, {}, import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions>} */ ({
    world: async ({}, use) => {
      const world = (current = await startWorld());
      await use(world);
      current = undefined;
      world.stop();
    },
    proxy: ({ world }, use) => use({ server: world.proxy }),
  }),
);

/** Waits until the page has run what it had queued and no request has arrived for `quiet` ms; for "nothing was sent". */
export async function settle(
  /** @type {import('@playwright/test').Page} */ page,
  /** @type {{ quiet?: number, limit?: number }} */ options = {},
) {
  if (!current) throw new Error('settle: expected a test that uses the world fixture');
  // On a busy machine the page may still have scripts to run when the server is already quiet: what is slow to answer is
  // slow to send.
  const start = performance.now();
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  const slowness = performance.now() - start;
  await current.settle({ ...options, quiet: (options.quiet ?? 400) + 4 * slowness });
}
