import type { Choice, Choices } from '../core/choices.js';
import type { Category } from '../core/config.js';
import type { Service } from '../core/service.js';
import type { Consent } from '../create-consent.js';

/** What the visitor ticked and has not saved, over the choices in force. */
export interface Draft {
  tick(id: string, choice: Choice): void;
  clear(): void;
  /** The answer to show for a category. What may be objected to is on until then. */
  chosen(category: Category): Choice;
  /** Whether a service has an answer of its own: where the site offers one, and where it was granted without its category. */
  isApart(service: Service, category: Category): boolean;
  /** Whether the visitor can answer for a service now. */
  isOpen(service: Service, category: Category): boolean;
  /**
   * Whether a service is allowed. A Yes to its category allows it unless it was denied on its own under an earlier Yes; one
   * that was granted on its own stays so until a No.
   */
  allows(service: Service, category: Category): boolean;
  /** The answer to every question; one left open counts as No. */
  answers(): Choices;
}

/** The categories that somebody is asked about. */
export const askedOf = (consent: Consent | undefined): readonly Category[] =>
  consent?.config.categories.filter(({ basis }) => basis !== 'essential') ?? [];

/** Makes an empty draft over the consent that `current` finds. */
export function createDraft(current: () => Consent | undefined): Draft {
  let ticks: Record<string, Choice> = {};

  const chosen = ({ id, basis }: Category): Choice => {
    const choice = ticks[id] ?? current()?.state.choices[id] ?? 'unasked';
    return choice === 'unasked' && basis === 'objection' ? 'granted' : choice;
  };
  const isYes = (category: Category) => chosen(category) === 'granted';
  /** Granted without its category, as beside a frame that shows it. */
  const isAlone = ({ id }: Service, category: Category): boolean => {
    const choices = current()?.state.choices;
    return choices?.[id] === 'granted' && choices[category.id] !== 'granted';
  };
  const isApart = (service: Service, category: Category) =>
    !!current()?.config.perService || isAlone(service, category);
  const isOpen = (service: Service, category: Category) => isYes(category) || isAlone(service, category);
  const allows = (service: Service, category: Category): boolean => {
    const choices = current()?.state.choices;
    const under = choices?.[category.id] === 'granted' ? choices[service.id] : 'granted';
    const before = isYes(category) ? under : ticks[category.id];
    return isOpen(service, category) && (ticks[service.id] ?? before ?? 'granted') === 'granted';
  };
  return {
    tick: (id, choice) => void (ticks[id] = choice),
    clear: () => void (ticks = {}),
    chosen,
    isApart,
    isOpen,
    allows,
    answers() {
      const answers: Record<string, Choice> = {};
      for (const category of askedOf(current())) {
        answers[category.id] = isYes(category) ? 'granted' : 'denied';
        for (const service of current()?.config.services ?? []) {
          if (service.category !== category.id || !isApart(service, category)) continue;
          answers[service.id] = allows(service, category) ? 'granted' : 'denied';
        }
      }
      return answers;
    },
  };
}
