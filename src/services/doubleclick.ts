import { googleTag } from './google-tag.js';
import type { Vendor } from './vendor.js';

/** DoubleClick: Floodlight (Campaign Manager 360, Display & Video 360) and Google Ads. */
export const doubleclick: Vendor = {
  key: 'doubleclick',
  id: 'doubleclick',
  category: 'marketing',
  hosts: ['*.doubleclick.net', 'www.googleadservices.com', 'pagead2.googlesyndication.com', 'www.googletagmanager.com'],
  cookies: ['_gcl_*', '_gac_*', 'FPGCL*', '_dcid', '__gads', '__gpi'],
  library: googleTag,
  start: (ids) => ids.map((id) => ['gtag', 'config', id]),
};
