/** By CSSOM, which every content security policy allows; important, so that no rule of the page overrides it. */
const BLANK = Object.entries({
  all: 'initial',
  position: 'fixed',
  inset: 0,
  width: '100vw',
  height: '100dvh',
  'z-index': 2147483647,
  background: 'Canvas',
  'color-scheme': 'light dark',
});

/**
 * Makes a blank layer that covers everything, modal dialogs too. It is cheaper to show than to hide the page, however
 * large, and keys still reach the page behind it. It is built before it is needed.
 */
export function createShield(): () => void {
  // An image named "createElement" would keep somebody here.
  const layer = Document.prototype.createElement.call(document, 'div') as HTMLDivElement;
  layer.popover = 'manual';
  for (const [name, value] of BLANK) layer.style.setProperty(name, String(value), 'important');
  return () => {
    document.documentElement.append(layer);
    layer.showPopover();
  };
}
