import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Choice, Choices } from '../core/choices.js';
import type { Consent } from '../create-consent.js';
import { language } from '../messages/index.js';
import { AnswerController } from './answer-controller.js';
import { categoryQuestion } from './category-question.js';
import { words } from './cookie-table.js';
import { askedOf, createDraft } from './draft.js';
import { isSealed, problem, saved } from './notices.js';
import { panelStyles } from './panel-styles.js';
import { styles } from './styles.js';

const isGrant = (answers: Choices): boolean => Object.values(answers).includes('granted');

/**
 * Says of each category what it is for, who takes part and what they keep, and takes the visitor's answer. It stands in
 * the page, never above it: nothing else is made inert, and no key is held back.
 *
 * @tag consentry-preferences
 * @slot receipt - The visitor's own copy of their records.
 * @fires close - The visitor is done with preferences that can be closed.
 * @csspart base - The whole panel.
 * @csspart heading - Its heading.
 * @csspart text - Each paragraph.
 * @csspart link - Each link.
 * @csspart category - The question and answers of a category.
 * @csspart legend - The question of a category.
 * @csspart service - A service of a category.
 * @csspart table - A table of cookies.
 * @csspart caption - Its caption.
 * @csspart actions - The row of buttons.
 * @csspart button - Each button.
 * @csspart confirmation - That the choice was kept.
 * @csspart problem - That the choice could not be kept.
 */
export class ConsentryPreferences extends LitElement {
  static override styles = [styles, panelStyles];

  static override properties = { consent: { attribute: false }, closable: { type: Boolean } };

  /** The page's consent. */
  declare consent: Consent | undefined;
  /** Whether the visitor can close them: they were opened in place and are not part of the page. */
  declare closable: boolean;

  #answer = new AnswerController(this);
  #draft = createDraft(() => this.consent);

  constructor() {
    super();
    this.closable = false;
    this.addEventListener('keydown', this.#escape);
  }

  /** Makes these ones that were opened in place. */
  open(): void {
    this.closable = true;
    this.dataset.consentryOpened = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A copy that the page kept of its markup: nobody opened this one, and nobody would close it.
    if (!this.closable && 'consentryOpened' in this.dataset) this.remove();
  }

  /** Shows the questions, in the place of a confirmation that closed them. */
  show(): void {
    if (this.#answer.phase === 'saved') this.#answer.enter('asking');
  }

  /** Moves focus to the heading. */
  override focus(): void {
    this.scrollIntoView();
    this.renderRoot.querySelector('h2')?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { consent } = this;
    if (!consent) return nothing;
    const { phase } = this.#answer;
    const isAsking = phase !== 'saving' && !(this.closable && phase === 'saved');
    return html`
      <div
        class="root ${this.closable ? '' : 'placed'}"
        part="base"
        role="region"
        aria-labelledby="name"
        lang=${language().code}
        dir=${language().dir}
      >
        <span id="name" hidden>${words('settings')}</span>
        <div class="in">
          ${phase === 'saved' ? saved(consent, this.#done) : nothing} ${phase === 'failed' ? problem() : nothing}
          ${isAsking ? this.#renderQuestions(consent) : nothing}
        </div>
      </div>
    `;
  }

  #renderQuestions(consent: Consent): TemplateResult {
    const { config, state } = consent;
    const question = { consent, draft: this.#draft, tick: this.#tick };
    const asked = askedOf(this.consent);
    const services = config.services.filter(({ category }) => asked.some(({ id }) => id === category));
    const isAnyGranted = [...asked, ...services].some(({ id }) => state.choices[id] === 'granted');
    const exit = document.querySelector('[data-consentry-exit-bar]');
    return html`
      <div class="told">
        <h2 tabindex="-1" part="heading">${words('settings')}</h2>
        <p part="text">
          ${words('choose')} ${isSealed() ? words('sealed') : nothing} ${exit ? words('leaves') : nothing}
        </p>
        ${config.categories.map((category) => categoryQuestion(question, category))}
        <div class="actions" part="actions">
          <button
            type="button"
            part="button"
            aria-disabled=${this.#answer.isSudden && isGrant(this.#draft.answers())}
            @click=${this.#save}
          >
            ${words('save')}
          </button>
          ${
            isAnyGranted
              ? html`<button type="button" class="quiet" part="button" @click=${this.#withdraw}>
                  ${words('withdraw')}
                </button>`
              : nothing
          }
          ${
            this.closable
              ? html`<button type="button" class="quiet" part="button" @click=${this.#done}>${words('close')}</button>`
              : nothing
          }
        </div>
      </div>
      <slot name="receipt"></slot>
    `;
  }

  #tick = (id: string, choice: Choice): void => {
    this.#draft.tick(id, choice);
    this.requestUpdate();
  };

  #save(event: Event): void {
    const answers = this.#draft.answers();
    const choose: Parameters<AnswerController['keep']>[0] = async (options) => {
      await this.consent?.choose(answers, { ...options, method: 'save' });
      this.#draft.clear();
    };
    if (isGrant(answers)) this.#answer.grant(event, choose);
    else void this.#answer.keep(choose);
  }

  #withdraw(): void {
    this.#draft.clear();
    void this.#answer.keep(async (options) => this.consent?.withdraw({ ...options, method: 'withdraw' }));
  }

  #done(): void {
    this.#answer.enter('asking');
    if (this.closable) this.dispatchEvent(new Event('close'));
  }

  /** Escape belongs to the exit wherever there is one. */
  #escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.closable || event.isComposing) return;
    if (!document.querySelector('[data-consentry-exit-bar]')) this.#done();
  }
}
