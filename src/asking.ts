/*
 * What is fetched when somebody has to be asked, chooses, or reads their records: a visitor who has decided does without.
 */
import { checkConfig } from './core/check.js';
import { checkDomain } from './core/check-domain.js';
import type { Config } from './core/config.js';

export { choose, expire } from './core/choose.js';
export { all as receipt } from './core/journal.js';

/** Throws where what a web team wrote has a mistake; `config` is what was read of it. */
export function check(input: unknown, config: Config): void {
  checkConfig(input, () => config);
  checkDomain(config);
}
