import { type Choice, DAY, type Decision } from './choices.js';
import type { Desk } from './consent.js';
import { cookies } from './natives.js';
import { domains, setCookie } from './set-cookie.js';

/*
 * The consent cookie, version 1:
 *
 *   1~<time>~<subject>~<record>~<notice>~<config>~<id>_<choice>.<id>_<choice>…
 *
 * time is milliseconds since 1970 in base 36, subject and record are random ids of 22 characters, notice is the notice
 * version, config is the configuration's mark, id is that of a category or of a service that differs from its category, and choice is g (granted), d (denied)
 * or u (unasked). Every character is one that no browser, server or web application firewall treats in a way of its own,
 * and the value never has more than 200 of them: an oversized write is ignored by browsers without a word and leaves the
 * old answer standing.
 */
const NAME = 'consentry';
const VALUE =
  /^1~([a-z\d]{1,9})~([\w-]{22})~([\w-]{22})~([A-Za-z\d.-]{1,20})~([a-z\d]{1,7})~((?:[a-z][a-z\d-]*_[gdu](?:\.(?!$)|$))+)$/;
const LETTERS: Record<string, Choice> = { g: 'granted', d: 'denied' };

/** The cookie's value for a decision. */
export const encode = ({ time, subject, id, notice, config, choices }: Decision): string =>
  [
    1,
    time.toString(36),
    subject,
    id,
    notice,
    config,
    Object.entries(choices)
      .map(([key, [letter]]) => `${key}_${letter}`)
      .join('.'),
  ].join('~');

/** The whole value and its fields, all of which stand in one that fits. */
type Found = readonly [string, string, string, string, string, string, string];

/** The decision in a cookie's value; undefined for anything that is not one to the letter. */
export function decode(text: string): Decision | undefined {
  const found = text.length <= 200 && VALUE.exec(text);
  if (!found) return undefined;
  const [, time, subject, id, notice, config, pairs] = found as unknown as Found;
  const choices: Record<string, Choice> = Object.create(null) as Record<string, Choice>;
  for (const pair of pairs.split('.')) {
    const [key, letter] = pair.split('_') as [string, string];
    // An id that stands twice contradicts itself: the whole cookie counts as absent.
    if (choices[key]) return undefined;
    choices[key] = LETTERS[letter] ?? 'unasked';
  }
  return { id, subject, time: parseInt(time, 36), notice, config, choices };
}

/** The newest decision among the copies of the consent cookie that this page can see. */
export function readCookie(): Decision | undefined {
  const copies = cookies().flatMap(
    (pair) => (pair.startsWith(`${NAME}=`) && decode(pair.slice(NAME.length + 1))) || [],
  );
  return copies.sort((one, other) => other.time - one.time)[0];
}

/** Writes a decision, or removes the cookie. Where the browser keeps nothing, the journal still does. */
export function writeCookie({ config, readCookie: read }: Desk, decision: Decision | undefined): void {
  const { cookieDomain, lifetimeDays } = config;
  // Copies of this host and of a domain above it would go on contradicting each other.
  for (const domain of domains()) if (domain !== cookieDomain) setCookie(NAME, '/', domain);
  if (decision) setCookie(NAME, '/', cookieDomain, encode(decision), decision.time + lifetimeDays * DAY);
  // A browser that refuses a write leaves the old answer standing, which must not speak for the new one.
  if (read()?.id !== decision?.id) setCookie(NAME, '/', cookieDomain);
}
