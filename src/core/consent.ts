import {
  allOf,
  type Choices,
  choicesInForce,
  type Decision,
  isDecision,
  isExpired,
  isNewer,
  isSame,
  stricter,
} from './choices.js';
import type { Config } from './config.js';
import { report } from './natives.js';
import type { ConsentRecord, Method } from './record.js';
import { type State, derive } from './state.js';
import { createStore, type Stop, type Store } from './store.js';

export interface ChooseOptions {
  /** Default: `api`. */
  readonly method?: Method;
  /** SHA-256 of the text the visitor was shown, base64url. */
  readonly noticeHash?: string | undefined;
}

/** The whole of an answer: everything granted, everything denied, or everything denied that is granted now. */
export type Answer = 'accept' | 'reject' | 'withdraw';

/** The visitor's consent: its state, and `choose`, the only way to change it. */
export interface ConsentCore {
  readonly config: Config;
  readonly state: State;
  /** Resolves when the stored decision is known; rejects where the configuration has a mistake. */
  readonly ready: Promise<void>;
  /** Calls `run` at once and after each change. */
  subscribe(run: (state: State) => void): Stop;
  /** Whether everything named is granted here and now; a service's own choice goes before its category's. */
  isGranted(categories: readonly string[], service?: string): boolean;
  /**
   * Records choices for the categories and services named and leaves the others as they are; a service follows its
   * category where only that is named. A denial acts, then writes; a grant acts
   * after its record is committed. Rejects where the choice could not be kept: what was denied stays denied on this page.
   */
  choose(choices: Choices | Answer, options?: ChooseOptions): Promise<ConsentRecord>;
}

/** The channel on which a tab tells the others that something was decided. */
export const CHANNEL = 'consentry';

/** Milliseconds that the journal may take to answer before the cookie decides alone, and only denies. */
const PATIENCE = 1500;

/** Rejects after some time. */
const timeout = (milliseconds: number) => new Promise<never>((_, reject) => setTimeout(reject, milliseconds));

/** Resolves when somebody sees the page: one that is only prerendered neither runs nor records anything. */
const activation = async () =>
  (document as { prerendering?: boolean }).prerendering &&
  new Promise((resolve) => document.addEventListener('prerenderingchange', resolve));

/** What the core lends to the files that are fetched later, so that they need not bring it along once more. */
export interface Desk extends Pick<Sources, 'readCookie' | 'expect'> {
  readonly config: Config;
  readonly store: Store<State>;
  derive(decision: Decision | undefined, config: Config): State;
}

/** What is fetched when somebody has to be asked, or chooses. */
export interface Asking {
  choose(desk: Desk, choices: Choices | Answer, options: ChooseOptions): Promise<ConsentRecord>;
  expire(desk: Desk, decision: Decision): Promise<void>;
}

/** Where a decision is read from, and what there is to fetch. */
export interface Sources {
  readCookie(): Decision | undefined;
  /** The journal's newest row, which may be anything; rejects where it is not to be had. */
  readJournal(): Promise<unknown>;
  /** Fetches ahead what a grant needs. */
  expect(): void;
  /** Fetches what asks, and checks the configuration with it; rejects where that has a mistake. */
  prepare(): Promise<Asking>;
  /** Fetches what follows the page's address: the categories that never run here. `enter` is told when they become more. */
  followRoutes(enter: () => void): Promise<ReadonlySet<string>>;
}

/** Reads what is stored, here and in whatever other tab decides, and keeps the state. */
export function createConsentCore(config: Config, sources: Sources): ConsentCore {
  const store = createStore<State>({ ...derive(undefined, config), ready: false, pending: false });
  const { readCookie } = sources;
  const desk = { ...sources, config, store, derive };
  let asking: Asking | undefined;
  let arrival: Promise<Asking> | undefined;
  let turn = 0;
  let reading: Promise<void> | undefined;
  // Until the address is read, all that some route closes is closed.
  let closed: ReadonlySet<string> = new Set(config.sensitive.flatMap(({ deny }) => deny));

  /** Fetches it once: of two choices that wait for it the first is made first. What failed is tried again. */
  const fetchAsking = () =>
    (arrival ??= sources.prepare().then(
      (file) => (asking = file),
      (error) => {
        arrival = undefined;
        throw error;
      },
    ));

  /** The newest decision of both witnesses. Where the journal cannot be read, the cookie may only deny. */
  async function stored(): Promise<Decision | undefined> {
    // A journal that hangs counts as one that cannot be read; the next load asks it again.
    const head = await Promise.race([sources.readJournal(), timeout(PATIENCE)]).catch(() => null);
    // Read last: a denial stands in the cookie before anything of it is written elsewhere.
    const cookie = readCookie();
    if (head === undefined) return cookie;
    if (isDecision(head)) return isNewer(cookie, head) ? cookie : head;
    // A moment older: what the journal has said yes to before stays open.
    return cookie && { ...cookie, time: cookie.time - 1, choices: allOf(cookie.choices, 'denied') };
  }

  async function boot(): Promise<void> {
    await activation();
    listen();
    const cookie = readCookie();
    if (cookie && Object.values(cookie.choices).includes('granted')) sources.expect();
    // A visitor who decided under this very configuration need not fetch what checks it.
    if (cookie?.config !== config.mark) await fetchAsking();
    if (following) closed = await following;
    await follow();
    const { pending, decision } = store.get();
    // Whoever chooses waits for this; nobody does here.
    if (pending || (decision && isExpired(decision, config))) {
      fetchAsking()
        .then((file) => decision && file.expire(desk, decision))
        .catch(report);
    }
  }

  /** Sets the state, unless it is of an older decision than the one in force, or says the same. */
  function take(state: State, decision: Decision | undefined): void {
    const { ready, choices, decision: held } = store.get();
    // One that has run out, or lies ahead of a clock set back, is in nobody's way.
    if (ready && held && isNewer(held, decision) && !isExpired(held, config)) return;
    if (ready && held?.id === state.decision?.id && isSame(choices, state.choices)) return;
    store.set(state);
  }

  /** Follows what is stored: what it denies closes at once, what it grants opens once both witnesses say so. */
  async function read(mine: number): Promise<void> {
    const now = store.get();
    const cookie = readCookie();
    if (now.ready) take({ ...now, choices: stricter(now.choices, choicesInForce(cookie, config)) }, cookie);
    const decision = await stored();
    // Whoever began to read later knows more.
    if (mine !== turn) return reading;
    take(derive(decision, config), decision);
  }
  const follow = () => (reading = read(++turn));

  function listen(): void {
    // A page that Back restores, or that was frozen, runs this before anything else of it runs.
    const again = (event: Event) => {
      if (reading && (event as Partial<PageTransitionEvent>).persisted !== false) void follow();
    };
    for (const type of ['pageshow', 'resume']) addEventListener(type, again, true);
    // Not as it is hidden: a page that is left must not take an open database into the browser's cache of pages.
    addEventListener('visibilitychange', (event) => void (document.hidden || again(event)), true);
    try {
      new BroadcastChannel(CHANNEL).onmessage = again;
    } catch {
      // Then a tab reads again when it is seen.
    }
  }

  async function choose(choices: Choices | Answer, options: ChooseOptions = {}): Promise<ConsentRecord> {
    if (!store.get().ready) await ready;
    try {
      return await (asking ?? (await fetchAsking())).choose(desk, choices, options);
    } catch (error) {
      // Without what writes it, a withdrawal holds for this page at least.
      if (!asking) store.set({ ...store.get(), choices: allOf(store.get().choices, 'denied') });
      throw error;
    }
  }

  function isGranted(categories: readonly string[], service?: string): boolean {
    const { ready: isReady, choices } = store.get();
    const own = config.services.find(({ id }) => id === service);
    const isOn = (id: string) => {
      const { basis } = config.categories.find((each) => each.id === id) ?? {};
      const choice = choices[own?.category === id ? own.id : id];
      const isOpen = choice === 'granted' || (choice === 'unasked' && basis === 'objection');
      return (basis === 'essential' || (isReady && isOpen)) && !closed.has(id);
    };
    return !!categories.length && categories.every(isOn);
  }

  // Entering a sensitive route acts as a withdrawal for the rest of this page.
  const following = closed.size && sources.followRoutes(() => store.set({ ...store.get(), event: 'withdrawn' }));
  const ready = boot();
  return {
    config,
    get state() {
      return store.get();
    },
    ready,
    subscribe: store.subscribe,
    isGranted,
    choose,
  };
}
