import { make } from '../core/natives.js';

/** By CSSOM, which every content security policy allows; important, so that no rule of the page overrides it. */
const BLANK = 'all:initial;position:fixed;inset:0;z-index:2147483647;background:Canvas;color-scheme:light dark;';

/**
 * Makes a blank layer that covers everything, modal dialogs too. It is cheaper to show than to hide the page, however
 * large, and keys still reach the page behind it. It is built before it is needed.
 */
export function createShield(): () => void {
  const layer = make('div', { popover: 'manual' });
  layer.style.cssText = BLANK.replaceAll(';', '!important;');
  return () => {
    document.documentElement.append(layer);
    layer.showPopover();
  };
}
