// @ts-check
import { siteAnswer } from '../../../tools/serve.mjs';

/** @typedef {(req: import('node:http').IncomingMessage & { body: string }, res: import('node:http').ServerResponse) => unknown} Answer */

const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** The force's site: the demo at `/`, the build at `/dist/`, and what a test adds, which comes first. */
export function createSite() {
  /** @type {Map<string, Answer>} */
  const routes = new Map();

  return {
    /** Puts a page at a path until the world stops. */
    page(
      /** @type {string} */ path,
      /** @type {string} */ html,
      /** @type {{ headers?: import('node:http').OutgoingHttpHeaders, status?: number }} */ {
        headers,
        status = 200,
      } = {},
    ) {
      routes.set(path, (_, res) => res.writeHead(status, { ...HTML, ...headers }).end(html));
    },

    /** Lets a test answer a path itself: slowly, with an error, or never. */
    route(/** @type {string} */ path, /** @type {Answer} */ answer) {
      routes.set(path, answer);
    },

    /** @type {(url: URL) => Promise<Answer>} */
    async answer(url) {
      const route = routes.get(url.pathname);
      if (route) return route;
      const { status, headers, body } = await siteAnswer(url.pathname);
      // Every browser asks for an icon by itself; a 404 would stand in the page's console.
      if (status === 404 && url.pathname === '/favicon.ico') return (_, res) => res.writeHead(204).end();
      return (_, res) => res.writeHead(status, headers).end(body);
    },
  };
}
