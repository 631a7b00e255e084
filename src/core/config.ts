import type { Service, ServiceByIds } from './service.js';

/**
 * Why a category may run: `essential` is always on, `consent` is off until granted, `objection` is on until the visitor
 * objects (the statistical and appearance exceptions of PECR, Schedule A1).
 */
export type Basis = 'essential' | 'consent' | 'objection';

/** The unit of choice. */
export interface Category {
  /** Letters, digits and hyphens; it names the category in `data-consent` and in the cookie, so it never changes. */
  readonly id: string;
  readonly basis: Basis;
  /** What visitors read; the four categories of the default have names in every language. */
  readonly name?: string;
  readonly purpose?: string;
  /** The Google consent types that follow this category. */
  readonly google?: readonly string[];
  /** Global Privacy Control keeps this category off without asking. Default: true for `marketing`. */
  readonly gpc?: boolean;
}

/**
 * Ids of a vendor and, where the library is not to come from the vendor's own host, its address. Without ids nothing is
 * started: the page has the vendor's own snippet, which is held and released.
 */
export interface VendorIds {
  readonly ids: readonly string[];
  readonly src?: string;
}

/** https://developers.google.com/tag-platform/security/guides/consent */
export interface GoogleOptions {
  /** Milliseconds that Google's tags wait for the update. */
  readonly wait_for_update?: number;
  /** Regions that the default is for, as ISO 3166-2 codes; elsewhere Google takes everything as granted. */
  readonly region?: readonly string[];
  /** Takes identifiers of clicks out while `ad_storage` is denied. Default: false. */
  readonly ads_data_redaction?: boolean;
  /** Passes click and client ids on in links while storage is denied. Default: false. */
  readonly url_passthrough?: boolean;
}

/** A route on which the named categories never run, whatever the consent. */
export interface SensitiveRoute {
  /** A path, or the start of one and `*`. */
  readonly path: string;
  readonly deny: readonly string[];
}

/** Where the question stands. */
export type Layout = 'top' | 'bottom' | 'box';

/** What a web team may say, as JSON or as an object. */
export interface ConfigInput {
  readonly $schema?: string;
  /** The cookies page. */
  readonly noticeUrl: string;
  /** The version of what visitors are told: letters, digits, `.` and `-`, at most 20. A new one asks again. */
  readonly noticeVersion: string;
  /** Who is responsible, as the notice names them: for a force, its Chief Constable. */
  readonly controller?: string;
  /** Where the question stands: `top` of the page's flow (the default), or over its `bottom` or in a `box`. */
  readonly layout?: Layout;
  /** Sentences of the site's own in the place of ours, by language and name. Text, never HTML. */
  readonly messages?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Default: `GB`. */
  readonly jurisdiction?: string;
  /** Days a choice lasts, from the decision, the same for accept and refuse: 1 to 400. Default: 182. */
  readonly lifetimeDays?: number;
  /** Shares the choice with sister hosts: `force.police.uk`. Default: this host only. */
  readonly cookieDomain?: string;
  /** Default: essential, preferences, analytics, marketing. */
  readonly categories?: readonly Category[];
  /** Further services, for the sweep, the preferences and the cookie table. */
  readonly services?: readonly Service[];
  /** Offers a choice for each service too. Default: false. */
  readonly perService?: boolean;
  readonly googleAnalytics?: VendorIds;
  readonly doubleclick?: VendorIds;
  readonly facebookPixel?: VendorIds;
  /** A container; it needs the categories `analytics` and `marketing`, and comes once either is granted. */
  readonly googleTagManager?: VendorIds;
  /** How Google's tags behave, in Google's own words. */
  readonly google?: GoogleOptions;
  /** Holds the configured services' live tags and calls too. Default: true. */
  readonly guard?: boolean;
  /** What a withdrawal does beside: `seal` lets the page reach no more hosts than its own and those still granted. */
  readonly onWithdraw?: 'seal';
  readonly sensitive?: readonly SensitiveRoute[];
}

type Defaulted = 'lifetimeDays' | 'categories' | 'services' | 'sensitive';

/** A configuration with its defaults. */
export interface Config extends Omit<ConfigInput, Defaulted>, Required<Pick<ConfigInput, Defaulted>> {
  /** Changes with whatever the web team wrote: what was checked under one mark need not be checked again. */
  readonly mark: string;
}

const DEFAULTS = {
  lifetimeDays: 182,
  categories: [
    { id: 'essential', basis: 'essential', google: ['security_storage'] },
    { id: 'preferences', basis: 'consent', google: ['functionality_storage', 'personalization_storage'] },
    { id: 'analytics', basis: 'consent', google: ['analytics_storage'] },
    { id: 'marketing', basis: 'consent', google: ['ad_storage', 'ad_user_data', 'ad_personalization'], gpc: true },
  ],
  services: [],
  sensitive: [],
} as const;

/** https://developers.google.com/tag-platform/security/guides/consent */
export const GOOGLE_TYPES: readonly string[] = /* @__PURE__ */ DEFAULTS.categories.flatMap(
  ({ google }): readonly string[] => google,
);

/** Whether `url` leads to a web page, and so can stand in a link: nothing else may, `javascript:` least of all. */
export function isWebUrl(url: unknown): boolean {
  try {
    return typeof url === 'string' && /^https?:$/.test(new URL(url, document.baseURI).protocol);
  } catch {
    return false;
  }
}

/** 32 bits of a text, in base 36. */
function markOf(text: string): string {
  let bits = 0;
  for (const each of text) bits = (bits * 31 + each.charCodeAt(0)) >>> 0;
  return bits.toString(36);
}

/**
 * Fills in the defaults, and adds the vendors that the web team names ids for to its services. Checks nothing: see
 * `checkConfig`, without which nothing opens.
 */
export function readConfig(input: ConfigInput, vendors: readonly ServiceByIds[]): Config {
  const read = { ...DEFAULTS, ...input };
  const services = [...vendors.filter(({ key }) => read[key]), ...read.services];
  return { ...read, services, mark: markOf(JSON.stringify(input)) };
}
