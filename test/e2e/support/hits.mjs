// @ts-check

/**
 * A request that reached the loopback server.
 * @typedef {object} Hit
 * @property {number} time milliseconds since the epoch
 * @property {string} host without the port
 * @property {string} path without the query
 * @property {string} method
 * @property {string} url
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {string} referer empty when there was none
 * @property {string} cookie empty when there was none
 * @property {string} type Sec-Fetch-Dest: `script`, `image`, `document`, `empty`…; empty when there was none
 * @property {string} body filled in before the request is answered
 */

/**
 * A connection a browser opened through the proxy, with or without a request on it: what a preconnect leaves.
 * @typedef {object} Tunnel
 * @property {number} time milliseconds since the epoch
 * @property {string} host
 */

/**
 * @typedef {object} Filter
 * @property {RegExp | string} [host] a string must be equal, an expression must match
 * @property {RegExp | string} [path]
 * @property {string} [method]
 */

const FORCE = /^(?:.+\.)?force\.police\.uk$|^(?:www\.)?heddlu\.cymru$/;

// Chromium asks its own service about every page that holds a form, through the proxy too; no page can cause or see it.
const BROWSER = 'content-autofill.googleapis.com';

/** Whether the host belongs to the force. */
export const isForce = (/** @type {string} */ host) => FORCE.test(host);

/** Whether a gate must stand in front of the host: everybody else is somebody a page could have told something. */
export const isGated = (/** @type {string} */ host) => !isForce(host) && host !== BROWSER;

const meets = (/** @type {RegExp | string | undefined} */ wanted, /** @type {string} */ value) =>
  wanted === undefined || (typeof wanted === 'string' ? wanted === value : wanted.test(value));

/** Makes the test that picks the hits (or tunnels) a filter asks for. */
export function matches(/** @type {Filter} */ { host, path, method } = {}) {
  return (/** @type {{ host: string, path?: string, method?: string }} */ hit) =>
    meets(host, hit.host) && meets(path, hit.path ?? '') && meets(method, hit.method ?? '');
}

/** @returns {Hit} */
export function hitOf(/** @type {import('node:http').IncomingMessage} */ req, /** @type {URL} */ url) {
  return {
    time: Date.now(),
    host: url.hostname,
    path: url.pathname,
    method: req.method ?? 'GET',
    url: url.href,
    headers: req.headers,
    referer: req.headers.referer ?? '',
    cookie: req.headers.cookie ?? '',
    type: String(req.headers['sec-fetch-dest'] ?? ''),
    body: '',
  };
}
