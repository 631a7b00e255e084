import type { ConsentCore } from '../core/consent.js';
import { cookies, domains, setCookie } from '../core/natives.js';
import { cookieName, type Service } from '../core/service.js';

/** Milliseconds after a change, or the load, at which tags that still run may have written again. */
const AGAIN = [250, 2000];

/** Whether a name is declared: exactly, or by its start where the declaration ends in `*`. */
const isDeclared = (name: string, declared: string): boolean =>
  declared.endsWith('*') ? name.startsWith(declared.slice(0, -1)) : name === declared;

/** The path of this page and each above it, with and without the last slash. */
const paths = (pathname: string): string[] =>
  pathname.split('/').flatMap((_, index, parts) => {
    const path = parts.slice(0, index).join('/');
    return [path, `${path}/`];
  });

/** Removes the cookies that services declare, from every domain and path that this page can reach. */
function sweepCookies(services: readonly Service[]): void {
  const visible = cookies().map((pair) => pair.split('=')[0] ?? '');
  const remove = (name: string, where: readonly string[]) => {
    for (const domain of domains()) {
      for (const path of where) setCookie(name, path, domain);
    }
  };
  for (const cookie of services.flatMap(({ cookies = [] }) => cookies)) {
    const declared = cookieName(cookie);
    for (const name of visible) if (isDeclared(name, declared)) remove(name, paths(location.pathname));
    // A cookie of another path cannot be seen from here, but it can be removed by its exact name.
    if (typeof cookie === 'object' && cookie.path) remove(declared, [cookie.path]);
  }
}

/** Removes what services declare of this origin's storage. */
function sweepStorage(services: readonly Service[]): void {
  const declared = services.flatMap(({ storage = [] }) => storage);
  try {
    for (const storage of [localStorage, sessionStorage]) {
      for (const name of Object.keys(storage))
        if (declared.some((each) => isDeclared(name, each))) storage.removeItem(name);
    }
  } catch {
    // A sandboxed page, or one whose storage is blocked, has nothing to remove.
  }
}

/** Removes what denied services left behind: at each load, at each change, and again for tags that are still running. */
export function connectSweep(consent: ConsentCore): void {
  const sweep = () => {
    const denied = consent.config.services.filter(({ id, category }) => !consent.isGranted([category], id));
    if (!consent.state.ready || !denied.length) return;
    sweepCookies(denied);
    sweepStorage(denied);
  };
  consent.subscribe(() => {
    sweep();
    for (const delay of AGAIN) setTimeout(sweep, delay);
  });
  addEventListener('pagehide', sweep);
}
