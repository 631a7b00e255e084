import type { SensitiveRoute } from './config.js';
import type { log as Log } from './log.js';
import { make } from './natives.js';
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

/** What follows the address of a page. */
export interface Followed {
  /** The categories that never run on this page, whatever the consent. None is taken off again. */
  readonly closed: ReadonlySet<string>;
  /** Closes what the route of an address closes. */
  go(url: unknown): void;
}

/**
 * Closes what the page's own route closes, and what each closes that it goes on to without a load, before its address
 * changes. `enter` is called when there is more of it.
 */
export function followRoutes(routes: readonly SensitiveRoute[], enter: () => void, log: typeof Log): Followed {
  const closed = new Set<string>();

  function visit(url: unknown): boolean {
    const { pathname } = new URL(String(url), document.baseURI);
    const ids = deniedAt(routes, pathname);
    if (ids.every((id) => closed.has(id))) return false;
    ids.forEach((id) => closed.add(id));
    log('sensitive', ids);
    // No other site reads the path, and no page after this one finds it in its `document.referrer`.
    document.head.append(make('meta', { name: 'referrer', content: 'strict-origin' }));
    return true;
  }

  function go(url: unknown): void {
    try {
      if (visit(url ?? location.href)) enter();
    } catch {
      // An address that is none: the browser refuses it.
    }
  }

  visit(location.href);
  // Of a load too: the page may yet keep it in this document, and until it is left its tags hear of it.
  (globalThis as Partial<typeof globalThis>).navigation?.addEventListener(
    'navigate',
    ({ canIntercept, destination }) => canIntercept && go(destination.url),
    true,
  );
  // Where the browser tells nobody before the address changes.
  addEventListener('popstate', () => go(location.href), true);
  return { closed, go };
}
