// @ts-check
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { javascript } from './scripts.mjs';

const require = createRequire(import.meta.url);
const file = (/** @type {string} */ name) => readFileSync(require.resolve(name));

/**
 * How a framework goes on to the next page without a load.
 * @typedef {object} Framework
 * @property {string} name
 * @property {string} [script] the library itself
 * @property {string} head what stands in the head of its pages
 * @property {(body: string) => string} wrap
 * @property {boolean} keeps whether Back shows what it kept of a page, without asking the server
 */

/** The links of a page lead on by `swap(document)`, as does Back. */
const follow = (/** @type {string} */ swap) => `<script>
  if (!window.swap) {
    window.swap = ${swap};
    const visit = async (url) => {
      const text = await (await fetch(url)).text();
      window.swap(new DOMParser().parseFromString(text, 'text/html'));
    };
    addEventListener('click', (event) => {
      const link = event.composedPath().find((node) => node.localName === 'a');
      if (!link || event.defaultPrevented) return;
      event.preventDefault();
      history.pushState({}, '', link.href);
      visit(link.href);
    });
    addEventListener('popstate', () => visit(location.href));
  }
</script>`;

/** What Astro's documentation says of its swap, as code: attributes, head, body; then it runs the scripts that are new. */
const ASTRO = `(next) => {
  const ran = [...document.scripts].map(({ src, type, textContent }) => [src, type, textContent].join());
  for (const { name } of [...document.documentElement.attributes]) document.documentElement.removeAttribute(name);
  for (const { name, value } of next.documentElement.attributes) document.documentElement.setAttribute(name, value);
  for (const element of [...document.head.children]) element.remove();
  document.head.append(...next.head.children);
  document.body.replaceWith(next.body);
  for (const script of [...document.scripts]) {
    const { src, type, textContent } = script;
    if (type || ran.includes([src, type, textContent].join())) continue;
    const again = document.createElement('script');
    for (const { name, value } of script.attributes) again.setAttribute(name, value);
    again.textContent = textContent;
    script.replaceWith(again);
  }
}`;

/** A root inside the body that is filled anew for each page, as React does it. */
const ROOT = `(next) => {
  document.querySelector('#root').innerHTML = next.querySelector('#root').innerHTML;
}`;

const whole = (/** @type {string} */ body) => body;

/** @type {Framework[]} */
export const FRAMEWORKS = [
  {
    name: 'Turbo',
    script: '@hotwired/turbo',
    head: '<script src="/framework.js"></script>',
    wrap: whole,
    keeps: true,
  },
  {
    name: 'htmx',
    script: 'htmx.org/dist/htmx.js',
    head: '<script src="/framework.js"></script>',
    // A link of ours is taken before the framework's click, which htmx alone does not look at.
    wrap: (body) =>
      `<div hx-boost="true">${body.replace(' data-consent-settings', ' hx-boost="false" data-consent-settings')}</div>`,
    keeps: true,
  },
  { name: 'Astro', head: follow(ASTRO), wrap: whole, keeps: false },
  { name: 'a root', head: follow(ROOT), wrap: (body) => `<div id="root">${body}</div>`, keeps: false },
];

/** Serves the framework's own file. */
export function serveFramework(
  /** @type {import('./start-world.mjs').World} */ world,
  /** @type {Framework} */ { script },
) {
  if (script) world.site.route('/framework.js', javascript(file(script)));
}
