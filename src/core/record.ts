import { type Choices, DAY, type Decision, timeAfter } from './choices.js';
import type { Config } from './config.js';
import { VERSION } from './version.js';

/** Which control a choice came from; `api` is a script of the page, `expiry` nobody. */
export type Method = 'accept' | 'reject' | 'save' | 'withdraw' | 'api' | 'expiry';

/** What a record says happened, against the record before it. */
export type RecordEvent =
  'accepted' | 'refused' | 'partial' | 'changed' | 'renewed' | 'withdrawn' | 'objected' | 'expired';

/** One entry of the journal: what was asked, answered, when and how. It holds no page address, user agent or IP. */
export interface ConsentRecord extends Decision {
  readonly schema: 1;
  readonly previous?: string;
  readonly event: RecordEvent;
  readonly method: Method;
  /** SHA-256 of the text that was shown, base64url, where the browser can compute it. */
  readonly noticeHash?: string | undefined;
  readonly language: string;
  readonly controller?: string;
  readonly jurisdiction: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  readonly gpc: boolean;
  readonly sdk: string;
}

/** 128 random bits as 22 characters of base64url. */
export const randomId = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .slice(0, 22);

/** What turning `before` into `after` means, in the visitor's terms. */
export function eventOf(before: Choices, after: Choices, config: Config): RecordEvent {
  const asked = config.categories.filter(({ basis }) => basis !== 'essential');
  const changed = asked.filter(({ id }) => before[id] !== after[id]);
  if (!changed.length) return 'renewed';
  if (changed.some(({ id }) => before[id] === 'granted')) return 'withdrawn';
  if (changed.every(({ id, basis }) => basis === 'objection' && after[id] === 'denied')) return 'objected';
  if (asked.some(({ id }) => before[id] !== 'unasked')) return 'changed';
  if (asked.every(({ id }) => after[id] === 'granted')) return 'accepted';
  return asked.some(({ id }) => after[id] === 'granted') ? 'partial' : 'refused';
}

// The time of the record that this page made last: what follows is later, though that one may not be committed yet.
let made = 0;

/** Makes the record of a choice, in the chain of the decision before it. */
export function createRecord(
  config: Config,
  before: Decision | undefined,
  what: Pick<ConsentRecord, 'event' | 'method' | 'choices' | 'noticeHash'>,
): ConsentRecord {
  const time = timeAfter(Math.max(before?.time ?? 0, made));
  made = time;
  return {
    schema: 1,
    id: randomId(),
    subject: before?.subject ?? randomId(),
    ...(before && { previous: before.id }),
    time,
    ...what,
    notice: config.noticeVersion,
    config: config.mark,
    language: document.documentElement.lang || 'en',
    ...(config.controller && { controller: config.controller }),
    jurisdiction: config.jurisdiction ?? 'GB',
    expires: time + config.lifetimeDays * DAY,
    gpc: navigator.globalPrivacyControl === true,
    sdk: VERSION,
  };
}
