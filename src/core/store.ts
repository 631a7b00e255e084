import { report } from './natives.js';

/** Stops what was started. Calling it again does nothing. */
export type Stop = () => void;

/** One value with one writer. Subscribers are told the value at once and each new value afterwards, in order. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  subscribe(run: (value: T) => void): Stop;
}

/** Makes a store that holds `value`. A subscriber that throws is reported and stops nobody else. */
export function createStore<T>(value: T): Store<T> {
  const subscribers = new Set<(value: T) => void>();
  const tell = (run: (value: T) => void) => {
    try {
      run(value);
    } catch (error) {
      report(error);
    }
  };
  return {
    get: () => value,
    set(next) {
      value = next;
      // A copy, because a subscriber may stop itself or others while it is told.
      for (const run of [...subscribers]) if (value === next) tell(run);
    },
    subscribe(run) {
      subscribers.add(run);
      tell(run);
      return () => void subscribers.delete(run);
    },
  };
}
