/** Who or what does it: what the visitor is told, and what a withdrawal removes. */
export interface Service {
  readonly id: string;
  /** The name that visitors read; those of our own vendors stand with the elements, which alone show them. */
  readonly name?: string;
  readonly category: string;
  /**
   * The hosts it is asked from or reports to, each with the start of a path where only that is its own; `*.` stands for
   * any sub-domain and none.
   */
  readonly hosts?: readonly string[];
  /** Cookies it sets: a name, or the start of one and `*`. */
  readonly cookies?: readonly CookieName[];
  /** Names in localStorage, sessionStorage and IndexedDB, in the same grammar. */
  readonly storage?: readonly string[];
  /** Where visitors object at the vendor itself, for what a site cannot delete. */
  readonly optOut?: string;
  /** What the visitor is told of it; our own services take theirs from the messages. */
  readonly purpose?: string;
  /** What the page does at each grant. */
  readonly grant?: readonly Call[];
  /** What the page does at each withdrawal after a grant. */
  readonly deny?: readonly Call[];
}

/** A call of a global function with its arguments: `['clarity', 'consent', false]`, `['uetq.push', 'consent', …]`. */
export type Call = readonly [name: string, ...args: unknown[]];

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
  /** Whether only the server sees it. */
  readonly httpOnly?: boolean;
}

/** The keys of the configuration that hold ids. */
export type VendorKey = 'googleAnalytics' | 'doubleclick' | 'facebookPixel' | 'googleTagManager';

/** A service that a site has by naming its ids under a key of the configuration. */
export interface ServiceByIds extends Service {
  readonly key: VendorKey;
}

/** The cookies of a service that belong to this site: what another site sets under the same name is not ours to remove. */
export const ownCookies = ({ cookies = [] }: Service): readonly CookieName[] =>
  cookies.filter((cookie) => typeof cookie === 'string' || !cookie.party);

/** The name of a declared cookie, or the start of it and `*`. */
export const cookieName = (cookie: CookieName): string => (typeof cookie === 'string' ? cookie : cookie.name);

/** Whether a name, or a path, is declared: exactly, or by its start where the declaration ends in `*`. */
export const isDeclared = (name: string, declared: string): boolean =>
  declared.endsWith('*') ? name.startsWith(declared.slice(0, -1)) : name === declared;
