import type { ConsentCore } from '../core/consent.js';
import type { log, warn } from '../core/log.js';
import type { report, setAttribute } from '../core/natives.js';
import type { BlockedBy } from './hosts.js';

/** What the gate lends to the file that releases, which is fetched apart and would have a second one of each. */
export interface Lent {
  readonly consent: ConsentCore;
  /** That of our own script, or empty. */
  readonly nonce: string;
  /** The document, and each shadow root that was handed over. */
  readonly roots: readonly ParentNode[];
  /** The scripts that the page's own parser made. */
  readonly parsed: WeakSet<Node>;
  readonly blockedBy: BlockedBy;
  readonly setAttribute: typeof setAttribute;
  readonly log: typeof log;
  readonly warn: typeof warn;
  readonly report: typeof report;
}
