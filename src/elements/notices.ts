import { html, type TemplateResult } from 'lit';
import type { Consent } from '../create-consent.js';
import { SEAL } from '../gate/seal.js';
import { en } from '../messages/en.js';
import { link } from './links.js';
import { wordsOf } from './words.js';

/** The texts of the banner, and what the preferences share with it. */
export const words = wordsOf(en);

/** Whether a withdrawal sealed the page: what is granted now takes effect on the next one. */
export const isSealed = (): boolean => !!document.querySelector(SEAL);

/** That the choice is kept, and where to change it. Focus goes to it, so that it is read out where the question was. */
export const saved = ({ config }: Consent, hide: () => void): TemplateResult => html`
  <div class="notice" role="alert" tabindex="-1" part="confirmation">
    <p>${words('saved', { page: link(config.noticeUrl, words('page')) })}</p>
    <button type="button" class="quiet" part="button" @click=${hide}>${words('hide')}</button>
  </div>
`;

/** That the choice could not be kept. */
export const problem = (): TemplateResult => html`
  <p class="problem" role="alert" tabindex="-1" part="problem">${words('problem')}</p>
`;
