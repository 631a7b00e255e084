import { cookie, cookies } from '../core/natives.js';

/*
 * That somebody left, for a quarter of an hour. A cookie and nothing else: a page that the browser kept whole sees one
 * that was written after it, and unlike an entry in storage it deletes itself.
 */
const LEFT = '__Host-consentry-left=1';
const write = (seconds: number) =>
  cookie?.set?.call(document, `${LEFT};Path=/;Secure;SameSite=Strict;Max-Age=${seconds}`);

/** Notes that somebody leaves. */
export const noteExit = (): void => write(900);

/**
 * Shows no page of this site that Back, Forward or a reload brings back after an exit: it leaves again, which takes the
 * page out of the tab's history. Who comes back in any other way means to.
 *
 * @param hide - Hides the page, or shows it again.
 * @param leave - Leaves it.
 */
export function guardBack(hide: (visibility: 'hidden' | '') => void, leave: () => void): void {
  const hasLeft = () => cookies().includes(LEFT);
  if (hasLeft()) {
    // The older interface: what came after it is empty where a browser resists fingerprinting.
    if (performance.navigation?.type) leave();
    else write(0);
  }
  // A page that is kept whole is kept hidden: it is painted before anything of it can ask.
  addEventListener('pagehide', () => hide('hidden'));
  addEventListener('pageshow', () => (hasLeft() ? leave() : hide('')));
}
