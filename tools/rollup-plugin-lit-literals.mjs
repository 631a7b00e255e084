import MagicString from 'magic-string';

/**
 * Shrinks the static parts of Lit's `html`, `svg` and `css` tagged templates.
 * Runs on JavaScript, so put it after the TypeScript plugin.
 *
 * html, svg: a line break between two tags is indentation and is dropped; any other white space
 *            that holds a line break becomes one space. Spaces on one line are never touched.
 *            Templates with <pre> or <textarea> are left alone.
 * css:       comments are dropped and white space is collapsed, outside strings.
 */
export function litLiterals({ include = /[\\/]src[\\/]/ } = {}) {
  const markup = (text) =>
    text
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/>\s*\n\s*</g, '><')
      .replace(/\s*\n\s*/g, ' ');
  const STRING = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/.source;
  const css = (text) =>
    text
      .replace(new RegExp(`(${STRING})|/\\*[\\s\\S]*?\\*/`, 'g'), (_, string) => string ?? '')
      .replace(
        new RegExp(`(${STRING})|\\s*([{};,])\\s*|(:)\\s+|\\s+`, 'g'),
        (_, string, mark, colon) => string ?? mark ?? colon ?? ' ',
      )
      .replace(/;}/g, '}');
  const shrink = { html: markup, svg: markup, css };

  return {
    name: 'lit-literals',
    transform(code, id) {
      if (!include.test(id) || !/\b(?:html|svg|css)\s*`/.test(code)) return null;
      const out = new MagicString(code);
      const visit = (node) => {
        if (!node || typeof node !== 'object') return;
        if (node.type === 'TaggedTemplateExpression' && Object.hasOwn(shrink, node.tag.name ?? '')) {
          const { quasis } = node.quasi;
          // See tools/lit/css-tag.mjs.
          if (node.tag.name === 'css' && quasis.length > 1) this.error('css: expected a text without values');
          if (!quasis.some((q) => /<(?:pre|textarea)\b/i.test(q.value.raw))) {
            for (const q of quasis) {
              let text = shrink[node.tag.name](q.value.raw);
              if (q === quasis[0]) text = text.trimStart();
              if (q === quasis.at(-1)) text = text.trimEnd();
              if (text !== q.value.raw) out.overwrite(q.start, q.end, text);
            }
          }
        }
        for (const value of Object.values(node)) visit(value);
      };
      visit(this.parse(code));
      return out.hasChanged() ? { code: out.toString(), map: out.generateMap({ hires: true }) } : null;
    },
  };
}
