import type { ConsentRecord } from './record.js';

/*
 * The device's own history of records: append-only, in order, and committed before anything is opened on its word.
 * Reading creates nothing.
 */
const NAME = 'consentry';
const STORE = 'records';

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error());
  });

function open(create: (request: IDBOpenDBRequest) => void): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => create(request);
  return settled(request);
}

/** Asks the journal; undefined where there is none. */
async function read<T>(query: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  let isAbsent = false;
  const database = await open(({ transaction }) => {
    isAbsent = true;
    // An aborted upgrade leaves no database behind: nothing is stored before a choice.
    transaction?.abort();
  }).catch((error: unknown) => {
    if (!isAbsent) throw error;
    return undefined;
  });
  const leave = () => database?.close();
  // A page that is left must not take an open database into the browser's cache of pages.
  addEventListener('pagehide', leave);
  try {
    return database && (await settled(query(database.transaction(STORE).objectStore(STORE))));
  } finally {
    leave();
    removeEventListener('pagehide', leave);
  }
}

/** The newest row, or undefined where there is none. Rejects where it cannot be read. */
export const head = async (): Promise<unknown> => (await read((store) => store.openCursor(null, 'prev')))?.value;

/** Every record, oldest first. */
export const all = async (): Promise<ConsentRecord[]> =>
  ((await read((store) => store.getAll())) ?? []) as ConsentRecord[];

/**
 * Appends the record that `decide` makes of the newest row, and resolves to it once it is committed; where it makes none
 * nothing is appended. Both are of one transaction: no other tab decides in between.
 */
export async function append(decide: (head: unknown) => ConsentRecord | undefined): Promise<ConsentRecord> {
  const database = await open(({ result }) => void result.createObjectStore(STORE, { autoIncrement: true }));
  try {
    const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
    const store = transaction.objectStore(STORE);
    return await new Promise<ConsentRecord>((resolve, reject) => {
      let record: ConsentRecord | undefined;
      transaction.oncomplete = () => resolve(record as ConsentRecord);
      transaction.onabort = () => reject(transaction.error ?? new Error('outdated'));
      const newest = store.openCursor(null, 'prev');
      newest.onsuccess = () => {
        record = decide(newest.result?.value);
        if (record) store.add(record);
        else transaction.abort();
      };
    });
  } finally {
    database.close();
  }
}
