import { words } from '../core/natives.js';
import { createBlockedBy } from './hosts.js';
import type { Lent } from './lent.js';
import type { Releaser } from './release.js';
import { banish, mark } from './tags.js';

/**
 * Keeps scripts that a withdrawal finds on their way from ever running: those of the page's own snippets, and released ones
 * that nobody waits for. They are held again, as copies that can start. `isOurs` leaves out what is stopped elsewhere.
 */
export function connectRecall({ consent }: Lent, releaser: Releaser, isOurs: (script: Node) => boolean): void {
  const blockedBy = createBlockedBy(consent);
  const ended = new WeakSet<EventTarget>();
  for (const type of ['load', 'error']) {
    document.addEventListener(type, ({ target }) => void (target && ended.add(target)), true);
  }
  const isOnItsWay = (script: HTMLScriptElement) => {
    const state = releaser.states.get(script);
    if (state) return state === 'waiting' || state === 'no answer';
    // One that came before this file did has an entry.
    const isNew = !ended.has(script) && !performance.getEntriesByName(script.src).length;
    return isNew && script.type !== 'text/plain';
  };

  consent.subscribe(() => {
    for (const script of [...document.scripts]) {
      if (!script.src || isOurs(script) || !isOnItsWay(script)) continue;
      const { consent: needs, service } = script.dataset;
      const blocking = needs ? undefined : consent.config.guard !== false && blockedBy(script.src);
      if (blocking) mark(script, blocking);
      else if (!needs || consent.isGranted(words(needs), service)) continue;
      releaser.putBack(banish(script), script);
    }
  });
}
