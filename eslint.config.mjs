import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default defineConfig(
  { ignores: ['dist', 'coverage', 'test-results', 'playwright-report', 'node_modules'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    // Objects are closures: their methods read no `this` and may be passed on by themselves.
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  // Google's commands must be real `arguments` objects; its library passes over arrays without a word.
  { files: ['src/services/**/*.ts'], rules: { 'prefer-rest-params': 'off' } },
  {
    // Only where templates and elements are written: these rules look at every class and literal.
    files: ['src/{elements,inspector}/**/*.ts', 'test/browser/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/recommended'], litA11y.configs.recommended],
  },
  {
    files: ['test/{unit,browser}/**/*.ts'],
    // An assertion such as `expect(x).to.be.true` is an expression, and a stand-in may be async without awaiting.
    rules: { '@typescript-eslint/no-unused-expressions': 'off', '@typescript-eslint/require-await': 'off' },
  },
  {
    files: ['test/e2e/**', 'test/webkit/**'],
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    // Playwright reads the names of the fixtures from the pattern, also when a fixture needs none.
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  {
    files: ['test/e2e/**/*.ts'],
    // What a page hands out of evaluate() has no type: dataLayer, fbq and the like are the vendors'.
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['*.config.ts'], extends: [tseslint.configs.base] },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  { files: ['demo/**/*.js'], languageOptions: { globals: globals.browser } },
  // Functions of it run in the page.
  { files: ['tools/bench.mjs', 'tools/lit/*.mjs'], languageOptions: { globals: globals.browser } },
);
