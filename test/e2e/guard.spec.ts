import type { Page } from '@playwright/test';
import { keep, readTable } from '../../tools/vectors.mjs';
import { choose } from './support/choose.mjs';
import { arrived, find, type Findings, levelsOf, measure, openAlone, servePages } from './support/measure-vectors.mjs';
import type { World } from './support/start-world.mjs';
import { vectors } from './support/vectors.mjs';
import { expect, settle, test } from './support/world.mjs';

const visitOf = (page: Page, world: World) => ({
  world,
  open: (path: string) => page.goto(path),
  evaluate: page.evaluate.bind(page),
  settle: () => settle(page, { quiet: 800 }),
});

/** What docs/guard.md promises in this browser. */
const promised = (engine: string) => {
  const levels = readTable()[engine]!;
  const at = (...wanted: string[]) => vectors.filter(({ id }) => wanted.includes(levels[id]!));
  return { levels, held: at('held'), stopped: at('held', 'does not run') };
};

const idsOf = (of: readonly { id: string }[]) => of.map(({ id }) => id).sort();
const arrivedOf = (found: Findings, of = vectors) => idsOf(of.filter(({ id }) => arrived(found[id])));
const activeOf = (found: Findings, of = vectors) => idsOf(of.filter(({ id }) => found[id]!.effects || found[id]!.stored.length)); // prettier-ignore

test('G7 holds each way of reaching a host as docs/guard.md says, and releases once what it held', async ({
  page,
  world,
  browserName,
}) => {
  test.slow();
  servePages(world);
  const { control, before, granted } = await measure(visitOf(page, world));
  const levels = levelsOf(control, before);
  keep(browserName, levels);
  const { levels: said, held, stopped } = promised(browserName);
  expect(levels, 'if the guard changed, run node tools/vectors.mjs').toEqual(said);

  // Of what did not run before the grant each runs once by it.
  const runs = stopped.filter(({ answer }) => answer === 'js' || answer === 'html');
  expect(runs.filter(({ id }) => granted[id]!.effects !== 1).map(({ id }) => id)).toEqual([]);
  const asked = held.filter(({ id }) => control[id]!.requests);
  expect(asked.filter(({ id }) => granted[id]!.requests !== 1).map(({ id }) => id)).toEqual([]);
});

test('T3 reaches nobody after a refusal by a way that is held, and runs nothing', async ({
  page,
  world,
  browserName,
}) => {
  test.slow();
  servePages(world);
  const visit = visitOf(page, world);
  await openAlone(visit, '/quiet.html');
  await choose(page, 'rejectAll');
  await openAlone(visit, '/ways.html');
  const { held, stopped } = promised(browserName);
  const found = await find(visit);
  expect(arrivedOf(found, held)).toEqual([]);
  expect(activeOf(found, stopped)).toEqual([]);
  // Whatever came through is named.
  const silent = stopped.filter(({ id }) => arrived(found[id]) && !found[id]!.isReported);
  expect(idsOf(silent)).toEqual([]);
});

test('W10 reaches nobody after a withdrawal by a way that is held', async ({ page, world, browserName }) => {
  test.slow();
  servePages(world);
  const visit = visitOf(page, world);
  const { held, stopped } = promised(browserName);
  const coded = held.filter(({ by }) => by === 'code');
  const goAll = async () => {
    await page.evaluate(() => (window as any).goAll());
    await visit.settle();
  };
  await openAlone(visit, '/quiet.html');
  await choose(page, 'acceptAll');
  await goAll();
  expect(arrivedOf(await find(visit), coded)).toEqual(idsOf(coded));

  await choose(page, 'withdraw');
  await openAlone(visit, '/quiet.html');
  await choose(page, 'acceptAll');
  await choose(page, 'withdraw');
  await visit.settle();
  world.clear();
  await goAll();
  const found = await find(visit);
  expect(arrivedOf(found, coded)).toEqual([]);
  expect(activeOf(found, stopped)).toEqual([]);
});
