// @ts-check
import { choose } from './choose.mjs';
import { pageOf } from './pages.mjs';
import { answerVectors, bodyOf, isScript, hostOf, isRace, isUnguarded, SERVICE, vectors } from './vectors.mjs';

/** @typedef {import('./vectors.mjs').Vector} Vector */

/**
 * A visitor's browser, whichever it is.
 * @typedef {object} Visit
 * @property {import('./start-world.mjs').World} world
 * @property {(path: string) => Promise<unknown>} open
 * @property {(run: any, ...args: any[]) => Promise<any>} evaluate
 * @property {() => Promise<void>} settle
 */

/**
 * What became of one vector, as its host and the page saw it.
 * @typedef {object} Finding
 * @property {number} requests how many arrived
 * @property {number} connections how many were opened, whatever came over them
 * @property {number} effects how often what arrived took effect: scripts and frames that ran, style sheets in force
 * @property {string[]} stored its cookies and its storage
 * @property {boolean} isReported whether the report names it
 */

/** @typedef {Record<string, Finding>} Findings by the vector's id */

/** Whether anything arrived at its host. */
export const arrived = (/** @type {Finding | undefined} */ finding) =>
  Boolean(finding && (finding.requests || finding.connections));

/** Runs in the page. */
const look = async (/** @type {string[]} */ ids) => {
  const page = /** @type {any} */ (window);
  const { tags = [], guarded = [], early = [] } = (await page.consentry?.report?.()) ?? {};
  const style = getComputedStyle(document.documentElement);
  return {
    ran: /** @type {string[]} */ (page.ran ?? []),
    threw: /** @type {string[]} */ (page.threw ?? []),
    styles: ids.filter((id) => style.getPropertyValue(`--${id}`)),
    stored: [...document.cookie.split('; ').map((pair) => pair.split('=')[0] ?? ''), ...Object.keys(localStorage)],
    reported: [
      ...guarded,
      ...early.map((/** @type {{ url: string }} */ { url }) => url),
      ...tags.map((/** @type {[Element]} */ [tag]) => tag.outerHTML),
    ].join('\n'),
  };
};

/**
 * What became of each vector since the world was last cleared.
 * @returns {Promise<Findings>}
 */
export async function find(/** @type {Visit} */ { world, evaluate }) {
  const { ran, threw, styles, stored, reported } = await evaluate(
    look,
    vectors.map(({ id }) => id),
  );
  if (threw.length) throw new Error(`expected every way to be gone, got ${threw.join('; ')}`);
  const findingOf = (/** @type {Vector} */ vector) => {
    const host = hostOf(vector);
    const hits = world.gatedHits({ host });
    return {
      requests: hits.filter(({ path }) => path.startsWith('/x.')).length,
      connections: world.gatedTunnels({ host }).length,
      effects:
        [...ran, ...styles].filter((id) => id === vector.id).length + hits.filter(({ path }) => path === '/ran').length,
      stored: stored.filter((/** @type {string} */ name) => name === `x-${vector.id}`),
      isReported: reported.includes(`//${host}/`),
    };
  };
  return Object.fromEntries(vectors.map((vector) => [vector.id, findingOf(vector)]));
}

/** Puts the pages there: with us, without us, and with us where a way is gone only when the page is asked to. */
export function servePages(/** @type {import('./start-world.mjs').World} */ world) {
  answerVectors(world);
  const config = { services: [SERVICE] };
  world.site.page('/control.html', pageOf({ sdk: false, body: bodyOf(vectors) }));
  world.site.page('/ways.html', pageOf({ config, body: bodyOf(vectors) }));
  world.site.page('/quiet.html', pageOf({ config, body: bodyOf(vectors, { isQuiet: true }) }));
  world.site.page('/left.html', '<!doctype html><title>x</title>');
}

/** Opens a page alone: what the one before left behind, and what it still had to say, is gone. */
export async function openAlone(/** @type {Visit} */ { world, open, evaluate, settle }, /** @type {string} */ path) {
  await open('/left.html');
  await evaluate(() => {
    for (const name of document.cookie.split('; ').map((pair) => pair.split('=')[0] ?? '')) {
      if (name.startsWith('x-')) document.cookie = `${name}=; max-age=0; secure`;
    }
    for (const name of Object.keys(localStorage)) if (name.startsWith('x-')) localStorage.removeItem(name);
  });
  await settle();
  world.clear();
  await open(path);
  await settle();
}

/**
 * What became of each vector in a page without us, before a choice, and by the grant that followed.
 * @returns {Promise<{ control: Findings, before: Findings, granted: Findings }>}
 */
export async function measure(/** @type {Visit} */ visit) {
  const { world, settle, evaluate } = visit;
  await openAlone(visit, '/control.html');
  const control = await find(visit);
  await openAlone(visit, '/ways.html');
  const before = await find(visit);
  world.clear();
  await choose(/** @type {any} */ ({ evaluate }), 'acceptAll');
  // On a busy machine it may take longer than the quiet that is waited for until the first goes ahead.
  for (const id of ['insert-before', 'frame-src', 'source-module']) await world.hit({ host: hostOf({ id }) });
  await settle();
  return { control, before, granted: await find(visit) };
}

/** What the table can say, best first. */
const LEVELS = ['held', 'does not run', 'only reported', 'not held'];
/** … and of what a browser does not do without us either. */
const NEVER = '–';

function measuredLevel(
  /** @type {Vector} */ vector,
  /** @type {Finding} */ { requests, connections, effects, stored, isReported },
) {
  if (!isReported) return 'not held';
  if (!requests && !connections) return 'held';
  return isScript(vector) && !effects && !stored.length ? 'does not run' : 'only reported';
}

/** What is promised at the least: whether a request leaves before the guard can act, and a frame comes, is the browser's. */
function worstLevel(/** @type {Vector} */ vector) {
  if (!isRace(vector)) return 'held';
  return isScript(vector) ? 'does not run' : 'only reported';
}

/** What the table says of each vector. */
export function levelsOf(/** @type {Findings} */ control, /** @type {Findings} */ before) {
  const levelOf = (/** @type {Vector} */ vector) => {
    const [without, found] = [control[vector.id], before[vector.id]];
    if (!found || !arrived(without)) return NEVER;
    const level = measuredLevel(vector, found);
    if (isUnguarded(vector)) return level === 'held' ? level : 'not held';
    const worst = worstLevel(vector);
    return LEVELS.indexOf(level) > LEVELS.indexOf(worst) ? level : worst;
  };
  return Object.fromEntries(vectors.map((vector) => [vector.id, levelOf(vector)]));
}
