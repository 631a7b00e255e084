// @ts-check
import { vendorAnswer } from '../../../tools/vendors.mjs';

/** @typedef {import('./site.mjs').Answer} Answer */

/** Every host that is not the force's: what a test adds, then the demo's stand-ins for the vendors. */
export function createInternet() {
  /** @type {Map<string, Answer>} */
  const routes = new Map();

  return {
    /** Lets a test answer `host` and `path` in place of the stand-in. */
    route(/** @type {string} */ host, /** @type {string} */ path, /** @type {Answer} */ answer) {
      routes.set(host + path, answer);
    },

    /** @type {(url: URL, method: string) => Answer} */
    answer(url, method) {
      const route = routes.get(url.hostname + url.pathname);
      if (route) return route;
      const found = vendorAnswer(url, method);
      if (!found) return (_, res) => res.writeHead(404).end();
      return (_, res) => res.writeHead(found.status, found.headers).end(found.body);
    },
  };
}
