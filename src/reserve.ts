import type { Config } from './core/config.js';
import { readCookie } from './core/cookie.js';
import { make } from './core/natives.js';

/**
 * As high as a question that names advertisers is by the width of the window, in a wide font. What it is too high by is room
 * in the banner; what it were too low by, the page would move.
 */
const STYLE = 'display:grid;min-height:max(320px,863px - 60vw)';

/**
 * Keeps the place of a question in the page's flow from the first paint on, where somebody will probably be asked, so that
 * nothing moves when it comes: the banner itself, which is nothing yet. Returns what gives the place up.
 */
export function reserve({ layout = 'top', noticeUrl }: Config): () => void {
  const place = make('consentry-banner' as 'div', { style: STYLE });
  const observer = new MutationObserver(() => {
    const first = document.body?.firstElementChild;
    if (!first) return;
    observer.disconnect();
    first[first.matches('[data-consentry-exit-bar]') ? 'after' : 'before'](place);
  });
  if (layout === 'top' && !readCookie() && !location.href.endsWith(noticeUrl)) {
    observer.observe(document, { childList: true, subtree: true });
  }
  return () => {
    observer.disconnect();
    place.remove();
  };
}
