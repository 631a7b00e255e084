import assert from 'node:assert/strict';
import { keep, readTable } from '../../tools/vectors.mjs';
import { levelsOf, measure, servePages } from '../e2e/support/measure-vectors.mjs';
import { vectors } from '../e2e/support/vectors.mjs';
import { test } from './support/world.mjs';

test('G7 holds each way of reaching a host as docs/guard.md says, and releases once what it held', async (visit) => {
  const { world, open, evaluate, settle } = visit;
  servePages(world);
  const { control, before, granted } = await measure({ world, open, evaluate, settle: () => settle({ quiet: 800 }) });
  const levels = levelsOf(control, before);
  keep('webkit', levels);
  const said = readTable().webkit ?? {};
  assert.deepEqual(levels, said, 'if the guard changed, run node tools/vectors.mjs');

  const is = (...wanted) => vectors.filter(({ id }) => wanted.includes(said[id]));
  const runs = is('held', 'does not run').filter(({ answer }) => answer === 'js' || answer === 'html');
  assert.deepEqual(
    runs.filter(({ id }) => granted[id]?.effects !== 1).map(({ id }) => id),
    [],
  );
  // WebKit fetches no preload whose address comes when the link is in the page already: a hint that nothing depends on.
  const asked = is('held').filter(({ id }) => control[id]?.requests && id !== 'link-preload');
  assert.deepEqual(
    asked.filter(({ id }) => granted[id]?.requests !== 1).map(({ id }) => [id, granted[id]?.requests]),
    [],
  );
});
