import type { enPanel } from '../messages/en-panel.js';
import type { Duration } from '../messages/keys.js';
import type { CookieName, Service } from '../core/service.js';
import { withTraces } from '../services/traces.js';

type Purpose = keyof typeof enPanel & `cookie.${string}`;
type Entry = readonly [purpose: Purpose, duration: Duration, ...names: string[]];

/** What the vendors' cookies on this site are for. The names are those that the services declare. */
const CATALOGUE: readonly Entry[] = [
  ['cookie.visitor', '2 years', '_ga', 'FPID'],
  ['cookie.visitor', '24 hours', '_gid'],
  ['cookie.visitor', 'up to 1 year', 'AMP_TOKEN'],
  ['cookie.visitor', 'up to 2 years', '__utm*'],
  ['cookie.visit', '2 years', '_ga_*'],
  ['cookie.visit', '20 hours', 'FPLC'],
  ['cookie.throttle', '1 minute', '_gat', '_gat_*', '_dc_gtm_*'],
  ['cookie.link', '30 seconds', '_gali'],
  ['cookie.source', 'until you clear your browser', 'lastExternalReferrer', 'lastExternalReferrerTime'],
  ['cookie.click', '90 days', '_gcl_*', '_gac_*', 'FPGCL*', '_fbc'],
  ['cookie.browser', '90 days', '_fbp'],
  ['cookie.browser', '400 days', '_dcid'],
  ['cookie.ads', '13 months', '__gads', '__gpi'],
];

/** What this site can do nothing about: what a vendor sets on its own sites, and where visitors object to it. */
interface Elsewhere {
  readonly optOut: string;
  readonly entries?: readonly (readonly [party: string, ...Entry])[];
}

const ELSEWHERE: Readonly<Record<string, Elsewhere>> = {
  'google-analytics': { optOut: 'https://tools.google.com/dlpage/gaoptout' },
  doubleclick: {
    optOut: 'https://myadcenter.google.com',
    entries: [
      ['doubleclick.net', 'cookie.ads', '13 months', 'IDE'],
      ['doubleclick.net', 'cookie.ads', '1 year', 'RUL'],
      ['doubleclick.net', 'cookie.person', '2 weeks', 'DSID'],
      ['doubleclick.net', 'cookie.visit', '10 seconds', 'FLC'],
      ['doubleclick.net', 'cookie.test', '15 minutes', 'test_cookie'],
      ['doubleclick.net', 'cookie.test', '90 days', 'ar_debug'],
      ['doubleclick.net', 'cookie.test', '180 days', 'receive-cookie-deprecation'],
      ['google.com', 'cookie.ads', '6 months', 'NID'],
    ],
  },
  'google-tag-manager': { optOut: 'https://tools.google.com/dlpage/gaoptout' },
  'google-tag-manager-ads': { optOut: 'https://myadcenter.google.com' },
  'facebook-pixel': {
    optOut: 'https://www.facebook.com/adpreferences/',
    entries: [
      ['facebook.com', 'cookie.ads', '90 days', 'fr'],
      ['facebook.com', 'cookie.browser', '400 days', 'datr', 'sb'],
      ['facebook.com', 'cookie.out', '5 years', 'oo'],
    ],
  },
};

const elsewhere = (id: string): Partial<Elsewhere> => (Object.hasOwn(ELSEWHERE, id) && ELSEWHERE[id]) || {};

/** One line of a cookie table: keys of the messages, and texts that go before them. */
export interface CookieRow {
  readonly name: string;
  /** The site that sets it, where that is not this one. */
  readonly party?: string | undefined;
  readonly declared?: { readonly purpose?: unknown; readonly duration?: unknown };
  readonly purpose?: Purpose | undefined;
  readonly duration?: Duration | undefined;
}

const cookieName = (cookie: CookieName) => (typeof cookie === 'string' ? cookie : cookie.name);

function rowOf(cookie: CookieName): CookieRow {
  const name = cookieName(cookie);
  const [purpose, duration] = CATALOGUE.find(([, , ...names]) => names.includes(name)) ?? [];
  if (typeof cookie === 'string') return { name, purpose, duration };
  return { name, purpose, duration, party: cookie.party, declared: cookie };
}

/** Everything a service keeps on the device: what it declares here, and what its vendor is known to set elsewhere. */
export function rowsOf(service: Service): CookieRow[] {
  const { id, cookies = [], storage = [] } = withTraces(service);
  const names = cookies.map(cookieName);
  return [
    ...[...cookies, ...storage.filter((name) => !names.includes(name))].map(rowOf),
    ...(elsewhere(id).entries ?? []).flatMap(([party, purpose, duration, ...more]) =>
      more.map((name) => ({ name, party, purpose, duration })),
    ),
  ];
}

/** Where visitors object at the vendor itself. */
export const optOutOf = ({ id, optOut }: Service): string | undefined => optOut ?? elsewhere(id).optOut;
