import type { ConsentCore } from '../core/consent.js';
import { report, words } from '../core/natives.js';
import { createQueue } from './queue.js';
import { HELD, hold, isInOrder, isSafe, release } from './tags.js';

/** What became of a marked tag; one that failed or gave no answer was released, and its script did not come. */
export type TagState = 'held' | 'waiting' | 'released' | 'failed' | 'no answer' | 'unknown category' | 'refused';

/** The only way a marked tag starts. */
export interface Gate {
  /** Looks for held tags in `root`; an open shadow root is seen only if it is handed over here. */
  scan(root: ParentNode): void;
  /** Every tag the gate has met, in that order, with what became of it. */
  tags(): [HTMLElement, TagState][];
}

/** Milliseconds that an external script may take before the tags after it go ahead. */
const PATIENCE = 5000;

const outcome = (script: HTMLScriptElement) =>
  new Promise<TagState>((resolve) => {
    script.addEventListener('load', () => resolve('released'));
    script.addEventListener('error', () => resolve('failed'));
    setTimeout(() => resolve('no answer'), PATIENCE);
  });

/** Holds marked tags until what they name is granted. `nonce` is that of our own script, or empty. */
export function connectGate(consent: ConsentCore, nonce: string): Gate {
  const { categories } = consent.config;
  const states = new Map<HTMLElement, TagState>();

  const needs = ({ dataset }: HTMLElement) => words(dataset.consent);
  const mayRun = (element: HTMLElement) =>
    element.isConnected && consent.isGranted(needs(element), element.dataset.service);
  const note = (element: HTMLElement, state: TagState) => {
    states.set(element, state);
    if (!/held|wait|rel/.test(state)) console.warn(`Consentry: ${state}`, element);
  };

  const isKnown = (ids: string[]) => ids.length && ids.every((id) => categories.some((category) => category.id === id));

  async function run(element: HTMLElement): Promise<void> {
    // Asked again right before: a withdrawal can come while an earlier script loads.
    if (!mayRun(element)) return note(element, 'held');
    if (!isSafe(element, nonce)) return note(element, 'refused');
    try {
      const script = release(element);
      note(element, script ? await outcome(script) : 'released');
    } catch (error) {
      note(element, 'failed');
      report(error);
    }
  }
  const enqueue = createQueue(run);

  function visit(element: HTMLElement) {
    if (!states.has(element)) note(element, isKnown(needs(element)) ? 'held' : 'unknown category');
    if (states.get(element) !== 'held' || !mayRun(element)) return;
    note(element, 'waiting');
    if (isInOrder(element)) enqueue(element);
    else void run(element);
  }
  const scan = (root: ParentNode) => root.querySelectorAll<HTMLElement>(HELD).forEach(visit);

  const observer = new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!(node instanceof HTMLElement)) continue;
      if (node.matches(HELD)) visit(node);
      scan(node);
    }
  });

  consent.subscribe(({ ready }) => {
    if (!ready) return;
    for (const [element, state] of states) {
      if (state !== 'released' || element instanceof HTMLScriptElement || mayRun(element)) continue;
      hold(element);
      note(element, 'held');
    }
    // Nothing is walked and nothing watched while there is nothing to release.
    observer.disconnect();
    if (!categories.some(({ id, basis }) => basis !== 'essential' && consent.isGranted([id]))) return;
    scan(document);
    observer.observe(document, { childList: true, subtree: true });
  });
  return { scan, tags: () => [...states] };
}
