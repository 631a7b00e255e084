import { checkConfig } from './core/check.js';
import { type ConfigInput, readConfig } from './core/config.js';
import { type Consent, type ConsentOptions, createConsent as create } from './create-consent.js';
import { explain } from './explain.js';
import { vendors } from './services/registry.js';

export type { Basis, Category, Config, ConfigInput, SensitiveRoute, VendorIds } from './core/config.js';
export { ConfigError } from './core/check.js';
export type { Choice, Choices, Decision } from './core/choices.js';
export type { ChooseOptions } from './core/consent.js';
export type { State } from './core/state.js';
export type { ConsentRecord, Method, RecordEvent } from './core/record.js';
export type { Stop } from './core/store.js';
export type { Consent, ConsentOptions } from './create-consent.js';
export type { ConsentReport, EarlyRequest, UncheckedCookie } from './report.js';
export { ConsentChangeEvent, ConsentRecordEvent } from './core/events.js';
export type { CookieDeclaration, CookieName, Service } from './core/service.js';

/**
 * Reads the configuration and the stored decision, and holds what needs consent.
 *
 * @throws {ConfigError} that names every mistake: which entry, what was expected, what was found.
 */
export function createConsent(input: unknown, options?: ConsentOptions): Consent {
  try {
    checkConfig(input, () => readConfig(input as ConfigInput, vendors));
    return create(input as ConfigInput, options);
  } catch (error) {
    throw explain(error, input);
  }
}
