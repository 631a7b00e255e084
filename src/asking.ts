/*
 * What is fetched when somebody has to be asked, chooses, or wants their receipt: a visitor who has decided does without.
 */
export { checkConfig } from './core/check.js';
export { choose, noteExpiry } from './core/choose.js';
export { all as receipt } from './core/journal.js';
