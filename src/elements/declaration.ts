import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Category, Config } from '../core/config.js';
import type { Consent } from '../create-consent.js';
import { language } from '../messages/index.js';
import { type CookieRow, rowsOf } from './catalogue.js';
import { ConsentController } from './consent-controller.js';
import { cookieTable, words } from './cookie-table.js';
import { panelStyles } from './panel-styles.js';
import { serviceName } from './service-name.js';
import { nameOf, purposeOf } from './service-words.js';
import { styles } from './styles.js';

/** Days that a hidden message stays hidden where preference cookies are granted. */
const SEEN_DAYS = 182;

/** What the SDK itself keeps: the choices, which messages were hidden, and, where there is an exit, that somebody left. */
const own = (lifetimeDays: number): readonly CookieRow[] => [
  { name: 'consentry', purpose: 'cookie.choice', declared: { duration: words('days', { n: lifetimeDays }) } },
  { name: 'consentry-seen-*', purpose: 'cookie.message', declared: { duration: words('seen', { n: SEEN_DAYS }) } },
  ...(document.querySelector('script[data-quick-exit]')
    ? [{ name: '__Host-consentry-left', purpose: 'cookie.exit', duration: '15 minutes' } as const]
    : []),
];

/**
 * The cookie table of the live configuration, a table for each service.
 *
 * @tag consentry-declaration
 * @csspart base - The whole declaration.
 * @csspart table - Each table.
 * @csspart caption - Its caption.
 */
export class ConsentryDeclaration extends LitElement {
  static override styles = [styles, panelStyles];

  static override properties = { consent: { attribute: false } };

  /** The page's consent. */
  declare consent: Consent | undefined;

  constructor() {
    super();
    new ConsentController(this);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.consent) return nothing;
    const { config } = this.consent;
    return html`
      <div class="root declaration" part="base" lang=${language().code} dir=${language().dir}>
        ${config.categories.map((category) => this.#renderCategory(category, config))}
      </div>
    `;
  }

  #renderCategory(category: Category, { services, lifetimeDays }: Config): unknown {
    const name = nameOf(category);
    const table = (service: unknown, rows: readonly CookieRow[], otherwise?: unknown) =>
      rows.length
        ? cookieTable(
            html`<caption part="caption">
              ${words('table', { service, name })}
            </caption>`,
            rows,
            otherwise,
          )
        : nothing;
    return [
      category.basis === 'essential' ? table(words('site'), own(lifetimeDays)) : nothing,
      ...services
        .filter((service) => service.category === category.id)
        .map((service) => table(serviceName(service), rowsOf(service), purposeOf(service) ?? purposeOf(category))),
    ];
  }
}
