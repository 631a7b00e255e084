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

/** Opens the database. Where it does not exist, reading leaves it so and answers undefined. */
async function open(purpose: 'read' | 'append'): Promise<IDBDatabase | undefined> {
  const request = indexedDB.open(NAME, 1);
  let absent = false;
  request.onupgradeneeded = () => {
    if (purpose === 'append') return void request.result.createObjectStore(STORE, { autoIncrement: true });
    absent = true;
    // An aborted upgrade leaves no database behind: nothing is stored before a choice.
    request.transaction?.abort();
  };
  try {
    return await settled(request);
  } catch (error) {
    if (absent) return undefined;
    throw error;
  }
}

async function read<T>(query: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  const database = await open('read');
  try {
    return database && (await settled(query(database.transaction(STORE).objectStore(STORE))));
  } finally {
    database?.close();
  }
}

/** The newest row, or undefined where there is none. Rejects where it cannot be read. */
export const head = async (): Promise<unknown> => (await read((store) => store.openCursor(null, 'prev')))?.value;

/** Every record, oldest first. */
export const all = async (): Promise<ConsentRecord[]> =>
  ((await read((store) => store.getAll())) ?? []) as ConsentRecord[];

/** Appends a record; resolves once it is committed. */
export async function append(record: ConsentRecord): Promise<void> {
  const database = (await open('append')) as IDBDatabase;
  try {
    const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error());
      transaction.objectStore(STORE).add(record);
    });
  } finally {
    database.close();
  }
}
