import { html, nothing, type TemplateResult } from 'lit';
import type { Category } from '../core/config.js';
import type { Service } from '../core/service.js';
import { optOutOf, rowsOf } from './catalogue.js';
import { cookieTable, words } from './cookie-table.js';
import { link } from './links.js';
import { serviceName } from './service-name.js';
import { purposeOf } from './service-words.js';

/** Who a service is, what for, what it keeps and where to object to it; `answer` is its own switch, where it has one. */
export function serviceDetails(service: Service, category: Category, answer: unknown): TemplateResult {
  const name = serviceName(service);
  const optOut = optOutOf(service);
  const rows = rowsOf(service);
  return html`
    <div class="service" part="service">
      <p part="text"><strong>${name}</strong><br />${purposeOf(service)}</p>
      ${answer}
      ${
        rows.length
          ? html`
              <details>
                <summary>${words('cookies', { service: name, n: rows.length })}</summary>
                ${cookieTable(nothing, rows, purposeOf(service) ?? purposeOf(category))}
              </details>
            `
          : nothing
      }
      <p part="text">
        ${rows.some(({ party }) => party) ? words('others') : nothing}
        ${optOut ? link(optOut, words('optOut', { service: name })) : nothing}
      </p>
    </div>
  `;
}
