import { doubleclick } from './doubleclick.js';
import { facebookPixel } from './facebook-pixel.js';
import { googleAnalytics } from './google-analytics.js';
import type { Vendor } from './vendor.js';

/** The services that start from ids alone. */
export const vendors: readonly Vendor[] = [googleAnalytics, doubleclick, facebookPixel];
