import { ConfigError } from './check.js';
import {
  allOf,
  type Choice,
  type Choices,
  chosenOf,
  type Decision,
  isDecision,
  isExpired,
  isSame,
  isNewer,
  stricter,
  timeAfter,
} from './choices.js';
import type { Config } from './config.js';
import { type Answer, CHANNEL, type ChooseOptions, type Desk } from './consent.js';
import { writeCookie } from './cookie.js';
import { ConsentChangeEvent, ConsentRecordEvent, tell } from './events.js';
import { append } from './journal.js';
import { type ConsentRecord, createRecord, eventOf } from './record.js';
import type { State } from './state.js';

// Counts the choices of this page: one that is committed after a later one was made opens nothing any more.
let turn = 0;
// What this page chose, and chose after: nobody decided behind its back. By id, because a clock may have been set back since.
const known = new Set<string>();

/** Whether another tab decided since `before`: at the same moment counts, and so does a clock that was set back. */
const isForeign = (found: unknown, before: Decision | undefined): found is Decision =>
  isDecision(found) && !isNewer(before, found) && found.id !== before?.id && !known.has(found.id);

/** The record as it follows the journal's newest row: of a later moment, and granting nothing that a foreign row does not. */
function following(head: unknown, record: ConsentRecord, before: Decision | undefined): ConsentRecord {
  const isMerged = isForeign(head, before);
  if (!isDecision(head) || (isNewer(record, head) && !isMerged)) return record;
  const isLost = ([id, choice]: [string, Choice]) => isMerged && choice === 'granted' && head.choices[id] !== choice;
  const choices = Object.entries(record.choices).map((pair) => (isLost(pair) ? [pair[0], 'unasked'] : pair));
  return {
    ...record,
    time: Math.max(record.time, timeAfter(head.time)),
    choices: Object.fromEntries(choices) as Choices,
  };
}

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

/** What the whole of an answer comes to, by its name. */
const WHOLE: Record<Answer, (choices: Choices) => Choices> = {
  accept: (choices) => allOf(choices, 'granted'),
  reject: (choices) => allOf(choices, 'denied'),
  withdraw: (choices) =>
    Object.fromEntries(
      Object.entries(choices).flatMap(([id, choice]) => (choice === 'granted' ? [[id, 'denied']] : [])),
    ),
};

/** Tells the tabs of this origin, this one too, to read again what is stored. Nothing but that is said: they believe no message. */
function tellTabs(): void {
  try {
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage(0);
    channel.close();
  } catch {
    // A sandboxed page has none. The other tabs read again when they are seen.
  }
}

function enter({ store }: Desk, state: State): void {
  store.set(state);
  tell(new ConsentChangeEvent(state));
}

/** Makes a choice: the one place that changes what the visitor decided. See `ConsentCore.choose`. */
export async function choose(
  desk: Desk,
  wanted: Choices | Answer,
  { method = 'api', noticeHash }: ChooseOptions,
): Promise<ConsentRecord> {
  const { config, store } = desk;
  const now = store.get();
  const found = desk.readCookie();
  // What another tab just denied is denied here too, before anything is written on top of it.
  const isLate = isForeign(found, now.decision);
  const met = () => ({ ...now, decision: found, choices: stricter(now.choices, desk.derive(found, config).choices) });
  const before = isLate ? met() : now;
  const chosen = typeof wanted === 'string' ? WHOLE[wanted](before.choices) : wanted;
  const choices = answer(before.choices, chosen, config);
  const mine = ++turn;
  const event = eventOf(before.choices, choices, config);
  const what = { event, method, noticeHash, choices: chosenOf(choices, config) };
  const last = isNewer(now.decision, found) ? now.decision : found;
  const record = createRecord(config, last, what);
  for (const each of [record, last]) if (each) known.add(each.id);
  const shut = stricter(before.choices, choices);
  const opens = !isSame(shut, choices);
  const closes = !isSame(shut, before.choices);
  // What stands in the cookie until what it newly grants is committed: other tabs and hosts go by that too.
  const interim = opens ? { ...record, choices: chosenOf(shut, config) } : record;
  const closed = { ...before, choices: shut, before: before.choices, ...(closes && { decision: interim }) };
  const take = (kept: ConsentRecord) => enter(desk, { ...desk.derive(kept, config), event });
  if (!opens) take(record);
  else if (closes || isLate) store.set(closed);
  // Whoever grants must know what was decided last.
  if (isLate && opens && !closes) {
    tellTabs();
    throw new Error('outdated');
  }

  if (opens) desk.expect();
  if (closes || !opens) writeCookie(desk, interim);
  if (closes) tellTabs();
  let kept: ConsentRecord;
  try {
    kept = await append((head) =>
      opens && (isLate || isForeign(head, now.decision)) ? undefined : following(head, record, now.decision),
    );
  } catch (error) {
    // What was not committed stands nowhere; what it denies stays denied.
    tellTabs();
    throw error;
  }
  // Who decided since stands in the cookie: another tab, before its own record is committed.
  if (mine === turn && !isForeign(desk.readCookie(), kept) && (opens || kept !== record)) {
    writeCookie(desk, kept);
    take(kept);
  }
  tellTabs();
  tell(new ConsentRecordEvent(kept));
  return kept;
}

/** Appends once that a decision has run out. The note's own choices are all unasked, so it is not noted again. */
export async function expire(desk: Desk, decision: Decision): Promise<void> {
  const choices = allOf(decision.choices, 'unasked');
  if (!isExpired(decision, desk.config) || isSame(choices, decision.choices)) return;
  // Somebody may have chosen while this was fetched, here or in another tab.
  if (desk.store.get().decision !== decision || isForeign(desk.readCookie(), decision)) return;
  const record = createRecord(desk.config, decision, { event: 'expired', method: 'expiry', choices });
  // What is chosen next follows this record, not the one that ran out.
  desk.store.set(desk.derive(record, desk.config));
  writeCookie(desk, record);
  await append((head) => (isForeign(head, decision) ? undefined : record));
  tell(new ConsentRecordEvent(record));
}
