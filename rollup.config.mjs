import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { capturedJar } from './tools/rollup-plugin-captured-jar.mjs';
import { litLiterals } from './tools/rollup-plugin-lit-literals.mjs';

const pkg = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
const external = Object.keys(pkg.dependencies).map((name) => new RegExp(`^${name}(/|$)`));

const plugins = () => [
  resolve(),
  typescript({ compilerOptions: { outDir: undefined, noEmit: false, noEmitOnError: true } }),
  litLiterals(),
  capturedJar(),
];

const minify = (module) =>
  terser({
    ecma: 2020,
    module,
    compress: { passes: 3, pure_getters: true, unsafe: true, unsafe_arrows: true },
    format: { comments: /^!/ },
  });

const files = new Map();
const rememberFiles = {
  name: 'remember-files',
  generateBundle(_options, bundle) {
    for (const { isEntry, facadeModuleId, fileName } of Object.values(bundle))
      if (isEntry) files.set(facadeModuleId, fileName);
  },
};
const nameFiles = {
  name: 'name-files',
  resolveDynamicImport(source, importer) {
    const file = files.get(fileURLToPath(new URL(source.replace(/\.js$/, '.ts'), pathToFileURL(importer))));
    if (!file) throw new Error(`${source} is not among the lazy files`);
    return { id: `./${file}`, external: 'absolute' };
  },
};

const schema = {
  name: 'schema',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'config.schema.json', source: readFileSync('src/config.schema.json') });
  },
};

/** What the script fetches only when it is needed: its names carry a hash, so that the two never differ in version. */
const fetched = (input) => ({
  input,
  plugins: [...plugins(), rememberFiles],
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: 'dist',
    format: 'es',
    sourcemap: 'hidden',
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
    plugins: [minify(true)],
  },
});

/** @type {import('rollup').RollupOptions[]} */
export default [
  // For those who import: readable modules, dependencies left as imports.
  {
    input: { index: 'src/index.ts', elements: 'src/elements/index.ts' },
    external,
    plugins: plugins(),
    output: { dir: 'dist/esm', format: 'es', sourcemap: true, chunkFileNames: 'chunks/[name].js' },
  },
  // For the script tag, first what it fetches. A mistake's words are built apart: nothing of them in the other files …
  fetched({ asking: 'src/asking.ts', elements: 'src/elements/index.ts', 'exit-bar': 'src/exit/bar.ts' }),
  fetched({ explain: 'src/explain.ts' }),
  // … then the script, which names it.
  {
    input: 'src/auto.ts',
    plugins: [nameFiles, ...plugins(), schema],
    output: { file: 'dist/consentry.js', format: 'iife', sourcemap: 'hidden', plugins: [minify(false)] },
  },
];
