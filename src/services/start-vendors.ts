import type { ConsentCore } from '../core/consent.js';
import type { Call } from '../core/service.js';
import type { Keeping } from './keep-calls.js';
import { landingOf } from './landing.js';
import { createLoader } from './library.js';
import { createQueue } from './queue.js';
import { page } from './page.js';
import { functionOf, run } from './steps.js';
import type { Library, VendorSteps } from './vendor.js';

interface Lent {
  readonly consent: ConsentCore;
  readonly nonce: string;
  /** Keeps a script that is on its way from ever running; returns what stands in its place. */
  banish(script: HTMLScriptElement): ChildNode;
}

/** Calls `tell` at each turn between granted and not, from the first grant on. */
function onTurn(consent: ConsentCore, isGranted: () => boolean, tell: (is: boolean) => void): void {
  let was = false;
  consent.subscribe(() => {
    const is = isGranted();
    if (is === was) return;
    was = is;
    tell(is);
  });
}

/** Makes what tells a service of a turn. A call whose function is still to come waits for the script that brings it. */
function createTeller(): (id: string, calls?: readonly Call[]) => void {
  const waiting = new Map<string, readonly Call[]>();
  const tell = (id: string, calls: readonly Call[] = []) => {
    const early = calls.filter((each) => !functionOf(each));
    // What was to be said of the turn before is out of date.
    waiting.set(id, early);
    run(calls.filter((each) => !early.includes(each)));
  };
  // The loads of scripts do not bubble.
  document.addEventListener('load', () => waiting.forEach((calls, id) => tell(id, calls)), true);
  return tell;
}

/** Starts vendors when their category is granted, and tells them and other services of each withdrawal and new grant. */
export function startVendors(lent: Lent, vendors: readonly VendorSteps[]): void {
  const { consent } = lent;
  const { load, isHere, stop } = createLoader(lent);
  const putAhead = createQueue();
  const begun = new Set<Library>();
  const { config } = consent;
  const isOn = ({ vendor }: VendorSteps) => consent.isGranted([vendor.category], vendor.id);
  const isWanted = (steps: VendorSteps) => !!config[steps.vendor.key]?.ids.length && isOn(steps);

  function begin(library: Library): void {
    if (!begun.has(library)) run(library.begin?.());
    begun.add(library);
  }

  for (const steps of vendors) {
    const { vendor, library, start, grant, deny, hold } = steps;
    const { ids, src } = config[vendor.key] ?? {};
    if (!ids) continue;
    const [first] = ids;
    // Without ids the page's own snippet starts it.
    let isStarted = !first;
    let takeBack: (() => void) | undefined;
    if (!isOn(steps)) run(hold?.(ids));

    const stub = page[vendor.stub ?? ''] as Keeping | undefined;

    const tell = () => {
      const calls = stub?.kept ?? [];
      delete stub?.kept;
      const isGranted = (category: string) => consent.isGranted([category]);
      run([...start(ids, { isGranted, landing: landingOf(config) }), ...calls]);
    };
    const arrive = () => {
      // Asked again: a withdrawal can come while the library loads for another.
      if (!isOn(steps) || isStarted) return;
      isStarted = true;
      if (takeBack) return;
      begin(library);
      tell();
    };
    onTurn(
      consent,
      () => isOn(steps),
      (is) => {
        if (is && isStarted) return run(grant?.(ids));
        if (is) {
          if (!first) return;
          // What a library expects of the stub that its own snippet makes.
          if (stub?.kept) Object.assign(stub, { queue: [], loaded: true, version: '2.0' });
          if (library.isQueued && !isHere(library)) {
            putAhead(() => begin(library));
            takeBack = putAhead(tell);
          }
          return void load(library, `${src ?? library.src}${library.query?.(first) ?? ''}`).then(arrive);
        }
        run([...((isStarted && deny) || []), ...(hold?.(ids) ?? [])]);
        if (isStarted) return;
        takeBack?.();
        takeBack = undefined;
        if (!vendors.some((other) => other.library === library && isWanted(other))) stop(library);
      },
    );
  }
  const tell = createTeller();
  for (const { id, category, grant, deny } of config.services) {
    onTurn(
      consent,
      () => consent.isGranted([category], id),
      (is) => tell(id, is ? grant : deny),
    );
  }
}
