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
  /** Whether a Yes to its category allows a service: unless it was denied on its own under an earlier Yes. */
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
  const allows = ({ id }: Service, category: Category): boolean => {
    const choices = current()?.state.choices;
    const before = choices?.[category.id] === 'granted' ? choices[id] : 'granted';
    return chosen(category) === 'granted' && (ticks[id] ?? before) === 'granted';
  };
  return {
    tick: (id, choice) => void (ticks[id] = choice),
    clear: () => void (ticks = {}),
    chosen,
    allows,
    answers() {
      const answers: Record<string, Choice> = {};
      const { services = [], perService } = current()?.config ?? {};
      for (const category of askedOf(current())) {
        const isYes = chosen(category) === 'granted';
        answers[category.id] = isYes ? 'granted' : 'denied';
        if (!isYes || !perService) continue;
        for (const service of services) {
          if (service.category !== category.id) continue;
          answers[service.id] = allows(service, category) ? 'granted' : 'denied';
        }
      }
      return answers;
    },
  };
}
