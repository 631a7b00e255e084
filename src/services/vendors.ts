import type { ConsentCore } from '../core/consent.js';
import { report } from '../core/natives.js';
import { createLoader } from './library.js';
import type { Step, Stub, Vendor } from './service.js';

type Call = (...args: unknown[]) => unknown;
type WaitingCall = Call & { queue?: unknown[][]; callMethod?: Call };

const page = globalThis as unknown as Record<string, unknown>;

/** Does what a vendor asks of the page. A step that throws is reported and stops neither the next nor anybody else. */
function run(steps: readonly Step[] = []): void {
  for (const step of steps) {
    try {
      if (Array.isArray(step)) (page[step[0] as string] as Call)(...(step.slice(1) as unknown[]));
      else Object.assign(page, step);
    } catch (error) {
      report(error);
    }
  }
}

/** Puts a function in place that keeps the page's calls, unless the page has one already. */
function keepCalls({ name, alias }: Stub): void {
  if (page[name]) return;
  const stub: WaitingCall = (...args) => (stub.callMethod ? stub.callMethod(...args) : stub.queue?.push(args));
  page[name] = Object.assign(stub, { queue: [], push: stub, loaded: true, version: '2.0' });
  if (alias) page[alias] ??= stub;
}

/** Runs `steps` ahead of the calls that the page made while it had no consent: those follow, once. */
function runBeforeWaiting(stub: Stub | undefined, steps: readonly Step[]): void {
  const queue = stub && (page[stub.name] as WaitingCall).queue;
  const waiting = queue?.splice(0);
  run(steps);
  if (waiting) queue?.push(...waiting);
}

/** Starts the configured vendors when their category is granted, and tells them of each withdrawal and new grant. */
export function connectVendors(consent: ConsentCore, vendors: readonly Vendor[], nonce: string): void {
  const load = createLoader(nonce);
  const granted = (category: string) => consent.isGranted([category]);

  for (const vendor of vendors) {
    const { ids, src } = consent.config[vendor.key] ?? {};
    const [first] = ids ?? [];
    if (!ids || !first) continue;
    let isOn = false;
    let isStarted = false;
    if (vendor.stub) keepCalls(vendor.stub);
    run(vendor.hold?.(ids));

    consent.subscribe(() => {
      const isNow = consent.isGranted([vendor.category], vendor.id);
      if (isNow === isOn) return;
      isOn = isNow;
      if (!isOn) return run([...(vendor.withdraw ?? []), ...(vendor.hold?.(ids) ?? [])]);
      if (isStarted) return run(vendor.resume?.(ids));
      isStarted = true;
      const begin = load(vendor.library, first, src) ? vendor.library.begin?.() : undefined;
      runBeforeWaiting(vendor.stub, [...(begin ?? []), ...vendor.start(ids, granted)]);
    });
  }
}
