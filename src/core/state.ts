import { type Choices, choicesInForce, type Decision, isPending } from './choices.js';
import type { Config } from './config.js';
import type { RecordEvent } from './record.js';

/** What the visitor's newest decision says now; everything else is derived from it. */
export interface State {
  /** A choice for each configured category and service. */
  readonly choices: Choices;
  /** False until cookie and journal have answered: nothing opens and nobody is asked before. */
  readonly ready: boolean;
  /** The newest decision, in force or not: what was chosen before shows where it is asked again. */
  readonly decision?: Decision | undefined;
  /** Whether somebody has to be asked. */
  readonly pending: boolean;
  /** The choices before, while what a choice closes is closed and what it opens is still to come. */
  readonly before?: Choices;
  /** What the visitor just did; absent for a decision that was stored. */
  readonly event?: RecordEvent;
}

/** The state that a decision comes to. */
export function derive(decision: Decision | undefined, config: Config): State {
  const choices = choicesInForce(decision, config);
  return { ready: true, decision, choices, pending: isPending(choices, config) };
}
