import type { ConsentCore } from '../core/consent.js';
import { log, warn } from '../core/log.js';
import { matches, querySelectorAll, report, setAttribute } from '../core/natives.js';
import type { BlockedBy } from './hosts.js';
import type { Lent } from './lent.js';
import type { Releaser } from './release.js';
import { addressOf, banish, hold, isScript, LIVE, mark, TAGS } from './tags.js';

/** The only way a held tag starts. */
export interface Gate {
  /** Looks for held tags in `root`, now and later; an open shadow root is seen only if it is handed over here. */
  scan(root: Node & ParentNode): void;
  /** What releases tags: absent while nothing was ever granted on this page. */
  readonly releaser?: Releaser;
  /** Fetches it. */
  open(): Promise<Releaser>;
}

/**
 * Holds tags until what they name is granted. Marked tags are inert by themselves; a live tag of a denied service is marked
 * as it comes into the page. `fetchReleaser` is called once something is granted; `nonce` is our own script's, or empty.
 */
export function connectGate(
  consent: ConsentCore,
  nonce: string,
  blockedBy: BlockedBy,
  fetchReleaser: (lent: Lent) => Promise<Releaser>,
): Gate {
  const roots: (Node & ParentNode)[] = [document];
  const parsed = new WeakSet<Node>();
  const lent: Lent = { consent, nonce, roots, parsed, blockedBy, setAttribute, log, warn, report };
  let arrival: Promise<Releaser> | undefined;

  const gate: { -readonly [Key in keyof Gate]: Gate[Key] } = {
    scan(root) {
      roots.push(root);
      observe(root);
      gate.releaser?.scan();
    },
    open: () => (arrival ??= fetchReleaser(lent).then((releaser) => (gate.releaser = releaser))),
  };

  function meet(tag: HTMLElement): void {
    // The page's own parser puts a script last; what stands elsewhere was made by another script.
    if (document.readyState === 'loading' && document.scripts[document.scripts.length - 1] === tag) parsed.add(tag);
    const isNew = tag.matches(LIVE) && !gate.releaser?.states.has(tag);
    const name = addressOf(tag);
    const address = tag.getAttribute(name);
    // A copy that the page kept of a released one, which may not be granted any more.
    if (isNew && address === tag.dataset[name]) hold(tag);
    const service = isNew && blockedBy(address);
    if (service) {
      warn('live', tag);
      mark(tag, service);
      // Who made it, nobody can tell for certain, and it may have started: what is left is to keep it from running.
      if (isScript(tag)) {
        const place = banish(tag);
        gate.open().then((releaser) => releaser.putBack(place, tag), report);
      }
    }
    gate.releaser?.visit(tag);
  }
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      // By index: an iterator of each list would cost a page that inserts thousands of nodes more than all the rest.
      for (let index = 0; index < addedNodes.length; index += 1) {
        const node = addedNodes[index];
        if (!(node instanceof HTMLElement)) continue;
        if (matches.call(node, TAGS)) meet(node);
        if (node.firstElementChild) (querySelectorAll.call(node, TAGS) as NodeListOf<HTMLElement>).forEach(meet);
      }
    }
  });
  const observe = (root: Node) => observer.observe(root, { childList: true, subtree: true });
  observe(document);

  consent.subscribe(() => {
    const isOpen = consent.config.categories.some(({ id, basis }) => basis !== 'essential' && consent.isGranted([id]));
    if (isOpen) gate.open().catch(report);
  });
  return gate;
}
