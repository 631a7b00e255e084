import { googleTag, TAG_HOST } from './google-tag.js';
import type { Step, Vendor, VendorSteps } from './vendor.js';

/** https://developers.google.com/analytics/devguides/collection/gtagjs/user-opt-out */
const disable = (id: string, isDisabled: boolean): Step => ({ [`ga-disable-${id}`]: isDisabled });

/** The ids that the page's own snippets configured: they have to fall silent with ours. */
const pasted = (): string[] => {
  const { dataLayer = [] } = globalThis as { dataLayer?: ArrayLike<unknown>[] };
  return dataLayer.flatMap(({ 0: command, 1: id }) =>
    command === 'config' && /^(GT?|UA)-/.test(String(id)) ? String(id) : [],
  );
};

/** Google Analytics 4 and Universal Analytics. */
export const googleAnalytics: Vendor = {
  key: 'googleAnalytics',
  id: 'google-analytics',
  category: 'analytics',
  hosts: [
    '*.google-analytics.com',
    '*.analytics.google.com',
    'www.google.com/g/',
    TAG_HOST,
    `${TAG_HOST}?id=G-`,
    `${TAG_HOST}?id=GT-`,
    `${TAG_HOST}?id=UA-`,
  ],
};

/**
 * Counts the page that the visitor came to, which alone tells where from, and then the one they are on by now: as it would
 * have been counted had they granted it at once.
 */
const views = (id: string, landing: string): Step[] =>
  [{ page_location: landing }, { page_referrer: landing }].map((view): Step => [
    'gtag',
    'event',
    'page_view',
    { send_to: id, ...view },
  ]);

/**
 * Advertising features follow the marketing category. An id that the page's own snippet configured is not configured again.
 * https://developers.google.com/analytics/devguides/collection/ga4/display-features
 */
export const googleAnalyticsSteps: VendorSteps = {
  vendor: googleAnalytics,
  library: googleTag,
  start: (ids, { isGranted, landing }) => {
    const before = pasted();
    const features = {
      allow_google_signals: isGranted('marketing'),
      allow_ad_personalization_signals: isGranted('marketing'),
      ...(landing && { send_page_view: false }),
    };
    return [
      ...[...ids, ...before].map((id) => disable(id, false)),
      ...ids
        .filter((id) => !before.includes(id))
        .flatMap((id): Step[] => [['gtag', 'config', id, features], ...(landing ? views(id, landing) : [])]),
    ];
  },
  grant: (ids) => [...ids, ...pasted()].map((id) => disable(id, false)),
  hold: (ids) => [...ids, ...pasted()].map((id) => disable(id, true)),
};
