import { html, type TemplateResult } from 'lit';
import { language } from '../messages/index.js';
import type { Key } from '../messages/keys.js';

/** A text in the language of the page, with `values` in the places of `{…}`. */
export type Words<K extends string> = (key: K, values?: Readonly<Record<string, unknown>>) => unknown;

/** Finds the site's own sentence for one of ours in a language, where it has one. */
type FindOwn = (code: string, key: string, ours: string) => string | undefined;

let findOwn: FindOwn = () => undefined;

/** Puts the site's own sentences in the place of ours. */
export const useOwnWords = (find: FindOwn): void => void (findOwn = find);

/** Splits at the placeholders, so that a link stands in a sentence without any text being read as HTML. */
const fill = (text: string, values: Readonly<Record<string, unknown>>): unknown[] =>
  text.split(/[{}]/).map((part, index) => (index % 2 ? values[part] : part));

/**
 * Makes what reads texts, with `english` to fall back on. What a language lacks is marked as English, so that a screen
 * reader does not read it out in the voice of that language.
 */
export function wordsOf<K extends Key>(english: Readonly<Partial<Record<K, string>>>): Words<K> {
  return (key, values = {}): unknown[] | TemplateResult => {
    const { code, messages } = language();
    // The durations are their own English.
    const ours = english[key] ?? key;
    const text = findOwn(code, key, ours) ?? messages[key];
    if (text !== undefined) return fill(text, values);
    const parts = fill(findOwn('en', key, ours) ?? ours, values);
    return code === 'en' ? parts : html`<span lang="en">${parts}</span>`;
  };
}
