/*
 * What the build puts in the place of Lit's css-tag.js, which carries a way without adopted style sheets and checks of the
 * values in a text. Every browser of ours adopts sheets, and no text of ours holds a value: lit-literals sees to that.
 */

/** The sheet of a text. */
export function css([text]) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

export const getCompatibleStyle = (sheet) => sheet;

export function adoptStyles(root, sheets) {
  root.adoptedStyleSheets = sheets;
}
