import { type CSSResultGroup, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Consent } from '../create-consent.js';
import { language } from '../messages/index.js';
import { AnswerController } from './answer-controller.js';
import { link } from './links.js';
import { problem, saved, words } from './notices.js';
import { openPanel } from './open-panel.js';
import { serviceName } from './service-name.js';
import { styles } from './styles.js';

/**
 * Asks a visitor who has to be asked, and confirms that the answer was kept. It is there only while it has something to
 * say.
 *
 * @tag consentry-banner
 * @csspart base - The whole band.
 * @csspart heading - Its heading.
 * @csspart text - Each paragraph.
 * @csspart link - Each link.
 * @csspart actions - The row of buttons.
 * @csspart button - Each button.
 * @csspart choice - Accept and Reject, which cannot be styled apart.
 * @csspart confirmation - That the choice was kept.
 * @csspart problem - That the choice could not be kept.
 */
export class ConsentryBanner extends LitElement {
  static override styles: CSSResultGroup = styles;

  static override properties = { consent: { attribute: false } };

  /** The page's consent. */
  declare consent: Consent | undefined;

  #answer = new AnswerController(this, ({ state }) => {
    if (state.pending) return;
    if (this.#answer.phase === 'asking') this.remove();
    // The place that was kept for the question is none any more.
    else this.style.minHeight = '';
  });

  protected override render(): TemplateResult | typeof nothing {
    const { consent } = this;
    const { phase } = this.#answer;
    if (!consent || (phase === 'asking' && !consent.state.pending)) return nothing;
    return html`
      <div class="root" part="base" role="region" aria-labelledby="name" lang=${language().code} dir=${language().dir}>
        <span id="name" hidden>${words('title')} ${consent.config.controller}</span>
        <div class="in">
          ${phase === 'saved' ? saved(consent, this.#hide) : phase === 'saving' ? nothing : this.#renderQuestion(consent)}
        </div>
      </div>
    `;
  }

  #renderQuestion({ config }: Consent): TemplateResult {
    const advertisers = config.services.filter(({ category }) => category === 'marketing').map(serviceName);
    return html`
      ${this.#answer.phase === 'failed' ? problem() : nothing}
      <div class="told">
        <h2 part="heading">${words('title')}</h2>
        <p part="text">
          ${words('ask')} ${advertisers.length ? words('advertising', { services: advertisers.join(', ') }) : nothing}
        </p>
        <p part="text">
          ${words('manage', { customise: words('customise'), notice: link(config.noticeUrl, words('notice')) })}
        </p>
        ${config.controller ? html`<p part="text">${words('controller', { name: config.controller })}</p>` : nothing}
        <div class="actions" part="actions">
          <button type="button" part="button choice" aria-disabled=${this.#answer.isSudden} @click=${this.#accept}>
            ${words('accept')}
          </button>
          <button type="button" part="button choice" @click=${this.#reject}>${words('reject')}</button>
          <button type="button" class="quiet" part="button" @click=${this.#customise}>${words('customise')}</button>
        </div>
      </div>
    `;
  }

  #accept(event: Event): void {
    this.#answer.grant(event, async (options) => this.consent?.acceptAll({ ...options, method: 'accept' }));
  }

  #reject(): void {
    void this.#answer.keep(async (options) => this.consent?.rejectAll({ ...options, method: 'reject' }));
  }

  #customise(event: Event): void {
    const { consent } = this;
    if (consent) openPanel(event.currentTarget as HTMLElement).catch(() => location.assign(consent.config.noticeUrl));
  }

  #hide(): void {
    this.remove();
  }
}
