import { ConsentChangeEvent, ConsentRecordEvent, tell } from './events.js';
import { append } from './journal.js';
import { ConfigError } from './check.js';
import { allOf, type Choices, chosenOf, type Decision, isExpired, isSame, stricter } from './choices.js';
import type { Config } from './config.js';
import type { ChooseOptions, Desk } from './consent.js';
import { writeCookie } from './cookie.js';
import { type ConsentRecord, createRecord, eventOf } from './record.js';
import type { State } from './state.js';

// Counts the choices of this page: one that is committed after a later one was made opens nothing any more.
let turn = 0;

/** The choices in force with the chosen ones in their place; a service follows its category unless it is named too. */
function answer(before: Choices, chosen: Choices, config: Config): Choices {
  const wrong = Object.entries(chosen).filter(
    ([id, choice]) => !Object.hasOwn(before, id) || (choice !== 'granted' && choice !== 'denied'),
  );
  if (wrong.length) throw new ConfigError(wrong.map(([id, found]) => ({ path: `choices.${id}`, found })));
  const choices = { ...before, ...chosen };
  for (const { id, basis } of config.categories) if (basis === 'essential') choices[id] = 'granted';
  for (const { id, category } of config.services) {
    choices[id] = chosen[id] ?? chosen[category] ?? choices[id] ?? 'unasked';
  }
  return choices;
}

function enter({ store }: Desk, state: State): void {
  store.set(state);
  tell(new ConsentChangeEvent(state));
}

/** Makes a choice: the one place that changes what the visitor decided. See `ConsentCore.choose`. */
export async function choose(
  desk: Desk,
  chosen: Choices,
  { method = 'api', noticeHash }: ChooseOptions,
): Promise<ConsentRecord> {
  const { config, store } = desk;
  const before = store.get();
  const choices = answer(before.choices, chosen, config);
  const mine = ++turn;
  const event = eventOf(before.choices, choices, config);
  const what = { event, method, noticeHash, choices: chosenOf(choices, config) };
  const record = createRecord(config, before.decision, what);
  const after = { ...desk.stateOf(record, config), event };
  const closed = { ...before, choices: stricter(before.choices, choices) };
  const opens = !isSame(closed.choices, choices);
  const closes = !isSame(closed.choices, before.choices);
  if (!opens) enter(desk, after);
  else if (closes) store.set(closed);

  writeCookie(desk, record);
  try {
    await append(record);
  } catch (error) {
    // What was not committed does not open, now or at the next load; what it denies stays denied.
    const kept = closes ? { ...record, choices: chosenOf(closed.choices, config) } : before.decision;
    if (opens && mine === turn) writeCookie(desk, kept);
    throw error;
  }
  if (opens && mine === turn) enter(desk, after);
  tell(new ConsentRecordEvent(record));
  return record;
}

/** Appends once that a decision has run out. The note's own choices are all unasked, so it is not noted again. */
export async function noteExpiry(desk: Desk, decision: Decision): Promise<void> {
  const choices = allOf(decision.choices, 'unasked');
  if (!isExpired(decision, desk.config) || isSame(choices, decision.choices)) return;
  // Somebody may have chosen while this was fetched.
  if (desk.store.get().decision !== decision) return;
  const record = createRecord(desk.config, decision, { event: 'expired', method: 'expiry', choices });
  // What is chosen next follows this record, not the one that ran out.
  desk.store.set(desk.stateOf(record, desk.config));
  writeCookie(desk, record);
  await append(record);
  tell(new ConsentRecordEvent(record));
}
