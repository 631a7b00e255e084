import type { SensitiveRoute } from './config.js';
import { log } from './log.js';
import { make } from './natives.js';
import { replace } from './replace.js';
import { isDeclared } from './service.js';

/** A path without what servers see through: escaped letters, letter case, slashes that stand twice. */
function plain(path: string): string {
  try {
    path = decodeURIComponent(path);
  } catch {
    // Not an escape: servers take it as it stands.
  }
  return path.toLowerCase().replace(/\/+/g, '/');
}

/** The categories that never run at a path; `/report/*` is `/report` too. */
export const deniedAt = (routes: readonly SensitiveRoute[], pathname: string): string[] =>
  routes.flatMap(({ path, deny }) =>
    ['', '/'].some((end) => isDeclared(plain(pathname + end), plain(path))) ? deny : [],
  );

/**
 * The categories that never run on this page, whatever the consent: those of its own route, and of each that it goes on
 * to without a load, before its address changes. None is taken off again. `enter` is called when there are more of them.
 */
export function followRoutes(routes: readonly SensitiveRoute[], enter: () => void): ReadonlySet<string> {
  const denied = new Set<string>();

  function visit(url: unknown): boolean {
    const { pathname } = new URL(String(url), document.baseURI);
    const ids = deniedAt(routes, pathname);
    if (ids.every((id) => denied.has(id))) return false;
    ids.forEach((id) => denied.add(id));
    log('sensitive', ids);
    // No other site reads the path, and no page after this one finds it in its `document.referrer`.
    document.head.append(make('meta', { name: 'referrer', content: 'strict-origin' }));
    return true;
  }

  if (!routes.length) return denied;
  visit(location.href);
  const go = (url: unknown) => {
    if (visit(url)) enter();
  };
  for (const name of ['pushState', 'replaceState']) {
    replace(History.prototype, name, (run, [, , url]: unknown[]) => {
      try {
        go(url ?? location.href);
      } catch {
        // An address that is none: the browser refuses it.
      }
      return run();
    });
  }
  // Of a load too: the page may yet keep it in this document, and until it is left its tags hear of it.
  (globalThis as Partial<typeof globalThis>).navigation?.addEventListener(
    'navigate',
    ({ canIntercept, destination }) => canIntercept && go(destination.url),
    true,
  );
  // Where the browser tells nobody before the address changes.
  addEventListener('popstate', () => go(location.href), true);
  return denied;
}
