import type { Vendor } from './vendor.js';

/**
 * The Facebook (Meta) Pixel, without automatic events and without advanced matching, which reads form fields.
 * https://developers.facebook.com/docs/meta-pixel/implementation/gdpr
 */
export const facebookPixel: Vendor = {
  key: 'facebookPixel',
  id: 'facebook-pixel',
  category: 'marketing',
  hosts: ['connect.facebook.net', 'www.facebook.com'],
  cookies: ['_fbp', '_fbc'],
  storage: ['_fbp', '_fbc', 'lastExternalReferrer', 'lastExternalReferrerTime'],
  library: { src: 'https://connect.facebook.net/en_US/fbevents.js' },
  stub: { name: 'fbq', alias: '_fbq' },
  start: (ids) =>
    ids.flatMap((id) => [
      ['fbq', 'set', 'autoConfig', false, id],
      ['fbq', 'init', id],
      ['fbq', 'trackSingle', id, 'PageView'],
    ]),
  withdraw: [['fbq', 'consent', 'revoke']],
  resume: () => [['fbq', 'consent', 'grant']],
};
