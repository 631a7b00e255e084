import { afterEach, expect, test } from 'vitest';
import { beforePush } from '../../src/core/push.js';

const { pushState, replaceState } = History.prototype;
afterEach(() => void Object.assign(History.prototype, { pushState, replaceState }));

test('G12 hears of an address before the page has it, and lets the page have it', () => {
  history.replaceState(null, '', '/news');
  const told: [url: unknown, at: string][] = [];
  beforePush((url) => told.push([url, location.pathname]));
  history.pushState({ step: 1 }, '', '/report');
  history.replaceState({ step: 2 }, '', '/report/more');
  history.pushState(null, '');
  expect(told).toEqual([
    ['/report', '/news'],
    ['/report/more', '/report'],
    [undefined, '/report/more'],
  ]);
  expect(location.pathname).toBe('/report/more');
  history.back();
});
