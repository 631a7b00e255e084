// @ts-check

/**
 * Calls the API as a script of the page does, `choose(page, 'acceptAll')`; resolves when the choice is kept.
 * @param {import('@playwright/test').Page} page
 * @param {'acceptAll' | 'rejectAll' | 'withdraw' | 'choose'} method
 * @param {...unknown} given
 * @returns {Promise<void>}
 */
export const choose = (page, method, ...given) =>
  page.evaluate(
    ({ method, given }) =>
      new Promise((done, fail) => {
        const { consentry } = /** @type {any} */ (window);
        consentry.push((/** @type {any} */ consent) => consent[method](...given).then(() => done(), fail));
      }),
    { method, given },
  );
