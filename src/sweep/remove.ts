import type { log, warn } from '../core/log.js';
import { cookieNames } from '../core/natives.js';
import { cookieName, isDeclared, ownCookies, type Service } from '../core/service.js';
import { withTraces } from '../services/traces.js';
import { domains, setCookie } from '../core/set-cookie.js';

/** How what is removed is told. */
export interface Telling {
  readonly log: typeof log;
  readonly warn: typeof warn;
}

/** What stays whatever is denied: our own answer and history. */
const OWN = 'consentry';

/** Names by where they stand: a cookie may share its name with an entry of storage. */
const removed = { cookie: new Set<string>(), storage: new Set<string>() };

/** Tells the web team of a tag that writes again after a withdrawal; it has to be reloaded, or sealed. */
function tell(name: string, kind: keyof typeof removed, { log, warn }: Telling): void {
  const isAgain = removed[kind].has(name);
  (isAgain ? warn : log)(isAgain ? 'written again' : 'removed', name);
  removed[kind].add(name);
}

/** What may not be removed: what a service declares that may have it. It may be written again, so it is forgotten too. */
function keep(kind: keyof typeof removed, declared: readonly string[]): (name: string) => boolean {
  const isKept = (name: string) => name.startsWith(OWN) || declared.some((each) => isDeclared(name, each));
  for (const name of removed[kind]) if (isKept(name)) removed[kind].delete(name);
  return isKept;
}

/** The path of this page and each above it, with and without the last slash. */
const paths = (pathname: string): string[] =>
  pathname.split('/').flatMap((_, index, parts) => {
    const path = parts.slice(0, index).join('/');
    return [path, `${path}/`];
  });

/** Removes the cookies that services declare, from every domain and path that this page can reach. */
function removeCookies(services: readonly Service[], others: readonly Service[], telling: Telling): void {
  const isKept = keep('cookie', others.flatMap(ownCookies).map(cookieName));
  const remove = (name: string, where: readonly string[]) => {
    for (const domain of domains()) {
      for (const path of where) setCookie(name, path, domain);
    }
  };
  for (const cookie of services.flatMap(ownCookies)) {
    const declared = cookieName(cookie);
    for (const name of cookieNames()) {
      if (!isDeclared(name, declared) || isKept(name)) continue;
      tell(name, 'cookie', telling);
      remove(name, paths(location.pathname));
    }
    // A cookie of another path cannot be seen from here, but it can be removed by its exact name.
    if (typeof cookie === 'object' && cookie.path && !isKept(declared)) remove(declared, [cookie.path]);
  }
}

/** Removes what services declare of this origin's storage and databases. */
async function removeStorage(
  services: readonly Service[],
  others: readonly Service[],
  telling: Telling,
): Promise<void> {
  const storageOf = (all: readonly Service[]) => all.flatMap(({ storage = [] }) => storage);
  const declared = storageOf(services);
  const isKept = keep('storage', storageOf(others));
  const removeFrom = (names: readonly string[], remove: (name: string) => void) => {
    for (const name of names) {
      if (isKept(name) || !declared.some((each) => isDeclared(name, each))) continue;
      tell(name, 'storage', telling);
      remove(name);
    }
  };
  try {
    for (const storage of [localStorage, sessionStorage]) {
      removeFrom(Object.keys(storage), (name) => storage.removeItem(name));
    }
    const databases = await indexedDB.databases();
    removeFrom(
      databases.map(({ name = '' }) => name),
      (name) => indexedDB.deleteDatabase(name),
    );
  } catch {
    // A sandboxed page, or one whose storage is blocked, has nothing to remove.
  }
}

/** Removes what these of all services declare and this page can reach, but for what another of them declares too. */
export function remove(services: readonly Service[], all: readonly Service[], telling: Telling): void {
  const others = all.filter((service) => !services.includes(service)).map(withTraces);
  const ours = services.map(withTraces);
  removeCookies(ours, others, telling);
  void removeStorage(ours, others, telling);
}
