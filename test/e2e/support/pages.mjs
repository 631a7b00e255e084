// @ts-check

const quoted = (/** @type {string} */ text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const attributesOf = (/** @type {Record<string, string>} */ attributes) =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${quoted(value)}"`)
    .join('');

/** What every web team has to say. */
const SAID = { 'data-notice-url': '/cookies', 'data-notice-version': '1' };

/** Our tag as a web team writes it; `attributes` come on top of the notice. */
export const sdkTag = (/** @type {Record<string, string>} */ attributes = {}) =>
  `<script${attributesOf({ src: '/dist/consentry.js', ...SAID, ...attributes })}></script>`;

/**
 * Makes a whole page with our tag first in its head; `sdk: false` makes the control without it.
 * @param {object} parts
 * @param {Record<string, string> | false} [parts.sdk] attributes of our tag
 * @param {object | string} [parts.config] the JSON block, or its very text
 * @param {string} [parts.first] what stands above our tag
 * @param {string} [parts.head] what stands below it
 * @param {string} [parts.body]
 */
export function pageOf({ sdk = {}, config, first = '', head = '', body = '' }) {
  const json = typeof config === 'object' ? JSON.stringify(config) : config;
  const block = json === undefined ? '' : `<script type="application/json" data-consentry-config>${json}</script>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>
${first}${sdk ? block + sdkTag(sdk) : ''}
${head}</head><body><main><h1>x</h1>${body}</main></body></html>`;
}

/** The same tags held by nobody, for the control page: what would have been requested. */
export const live = (/** @type {string} */ markup) =>
  markup.replaceAll(' type="text/plain"', '').replace(/ data-(src|href)=/g, ' $1=');
