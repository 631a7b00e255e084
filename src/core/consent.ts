import { allOf, type Choices, type Decision, isDecision, isExpired } from './choices.js';
import type { Config } from './config.js';
import { report } from './natives.js';
import type { ConsentRecord, Method } from './record.js';
import { type State, stateOf } from './state.js';
import { createStore, type Stop, type Store } from './store.js';

export interface ChooseOptions {
  /** Default: `api`. */
  readonly method?: Method;
  /** SHA-256 of the text the visitor was shown, base64url. */
  readonly noticeHash?: string | undefined;
}

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
  choose(choices: Choices, options?: ChooseOptions): Promise<ConsentRecord>;
}

/** Milliseconds that the journal may take to answer before the cookie decides alone, and only denies. */
const PATIENCE = 1500;
const UNREADABLE = 'unreadable' as const;

const later = <T>(milliseconds: number, value: T) =>
  new Promise<T>((resolve) => setTimeout(() => resolve(value), milliseconds));

/** Resolves when somebody sees the page: one that is only prerendered neither runs nor records anything. */
const activation = () =>
  new Promise<unknown>((resolve) => {
    if (!(document as { prerendering?: boolean }).prerendering) resolve(undefined);
    else document.addEventListener('prerenderingchange', resolve, { once: true });
  });

/** Whether a route covers a path; letter case does not matter to every server, so it does not here. */
function isUnder(pathname: string, route: string): boolean {
  const [path, start] = [pathname.toLowerCase(), route.toLowerCase()];
  return start.endsWith('*') ? path.startsWith(start.slice(0, -1)) : path === start;
}

/** The decision to go by: the newest. Where the journal cannot be read, the cookie may only deny. */
function newest(cookie?: Decision, head?: Decision | typeof UNREADABLE): Decision | undefined {
  if (head !== UNREADABLE) return head && !(cookie && cookie.time > head.time) ? head : cookie;
  return cookie && { ...cookie, choices: allOf(cookie.choices, 'denied') };
}

/** What the core lends to the files that are fetched later, so that they need not bring it along once more. */
export interface Desk {
  readonly config: Config;
  readonly store: Store<State>;
  stateOf(decision: Decision | undefined, config: Config): State;
  readCookie(): Decision | undefined;
}

/** What is fetched when somebody has to be asked, or chooses. */
export interface Asking {
  choose(desk: Desk, choices: Choices, options: ChooseOptions): Promise<ConsentRecord>;
  noteExpiry(desk: Desk, decision: Decision): Promise<void>;
}

/** Where a decision is read from, and what there is to fetch. */
export interface Sources {
  readCookie(): Decision | undefined;
  /** The journal's newest row, which may be anything; rejects where it is not to be had. */
  readJournal(): Promise<unknown>;
  /** Fetches what asks, and checks the configuration with it; rejects where that has a mistake. */
  prepare(): Promise<Asking>;
}

/** Reads what is stored and keeps the state. Nothing here touches the page. */
export function createConsentCore(config: Config, { readCookie, readJournal, prepare }: Sources): ConsentCore {
  const sensitive = config.sensitive.flatMap(({ path, deny }) => (isUnder(location.pathname, path) ? deny : []));
  const store = createStore<State>({ ...stateOf(undefined, config), ready: false, pending: false });
  const desk = { config, store, stateOf, readCookie };
  let asking: Asking | undefined;

  const fetchAsking = async () => (asking ??= await prepare());

  async function boot(): Promise<void> {
    await activation();
    const cookie = readCookie();
    const head = readJournal().then(
      (row) => (row === undefined || isDecision(row) ? row : UNREADABLE),
      () => UNREADABLE,
    );
    // A journal that hangs counts as one that cannot be read; the next load asks it again.
    const witness = await Promise.race([head, later(PATIENCE, UNREADABLE)]);
    const decision = newest(cookie, witness);
    // A visitor who decided under this very configuration need not fetch what checks it.
    if (decision?.config !== config.mark) await fetchAsking();
    const state = stateOf(decision, config);
    store.set(state);
    // Whoever chooses waits for this; nobody does here.
    if (state.pending || (decision && isExpired(decision, config))) {
      fetchAsking()
        .then((file) => decision && file.noteExpiry(desk, decision))
        .catch(report);
    }
  }

  async function choose(choices: Choices, options: ChooseOptions = {}): Promise<ConsentRecord> {
    if (!store.get().ready) await ready;
    try {
      return await (asking ?? (await fetchAsking())).choose(desk, choices, options);
    } catch (error) {
      // Without what writes it, a withdrawal holds for this page at least.
      if (!asking) store.set(stateOf(undefined, config));
      throw error;
    }
  }

  function isGranted(categories: readonly string[], service?: string): boolean {
    const { ready: isReady, choices } = store.get();
    const own = config.services.find(({ id }) => id === service);
    const isOn = (id: string) => {
      const category = config.categories.find((each) => each.id === id);
      const choice = choices[own?.category === id ? own.id : id];
      return choice === 'granted' || (choice === 'unasked' && category?.basis === 'objection');
    };
    return isReady && !!categories.length && categories.every((id) => isOn(id) && !sensitive.includes(id));
  }

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
