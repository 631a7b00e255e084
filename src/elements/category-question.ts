import { html, nothing, type TemplateResult } from 'lit';
import type { Choice } from '../core/choices.js';
import type { Category } from '../core/config.js';
import type { Service } from '../core/service.js';
import type { Consent } from '../create-consent.js';
import { words } from './cookie-table.js';
import type { Draft } from './draft.js';
import { serviceDetails } from './service-details.js';
import { serviceName } from './service-name.js';
import { nameOf, purposeOf } from './service-words.js';

/** Takes what the visitor ticked: the id of a category or a service, and their answer. */
type Tick = (id: string, choice: Choice) => void;

/** What a question needs beside its category. */
interface Asked {
  readonly consent: Consent;
  readonly draft: Draft;
  readonly tick: Tick;
}

/** The earlier answer, where people were told something else since. */
function earlierAnswer({ state: { choices, decision } }: Consent, id: string): TemplateResult | typeof nothing {
  const earlier = decision?.choices[id];
  if (choices[id] !== 'unasked' || !earlier || earlier === 'unasked') return nothing;
  return html`<p part="text">${words('before', { answer: words(earlier === 'granted' ? 'yes' : 'no') })}</p>`;
}

/** A switch for a service that can be chosen apart from its category. */
function serviceSwitch({ draft, tick }: Asked, service: Service, category: Category): TemplateResult | typeof nothing {
  if (category.basis === 'essential' || !draft.isApart(service, category)) return nothing;
  const change = ({ currentTarget }: Event) =>
    tick(service.id, (currentTarget as HTMLInputElement).checked ? 'granted' : 'denied');
  return html`
    <label>
      <input
        type="checkbox"
        name=${service.id}
        .checked=${draft.allows(service, category)}
        .disabled=${!draft.isOpen(service, category)}
        @change=${change}
      />
      ${words('allow', { service: serviceName(service) })}
    </label>
  `;
}

/** What a category is for, who takes part and what they keep, and the visitor's answer where there is one to give. */
export function categoryQuestion(asked: Asked, category: Category): TemplateResult {
  const { consent, draft, tick } = asked;
  const { id, basis } = category;
  const services = consent.config.services.filter((service) => service.category === id);
  const heading = words(basis === 'essential' ? 'group' : 'question', { name: nameOf(category) });
  const told = html`
    <p part="text">${purposeOf(category)} ${words(basis)}</p>
    ${services.map((service) => serviceDetails(service, category, serviceSwitch(asked, service, category)))}
  `;
  if (basis === 'essential')
    return html`<div class="category" part="category">
      <h3 part="legend">${heading}</h3>
      ${told}
    </div>`;
  return html`
    <fieldset class="category" part="category">
      <legend part="legend"><h3>${heading}</h3></legend>
      ${told} ${earlierAnswer(consent, id)}
      <div class="answers">
        ${(['granted', 'denied'] as const).map(
          (choice) => html`
            <label>
              <input
                type="radio"
                name=${id}
                .value=${choice}
                .checked=${draft.chosen(category) === choice}
                @change=${() => tick(id, choice)}
              />
              ${words(choice === 'granted' ? 'yes' : 'no')}
            </label>
          `,
        )}
      </div>
    </fieldset>
  `;
}
