import type { State } from './state.js';
import type { ConsentRecord } from './record.js';

/** Tells the page, whatever an element of it is named, and whatever its listeners do. */
export function tell(event: Event): void {
  EventTarget.prototype.dispatchEvent.call(document, event);
}

/** A choice changed the state. Dispatched on `document`. */
export class ConsentChangeEvent extends Event {
  readonly state: State;

  constructor(state: State) {
    super('consentry-change', { bubbles: true, composed: true });
    this.state = state;
  }
}

/** A record was committed to the journal, and what it grants is open. Dispatched on `document`. */
export class ConsentRecordEvent extends Event {
  readonly record: ConsentRecord;

  constructor(record: ConsentRecord) {
    super('consentry-record', { bubbles: true, composed: true });
    this.record = record;
  }
}

declare global {
  interface DocumentEventMap {
    'consentry-change': ConsentChangeEvent;
    'consentry-record': ConsentRecordEvent;
  }
}
