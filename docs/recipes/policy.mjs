/*
 * A Content-Security-Policy that names a vendor's hosts only to visitors who granted it: ../server-policy.md.
 * No dependencies; copy it to your server.
 */

/** What the pages need for themselves, by directive. Replace it with your own policy, without the vendors. */
export const SITE = {
  'default-src': "'self'",
  'script-src': "'self' 'unsafe-inline'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'frame-src': "'self'",
};

/**
 * @typedef {object} Vendor
 * @property {string} service its id, for sites that offer a choice for each service
 * @property {string} category
 * @property {Record<string, string>} hosts what is added to each directive
 */

/**
 * https://developers.google.com/tag-platform/security/guides/csp
 * @type {readonly Vendor[]}
 */
export const VENDORS = [
  {
    service: 'google-analytics',
    category: 'analytics',
    hosts: {
      'script-src': 'https://*.googletagmanager.com',
      'img-src': 'https://*.googletagmanager.com https://*.google-analytics.com',
      'connect-src':
        'https://*.googletagmanager.com https://*.google-analytics.com https://analytics.google.com https://*.analytics.google.com',
    },
  },
  {
    service: 'doubleclick',
    category: 'marketing',
    hosts: {
      'script-src':
        'https://*.googletagmanager.com https://googleads.g.doubleclick.net https://www.googleadservices.com https://pagead2.googlesyndication.com https://www.google.com',
      'img-src':
        'https://*.googletagmanager.com https://*.doubleclick.net https://www.googleadservices.com https://pagead2.googlesyndication.com https://ade.googlesyndication.com https://adservice.google.com https://google.com https://www.google.com https://www.google.co.uk',
      'connect-src':
        'https://*.googletagmanager.com https://*.doubleclick.net https://www.googleadservices.com https://pagead2.googlesyndication.com https://google.com https://www.google.com https://www.google.co.uk',
      'frame-src': 'https://*.googletagmanager.com https://*.doubleclick.net',
    },
  },
  {
    service: 'facebook-pixel',
    category: 'marketing',
    hosts: {
      'script-src': 'https://connect.facebook.net',
      'img-src': 'https://www.facebook.com',
      'connect-src': 'https://www.facebook.com https://connect.facebook.net',
      'frame-src': 'https://www.facebook.com',
    },
  },
];

const DAY = 864e5;
const NAME = 'consentry=';
const VALUE =
  /^1~([a-z\d]{1,9})~[\w-]{22}~[\w-]{22}~([A-Za-z\d.-]{1,20})~[a-z\d]{1,7}~((?:[a-z][a-z\d-]*_[gdu](?:\.(?!$)|$))+)$/;
const NOTHING = new Map();

/** What the request's cookies say, by id: `g`, `d` or `u`. Nothing at all on any doubt. */
function choicesIn(cookieHeader, { noticeVersion, lifetimeDays, now }) {
  const copies = cookieHeader.split(/; ?/).filter((pair) => pair.startsWith(NAME));
  // Of two cookies nobody knows which one speaks.
  const value = copies.length === 1 ? copies[0].slice(NAME.length) : '';
  const [, time, notice, pairs] = (value.length <= 200 && VALUE.exec(value)) || [];
  if (!pairs || notice !== noticeVersion) return NOTHING;
  const decided = parseInt(time, 36);
  const isInForce = now <= decided + lifetimeDays * DAY && decided <= now + DAY;
  if (!isInForce) return NOTHING;
  const choices = new Map(pairs.split('.').map((pair) => pair.split('_')));
  // An id that stands twice contradicts itself.
  return choices.size === pairs.split('.').length ? choices : NOTHING;
}

/** The categories that are denied on a path, whatever the visitor chose. */
function deniedOn(url, sensitive) {
  const [path] = url.toLowerCase().split('?');
  // Another spelling of a path, such as `/%72eport` or `//report`, may lead to any page.
  const isOdd = !path.startsWith('/') || /%[0-7]|\/\/|\/\./.test(path);
  // `/report/*` is `/report` too.
  const isUnder = (route) =>
    [path, `${path}/`].some((each) => (route.endsWith('*') ? each.startsWith(route.slice(0, -1)) : each === route));
  return sensitive.filter(({ path: route }) => isOdd || isUnder(route.toLowerCase())).flatMap(({ deny }) => deny);
}

/**
 * The Content-Security-Policy for one response.
 * @param {string | undefined} cookieHeader the request's `Cookie`
 * @param {object} options
 * @param {string} options.noticeVersion as in `data-notice-version`
 * @param {string} [options.path] the request's address as it came, `req.url`
 * @param {readonly { path: string, deny: readonly string[] }[]} [options.sensitive] as in the configuration
 * @param {number} [options.lifetimeDays] as in the configuration
 * @param {Readonly<Record<string, string>>} [options.site] what the pages need for themselves, by directive
 * @param {readonly Vendor[]} [options.vendors]
 * @param {number} [options.now] milliseconds since 1970
 * @returns {string}
 */
export function policyFor(
  cookieHeader,
  { noticeVersion, path = '', sensitive = [], lifetimeDays = 182, site = SITE, vendors = VENDORS, now = Date.now() },
) {
  const choices = choicesIn(cookieHeader ?? '', { noticeVersion, lifetimeDays, now });
  const denied = deniedOn(path, sensitive);
  // A choice for the service itself counts before that for its category.
  const granted = vendors.filter(
    ({ service, category }) => !denied.includes(category) && (choices.get(service) ?? choices.get(category)) === 'g',
  );
  return Object.entries(site)
    .map(([directive, own]) => [directive, own, ...granted.flatMap(({ hosts }) => hosts[directive] ?? [])].join(' '))
    .join('; ');
}
