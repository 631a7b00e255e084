import { report } from '../core/natives.js';
import type { Call } from '../core/service.js';
import type { Step } from './vendor.js';

/** The page's own names, which are anybody's to change. */
export const page = globalThis as unknown as Record<string, unknown>;

/** Calls a global function, or a method of a global object, by its name. */
function call([name, ...args]: Call): void {
  const [owner = '', method] = name.split('.');
  const target = (method ? page[owner] : page) as Record<string, (...args: unknown[]) => void> | undefined;
  // A snippet of the page may be older than the call, or not there.
  target?.[method ?? owner]?.(...args);
}

/** Does what a vendor asks of the page. A step that throws is reported and stops neither the next nor anybody else. */
export function run(steps: readonly Step[] = []): void {
  for (const step of steps) {
    try {
      if (Array.isArray(step)) call(step as unknown as Call);
      else Object.assign(page, step);
    } catch (error) {
      report(error);
    }
  }
}
