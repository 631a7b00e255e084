import type { ConsentCore } from '../core/consent.js';
import { log, warn } from '../core/log.js';
import { cookieNames, report } from '../core/natives.js';
import { type CookieDeclaration, cookieName, isDeclared, type Service } from '../core/service.js';

/** Milliseconds after a change, or the load, at which tags that still run may have written again. */
const AGAIN = [250, 2000];

/** Names in this origin's storage; a sandboxed page, or one whose storage is blocked, has none. */
function storageNames(): string[] {
  try {
    return [localStorage, sessionStorage].flatMap(Object.keys);
  } catch {
    return [];
  }
}

/** How the names begin that our own vendors leave: what removes them knows them to the letter. */
export const BEGINNINGS = ['_*', 'AMP*', 'FP*', 'last*'];

/** Whether there may be something to remove: what a service declares and this page sees, or cannot see for its path. */
function hasTraces(services: readonly Service[]): boolean {
  const found = [...cookieNames(), ...storageNames()];
  const isFound = (declared: string) => found.some((name) => isDeclared(name, declared));
  return services.some(
    (service) =>
      ('key' in service ? BEGINNINGS : service.storage)?.some(isFound) ||
      service.cookies?.some((cookie) => (cookie as CookieDeclaration).path || isFound(cookieName(cookie))),
  );
}

/**
 * Removes what denied services left behind: at each load, at each change, and again for tags that are still running.
 * What removes is fetched the first time there is something to remove.
 */
export function connectSweep(consent: ConsentCore): void {
  let remove: typeof import('./remove.js').remove | undefined;

  function sweep(): void {
    const denied = consent.config.services.filter(({ id, category }) => !consent.isGranted([category], id));
    if (!consent.state.ready) return;
    if (remove) remove(denied, consent.config.services, { log, warn });
    // Where something is granted its withdrawal must not wait for a file.
    else if (hasTraces(denied) || denied.length < consent.config.services.length) {
      import('./remove.js').then((file) => {
        remove = file.remove;
        sweep();
      }, report);
    }
  }

  consent.subscribe(() => {
    sweep();
    for (const delay of AGAIN) setTimeout(sweep, delay);
  });
  addEventListener('pagehide', sweep);
}
