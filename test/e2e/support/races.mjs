// @ts-check

/** @typedef {import('@playwright/test').Page} Page */

/**
 * Holds back what the journal answers to the page, until `release()`: it is read at once, and told later. `seen` is how
 * many answers wait. To be installed before our script.
 */
export async function holdAnswers(/** @type {Page} */ page) {
  await page.addInitScript(() => {
    const own = /** @type {any} */ (window);
    own.answers = [];
    const { openCursor } = IDBObjectStore.prototype;
    const { open } = IDBFactory.prototype;
    /** Stands for a request whose outcome is known and not told yet. */
    const held = (/** @type {IDBRequest} */ real, /** @type {string[]} */ names) => {
      /** @type {any} */
      const request = {};
      for (const name of names) {
        /** @type {any} */ (real)[name] = (/** @type {Event} */ event) => {
          if (name === 'onupgradeneeded') {
            Object.assign(request, { transaction: real.transaction, result: real.result });
            return request[name]?.(event);
          }
          const tell = () => {
            if (name === 'onsuccess') request.result = real.result;
            else request.error = real.error;
            request[name]?.(event);
          };
          if (own.answers) own.answers.push(tell);
          else tell();
        };
      }
      return request;
    };
    IDBObjectStore.prototype.openCursor = function (...range) {
      const real = openCursor.apply(this, range);
      return own.answers && this.transaction.mode === 'readonly' ? held(real, ['onsuccess', 'onerror']) : real;
    };
    IDBFactory.prototype.open = function (...name) {
      const real = open.apply(this, name);
      if (!own.answers) return real;
      /** @type {any} */
      const request = held(real, ['onerror', 'onupgradeneeded']);
      real.onsuccess = () => {
        request.result = real.result;
        request.onsuccess?.();
      };
      return request;
    };
  });
  return {
    seen: () => page.evaluate(() => /** @type {any} */ (window).answers?.length ?? 0),
    release: () =>
      page.evaluate(() => {
        const own = /** @type {any} */ (window);
        const { answers } = own;
        own.answers = undefined;
        for (const tell of answers) tell();
      }),
  };
}
