import { html, LitElement, type TemplateResult } from 'lit';
import type { Consent } from '../create-consent.js';
import { language } from '../messages/index.js';
import { ConsentController } from './consent-controller.js';
import { dismiss, isDismissed, isMessageId, renew } from './dismissals.js';
import { messageStyles } from './message-styles.js';
import { words } from './notices.js';

const CATEGORY = ['preferences'];

/**
 * A message of the site that stays hidden once it was hidden. The page writes it `hidden`, with an `id`, and its text
 * inside.
 *
 * @tag consentry-message
 * @slot - The message.
 * @csspart base - The row of message and button.
 * @csspart button - The button that hides it.
 */
export class ConsentryMessage extends LitElement {
  static override styles = messageStyles;

  static override properties = { consent: { attribute: false } };

  /** The page's consent. */
  declare consent: Consent | undefined;

  #isLasting: boolean | undefined;

  constructor() {
    super();
    new ConsentController(this, (consent) => this.#follow(consent));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!isMessageId(this.id)) {
      console.error(`consentry-message: expected an id of a–z, 0–9 and hyphens, got "${this.id}".`);
    }
    this.hidden = isDismissed(this.id);
  }

  protected override render(): TemplateResult {
    return html`
      <div class="message" part="base">
        <div class="text"><slot></slot></div>
        <button type="button" part="button" lang=${language().code} dir=${language().dir} @click=${this.#hide}>
          ${words('hide')}
        </button>
      </div>
    `;
  }

  /** A withdrawal shortens what was to be kept; a grant lets it last. Nothing else prolongs it. */
  #follow(consent: Consent): void {
    if (!consent.state.ready) return;
    const isLasting = consent.isGranted(CATEGORY);
    if (!isLasting || this.#isLasting === false) renew(isLasting);
    this.#isLasting = isLasting;
  }

  #hide(): void {
    if (isMessageId(this.id)) dismiss(this.id, this.#isLasting ?? false);
    this.hidden = true;
  }
}
