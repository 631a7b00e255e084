import type { Config } from '../core/config.js';
import { useOwnWords } from './words.js';

const holes = (text: string): string => (text.match(/{\w+}/g) ?? []).sort().join(' ');

/**
 * Puts the site's own sentences in the place of ours. One that leaves out what visitors have to be told, such as the link
 * to the notice, is not used, and the web team reads why.
 */
export function connectOwnWords(messages: NonNullable<Config['messages']>): void {
  const told = new Set<string>();
  useOwnWords((code, key, ours) => {
    const text = messages[code]?.[key];
    const [wanted, found] = [holes(ours), holes(text ?? ours)];
    if (wanted === found) return text;
    const path = `messages.${code}.${key}`;
    if (!told.has(path)) console.error(`Consentry: ${path}: expected ${wanted || 'no {…}'}, got ${found || 'none'}.`);
    told.add(path);
    return undefined;
  });
}
