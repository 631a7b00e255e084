import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from '../../src/core/store.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('G6 tells a subscriber the value at once and each new one after, in order', () => {
  const store = createStore(1);
  const told: number[] = [];
  store.subscribe((value) => told.push(value));
  store.set(2);
  store.set(3);
  expect(told).toEqual([1, 2, 3]);
  expect(store.get()).toBe(3);
});

test('G6 tells subscribers in the order they came', () => {
  const store = createStore(0);
  const told: string[] = [];
  for (const name of ['a', 'b', 'c']) store.subscribe((value) => told.push(name + value));
  store.set(1);
  expect(told).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'c1']);
});

test('G6 lets a subscriber that throws stop nobody else, and reports it as uncaught', () => {
  const store = createStore(0);
  const told: number[] = [];
  const error = new Error('subscriber');
  store.subscribe(() => {
    throw error;
  });
  store.subscribe((value) => told.push(value));
  expect(() => store.set(1)).not.toThrow();
  expect(told).toEqual([0, 1]);
  expect(() => vi.runOnlyPendingTimers()).toThrow(error);
});

test('G6 tells a subscriber nothing after it was stopped, however often', () => {
  const store = createStore(0);
  const told: number[] = [];
  const stop = store.subscribe((value) => told.push(value));
  stop();
  stop();
  store.set(1);
  expect(told).toEqual([0]);
});

test('G6 lets a subscriber stop itself while it is told, and still tells the next', () => {
  const store = createStore(0);
  const told: string[] = [];
  const stop = store.subscribe((value) => {
    told.push(`a${value}`);
    if (value === 1) stop();
  });
  store.subscribe((value) => told.push(`b${value}`));
  store.set(1);
  store.set(2);
  expect(told).toEqual(['a0', 'b0', 'a1', 'b1', 'b2']);
});

test('G6 tells nobody an old value after a newer one that a subscriber set', () => {
  const store = createStore('closed');
  const told: string[] = [];
  store.subscribe((value) => {
    if (value === 'open') store.set('closed again');
  });
  store.subscribe((value) => told.push(value));
  store.set('open');
  expect(told).toEqual(['closed', 'closed again']);
  expect(store.get()).toBe('closed again');
});

test('G6 tells a subscriber that came while others were told the value once', () => {
  const store = createStore(0);
  const told: number[] = [];
  const stop = store.subscribe((value) => {
    if (value !== 1) return;
    stop();
    store.subscribe((each) => told.push(each));
  });
  store.set(1);
  expect(told).toEqual([1]);
});
