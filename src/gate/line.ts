import { isExternal, isInOrder } from './tags.js';

/** Milliseconds that an external script may take, once it is first in line, before those after it go ahead. */
const PATIENCE = 5000;
/** Milliseconds of work after which the page gets a turn. */
const SLICE = 30;

/** Lets the page do what it has to, and comes back sooner than a timer would. */
const turn = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });

interface Rules {
  /** What stands for a tag now that its turn has come; undefined where it may not start. */
  prepare(tag: HTMLElement): Promise<HTMLElement | undefined>;
  /** Starts it. */
  start(tag: HTMLElement): void;
  /** Called for a script that did not come in time, with those behind it, which the browser does not run before it. */
  giveUp(first: HTMLScriptElement, ...behind: HTMLScriptElement[]): void;
}

/**
 * Starts tags so that document order is execution order. External scripts are asked for at once and side by side: the
 * browser runs them in the order in which they were asked for. An inline script that comes after one waits until that has
 * run, and runs in the same task, before the browser goes on to the next.
 */
export function createLine({ prepare, start, giveUp }: Rules) {
  const incoming: HTMLElement[] = [];
  let line: HTMLScriptElement[] = [];
  let isWorking = false;
  let first: HTMLScriptElement | undefined;
  let timer: ReturnType<typeof setTimeout>;

  function advance(): void {
    for (; line[0] && !isExternal(line[0]); line.shift()) start(line[0]);
    if (line[0] === first) return;
    [first] = line;
    clearTimeout(timer);
    if (first) timer = setTimeout(() => giveUp(...(line.splice(0) as [HTMLScriptElement])), PATIENCE);
  }

  async function work(): Promise<void> {
    isWorking = true;
    let since = performance.now();
    for (let next; (next = incoming.shift());) {
      if (performance.now() - since > SLICE) {
        await turn();
        since = performance.now();
      }
      const tag = await prepare(next);
      if (!tag) continue;
      const waits = isInOrder(tag) && (isExternal(tag) || line.length);
      if (!waits || isExternal(tag)) start(tag);
      if (waits && line.push(tag) === 1) advance();
    }
    isWorking = false;
  }

  return {
    /** Puts a tag at the end. */
    add(tag: HTMLElement): void {
      incoming.push(tag);
      if (!isWorking) void work();
    },
    /** Takes scripts out that were asked for, or wait for one that was. */
    take(isTaken: (script: HTMLScriptElement) => boolean): HTMLScriptElement[] {
      const taken = line.filter(isTaken);
      if (taken.length) {
        line = line.filter((script) => !taken.includes(script));
        advance();
      }
      return taken;
    },
  };
}
