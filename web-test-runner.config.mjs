import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { browsers } from './tools/browsers.mjs';
import { caseReporter } from './tools/wtr-case-reporter.mjs';
import { webkitLauncher } from './tools/wtr-webkit-launcher.mjs';

const found = browsers();
const launchers = {
  chromium: () => playwrightLauncher({ product: 'chromium', launchOptions: found.chromium }),
  firefox: () => playwrightLauncher({ product: 'firefox', launchOptions: found.firefox }),
  webkit: () => webkitLauncher(),
};
// WTR_BROWSERS=chromium,firefox,webkit picks; the default is every engine that is installed.
const wanted = process.env.WTR_BROWSERS?.split(',') ?? Object.keys(launchers).filter((name) => found[name]);
const missing = wanted.filter((name) => !found[name]);
if (missing.length || !wanted.length) {
  throw new Error(`browsers not found: ${missing.join(', ') || 'any'} (run: npm run browsers)`);
}

const tsconfig = fileURLToPath(new URL('./tsconfig.json', import.meta.url));

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: 'test/browser/**/*.test.ts',
  // By default Lit's development build is served, which is not what ships.
  nodeResolve: { exportConditions: ['production', 'default'] },
  concurrency: 1,
  concurrentBrowsers: 1,
  browserStartTimeout: 120_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 240_000,
  testFramework: { config: { timeout: 40_000, forbidOnly: true } },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig })],
  reporters: [defaultReporter(), caseReporter()],
  browsers: wanted.map((name) => launchers[name]()),
};
