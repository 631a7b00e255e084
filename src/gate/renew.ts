import { trust } from '../core/trust.js';
import type { Lent } from './lent.js';
import { reopen } from './tags.js';

/**
 * Makes a held copy of a script that can never start again. Its attributes and nonce come with it; its listeners cannot.
 */
export function renew(script: HTMLScriptElement, { setAttribute }: Lent): HTMLScriptElement {
  const copy = document.createElement('script');
  for (const { name, value } of script.attributes) {
    setAttribute.call(copy, name, name === 'src' ? trust().createScriptURL(value) : trust().createScript(value));
  }
  reopen(copy);
  copy.nonce = script.nonce;
  copy.text = trust().createScript(script.text);
  return copy;
}

/**
 * Whether a script can start. What the fragment parser made, as `innerHTML` does, never does, and nothing but a try shows
 * it: an empty address fires an error for a script that can. The tries' errors come in the order of their insertion, and
 * stay in a shadow root, where no listener of the page hears of them.
 * https://html.spec.whatwg.org/#prepare-the-script-element
 */
export const canStart = (script: HTMLScriptElement, { setAttribute }: Lent) =>
  new Promise<boolean>((resolve) => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'closed' });
    document.head.append(host);
    const tries = [script.cloneNode() as HTMLScriptElement, document.createElement('script')];
    tries.forEach((element, index) => {
      element.type = '';
      element.onerror = () => {
        host.remove();
        resolve(!index);
      };
      setAttribute.call(element, 'src', trust().createScriptURL(''));
      root.append(element);
    });
  });
