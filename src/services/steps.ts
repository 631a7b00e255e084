import { report } from '../core/natives.js';
import type { Step } from './vendor.js';

/** The page's own names, which are anybody's to change. */
export const page = globalThis as unknown as Record<string, unknown>;

/** Does what a vendor asks of the page. A step that throws is reported and stops neither the next nor anybody else. */
export function run(steps: readonly Step[] = []): void {
  for (const step of steps) {
    try {
      if (Array.isArray(step))
        (page[step[0] as string] as (...args: unknown[]) => void)(...(step.slice(1) as unknown[]));
      else Object.assign(page, step);
    } catch (error) {
      report(error);
    }
  }
}
