import type { Vendor, VendorSteps } from './vendor.js';

/** The Facebook (Meta) Pixel. */
export const facebookPixel: Vendor = {
  key: 'facebookPixel',
  id: 'facebook-pixel',
  category: 'marketing',
  hosts: ['connect.facebook.net', 'www.facebook.com'],
  stub: 'fbq',
};

/**
 * Without automatic events and without advanced matching, which reads form fields.
 * https://developers.facebook.com/docs/meta-pixel/implementation/gdpr
 */
export const facebookPixelSteps: VendorSteps = {
  vendor: facebookPixel,
  library: { src: 'https://connect.facebook.net/en_US/fbevents.js' },
  start: (ids) =>
    ids.flatMap((id) => [
      ['fbq', 'set', 'autoConfig', false, id],
      ['fbq', 'init', id],
      ['fbq', 'trackSingle', id, 'PageView'],
    ]),
  grant: () => [['fbq', 'consent', 'grant']],
  deny: [['fbq', 'consent', 'revoke']],
};
