// @ts-check
import { test as base } from '@playwright/test';
import { startWorld } from './start-world.mjs';

export { expect } from '@playwright/test';

/** @typedef {import('./start-world.mjs').World} World */

/** @type {World | undefined} one at a time: the tests of a worker run one after the other */
let current;

/** @type {() => number} how many requests of the current context have left the page and not arrived */
let underway = () => 0;

/** Counts what the pages of a context ask for and the world has not seen yet. */
function follow(/** @type {import('@playwright/test').BrowserContext} */ context, /** @type {World} */ world) {
  /** @type {Map<string, { asked: number, ended: number }>} */
  const addresses = new Map();
  const countOf = (/** @type {import('@playwright/test').Request} */ request) => {
    const url = request.url().replace(/#.*/, '');
    const count = addresses.get(url) ?? { asked: 0, ended: 0 };
    if (/^https?:/.test(url)) addresses.set(url, count);
    return count;
  };
  context.on('request', (request) => countOf(request).asked++);
  // What the browser's cache answered, or a policy refused, never arrives.
  for (const end of /** @type {const} */ (['requestfinished', 'requestfailed']))
    context.on(/** @type {'requestfinished'} */ (end), (request) => countOf(request).ended++);
  return () => [...addresses].filter(([url, { asked, ended }]) => asked > ended && asked > world.arrivals(url)).length;
}

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
    context: async ({ context, world }, use) => {
      underway = follow(context, world);
      await use(context);
    },
  }),
);

const SLOW = 100;
const ON_ITS_WAY = 5000;

/**
 * Waits until the page has run what it had queued and no request has arrived for `quiet` ms; for "nothing was sent".
 * A busy machine is given longer: while the page is slow to answer, it is slow to send, and what it has sent may not have
 * arrived.
 */
export async function settle(
  /** @type {import('@playwright/test').Page} */ page,
  /** @type {{ quiet?: number, limit?: number }} */ options = {},
) {
  if (!current) throw new Error('settle: expected a test that uses the world fixture');
  const slowness = async () => {
    const start = performance.now();
    await page.evaluate(() => new Promise((done) => setTimeout(done)));
    return performance.now() - start;
  };
  const start = performance.now();
  await slowness();
  do await current.settle(options);
  while (((await slowness()) > SLOW || underway()) && performance.now() - start < ON_ITS_WAY);
}
