import { type Config, type ConfigInput, isWebUrl } from './config.js';
import type { ServiceByIds } from './service.js';

/** Where a configuration is wrong, and what stands there. */
export interface Mistake {
  readonly path: string;
  readonly found: unknown;
}

/** A configuration that cannot be used, with each mistake: which entry, and what was found. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[], message = mistakes.map(({ path }) => path).join()) {
    super(message);
    this.mistakes = mistakes;
  }
}

/**
 * What a value has to be: a text that matches, whatever a function accepts, a list of one kind, or an object with these
 * keys and no other. A key that ends in `!` must be there; `*` stands for any.
 */
export type Rule = RegExp | ((value: unknown) => boolean) | readonly [Rule] | Rules;
export interface Rules {
  readonly [key: string]: Rule;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Every place at which `found` breaks `rule`. */
export function mistakesIn(found: unknown, rule: Rule | undefined, path = ''): Mistake[] {
  const verdict = (isRight: unknown) => (isRight ? [] : [{ path, found }]);
  if (rule instanceof RegExp) return verdict(typeof found === 'string' && rule.test(found));
  if (typeof rule === 'function') return verdict(rule(found));
  if (!rule || typeof found !== 'object' || !found || isList(found) !== isList(rule)) return verdict(false);
  const within = (key: string) => (path ? `${path}.${key}` : key);
  if (isList(rule)) return Object.entries(found).flatMap(([at, each]) => mistakesIn(each, rule[0], `${path}[${at}]`));

  const own = { __proto__: null, ...found } as Record<string, unknown>;
  const mistakes: Mistake[] = [];
  for (const [key, each] of Object.entries(rule)) {
    const [name = '', required] = key.split('!');
    if (own[name] !== undefined || required === '') mistakes.push(...mistakesIn(own[name], each, within(name)));
    delete own[name];
  }
  // What is left is no option of ours: "__proto__" and "constructor" in JSON are unknown like any other.
  return [...mistakes, ...Object.keys(own).flatMap((key) => mistakesIn(own[key], rule['*'], within(key)))];
}

const ID = /^[a-z][a-z\d-]{0,39}$/;
const TEXT = /\S/;
// At least two characters before the star: a pattern that matches everything would log people out.
const NAME = /^[\w.-]+$|^[\w.-]{2,}\*$/;
const PATH = /^\/\S*$/;
const HOST = /^\*(\.[a-z\d-]+){2,}$|^[a-z\d-]+(\.[a-z\d-]+)+(\/[^\s*]*)?$/;
const isFlag = (value: unknown) => typeof value === 'boolean';
const COOKIE: Rule = { 'name!': NAME, path: PATH, purpose: TEXT, duration: TEXT, party: TEXT, httpOnly: isFlag };
const GOOGLE_TYPE =
  /^(ad_(storage|user_data|personalization)|(analytics|functionality|personalization|security)_storage)$/;
const CALL: Rule = (value) => isList(value) && value.length > 0;
const vendor = (id: RegExp): Rule => ({ 'ids!': [id], src: isWebUrl });

/** The languages that visitors are told in. */
export const LANGUAGES = 'en cy pl ro pa ur bn gu ar pt es uk'.split(' ');

/** What a configuration has to be. The words for each entry are in explain.ts, which only a mistake fetches. */
export const RULES: Rule = {
  $schema: TEXT,
  'noticeUrl!': isWebUrl,
  'noticeVersion!': /^[A-Za-z\d.-]{1,20}$/,
  controller: /^.{1,100}$/,
  layout: /^(top|bottom|box)$/,
  messages: Object.fromEntries(LANGUAGES.map((code) => [code, { '*': TEXT }])),
  jurisdiction: /^[A-Z]{2}(-[A-Z\d]{1,3})?$/,
  // Chromium keeps no cookie for longer than 400 days.
  lifetimeDays: (value) => Number.isInteger(value) && (value as number) > 0 && (value as number) <= 400,
  cookieDomain: /^[a-z\d-]+(\.[a-z\d-]+)+$/,
  categories: [
    {
      'id!': ID,
      'basis!': /^(essential|consent|objection)$/,
      name: TEXT,
      purpose: TEXT,
      google: [GOOGLE_TYPE],
      gpc: isFlag,
    },
  ],
  services: [
    {
      'id!': ID,
      'name!': TEXT,
      'category!': ID,
      hosts: [HOST],
      cookies: [(value) => !mistakesIn(value, typeof value === 'object' ? COOKIE : NAME).length],
      storage: [NAME],
      optOut: isWebUrl,
      purpose: TEXT,
      grant: [CALL],
      deny: [CALL],
    },
  ],
  perService: isFlag,
  googleAnalytics: vendor(/^(GT?|UA)-[A-Z\d-]+$/),
  doubleclick: vendor(/^(DC|AW)-[\w-]+$/),
  facebookPixel: vendor(/^\d{5,20}$/),
  googleTagManager: {
    'ids!': (value) => isList(value) && value.length < 2 && !mistakesIn(value, [/^GTM-[A-Z\d]+$/]).length,
    src: isWebUrl,
  },
  google: {
    wait_for_update: (value) => Number.isInteger(value) && (value as number) >= 0,
    region: [/^[A-Z]{2}(-[A-Z\d]{1,3})?$/],
    ads_data_redaction: isFlag,
    url_passthrough: isFlag,
  },
  guard: isFlag,
  onWithdraw: /^seal$/,
  sensitive: [{ 'path!': PATH, 'deny!': [ID] }],
};

/** Ids that are taken, and categories that are named but not configured. */
function crossed(input: ConfigInput, config: Config): Mistake[] {
  const { services = [], sensitive = [] } = input;
  const { categories } = config;
  const vendors = config.services.slice(0, config.services.length - services.length) as ServiceByIds[];
  const mistakes: Mistake[] = [];
  const taken = vendors.map(({ id }) => id);
  const refuseTaken = (path: string, found: string) => {
    if (taken.includes(found)) mistakes.push({ path, found });
    taken.push(found);
  };
  const refuseUnknown = (path: string, found: string) => {
    if (!categories.some(({ id }) => id === found)) mistakes.push({ path, found });
  };
  // A longer cookie would be refused without a word: its fixed part, and `id_g.` for each choice there can be.
  const ids = [...categories, ...(input.perService ? config.services : [])].map(({ id }) => `${id}_g.`);
  const length = 66 + [input.noticeVersion, ...ids].join('').length;
  if (length > 200) mistakes.push({ path: 'categories', found: length });
  for (const { key, category } of vendors) refuseUnknown(key, category);
  categories.forEach(({ id }, index) => refuseTaken(`categories[${index}].id`, id));
  services.forEach(({ id, category }, index) => {
    refuseTaken(`services[${index}].id`, id);
    refuseUnknown(`services[${index}].category`, category);
  });
  sensitive.forEach(({ deny }, index) =>
    deny.forEach((id, at) => refuseUnknown(`sensitive[${index}].deny[${at}]`, id)),
  );
  return mistakes;
}

/**
 * Checks what a web team wrote, and how it goes together once it is read. Throws one `ConfigError` that names every
 * mistake: nothing runs on a configuration that was half understood.
 */
export function checkConfig(input: unknown, read: () => Config): void {
  const wrong = mistakesIn(input, RULES);
  if (!wrong.length) wrong.push(...crossed(input as ConfigInput, read()));
  if (wrong.length) throw new ConfigError(wrong);
  const isStopped = (input as ConfigInput).googleAnalytics?.ids.some((id) => id.startsWith('UA-'));
  // https://support.google.com/analytics/answer/11583528
  if (isStopped) console.warn('Consentry: Google processes nothing of UA- ids since July 2023.');
}
