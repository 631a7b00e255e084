// @ts-check

/** What a script does that leaves its name in the page, in the order in which scripts run. */
export const says = (/** @type {string} */ name) => `(window.ran ??= []).push('${name}');`;

/** The names of the scripts that ran, in that order. */
export const ran = (/** @type {import('@playwright/test').Page} */ page) =>
  page.evaluate(() => /** @type {{ ran?: string[] }} */ (/** @type {unknown} */ (window)).ran ?? []);

/**
 * Answers with a script after `delay` ms.
 * @returns {import('./site.mjs').Answer}
 */
export const javascript =
  (/** @type {string | Buffer} */ text, delay = 0) =>
  (_, res) =>
    setTimeout(() => {
      res
        .writeHead(200, {
          'content-type': 'text/javascript',
          'cache-control': 'no-store',
          'access-control-allow-origin': '*',
        })
        .end(text);
    }, delay);
