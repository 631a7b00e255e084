/** What the place and size of a box follow from, as far as they are the box's own. */
const BOX = [
  'position',
  'inset',
  'z-index',
  'float',
  'clear',
  'order',
  'flex',
  'grid-area',
  'align-self',
  'justify-self',
  'vertical-align',
  'box-sizing',
  'width',
  'height',
  'min-width',
  'min-height',
  'max-width',
  'max-height',
  'aspect-ratio',
  'margin',
  'padding',
  'border-width',
  'border-radius',
];

/** The size of a replaced element that nobody gave one. https://drafts.csswg.org/css-images/#default-object-size */
const DEFAULT = { width: '300px', height: '150px' };

/** Pixels that a placeholder needs to say anything. */
const LEAST = { width: 100, height: 50 };

function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
  return sheet;
}

// No attribute of the page's frames is touched: one shows again as soon as no placeholder stands before it.
sheetOf('consentry-embed + iframe { display: none !important }');
const measuring = sheetOf('iframe[data-consent]:not([src]) { display: none !important }');
measuring.disabled = true;

/** Whether anybody could see what stands in a frame's box, once its surroundings are shown. */
function isInSight(frame: HTMLIFrameElement, { visibility, opacity, left, top }: CSSStyleDeclaration): boolean {
  const { offsetWidth, offsetHeight, parentElement } = frame;
  if (offsetWidth < LEAST.width || offsetHeight < LEAST.height || opacity === '0') return false;
  if (parseFloat(left) <= -offsetWidth || parseFloat(top) <= -offsetHeight || frame.ariaHidden === 'true') return false;
  return visibility === 'visible' || !parentElement || getComputedStyle(parentElement).visibility !== 'visible';
}

/**
 * Puts an element in the place of a frame, in the same box. False, and the element is out of the page, where nobody would
 * see the frame.
 */
export function cover(frame: HTMLIFrameElement, element: HTMLElement): boolean {
  element.remove();
  const style = getComputedStyle(frame);
  if (!isInSight(frame, style)) return false;
  // What is shown has its size in pixels; what is not shows how the page's rules say it: `100%`, `auto`, `16 / 9`.
  const { display, transform, width, height } = style;
  measuring.disabled = false;
  const box = Object.fromEntries(BOX.map((name) => [name, style.getPropertyValue(name)]));
  measuring.disabled = true;

  const set = (values: Readonly<Record<string, string | undefined>>) => {
    for (const [name, value = ''] of Object.entries(values)) element.style.setProperty(name, value, 'important');
  };
  set({ ...box, display: display.startsWith('inline') ? 'inline-block' : 'block', transform });
  set({ 'border-style': 'solid', 'border-color': 'transparent' });
  if (box.position === 'static') set({ position: 'relative', inset: 'auto', 'z-index': 'auto' });
  const isFree = box['aspect-ratio'] === 'auto';
  if (box.width === 'auto' && (isFree || box.height === 'auto')) set({ width: DEFAULT.width });
  if (box.height === 'auto' && isFree) set({ height: DEFAULT.height });
  frame.before(element);

  const own = getComputedStyle(element);
  const isOff = (one: string, other: string) => Math.abs(parseFloat(one) - parseFloat(other)) > 0.5;
  // Some boxes are a replaced element's only: then their pixels stand in until the page is laid out again.
  if (isOff(own.width, width) || isOff(own.height, height)) {
    set({
      width,
      height,
      flex: 'none',
      'min-width': '0',
      'min-height': '0',
      'max-width': 'none',
      'max-height': 'none',
    });
  }
  return true;
}
