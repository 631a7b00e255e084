import { words } from '../core/natives.js';
import type { Lent } from './lent.js';
import { createLine } from './line.js';
import { createWrite } from './write.js';
import { canStart, renew } from './renew.js';
import { addressOf, banish, empty, HELD, isExternal, isSafe, isScript, mark, release } from './tags.js';

/** What became of a held tag; one that failed or gave no answer was released, and its script did not come. */
export type TagState = 'held' | 'waiting' | 'released' | 'failed' | 'no answer' | 'unknown category' | 'refused';

/** What releases held tags, and holds again those that can be. */
export interface Releaser {
  /** Looks at every held tag. */
  scan(): void;
  /** Looks at a tag that came into the page. */
  visit(tag: HTMLElement): void;
  /** Puts a held copy of a script that was kept from running where `place` stands. */
  putBack(place: Comment, script: HTMLScriptElement): void;
  /** Lets one frame show what it holds until the visitor chooses again, whatever the consent. */
  showOnce(frame: HTMLIFrameElement): void;
  /** Whether it let a script run, or, for one that another brought or that nobody names, may have. */
  isReleased(script: HTMLOrSVGScriptElement | null): boolean;
  /** Does what a script called `document.write` for, without the parser. */
  write: ReturnType<typeof createWrite>;
  /** Every tag it has met, in that order, with what became of it. */
  readonly states: ReadonlyMap<Element, TagState>;
}

/** Calls `run` once the page has been painted; a hidden one paints nothing, so a timer goes without it. */
function afterPaint(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run));
  setTimeout(run, 100);
}

/**
 * Lets frameworks forget the pages that they keep for Back: a frame that shows in one would ask for its address again
 * before anybody could hold it. They fetch such a page anew.
 */
function forgetPages(): void {
  try {
    (globalThis as { Turbo?: { cache?: { clear?(): void } } }).Turbo?.cache?.clear?.();
    for (const name of ['sessionStorage', 'localStorage'] as const) window[name].removeItem('htmx-history-cache');
  } catch {
    // Storage that the browser refuses holds no page either.
  }
}

/** Releases what is granted, now and at each change. */
export function createReleaser(lent: Lent): Releaser {
  const { consent, nonce, roots, parsed, blockedBy, setAttribute, log, warn, report } = lent;
  const { categories } = consent.config;
  const states = new Map<HTMLElement, TagState>();
  const shown = new Set<HTMLElement>();

  const needs = ({ dataset }: HTMLElement) => words(dataset.consent);
  /** The address that a tag asks for: its service may be denied where the category that it names is granted. */
  const heldIn = (tag: HTMLElement) => tag.dataset[addressOf(tag)] ?? tag.getAttribute(addressOf(tag)) ?? '';
  const mayRun = (tag: HTMLElement) =>
    tag.isConnected &&
    (shown.has(tag) || (consent.isGranted(needs(tag), tag.dataset.service) && !blockedBy(heldIn(tag))));
  const isKnown = (ids: string[]) => ids.length && ids.every((id) => categories.some((category) => category.id === id));
  function note(tag: HTMLElement, state: TagState): void {
    states.set(tag, state);
    (/held|wait|rel/.test(state) ? log : warn)(state, tag);
  }

  const isAlive = (script: HTMLScriptElement) => parsed.has(script) || canStart(script, lent);

  /** Whether a script of the head came in the place of its like, as where a framework puts the next page's head there. */
  function isAgain(tag: HTMLElement): boolean {
    if (!document.head.contains(tag)) return false;
    for (const [each, state] of states) {
      if (state === 'released' && !each.isConnected && each.isEqualNode(tag)) return true;
    }
    return false;
  }

  const line = createLine({
    async prepare(tag) {
      // Asked again right before: a withdrawal can come while an earlier script loads.
      if (!mayRun(tag)) return void note(tag, 'held');
      if (!isSafe(tag, nonce)) return void note(tag, 'refused');
      if (isAgain(tag)) return void note(tag, 'released');
      try {
        if (!isScript(tag) || (await isAlive(tag))) return tag;
        const copy = renew(tag, lent);
        states.delete(tag);
        note(copy, 'waiting');
        tag.replaceWith(copy);
        return copy;
      } catch (error) {
        // Trusted Types of the page do not allow the copy.
        report(error);
        return void note(tag, 'refused');
      }
    },
    start(tag) {
      if (!mayRun(tag)) return note(tag, 'held');
      const end = (state: TagState) => () => {
        note(tag, state);
        line.take((script) => script === tag);
      };
      if (isExternal(tag)) {
        tag.addEventListener('load', end('released'));
        tag.addEventListener('error', end('failed'));
      } else note(tag, 'released');
      try {
        release(tag, setAttribute);
      } catch (error) {
        end('failed')();
        report(error);
      }
    },
    giveUp(first, ...behind) {
      note(first, 'no answer');
      takeBack(behind);
    },
  });

  function putBack(place: Comment, script: HTMLScriptElement): void {
    states.delete(script);
    place.replaceWith(renew(script, lent));
  }

  /** Keeps scripts that were asked for from running; they are held again, as copies that can start. */
  function takeBack(scripts: readonly HTMLScriptElement[]): void {
    for (const script of scripts) {
      note(script, 'held');
      if (isExternal(script)) putBack(banish(script), script);
    }
    scan();
  }

  function visit(tag: HTMLElement): void {
    if (!tag.matches(HELD)) return;
    if (!states.has(tag)) note(tag, isKnown(needs(tag)) ? 'held' : 'unknown category');
    if (states.get(tag) !== 'held' || !mayRun(tag)) return;
    note(tag, 'waiting');
    line.add(tag);
  }
  const scan = () => roots.forEach((root) => root.querySelectorAll<HTMLElement>(HELD).forEach(visit));

  let { decision: last } = consent.state;
  consent.subscribe(({ event, decision }) => {
    // What was shown once is not shown for ever: it ends with the next choice, in whatever tab that is made.
    if (decision !== last) shown.clear();
    last = decision;
    const ended = [...states].filter(([tag, state]) => state === 'released' && !isScript(tag) && !mayRun(tag));
    for (const [tag] of ended) {
      empty(tag);
      note(tag, 'held');
    }
    // One that a vendor put in while it was granted, which the gate let pass.
    for (const root of roots) {
      for (const frame of root.querySelectorAll<HTMLElement>('iframe[src]')) {
        const service = states.has(frame) ? undefined : blockedBy(frame.getAttribute('src'));
        if (!service) continue;
        mark(frame, service);
        empty(frame);
        visit(frame);
      }
    }
    if (ended.length) forgetPages();
    const stopped = line.take((script) => !mayRun(script));
    if (stopped.length) takeBack(stopped);
    // What somebody just chose shows before anything runs.
    else if (event) afterPaint(scan);
    else scan();
  });

  return {
    scan,
    visit,
    putBack,
    showOnce(frame) {
      shown.add(frame);
      visit(frame);
    },
    isReleased: (script) =>
      !script || states.has(script as HTMLScriptElement) || (document.readyState !== 'loading' && !parsed.has(script)),
    write: createWrite(lent),
    states,
  };
}
