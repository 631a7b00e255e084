import type { ConsentCore } from '../core/consent.js';
import { page } from './page.js';
import type { Step, Vendor } from './vendor.js';

/** A stub that keeps the page's calls until its vendor is started, when `kept` goes. */
export type Keeping = ((...args: unknown[]) => void) & {
  kept?: Step[];
  /** What the library puts in to take the calls over. */
  callMethod?(...args: unknown[]): void;
};

/**
 * Keeps the page's calls of a global function, unless the page brought one. They are not in the vendor's own queue,
 * because a library sends what it finds there at once.
 */
function keepCalls(name: string): void {
  if (page[name]) return;
  const stub: Keeping = (...args) => void (stub.kept ? stub.kept.push([name, ...args]) : stub.callMethod?.(...args));
  page[name] = page[`_${name}`] = Object.assign(stub, { kept: [], push: stub });
}

/** Keeps what the page says to the configured vendors until they are started. */
export function keepVendorsCalls({ config }: ConsentCore, vendors: readonly Vendor[]): void {
  for (const { key, stub } of vendors) {
    // Without ids the page has the vendor's own snippet, which would take a stub of ours for its own.
    if (stub && config[key]?.ids.length) keepCalls(stub);
  }
}
