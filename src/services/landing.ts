import type { Config } from '../core/config.js';
import { deniedAt } from '../core/routes.js';

const withoutFragment = (url: string) => url.split('#')[0];

/**
 * The address that the visitor came to, where the page has gone on from it without a load; undefined where it has not, and
 * where that page is a sensitive one. The browser remembers it: nothing of ours has to.
 */
export function landingOf({ sensitive }: Config): string | undefined {
  const url = performance.getEntriesByType('navigation')[0]?.name;
  if (!url || withoutFragment(url) === withoutFragment(location.href)) return undefined;
  return deniedAt(sensitive, new URL(url).pathname).length ? undefined : url;
}
