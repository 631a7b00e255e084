// @ts-check
import { javascript, says } from './scripts.mjs';

/** The host whose tags the tests hold. */
export const STATS = 'stats.example';
export const STATS_URL = `https://${STATS}`;

/** Answers `/<name>.js` of the statistics host with a script that leaves its name. */
export const serve = (/** @type {import('./start-world.mjs').World} */ world, /** @type {string[]} */ ...names) => {
  for (const name of names) world.internet.route(STATS, `/${name}.js`, javascript(says(name)));
};

/** A held script. */
export const held = (/** @type {string} */ attributes, text = '') =>
  `<script type="text/plain" data-consent="analytics" ${attributes}>${text}</script>`;
export const inline = (/** @type {string} */ name, attributes = '') => held(`id="${name}" ${attributes}`, says(name));
export const external = (/** @type {string} */ name, attributes = '') =>
  held(`id="${name}" src="${STATS_URL}/${name}.js" ${attributes}`);

/** The fate of each marked tag as the page can read it, by the id of the tag. */
export const fates = (/** @type {import('@playwright/test').Page} */ page) =>
  page.evaluate(async () => {
    const { tags } = await /** @type {any} */ (window).consentry.report();
    return Object.fromEntries(tags.map((/** @type {[HTMLElement, string]} */ [element, state]) => [element.id, state]));
  });

/** The paths of what was asked for from hosts that are not the force's. */
export const pathsOf = (/** @type {import('./start-world.mjs').World} */ world) =>
  world
    .gatedHits()
    .map(({ path }) => path)
    .sort();
