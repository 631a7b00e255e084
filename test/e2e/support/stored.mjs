// @ts-check

/** @typedef {import('@playwright/test').Page} Page */

/** A value of the consent cookie, as its documented grammar has it. */
export const cookieOf = (/** @type {Record<string, 'g' | 'd' | 'u'>} */ choices, time = Date.now(), id = 'c') =>
  [
    1,
    time.toString(36),
    's'.repeat(22),
    id.repeat(22),
    '1',
    'mark',
    Object.entries(choices)
      .map((pair) => pair.join('_'))
      .join('.'),
  ].join('~');

/** A row of the journal, as far as a decision is read from it. */
export const rowOf = (/** @type {Record<string, string>} */ choices, time = Date.now(), id = 'j') => ({
  schema: 1,
  id: id.repeat(22),
  subject: 's'.repeat(22),
  time,
  notice: '1',
  config: 'mark',
  choices,
});

/** Appends rows to the journal of the page's origin, which need not be records. */
export const writeJournal = (/** @type {Page} */ page, /** @type {unknown[]} */ ...rows) =>
  page.evaluate(
    (values) =>
      new Promise((done, fail) => {
        const request = indexedDB.open('consentry', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('records', { autoIncrement: true });
        request.onerror = () => fail(request.error);
        request.onsuccess = () => {
          const transaction = request.result.transaction('records', 'readwrite');
          for (const value of values) transaction.objectStore('records').add(value);
          transaction.oncomplete = () => {
            request.result.close();
            done(undefined);
          };
          transaction.onabort = () => fail(transaction.error);
        };
      }),
    rows,
  );

/** Removes the journal of the page's origin, as a browser may. */
export const dropJournal = (/** @type {Page} */ page) =>
  page.evaluate(
    () =>
      new Promise((done, fail) => {
        const request = indexedDB.deleteDatabase('consentry');
        request.onsuccess = () => done(undefined);
        request.onerror = () => fail(request.error);
      }),
  );

/**
 * Keeps the journal busy with a transaction of the page, so that no commit of ours ends before `release()`; an empty
 * journal is made where there is none.
 * @returns {Promise<{ release(): Promise<void> }>}
 */
export async function holdJournal(/** @type {Page} */ page) {
  await page.evaluate(
    () =>
      new Promise((done, fail) => {
        const request = indexedDB.open('consentry', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('records', { autoIncrement: true });
        request.onerror = () => fail(request.error);
        request.onsuccess = () => {
          const store = request.result.transaction('records', 'readwrite').objectStore('records');
          const own = /** @type {any} */ (window);
          own.isJournalHeld = true;
          // A transaction lives as long as it is asked something.
          const ask = () => {
            if (!own.isJournalHeld) return request.result.close();
            store.count().onsuccess = ask;
          };
          store.count().onsuccess = () => {
            done(undefined);
            ask();
          };
        };
      }),
  );
  return {
    release: () => page.evaluate(() => void Object.assign(window, { isJournalHeld: false })),
  };
}

/** Makes each commit to the journal fail while `window.failCommits` is set. To be run before our script. */
export const failCommits = () => {
  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function (...row) {
    const request = add.apply(this, row);
    if (/** @type {any} */ (window).failCommits) this.transaction.abort();
    return request;
  };
};
