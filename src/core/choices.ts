import type { Config } from './config.js';

/** What a visitor answered for a category or a service; `unasked` where there is no answer in force. */
export type Choice = 'granted' | 'denied' | 'unasked';

/** Choices by the id of a category or a service. */
export type Choices = Readonly<Record<string, Choice>>;

/** What a visitor decided, when, and on what they were told: what the cookie and the journal both keep. */
export interface Decision {
  /** Random id of the record that holds the decision. */
  readonly id: string;
  /** Random id of the visitor's chain of records; it identifies nobody beyond this site. */
  readonly subject: string;
  /** Milliseconds since 1970, by the visitor's clock. */
  readonly time: number;
  /** The notice version the visitor was shown. */
  readonly notice: string;
  /** The mark of the configuration they were asked under. */
  readonly config: string;
  /** One choice per category, and one per service that differs from its category's. */
  readonly choices: Choices;
}

/** Whether a row of the journal can be read as a decision: anything may stand in a database. What it lacks is denied. */
export function isDecision(row: unknown): row is Decision {
  const { time, choices } = Object(row) as Partial<Decision>;
  return Number(time) > 0 && Object(choices) === choices;
}

/** Whether a decision came after another, or where there was none. */
export const isNewer = (one: Decision | undefined, than: Decision | undefined): boolean =>
  !!one && one.time > (than?.time ?? 0);

/** The same choice for everything that `choices` names. */
export const allOf = (choices: Choices, choice: Choice): Choices =>
  Object.fromEntries(Object.keys(choices).map((id) => [id, choice]));

/** Milliseconds of a day. */
export const DAY = 864e5;

/**
 * The time of what comes after a decision of that `time`: now, or a moment later than it where the clock stands still or was
 * set back. A decision that lies more than a day ahead has run out, and counts for nothing.
 */
export const timeAfter = (time = 0, now = Date.now()): number => (time >= now + DAY ? now : Math.max(now, time + 1));

/** Whether a decision has run out: its lifetime is over, or it lies more than a day ahead of a clock set back. */
export const isExpired = ({ time }: Decision, { lifetimeDays }: Config, now = Date.now()): boolean =>
  now > time + lifetimeDays * DAY || time > now + DAY;

/**
 * The choices in force, for every category and service: what the decision still says under today's configuration.
 *
 * A category that is new since the decision is `unasked`. A new notice version means that people were told something
 * else: whatever needs consent is `unasked` until answered again, while an objection stands, to a service too.
 */
export function choicesInForce(decision: Decision | undefined, config: Config): Choices {
  const chosen = decision && !isExpired(decision, config) ? decision.choices : {};
  const isTold = decision?.notice === config.noticeVersion;
  const choices: Record<string, Choice> = {};
  for (const { id, basis } of config.categories) {
    choices[id] = basis === 'essential' ? 'granted' : ((isTold || basis === 'objection') && chosen[id]) || 'unasked';
  }
  for (const { id, category } of config.services)
    choices[id] = ((isTold || chosen[id] === 'denied') && chosen[id]) || choices[category] || 'unasked';
  return choices;
}

/** What is kept of choices in force: essential categories are nobody's to choose, and most services follow theirs. */
export const chosenOf = (choices: Choices, { categories, services }: Config): Choices =>
  Object.fromEntries(
    [
      ...categories.filter(({ basis }) => basis !== 'essential'),
      ...services.filter(({ id, category }) => choices[id] !== choices[category]),
    ].map(({ id }) => [id, choices[id] ?? 'unasked']),
  );

/** What may be in force while a decision is not committed: all that it denies, nothing that it newly grants. */
export const stricter = (before: Choices, after: Choices): Choices =>
  Object.fromEntries(
    Object.entries(after).map(([id, choice]) => [id, choice === 'granted' ? (before[id] ?? 'unasked') : choice]),
  );

export const isSame = (one: Choices, other: Choices): boolean => Object.keys(one).every((id) => one[id] === other[id]);

/** Whether somebody has to be asked: a category that needs consent has no answer, and their browser gave none. */
export const isPending = (choices: Choices, config: Config): boolean =>
  config.categories.some(
    ({ id, basis, gpc }) =>
      basis === 'consent' && choices[id] === 'unasked' && !(gpc && navigator.globalPrivacyControl),
  );

declare global {
  interface Navigator {
    /** https://www.w3.org/TR/gpc/ */
    readonly globalPrivacyControl?: boolean;
  }
}
