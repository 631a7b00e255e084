import { doubleclick, doubleclickSteps } from './doubleclick.js';
import { facebookPixel, facebookPixelSteps } from './facebook-pixel.js';
import { googleAnalytics, googleAnalyticsSteps } from './google-analytics.js';
import {
  googleTagManager,
  googleTagManagerAds,
  googleTagManagerAdsSteps,
  googleTagManagerSteps,
} from './google-tag-manager.js';
import type { Vendor, VendorSteps } from './vendor.js';

/** The services that start from ids alone. */
export const vendors: readonly Vendor[] = [
  googleAnalytics,
  doubleclick,
  facebookPixel,
  googleTagManager,
  googleTagManagerAds,
];

/** What starts them, which only somebody who granted one fetches. */
export const vendorSteps: readonly VendorSteps[] = /* @__PURE__ */ [
  googleAnalyticsSteps,
  doubleclickSteps,
  facebookPixelSteps,
  googleTagManagerSteps,
  googleTagManagerAdsSteps,
];
