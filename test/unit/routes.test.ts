import { expect, test } from 'vitest';
import { deniedAt } from '../../src/core/routes.js';

const ROUTES = [
  { path: '/report/*', deny: ['marketing'] },
  { path: '/help', deny: ['analytics'] },
];

for (const [path, denied] of [
  ['/report/abuse', ['marketing']],
  ['/report/', ['marketing']],
  ['/report', ['marketing']],
  ['//REPORT//%61buse', ['marketing']],
  ['/reports', []],
  ['/help', ['analytics']],
  ['/help/more', []],
] as const) {
  test(`G12 denies ${denied.join() || 'nothing'} at ${path}`, () => {
    expect(deniedAt(ROUTES, path)).toEqual(denied);
  });
}
