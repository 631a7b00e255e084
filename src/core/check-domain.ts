import { ConfigError } from './check.js';
import type { Config } from './config.js';
import { cookieNames } from './natives.js';
import { setCookie } from './set-cookie.js';

const PROBE = 'consentry-probe';

/** Whether the browser keeps a cookie of this domain, seen by writing one, reading it back and removing it. */
function isKept(domain?: string): boolean {
  setCookie(PROBE, '/', domain, '1', Date.now() + 1e4);
  const kept = cookieNames().includes(PROBE);
  setCookie(PROBE, '/', domain);
  return kept;
}

/**
 * Checks that cookies can be shared as the web team wants: browsers refuse those of a public suffix such as police.uk, and
 * those of another site, without a word. A browser that keeps no cookie at all says nothing of the domain.
 */
export function checkDomain({ cookieDomain }: Config): void {
  if (cookieDomain && isKept() && !isKept(cookieDomain)) {
    throw new ConfigError([{ path: 'cookieDomain', found: cookieDomain }]);
  }
}
