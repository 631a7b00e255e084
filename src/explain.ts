import { checkConfig, ConfigError, type Mistake } from './core/check.js';
import { vendors } from './services/registry.js';

const NAME = 'a name, or two characters or more and one * at the end';
const LINK = 'an http(s) or relative address';
const ID = 'a–z, 0–9 and hyphens, starting with a letter, at most 40';
const TEXT = 'a text';
const FLAG = 'true or false';
const HOST = 'a host name';
const PATH = 'a path that starts with /';

/** What each entry has to be, by its path without the positions in lists. */
export const EXPECTED: Readonly<Record<string, string>> = {
  '': 'an object',
  'data-consentry-config': 'JSON',
  $schema: TEXT,
  noticeUrl: LINK,
  noticeVersion: '1 to 20 letters, digits, dots and hyphens',
  controller: 'a name of at most 100 characters',
  jurisdiction: 'a country or subdivision code such as GB or GB-WLS',
  lifetimeDays: 'a whole number from 1 to 400',
  cookieDomain: HOST,
  categories: 'a list',
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
  'services[].category': ID,
  'services[].hosts': 'a list',
  'services[].hosts[]': HOST,
  'services[].cookies': 'a list',
  'services[].cookies[]': `${NAME}, or an object with that name and path, purpose, duration or party`,
  'services[].storage': 'a list',
  'services[].storage[]': NAME,
  'services[].optOut': LINK,
  'services[].purpose': TEXT,
  perService: FLAG,
  googleAnalytics: 'an object with ids',
  'googleAnalytics.ids': 'a list',
  'googleAnalytics.ids[]': 'a Google Analytics id (G-…, GT-… or UA-…)',
  'googleAnalytics.src': LINK,
  doubleclick: 'an object with ids',
  'doubleclick.ids': 'a list',
  'doubleclick.ids[]': 'a DoubleClick or Google Ads id (DC-… or AW-…)',
  'doubleclick.src': LINK,
  facebookPixel: 'an object with ids',
  'facebookPixel.ids': 'a list',
  'facebookPixel.ids[]': 'a Facebook Pixel id (digits)',
  'facebookPixel.src': LINK,
  sensitive: 'a list',
  'sensitive[]': 'an object',
  'sensitive[].path': PATH,
  'sensitive[].deny': 'a list',
  'sensitive[].deny[]': ID,
  id: 'a unique id among categories and services',
  category: 'the id of a configured category',
};

/** The options that may stand where an unknown one was found. */
function known(path: string): string {
  const place = path.slice(0, path.lastIndexOf('.') + 1);
  const names = Object.keys(EXPECTED).filter(
    (each) => each.startsWith(place) && /^[\w$]+$/.test(each.slice(place.length)),
  );
  return `one of the options ${names.map((each) => each.slice(place.length)).join(', ')}`;
}

function sentence({ path, found }: Mistake): string {
  const place = path.replace(/\[\d+\]/g, '[]');
  const isChoice = place.startsWith('choices.');
  const expected = isChoice
    ? 'granted or denied, for a configured category or service'
    : (EXPECTED[place] ?? known(place));
  return `${path || 'configuration'}: expected ${expected}, got ${JSON.stringify(found) ?? 'nothing'}.`;
}

/** The error with a sentence for each mistake of the configuration, where that is the cause. */
export function explain(error: unknown, input?: unknown): unknown {
  if (error instanceof SyntaxError)
    return new ConfigError([], sentence({ path: 'data-consentry-config', found: error.message }));
  try {
    // What was not checked yet can have failed in any way.
    if (input) checkConfig(input, vendors);
    return error;
  } catch (mistaken) {
    const { mistakes } = mistaken as ConfigError;
    return new ConfigError(mistakes, mistakes.map(sentence).join('\n'));
  }
}
