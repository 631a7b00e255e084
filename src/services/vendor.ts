import type { ServiceByIds } from '../core/service.js';

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

/** A vendor's product that starts from ids alone, as data. Adding one is a file of these and a line in the registry. */
export interface Vendor extends ServiceByIds {
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
