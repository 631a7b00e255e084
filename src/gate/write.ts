import { whenParsed } from '../core/natives.js';
import type { Lent } from './lent.js';
import { addressOf, isScript, LIVE, mark, TAGS } from './tags.js';

type Script = HTMLOrSVGScriptElement | null;

/** What runs as a classic script. https://mimesniff.spec.whatwg.org/#javascript-mime-type */
const JAVASCRIPT = /^$|^((text|application)\/(x-)?(java|ecma)script)$/i;

/**
 * Makes what does `document.write` once the parser has gone on: what a script wrote comes after it, or last in the page,
 * and nothing is wiped. Its scripts are held as their writer was, so that they run in order and a withdrawal stops them.
 */
export function createWrite({ consent, blockedBy, report }: Lent) {
  /** What each script wrote, until it has come to its end: a tag may write its markup in pieces. */
  const written = new Map<Script, unknown[]>();

  /** What a written script needs: what its writer needed or, where nobody knows that, all that is granted now. */
  function needsOf(writer: Script): { consent: string; service?: string } {
    const { consent: needs, service } = writer?.dataset ?? {};
    if (needs !== undefined) return { consent: needs, ...(service !== undefined && { service }) };
    const ids = consent.config.categories.map(({ id }) => id);
    return { consent: ids.filter((id) => consent.isGranted([id])).join(' ') };
  }

  function holdIn(fragment: DocumentFragment, needs: ReturnType<typeof needsOf>): void {
    for (const tag of fragment.querySelectorAll<HTMLElement>(TAGS)) {
      const service = tag.matches(LIVE) && blockedBy(tag.getAttribute(addressOf(tag)));
      if (service) mark(tag, service);
      else if (isScript(tag) && JAVASCRIPT.test(tag.type) && !('consent' in tag.dataset)) {
        Object.assign(tag.dataset, needs);
        tag.type = 'text/plain';
      }
    }
  }

  function insert(script: Script, texts: readonly unknown[]): void {
    // In a document that nobody sees nothing is fetched, and no script starts, before it was looked at.
    const range = document.implementation.createHTMLDocument('').createRange();
    // One text goes as it is: where the page enforces Trusted Types it may be trusted markup.
    const fragment = range.createContextualFragment((texts.length === 1 ? texts[0] : texts.join('')) as string);
    holdIn(fragment, needsOf(script));
    if (script?.isConnected && !document.head.contains(script)) script.after(fragment);
    else whenParsed(() => document.body.append(fragment));
  }

  return (script: Script, texts: readonly unknown[], method: string): void => {
    if (method === 'open') return;
    const all = written.get(script) ?? [];
    all.push(...texts);
    if (method === 'writeln') all.push('\n');
    if (written.has(script)) return;
    written.set(script, all);
    setTimeout(() => {
      written.delete(script);
      try {
        insert(script, all);
      } catch (error) {
        report(error);
      }
    });
  };
}
