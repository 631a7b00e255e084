import type { Library } from './vendor.js';

/**
 * gtag.js, which one address serves to Analytics, Google Ads and Floodlight ids alike.
 * https://developers.google.com/tag-platform/gtagjs
 */
export const googleTag: Library = {
  src: 'https://www.googletagmanager.com/gtag/js',
  query: (id) => `?id=${id}`,
  begin: () => [['gtag', 'js', new Date()]],
};
