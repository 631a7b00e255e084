import { report } from '../core/natives.js';
import type { Call } from '../core/service.js';
import { page } from './page.js';
import type { Step } from './vendor.js';

/** The page's function that a call names, a global one or a method of a global object, once it is there. */
export function functionOf([name]: Call): ((...args: unknown[]) => unknown) | undefined {
  const [owner = '', method] = name.split('.');
  const holder = Object(method ? page[owner] : page) as Record<string, unknown>;
  const found = holder[method ?? owner];
  return typeof found === 'function' ? (...args) => found.call(holder, ...args) as unknown : undefined;
}

const isCall = (step: Step): step is Call => Array.isArray(step);

/** Does what a vendor asks of the page. A step that throws is reported and stops neither the next nor anybody else. */
export function run(steps: readonly Step[] = []): void {
  for (const step of steps) {
    try {
      // A snippet of the page may be older than the call, or not there.
      if (isCall(step)) functionOf(step)?.(...step.slice(1));
      else Object.assign(page, step);
    } catch (error) {
      report(error);
    }
  }
}
