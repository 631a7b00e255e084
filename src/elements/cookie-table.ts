import { html, type TemplateResult } from 'lit';
import { enPanel } from '../messages/en-panel.js';
import type { Duration } from '../messages/keys.js';
import type { CookieRow } from './catalogue.js';
import { wordsOf } from './words.js';

/** The texts of the preferences and the cookie table. */
export const words = wordsOf<keyof typeof enPanel | Duration>(enPanel);

/** A cell that names its own column where the columns no longer stand side by side. */
const cell = (head: 'who' | 'why' | 'kept', content: unknown): TemplateResult =>
  html`<td role="cell"><span class="head" aria-hidden="true">${words(head)}</span> ${content}</td>`;

/** The cookies of one service, under a caption where the text above them does not say whose. The roles keep it a table for screen readers where narrow screens stack its cells. */
export const cookieTable = (caption: unknown, rows: readonly CookieRow[], otherwise: unknown): TemplateResult => html`
  <table role="table" part="table">
    ${caption}
    <thead>
      <tr role="row">
        ${(['cookie', 'who', 'why', 'kept'] as const).map(
          (head) => html`<th role="columnheader" scope="col">${words(head)}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ name, party, purpose, duration, declared }) => html`
          <tr role="row">
            <th role="rowheader" scope="row"><code>${name}</code></th>
            ${cell('who', party ?? words('site'))}
            ${cell('why', declared?.purpose ?? (purpose ? words(purpose) : otherwise))}
            ${cell('kept', declared?.duration ?? words(duration ?? 'unstated'))}
          </tr>
        `,
      )}
    </tbody>
  </table>
`;
