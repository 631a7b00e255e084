import { TAG_HOST } from './google-tag.js';
import type { Library, Vendor, VendorSteps } from './vendor.js';

/**
 * A container of Google Tag Manager may hold anything, so it belongs to two categories, and comes once either is granted.
 * What is in it goes by the consent types that Google's tags see.
 */
export const googleTagManager: Vendor = {
  key: 'googleTagManager',
  id: 'google-tag-manager',
  category: 'analytics',
  hosts: [TAG_HOST],
};
export const googleTagManagerAds: Vendor = {
  ...googleTagManager,
  id: 'google-tag-manager-ads',
  category: 'marketing',
};

/** https://developers.google.com/tag-platform/tag-manager/datalayer */
const library: Library = {
  src: `https://${TAG_HOST}/gtm.js`,
  query: (id) => `?id=${id}`,
  begin: () => [['dataLayer.push', { 'gtm.start': Date.now(), event: 'gtm.js' }]],
  isQueued: true,
};

const start = () => [];
export const googleTagManagerSteps: VendorSteps = { vendor: googleTagManager, library, start };
export const googleTagManagerAdsSteps: VendorSteps = { vendor: googleTagManagerAds, library, start };
