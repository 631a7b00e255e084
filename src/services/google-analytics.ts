import { googleTag } from './google-tag.js';
import type { Step, Vendor } from './vendor.js';

/** https://developers.google.com/analytics/devguides/collection/gtagjs/user-opt-out */
const disable = (id: string, isDisabled: boolean): Step => ({ [`ga-disable-${id}`]: isDisabled });

/** The ids that held snippets of the page configured once they ran: they have to fall silent with ours. */
const pasted = (): string[] => {
  const { dataLayer = [] } = globalThis as { dataLayer?: ArrayLike<unknown>[] };
  return dataLayer.flatMap(({ 0: command, 1: id }) =>
    command === 'config' && /^(GT?|UA)-/.test(String(id)) ? String(id) : [],
  );
};

/**
 * Google Analytics 4 and Universal Analytics. Advertising features follow the marketing category.
 * https://developers.google.com/analytics/devguides/collection/ga4/display-features
 */
export const googleAnalytics: Vendor = {
  key: 'googleAnalytics',
  id: 'google-analytics',
  category: 'analytics',
  hosts: ['*.google-analytics.com', 'analytics.google.com', 'www.googletagmanager.com'],
  cookies: ['_ga', '_ga_*', '_gid', '_gat', '_gat_*', '_dc_gtm_*', 'AMP_TOKEN', '_gali', '__utm*', 'FPID', 'FPLC'],
  library: googleTag,
  hold: (ids) => [...ids, ...pasted()].map((id) => disable(id, true)),
  start: (ids, granted) =>
    ids.flatMap((id) => [
      disable(id, false),
      [
        'gtag',
        'config',
        id,
        { allow_google_signals: granted('marketing'), allow_ad_personalization_signals: granted('marketing') },
      ],
    ]),
  resume: (ids) => [...ids, ...pasted()].map((id) => disable(id, false)),
};
