import { checkConfig, ConfigError, LANGUAGES, type Mistake } from './core/check.js';
import { type ConfigInput, readConfig } from './core/config.js';
import { vendors } from './services/registry.js';

const NAME = 'a name, or two characters or more and one * at the end';
const LINK = 'an http(s) or relative address';
const ID = 'a–z, 0–9 and hyphens, starting with a letter, at most 40, and no other category’s or service’s id';
const CATEGORY = 'the id of a configured category';
const TEXT = 'a text';
const FLAG = 'true or false';
const CALL = 'a list: the name of a global function, and its arguments';
const PATH = 'a path that starts with /';

/** What each entry has to be, by its path without the positions in lists. */
export const EXPECTED: Readonly<Record<string, string>> = {
  '': 'an object',
  'data-consentry-config': 'JSON',
  $schema: TEXT,
  noticeUrl: LINK,
  noticeVersion: '1 to 20 letters, digits, dots and hyphens',
  controller: 'a name of at most 100 characters',
  layout: 'top, bottom or box',
  messages: 'an object',
  ...Object.fromEntries(
    LANGUAGES.flatMap((code) => [
      [`messages.${code}`, 'an object'],
      [`messages.${code}.*`, TEXT],
    ]),
  ),
  jurisdiction: 'a country or subdivision code such as GB or GB-WLS',
  lifetimeDays: 'a whole number from 1 to 400',
  cookieDomain: 'the domain of this page or one above it, and no public suffix such as police.uk',
  categories: 'a list, and a cookie of at most 200 characters',
  'categories[]': 'an object',
  'categories[].id': ID,
  'categories[].basis': 'essential, consent or objection',
  'categories[].name': TEXT,
  'categories[].purpose': TEXT,
  'categories[].google': 'a list',
  'categories[].google[]': 'a Google consent type such as analytics_storage',
  'categories[].gpc': FLAG,
  services: 'a list',
  'services[]': 'an object',
  'services[].id': ID,
  'services[].name': TEXT,
  'services[].category': CATEGORY,
  'services[].hosts': 'a list',
  'services[].hosts[]': 'a host name, with *. before it, or with the start of a path after it',
  'services[].cookies': 'a list',
  'services[].cookies[]': `${NAME}, or an object with that name and path, purpose, duration, party or httpOnly`,
  'services[].storage': 'a list',
  'services[].storage[]': NAME,
  'services[].optOut': LINK,
  'services[].purpose': TEXT,
  'services[].grant': 'a list',
  'services[].grant[]': CALL,
  'services[].deny': 'a list',
  'services[].deny[]': CALL,
  perService: FLAG,
  googleAnalytics: 'an object with ids, and a category analytics',
  'googleAnalytics.ids': 'a list',
  'googleAnalytics.ids[]': 'a Google Analytics id (G-…, GT-… or UA-…)',
  'googleAnalytics.src': LINK,
  doubleclick: 'an object with ids, and a category marketing',
  'doubleclick.ids': 'a list',
  'doubleclick.ids[]': 'a DoubleClick or Google Ads id (DC-… or AW-…)',
  'doubleclick.src': LINK,
  facebookPixel: 'an object with ids, and a category marketing',
  'facebookPixel.ids': 'a list',
  'facebookPixel.ids[]': 'a Facebook Pixel id (digits)',
  'facebookPixel.src': LINK,
  googleTagManager: 'an object with ids, and the categories analytics and marketing',
  'googleTagManager.ids': 'a list of one Google Tag Manager id (GTM-…), or none',
  'googleTagManager.src': LINK,
  google: 'an object',
  'google.wait_for_update': 'milliseconds',
  'google.region': 'a list',
  'google.region[]': 'a country or subdivision code such as GB or GB-WLS',
  'google.ads_data_redaction': FLAG,
  'google.url_passthrough': FLAG,
  guard: FLAG,
  onWithdraw: 'seal, or nothing',
  sensitive: 'a list',
  'sensitive[]': 'an object',
  'sensitive[].path': PATH,
  'sensitive[].deny': 'a list',
  'sensitive[].deny[]': CATEGORY,
};

/** The options that may stand where an unknown one was found. */
function known(path: string): string {
  const place = path.slice(0, path.lastIndexOf('.') + 1);
  const names = Object.keys(EXPECTED).filter(
    (each) => each.startsWith(place) && /^[\w$]+$/.test(each.slice(place.length)),
  );
  return `one of the options ${names.map((each) => each.slice(place.length)).join(', ')}`;
}

/** What was found, in a few words: a configuration can be of any size and depth. */
function show(found: unknown): string {
  if (found === undefined) return 'nothing';
  if (typeof found === 'string') return JSON.stringify(found.length > 100 ? `${found.slice(0, 99)}…` : found);
  if (found && typeof found === 'object') return Array.isArray(found) ? 'a list' : 'an object';
  return JSON.stringify(found) ?? typeof found;
}

function sentence({ path, found }: Mistake): string {
  const place = path.replace(/\[\d+\]/g, '[]').replace(/^(messages\.[^.]+)\..*/, '$1.*');
  const own = Object.hasOwn(EXPECTED, place) ? EXPECTED[place] : undefined;
  const expected = place.startsWith('choices.')
    ? 'granted or denied, for a configured category or service'
    : (own ?? known(place));
  return `${path || 'configuration'}: expected ${expected}, got ${show(found)}.`;
}

/** What is wrong with a configuration that failed: what the check found, or what it finds now. */
function mistakesOf(error: unknown, input: unknown): readonly Mistake[] {
  if (error instanceof SyntaxError) return [{ path: 'data-consentry-config', found: error.message }];
  // The class of another file is another class.
  const { mistakes } = Object(error) as Partial<ConfigError>;
  if (mistakes || input === undefined) return mistakes ?? [];
  try {
    checkConfig(input, () => readConfig(input as ConfigInput, vendors));
    return [];
  } catch (mistaken) {
    return (mistaken as ConfigError).mistakes;
  }
}

/** The error with a sentence for each mistake of the configuration, where that is the cause. */
export function explain(error: unknown, input?: unknown): unknown {
  const mistakes = mistakesOf(error, input);
  return mistakes.length ? new ConfigError(mistakes, mistakes.map(sentence).join('\n')) : error;
}

/** Tells the web team that nothing gated runs, and why. */
export const tell = (error: unknown, input?: unknown): void =>
  console.error('Consentry: nothing runs.', explain(error, input));
