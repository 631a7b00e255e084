/** One thing that happened: when, in milliseconds since the page began, what, and to which element, address or name. */
export type Entry = readonly [time: number, what: string, subject: unknown];

/** More than this nobody reads; a page that lives for days keeps no more either. */
const LIMIT = 1000;

/** What happened so far, oldest first: for whoever looks later. */
export const entries: Entry[] = [];

/** Notes what happened. */
export function log(what: string, subject: unknown): void {
  if (entries.length < LIMIT) entries.push([performance.now(), what, subject]);
}

/** Notes what happened, and tells the web team. */
export function warn(what: string, subject: unknown): void {
  log(what, subject);
  console.warn(`Consentry: ${what}`, subject);
}
