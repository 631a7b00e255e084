// @ts-check

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').Frame} Frame */

/** A host that only held tags name: whatever arrives there was released. */
export const TAGS = 'tags.example';

/** Lets `TAGS` answer with empty scripts of these names. */
export function answerTags(/** @type {import('./world.mjs').World} */ { internet }, /** @type {string[]} */ ...names) {
  for (const name of names) {
    internet.route(TAGS, `/${name}.js`, (_, res) => res.writeHead(200, { 'content-type': 'text/javascript' }).end());
  }
}

/** A held script of `TAGS`. */
export const held = (/** @type {string} */ name, category = 'analytics') =>
  `<script type="text/plain" data-consent="${category}" src="https://${TAGS}/${name}.js"></script>`;

/**
 * A page of the force, with our script where `sdk` puts it: first in the head, unless `beforeSdk` comes first.
 * @param {object} parts
 * @param {unknown} [parts.config] what stands in the JSON block; a string stands there as it is
 * @param {string} [parts.attributes] of our script
 * @param {string} [parts.beforeSdk]
 * @param {string} [parts.head]
 * @param {string} [parts.body]
 */
export function forcePage({ config, attributes = '', beforeSdk = '', head = '', body = held('one') } = {}) {
  const json = typeof config === 'string' ? config : JSON.stringify(config);
  const block = config === undefined ? '' : `<script type="application/json" data-consentry-config>${json}</script>`;
  const notice = /data-notice-/.test(attributes) ? '' : 'data-notice-url="/cookies.html" data-notice-version="1"';
  return `<!doctype html><html lang="en"><meta charset="utf-8">${beforeSdk}${block}
    <script src="/dist/consentry.js" ${notice} ${attributes}></script><title>A page</title>${head}<body>${body}`;
}

/**
 * Calls a method of the page's consent and waits for what it promises.
 * @returns {Promise<any>}
 */
export const call = (
  /** @type {Page | Frame} */ page,
  /** @type {string} */ method,
  /** @type {unknown[]} */ ...args
) =>
  page.evaluate(
    ([name, values]) =>
      new Promise((done, fail) => {
        const visit = (/** @type {any} */ consent) => Promise.resolve(consent[name](...values)).then(done, fail);
        /** @type {any} */ (window).consentry.push(visit);
      }),
    /** @type {[string, unknown[]]} */ ([method, args]),
  );

/**
 * The state of consent, once the stored decision is known.
 * @returns {Promise<{ choices: Record<string, string>, pending: boolean, ready: boolean, decision?: any, event?: string }>}
 */
export const stateOf = (/** @type {Page | Frame} */ page) =>
  page.evaluate(
    () =>
      new Promise((done, fail) => {
        const visit = (/** @type {any} */ consent) => consent.ready.then(() => done(consent.state), fail);
        /** @type {any} */ (window).consentry.push(visit);
      }),
  );

/** Lets the console show errors by their text, which some engines' drivers leave out. To be run before our script. */
export const spellErrors = () => {
  const { error } = console;
  console.error = (...values) => error(...values.map(String));
};
