import type { Messages } from './keys.js';

/** The languages beside English, each a file of its own, fetched when a page is in it. */
export const languages = new Map<string, () => Promise<{ readonly messages: Partial<Messages> }>>([
  ['cy', () => import('./cy.js')],
  ['pl', () => import('./pl.js')],
  ['ro', () => import('./ro.js')],
  ['pa', () => import('./pa.js')],
  ['ur', () => import('./ur.js')],
  ['bn', () => import('./bn.js')],
  ['gu', () => import('./gu.js')],
  ['ar', () => import('./ar.js')],
  ['pt', () => import('./pt.js')],
  ['es', () => import('./es.js')],
  ['uk', () => import('./uk.js')],
]);

/** The language that visitors read now, and its messages; none are needed for English. */
export interface Language {
  readonly code: string;
  /** Which way it is read: by the text it would follow a name in other letters that stands first. */
  readonly dir: 'ltr' | 'rtl';
  readonly messages: Partial<Messages>;
}

const ENGLISH: Language = { code: 'en', dir: 'ltr', messages: {} };
const readers = new Set<() => void>();
let current = ENGLISH;

/** The page may be in a language that we do not speak: this is the one that we do. */
export const language = (): Language => current;

/** The language of the page, without its region. */
const wanted = () => document.documentElement.lang.toLowerCase().split('-')[0] ?? '';

async function load(code: string): Promise<Language> {
  try {
    const file = await languages.get(code)?.();
    if (file) return { code, dir: /^(ar|ur)$/.test(code) ? 'rtl' : 'ltr', messages: file.messages };
  } catch {
    // English is better than nothing; the browser has told of the failure.
  }
  return ENGLISH;
}

async function follow(): Promise<void> {
  const code = wanted();
  const next = await load(code);
  // The page changed again while the file was on its way: that change has its own turn.
  if (code !== wanted() || next.code === current.code) return;
  current = next;
  readers.forEach((run) => run());
}

/** Milliseconds that a text in the page's language may take longer than one in English. */
const PATIENCE = 500;

let following: Promise<unknown> | undefined;

function start(): Promise<unknown> {
  new MutationObserver(() => void follow()).observe(document.documentElement, { attributeFilter: ['lang'] });
  return Promise.race([follow(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}

/** Follows `<html lang>` from the first call on. Resolves when its messages are there, or need not be waited for. */
export const followLanguage = (): Promise<unknown> => (following ??= start());

/** Calls `run` each time the language changes. Returns what ends that. */
export function onLanguage(run: () => void): () => void {
  readers.add(run);
  return () => void readers.delete(run);
}
