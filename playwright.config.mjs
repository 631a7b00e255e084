import { defineConfig } from '@playwright/test';
import { browsers } from './tools/browsers.mjs';

const found = browsers();

// What only one engine can do carries its tag; the other leaves it out, so that no test is ever skipped.
const OTHERS = { chromium: /@firefox\b/, firefox: /@chromium\b/ };

// Chromium calls home for itself, beside the pages; each test's world is the proxy of its context, not of the browser.
const NOWHERE = { server: 'http://127.0.0.1:9' };

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.{ts,mjs}',
  outputDir: 'test-results/e2e',
  // Two browsers share two cores in the smallest machine this runs on.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // What did not come in time is tried once more; tools/test-reports.mjs says what that forgives.
  retries: 1,
  // What is waited for comes; how soon is the machine's business, which may be a slow one and busy.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: 'https://www.force.police.uk',
    ignoreHTTPSErrors: true,
    screenshot: 'only-on-failure',
    trace: 'off',
  },
  projects: Object.keys(OTHERS)
    .filter((name) => found[name])
    .map((name) => {
      const { channel, ...rest } = found[name];
      const launchOptions = name === 'chromium' ? { ...rest, proxy: NOWHERE } : rest;
      return { name, grepInvert: OTHERS[name], use: { browserName: name, channel, launchOptions } };
    }),
});
