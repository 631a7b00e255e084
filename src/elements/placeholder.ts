import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Consent } from '../create-consent.js';
import { language } from '../messages/index.js';
import { AnswerController } from './answer-controller.js';
import { embedStyles } from './embed-styles.js';
import { type HeldFrame, isHeld, readFrame, words } from './read-frame.js';
import { link } from './links.js';
import { isSealed, problem } from './notices.js';
import { styles } from './styles.js';

/**
 * Stands in the place of a held frame: says who would show it and what that means, and offers to show it. It is put there
 * and taken away with the frame; a page writes none itself.
 *
 * @tag consentry-embed
 * @csspart base - The whole box.
 * @csspart heading - The frame's title, or the name of who shows it.
 * @csspart text - Each paragraph.
 * @csspart actions - The row of buttons and the link.
 * @csspart button - Each button.
 * @csspart link - The link to what the frame shows.
 * @csspart problem - That the choice could not be kept.
 */
export class ConsentryEmbed extends LitElement {
  static override styles = [styles, embedStyles];

  static override properties = { consent: { attribute: false }, frame: { attribute: false } };

  /** The page's consent. */
  declare consent: Consent | undefined;
  /** The frame whose place it takes. */
  declare frame: HTMLIFrameElement | undefined;

  #answer = new AnswerController(this);

  override connectedCallback(): void {
    super.connectedCallback();
    // A page that copies its markup, as carousels do, copies this without what it stands for.
    if (!this.frame) this.remove();
  }

  /** Whether the visitor asked here for the frame. */
  get isAnswered(): boolean {
    return this.#answer.phase !== 'asking';
  }

  protected override render(): TemplateResult | typeof nothing {
    const { consent, frame } = this;
    if (!consent || !frame) return nothing;
    const held = readFrame(frame, consent);
    const { name, categories, canShow, url, host } = held;
    return html`
      <div class="root" part="base" role="group" aria-labelledby="name" lang=${language().code} dir=${language().dir}>
        <div class="in">
          ${this.#answer.phase === 'failed' ? problem() : nothing}
          <div class="told">
            <p id="name" part="heading" lang=${document.documentElement.lang || nothing}>${frame.title || name}</p>
            <p part="text">
              ${words(canShow ? 'embed.reason' : 'embed.closed', { service: name, name: categories })}
              ${host ? link(url, words('embed.open', { host })) : nothing}
            </p>
            ${canShow && isSealed() ? this.#renderLater() : nothing}
          </div>
          ${canShow ? this.#renderActions(held, isHeld(frame, consent)) : nothing}
        </div>
      </div>
    `;
  }

  /** A sealed page reaches no host that it did not reach when it was sealed. */
  #renderLater(): TemplateResult {
    return this.#answer.phase === 'saved'
      ? html`<p part="text" role="alert" tabindex="-1">${words('embed.later')}</p>`
      : html`<p part="text">${words('embed.later')}</p>`;
  }

  #renderActions({ name, categories, isAlone }: HeldFrame, isUndecided: boolean): TemplateResult {
    const { isSudden, phase } = this.#answer;
    const isBusy = isSudden || phase === 'saving' || phase === 'saved';
    const always = isAlone ? words('embed.always', { service: name }) : words('embed.accept', { name: categories });
    const button = (text: unknown, kind: string, act: (event: Event) => void) => html`
      <button type="button" class=${kind} part="button" aria-disabled=${isBusy} @click=${act}>${text}</button>
    `;
    return html`
      <div class="actions" part="actions">
        ${isSealed() ? nothing : button(words('embed.once'), '', this.#once)}
        ${isUndecided ? button(always, 'quiet', this.#always) : nothing}
      </div>
    `;
  }

  #once(event: Event): void {
    const { consent, frame } = this;
    if (frame) this.#answer.grant(event, async () => consent?.showOnce(frame));
  }

  #always(event: Event): void {
    const { consent, frame } = this;
    if (!consent || !frame) return;
    const { grants } = readFrame(frame, consent);
    this.#answer.grant(event, (options) => consent.choose(grants, { ...options, method: 'save' }));
  }
}
