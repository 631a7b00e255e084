// @ts-check
import nodeTest from 'node:test';
import { WebKitDriver } from '../../../tools/webkit-driver.mjs';
import { startWorld } from '../../e2e/support/start-world.mjs';

/** @typedef {import('../../e2e/support/start-world.mjs').World} World */

/**
 * @typedef {object} Visit
 * @property {World} world
 * @property {import('../../../tools/webkit-driver.mjs').WebKitDriver} page
 * @property {(path: string) => Promise<void>} open goes to a path of the force's site, or to a whole address
 * @property {<T>(run: (...args: any[]) => T, ...args: unknown[]) => Promise<Awaited<T>>} evaluate runs a function, async or not, in the page
 * @property {(run: (...args: any[]) => unknown, limit?: number) => Promise<void>} until waits until a function, not an async one, is true in the page
 * @property {(options?: { quiet?: number, limit?: number }) => Promise<void>} settle waits until the page and the server are quiet
 */

// The driver knows function bodies only, and says no more of a rejected promise than "timeout".
const CALL = (/** @type {string} */ source) => `
  const done = arguments[arguments.length - 1];
  const args = Array.prototype.slice.call(arguments, 0, -1);
  new Promise((resolve) => resolve((${source})(...args))).then(
    (value) => done({ value }),
    (error) => done({ error: String(error) }),
  );`;

/** @type {(world: World, page: WebKitDriver) => Visit} */
function visitOf(world, page) {
  /** @type {Visit['evaluate']} */
  const evaluate = async (run, ...args) => {
    const { value, error } = await page.evaluateAsync(CALL(String(run)), ...args);
    if (error) throw new Error(`in the page: ${error}`);
    return value;
  };
  return {
    world,
    page,
    evaluate,
    open: (path) => page.goto(new URL(path, world.origin).href),
    async until(run, limit = 5000) {
      const end = performance.now() + limit;
      // While a page is left there is nothing to run the function in. It may not be async: an answer that is still
      // awaited when the page goes into the cache of whole pages never comes.
      while (!(await page.evaluate(`return Boolean((${String(run)})())`).catch(() => false))) {
        if (performance.now() > end) throw new Error(`not true within ${limit} ms: ${String(run)}`);
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    async settle(options) {
      await evaluate(() => new Promise((done) => setTimeout(done)));
      await world.settle(options);
    },
  };
}

/**
 * Node's test with a world and a WebKitGTK of its own.
 * @param {string} name
 * @param {(visit: Visit) => unknown} run
 * @param {Parameters<typeof WebKitDriver.launch>[0]} [launch]
 */
export function test(name, run, launch = {}) {
  nodeTest(name, { timeout: 60_000 }, async () => {
    const world = await startWorld();
    const args = [`--proxy=${world.proxy}`, '--ignore-tls-errors'];
    const page = await WebKitDriver.launch({ acceptInsecureCerts: true, ...launch, args }).catch((fault) => {
      world.stop();
      throw fault;
    });
    try {
      await run(visitOf(world, page));
    } finally {
      // Whatever becomes of the browser: a world that stays open keeps the whole run waiting.
      await page.close().finally(world.stop);
    }
  });
}
