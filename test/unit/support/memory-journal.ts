/**
 * Stands for IndexedDB, which the environment of these tests lacks: one store of rows in memory, with what the journal
 * asks of it. `commit` is what ends a transaction: by itself, with an error, or when the test says so.
 */
export function installJournal() {
  const journal = {
    rows: [] as object[],
    exists: false,
    /** What the next commits do. */
    commit: 'at once' as 'at once' | 'fail' | 'wait',
    waiting: [] as (() => void)[],
  };
  const later = (run: () => void) => queueMicrotask(run);

  function transaction() {
    const added: object[] = [];
    let asked = 0;
    let isAborted = false;
    /** A transaction lives as long as it is asked something. */
    function answer<T>(result: T) {
      const request = { result, error: null, onsuccess: () => {}, onerror: () => {} };
      asked += 1;
      later(() => {
        request.onsuccess();
        asked -= 1;
        if (!asked) close();
      });
      return request;
    }
    const self = {
      error: null as Error | null,
      oncomplete: () => {},
      onabort: () => {},
      abort: () => void (isAborted = true),
      objectStore: () => ({
        add: (row: object) => void added.push(row),
        openCursor: () => answer(journal.rows.length ? { value: journal.rows.at(-1) } : null),
        getAll: () => answer([...journal.rows]),
      }),
    };
    const end = () => {
      if (isAborted) return self.onabort();
      if (journal.commit === 'fail') {
        self.error = new DOMException('full', 'QuotaExceededError');
        return self.onabort();
      }
      journal.rows.push(...added);
      self.oncomplete();
    };
    const close = () => (journal.commit === 'wait' ? journal.waiting.push(end) : end());
    return self;
  }

  const database = { createObjectStore: () => void (journal.exists = true), transaction, close: () => {} };
  const open = () => {
    const request = {
      result: database,
      error: null as Error | null,
      transaction: { abort: () => void (request.error = new DOMException('aborted', 'AbortError')) },
      onupgradeneeded: () => {},
      onsuccess: () => {},
      onerror: () => {},
    };
    later(() => {
      if (!journal.exists) request.onupgradeneeded();
      if (request.error) request.onerror();
      else request.onsuccess();
    });
    return request;
  };
  Object.defineProperty(globalThis, 'indexedDB', { configurable: true, value: { open } });
  return journal;
}
