import type { Library } from './vendor.js';

/** The host that serves Google's libraries; what of it belongs to whom stands in the address. */
export const TAG_HOST = 'www.googletagmanager.com';

/**
 * gtag.js, which one address serves to Analytics, Google Ads and Floodlight ids alike.
 * https://developers.google.com/tag-platform/gtagjs
 */
export const googleTag: Library = {
  src: `https://${TAG_HOST}/gtag/js`,
  query: (id) => `?id=${id}`,
  begin: () => [['gtag', 'js', new Date()]],
  isQueued: true,
};
