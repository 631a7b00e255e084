// Local stand-ins for the three vendors, shared by the demo server and the end-to-end tests. Not the vendors' code.
import { readFileSync } from 'node:fs';

const read = (name) => readFileSync(new URL(`../demo/vendors/${name}`, import.meta.url), 'utf8');

// The smallest transparent GIF.
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const MONTH = 30 * 86400;
const SHARED = {
  'cache-control': 'no-store',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

const answer = (type, body, cookies = []) => ({
  status: 200,
  headers: { ...SHARED, 'content-type': type, ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}) },
  body,
});
const script = (name) => answer('text/javascript; charset=utf-8', read(name));
const page = (html, cookies) => answer('text/html; charset=utf-8', html, cookies);
const pixel = (cookies) => answer('image/gif', PIXEL, cookies);
const empty = () => ({ status: 204, headers: SHARED, body: '' });
const missing = () => ({
  status: 404,
  headers: { ...SHARED, 'content-type': 'text/plain' },
  body: 'Not part of the stand-in',
});

const thirdParty = (name, domain, months) =>
  `${name}=standin.${Date.now()}; Domain=.${domain}; Path=/; Max-Age=${months * MONTH}; Secure; SameSite=None`;

/** DoubleClick's identity, unless the hit says that ad storage was denied. */
const doubleClickCookies = (url) => (/gcs=G10/.test(url.href) ? [] : [thirdParty('IDE', 'doubleclick.net', 13)]);

/** The legacy Floodlight frame: a document whose own pixel is the hit. */
const floodlightFrame = (url) => {
  const activity = encodeURI(url.pathname.replace(/^\/activityi;/, '')).replace(/["<>]/g, '');
  return page(
    `<!doctype html><html lang="en"><title>Floodlight stand-in</title>` +
      `<img src="https://ad.doubleclick.net/ddm/activity/${activity}?" alt="" width="1" height="1"></html>`,
    doubleClickCookies(url),
  );
};

// First match wins: [host, path, answer]. The hosts are the vendors' own.
const ROUTES = [
  [/^www\.googletagmanager\.com$/, /^\/gtag\/(js|destination)$/, () => script('gtag.js')],
  [/^www\.googletagmanager\.com$/, /^\/gtm\.js$/, () => script('gtm.js')],
  [
    /^www\.googletagmanager\.com$/,
    /^\/ns\.html$/,
    () => page('<!doctype html><html lang="en"><title>Container stand-in</title></html>'),
  ],
  [/^www\.googletagmanager\.com$/, /^\/a$/, () => pixel()],
  [/^((www|region1|ssl)\.google-analytics\.com|(region1\.)?analytics\.google\.com)$/, /\/collect$/, empty],
  [
    /^stats\.g\.doubleclick\.net$/,
    /\/collect$/,
    (url) => ({ ...empty(), headers: { ...SHARED, 'set-cookie': doubleClickCookies(url) } }),
  ],
  [/\.fls\.doubleclick\.net$/, /^\/activityi;/, floodlightFrame],
  [/(^|\.)doubleclick\.net$/, /^\//, (url) => pixel(doubleClickCookies(url))],
  [/^(www\.googleadservices\.com|pagead2\.googlesyndication\.com)$/, /^\/(pagead|ccm)\//, () => pixel()],
  [/^connect\.facebook\.net$/, /^\/[a-z]{2}_[A-Z]{2}\/fbevents\.js$/, () => script('fbevents.js')],
  [/^connect\.facebook\.net$/, /^\//, missing],
  [/^www\.facebook\.com$/, /^\/tr\/?$/, () => pixel([thirdParty('fr', 'facebook.com', 3)])],
  [/^www\.youtube-nocookie\.com$/, /^\/embed\//, () => page(read('youtube-embed.html'))],
  [
    /^www\.youtube\.com$/,
    /^\/embed\//,
    () =>
      page(read('youtube-embed.html'), [
        thirdParty('VISITOR_INFO1_LIVE', 'youtube.com', 6),
        thirdParty('YSC', 'youtube.com', 1),
      ]),
  ],
];

const route = (url) => ROUTES.find(([host, path]) => host.test(url.hostname) && path.test(url.pathname));

/** Whether a stand-in answers at this address of a vendor. */
export const isVendorAddress = (url) =>
  route(url) !== undefined || ROUTES.some(([host]) => url.pathname === '/' && host.test(url.hostname));

/**
 * What the stand-in of a vendor says at one of the vendor's own addresses; undefined where nobody stands in.
 * @param {URL} url with the vendor's real host
 * @param {string} method
 * @returns {{ status: number, headers: Record<string, string | string[]>, body: string | Buffer } | undefined}
 */
export function vendorAnswer(url, method = 'GET') {
  const found = route(url);
  if (!found) return undefined;
  if (method === 'OPTIONS') return { ...empty(), headers: { ...SHARED, 'access-control-allow-headers': '*' } };
  const reply = found[2](url);
  return method === 'HEAD' ? { ...reply, body: '' } : reply;
}
