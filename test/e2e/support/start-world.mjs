// @ts-check
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { hitOf, isForce, isGated, matches } from './hits.mjs';
import { createInternet } from './internet.mjs';
import { startLoopback } from './loopback.mjs';
import { createSite } from './site.mjs';

/** @typedef {import('./hits.mjs').Hit} Hit */
/** @typedef {import('./hits.mjs').Filter} Filter */
/** @typedef {Awaited<ReturnType<typeof startWorld>>} World */

/**
 * Starts a small internet on loopback, seen by the browsers that use its proxy. One world serves one test, so that a
 * request a browser sends late can only reach the world of the test that caused it.
 */
export async function startWorld() {
  /** @type {Hit[]} */
  const hits = [];
  /** @type {import('./hits.mjs').Tunnel[]} */
  const tunnels = [];
  /** @type {unknown[]} */
  const faults = [];
  /** @type {Map<string, number>} how often an address was asked for; `clear` forgets nothing of it */
  const arrivals = new Map();
  const site = createSite();
  const internet = createInternet();
  let last = 0;

  /** @type {Parameters<typeof startLoopback>[0]['request']} */
  const request = async (req, res, url) => {
    const hit = hitOf(req, url);
    hits.push(hit);
    arrivals.set(hit.url, (arrivals.get(hit.url) ?? 0) + 1);
    last = performance.now();
    try {
      hit.body = await text(req);
      if (url.protocol === 'http:') return void res.writeHead(502).end();
      const answer = isForce(hit.host) ? await site.answer(url) : internet.answer(url, hit.method);
      await answer(Object.assign(req, { body: hit.body }), res);
    } catch (fault) {
      // A browser that leaves in the middle of a request is a visitor's right, not a fault of the test.
      if (!req.destroyed || req.complete) faults.push(fault);
      res.destroy();
    }
  };
  const message = (/** @type {import('node:http').IncomingMessage} */ req, /** @type {URL} */ url) => {
    hits.push({ ...hitOf(req, url), method: 'MESSAGE', time: Date.now() });
    last = performance.now();
  };
  const tunnel = (/** @type {string} */ host) => {
    tunnels.push({ time: Date.now(), host });
  };
  const { proxy, stop } = await startLoopback({ request, message, tunnel });

  return {
    /** The proxy that leads every host here. */
    proxy,
    /** The force's home page without the slash. */
    origin: 'https://www.force.police.uk',
    site,
    internet,

    /** The requests so far, oldest first. */
    hits: (/** @type {Filter} */ filter = {}) => hits.filter(matches(filter)),
    /** The requests so far to hosts that are not the force's. */
    gatedHits: (/** @type {Filter} */ filter = {}) => hits.filter(({ host }) => isGated(host)).filter(matches(filter)),
    /** The connections so far, which a preconnect opens without a request. */
    tunnels: (/** @type {Pick<Filter, 'host'>} */ filter = {}) => tunnels.filter(matches(filter)),
    /** The connections so far to hosts that are not the force's. */
    gatedTunnels: (/** @type {Pick<Filter, 'host'>} */ filter = {}) =>
      tunnels.filter(({ host }) => isGated(host)).filter(matches(filter)),

    /** How many requests for an address have arrived since the world began. */
    arrivals: (/** @type {string} */ url) => arrivals.get(url) ?? 0,

    /** Forgets the requests and connections so far; pages and routes stay. */
    clear() {
      hits.length = 0;
      tunnels.length = 0;
    },

    /** Waits until no request has arrived for `quiet` ms, counted from the call; throws when that takes over `limit` ms. */
    async settle({ quiet = 400, limit = 15_000 } = {}) {
      const start = performance.now();
      last = Math.max(last, start);
      for (;;) {
        const rest = last + quiet - performance.now();
        if (rest <= 0) return;
        if (performance.now() - start > limit) throw new Error(`Timeout ${limit}ms: requests still arrive`);
        await sleep(rest);
      }
    },

    /** Waits for the first request a filter asks for. */
    async hit(/** @type {Filter} */ filter, { limit = 20_000 } = {}) {
      const start = performance.now();
      for (;;) {
        const found = hits.find(matches(filter));
        if (found) return found;
        if (performance.now() - start > limit) {
          const seen = hits.map(({ method, url }) => `\n  ${method} ${url}`).join('') || ' nothing';
          throw new Error(
            `Timeout ${limit}ms: expected a request to ${filter.host ?? ''}${filter.path ?? ''}, got${seen}`,
          );
        }
        await sleep(20);
      }
    },

    /** Ends the world, and throws what a route of the test threw. */
    stop() {
      stop();
      if (faults.length) throw new AggregateError(faults, `a route threw: ${String(faults[0])}`);
    },
  };
}
