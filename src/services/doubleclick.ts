import { googleTag, TAG_HOST } from './google-tag.js';
import type { Vendor, VendorSteps } from './vendor.js';

/** DoubleClick: Floodlight (Campaign Manager 360, Display & Video 360) and Google Ads. */
export const doubleclick: Vendor = {
  key: 'doubleclick',
  id: 'doubleclick',
  category: 'marketing',
  hosts: [
    '*.doubleclick.net',
    'www.googleadservices.com',
    '*.googlesyndication.com',
    'adservice.google.com',
    'www.google.com/ads/',
    'www.google.com/pagead/',
    'www.google.com/ccm/',
    'www.google.com/rmkt/',
    'www.google.com/measurement/',
    'google.com/ccm/',
    'google.com/pagead/',
    'adservice.google.co.uk',
    'www.google.co.uk/ads/',
    'www.google.co.uk/pagead/',
    'www.google.co.uk/ccm/',
    TAG_HOST,
    `${TAG_HOST}?id=AW-`,
    `${TAG_HOST}?id=DC-`,
  ],
};

export const doubleclickSteps: VendorSteps = {
  vendor: doubleclick,
  library: googleTag,
  start: (ids) => ids.map((id) => ['gtag', 'config', id]),
};
