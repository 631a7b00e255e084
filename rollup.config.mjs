import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { capturedJar } from './tools/rollup-plugin-captured-jar.mjs';
import { leanLit } from './tools/rollup-plugin-lean-lit.mjs';
import { litLiterals } from './tools/rollup-plugin-lit-literals.mjs';

const pkg = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
const external = Object.keys(pkg.dependencies).map((name) => new RegExp(`^${name}(/|$)`));

const plugins = () => [
  leanLit(),
  resolve(),
  typescript({ compilerOptions: { outDir: undefined, noEmit: false, noEmitOnError: true } }),
  litLiterals(),
  capturedJar(),
];

const compress = {
  passes: 5,
  negate_iife: false,
  unsafe_methods: true,
  hoist_funs: true,
  pure_getters: true,
  unsafe: true,
  unsafe_arrows: true,
};
const common = { ecma: 2020, format: { comments: /^!/ } };

const minifyModule = () => terser({ ...common, module: true, compress });
// The script in two steps: names are given better once the code has its last shape.
const minifyScript = () => [terser({ ...common, compress, mangle: false }), terser({ ...common, compress: false })];

const marked = (path) =>
  statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => marked(join(path, name))) : readFileSync(path);
const builders = readdirSync('tools').filter((name) => /^(?:lit$|rollup-plugin-)/.test(name));
const mark = [
  'src',
  ...builders.map((name) => join('tools', name)),
  'rollup.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]
  .flatMap(marked)
  .reduce((hash, content) => hash.update(content), createHash('sha256'))
  .digest('hex')
  .slice(0, 5);

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

const assets = {
  name: 'assets',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'config.schema.json', source: readFileSync('src/config.schema.json') });
    for (const name of readdirSync('src/catalogue')) {
      this.emitFile({ type: 'asset', fileName: `catalogue/${name}`, source: readFileSync(`src/catalogue/${name}`) });
    }
  },
};

/**
 * What the script fetches only when it is needed. The names carry the mark of all that is built from, so that script and
 * files never differ in version; it is the same for each, because what the script says twice costs it next to nothing.
 */
const fetched = (input) => ({
  input,
  plugins: [...plugins(), rememberFiles],
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: 'dist',
    format: 'es',
    sourcemap: 'hidden',
    entryFileNames: `[name]-${mark}.js`,
    chunkFileNames: `[name]-${mark}.js`,
    plugins: [minifyModule()],
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
  fetched({ granted: 'src/granted.ts' }),
  fetched({ routes: 'src/core/routes.ts' }),
  fetched({ sweep: 'src/sweep/remove.ts' }),
  fetched({ report: 'src/report.ts' }),
  fetched({ explain: 'src/explain.ts' }),
  // … then the script, which names it.
  {
    input: 'src/auto.ts',
    plugins: [nameFiles, ...plugins(), assets],
    output: { file: 'dist/consentry.js', format: 'iife', sourcemap: 'hidden', plugins: minifyScript() },
  },
];
