import type { Call, ServiceByIds } from '../core/service.js';

/**
 * What a service asks of the page, one after the other: a call of a global function with its arguments
 * (`['gtag', 'config', id]`), or global values to set (`{ 'ga-disable-G-1': true }`).
 */
export type Step = Call | Readonly<Record<string, unknown>>;

/** What the steps of a service may depend on. */
export interface Visit {
  /** Whether a category is granted now. */
  isGranted(category: string): boolean;
  /** The address that the visitor came to, where the page has gone on from it without a load. */
  readonly landing?: string | undefined;
}

/** A library that one or more services share; it is asked for once in the life of a page. */
export interface Library {
  readonly src: string;
  /** What follows the address for the first id that needs it. */
  readonly query?: (id: string) => string;
  /** What runs before the first service that needs it starts. */
  readonly begin?: () => readonly Step[];
  /**
   * Whether it reads what it is told from the page's `dataLayer`, in order: then its services start while it is on its
   * way, before what the page has to say. Others start once it is there.
   */
  readonly isQueued?: true;
}

/**
 * A vendor's product that starts from ids alone, as data: what it is and what keeps it quiet. Without ids the page has the
 * vendor's own snippet, and only that starts it. Adding one is a file of this and its steps, and a line in the registry.
 */
export interface Vendor extends ServiceByIds {
  /** The global function that the page calls, whose second name has a `_` before it: calls are kept until the start. */
  readonly stub?: string;
}

/** What starts a vendor's product, and what tells it of the visitor's choices. */
export interface VendorSteps {
  readonly vendor: Vendor;
  readonly library: Library;
  /** The first grant in the life of a page. */
  readonly start: (ids: readonly string[], visit: Visit) => readonly Step[];
  /** A grant after that. */
  readonly grant?: (ids: readonly string[]) => readonly Step[];
  /** A withdrawal after that. */
  readonly deny?: readonly Step[];
  /** Before anybody else is started, and again at each withdrawal, whether this one was started or not. */
  readonly hold?: (ids: readonly string[]) => readonly Step[];
}
