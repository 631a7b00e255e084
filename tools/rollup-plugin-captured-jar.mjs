import { fileURLToPath } from 'node:url';

const jar = fileURLToPath(new URL('../src/core/jar.ts', import.meta.url));

/**
 * Gives js-cookie the cookies as our own code reads them, through the accessor captured at load: a form named "cookie"
 * in the page shadows `document.cookie`, and the sweep and the consent cookie would stop working without a word.
 */
export function capturedJar() {
  return {
    name: 'captured-jar',
    transform(code, id) {
      if (!/[\\/]js-cookie[\\/]/.test(id)) return null;
      return { code: `import { jar as document } from ${JSON.stringify(jar)};\n${code}`, map: null };
    },
  };
}
