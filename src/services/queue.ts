import type { ConsentCore } from '../core/consent.js';
import { page } from './page.js';

const command = (entry: unknown) => (entry as ArrayLike<unknown> | undefined)?.[0];

/** Whether an entry says what is granted. */
const isConsent = (entry: unknown) =>
  command(entry) === 'consent' || (entry as { event?: string } | undefined)?.event === 'consentry';

/** Whether Google has to know an entry before it is told of an id. */
const isSetting = (entry: unknown) => command(entry) === 'set' || isConsent(entry);

/** Keeps what is granted ahead of whatever the page's own snippet queued for a library that is still to come. */
export function keepConsentAhead({ subscribe }: ConsentCore): void {
  subscribe(() => {
    if (page.google_tag_manager || !Array.isArray(page.dataLayer)) return;
    page.dataLayer.sort((one, other) => Number(isConsent(other)) - Number(isConsent(one)));
  });
}

/**
 * Makes what puts commands of ours before the page's in a `dataLayer` that no library has read yet: an event of the page
 * that comes before the configuration of its id is lost.
 */
export function createQueue() {
  const ours = new Set<unknown>();

  /** Puts in front what `tell` adds; returns what takes it out again. */
  return (tell: () => void): (() => void) => {
    const layer = page.dataLayer as unknown[];
    const { length } = layer;
    tell();
    const added = layer.splice(length);
    const place = layer.reduce<number>((at, entry, index) => (isSetting(entry) || ours.has(entry) ? index + 1 : at), 0);
    layer.splice(place, 0, ...added);
    added.forEach((entry) => ours.add(entry));
    return () => void layer.splice(0, layer.length, ...layer.filter((entry) => !added.includes(entry)));
  };
}
