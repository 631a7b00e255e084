/**
 * What a service asks of the page, one after the other: a call of a global function with its arguments
 * (`['gtag', 'config', id]`), or global values to set (`{ 'ga-disable-G-1': true }`).
 */
export type Step = readonly [call: string, ...args: unknown[]] | Readonly<Record<string, unknown>>;

/** What the steps of a service may depend on: whether a category is granted now. */
export type Granted = (category: string) => boolean;

/** A library that one or more services share; it is asked for once in the life of a page. */
export interface Library {
  readonly src: string;
  /** What follows the address for the first id that needs it. */
  readonly query?: (id: string) => string;
  /** What runs once it is there, before the first service that needs it starts. */
  readonly begin?: () => readonly Step[];
}

/** A global function that keeps calls in a list until its library is there. */
export interface Stub {
  readonly name: string;
  /** A second name of it. */
  readonly alias: string;
}

/** Who or what does it: a vendor's product, as data. Adding one is a file like this and a line in the registry. */
export interface Service {
  readonly id: string;
  /** The name that visitors read; those of our own vendors stand with the elements, which alone show them. */
  readonly name?: string;
  readonly category: string;
  /** The hosts it is asked from or reports to; `*.` stands for any sub-domain. */
  readonly hosts?: readonly string[];
  /** Cookies it sets: a name, or the start of one and `*`. */
  readonly cookies?: readonly CookieName[];
  /** Names in localStorage and sessionStorage, in the same grammar. */
  readonly storage?: readonly string[];
  /** Where visitors object at the vendor itself, for what a site cannot delete. */
  readonly optOut?: string;
  /** What the visitor is told of it; our own services take theirs from the messages. */
  readonly purpose?: string;
}

/** A cookie: its name or the start of it and `*`, or that and what else the site declares. */
export type CookieName = string | CookieDeclaration;

export interface CookieDeclaration {
  readonly name: string;
  /** The path it is set on, where that is not `/`. */
  readonly path?: string;
  readonly purpose?: string;
  readonly duration?: string;
  /** The host that sets it, where that is not the site. */
  readonly party?: string;
}

/** A service that starts from ids alone. */
export interface Vendor extends Service {
  /** The key of the configuration that holds its ids. */
  readonly key: 'googleAnalytics' | 'doubleclick' | 'facebookPixel';
  readonly library: Library;
  readonly stub?: Stub;
  /** At every load before anything else, and again at each withdrawal. */
  readonly hold?: (ids: readonly string[]) => readonly Step[];
  /** The first grant in the life of a page. */
  readonly start: (ids: readonly string[], granted: Granted) => readonly Step[];
  /** A withdrawal after that. */
  readonly withdraw?: readonly Step[];
  /** A grant after that. */
  readonly resume?: (ids: readonly string[]) => readonly Step[];
}

/** The name of a declared cookie, or the start of it and `*`. */
export const cookieName = (cookie: CookieName): string => (typeof cookie === 'string' ? cookie : cookie.name);
