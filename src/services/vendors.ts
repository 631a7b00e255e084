import type { ConsentCore } from '../core/consent.js';
import { createLoader } from './library.js';
import type { Step, Stub, Vendor } from './vendor.js';
import { page, run } from './steps.js';

/** What a library puts into its waiting function to take the calls over. */
type WaitingCall = ((...args: unknown[]) => void) & { callMethod?(...args: unknown[]): void };

/**
 * Keeps the page's calls of a global function, unless the page brought one. Returns what lets them through and hands over
 * those that waited: they are not in the vendor's own queue, because a library sends what it finds there at once.
 */
function keepCalls({ name, alias }: Stub): () => Step[] {
  const waiting: Step[] = [];
  let isOpen = false;
  const stub: WaitingCall = (...args) => void (isOpen ? stub.callMethod?.(...args) : waiting.push([name, ...args]));
  if (typeof page[name] !== 'function') {
    page[name] = page[alias] = Object.assign(stub, { queue: [], push: stub, loaded: true, version: '2.0' });
  }
  return () => {
    isOpen = true;
    return waiting.splice(0);
  };
}

/** Starts the configured vendors when their category is granted, and tells them of each withdrawal and new grant. */
export function connectVendors(consent: ConsentCore, vendors: readonly Vendor[], nonce: string): void {
  const load = createLoader(nonce);

  for (const vendor of vendors) {
    const { ids, src } = consent.config[vendor.key] ?? {};
    const [first] = ids ?? [];
    if (!ids || !first) continue;
    const { library, hold, start, withdraw, resume, stub } = vendor;
    const waiting = stub && keepCalls(stub);
    const isGranted = () => consent.isGranted([vendor.category], vendor.id);
    let wasGranted = false;
    let isStarted = false;
    run(hold?.(ids));

    const begin = () => {
      // Asked again: a withdrawal can come while the library loads, and what stood in its queue would be sent.
      if (!isGranted() || isStarted) return;
      isStarted = true;
      const calls = waiting?.() ?? [];
      run([...start(ids, (category) => consent.isGranted([category])), ...calls]);
    };
    consent.subscribe(() => {
      const is = isGranted();
      if (is === wasGranted) return;
      wasGranted = is;
      if (!is) run([...((isStarted && withdraw) || []), ...(hold?.(ids) ?? [])]);
      else if (isStarted) run(resume?.(ids));
      else void load(library, `${src ?? library.src}${library.query?.(first) ?? ''}`).then(begin);
    });
  }
}
