// A launcher for @web/test-runner. Its type is "playwright" because the page object has the
// parts of Playwright's Page that @web/test-runner-commands uses (keyboard, mouse, viewport).
import { WebKitDriver } from './webkit-driver.mjs';

export function webkitLauncher(options = {}) {
  let starting;
  let active;
  const driver = () => (starting ??= WebKitDriver.launch(options));
  return {
    name: options.name ?? 'WebKitGTK',
    type: 'playwright',
    concurrency: 1,
    async startSession(id, url) {
      const page = await driver();
      active = { id, page };
      await page.goto(url);
    },
    isActive: (id) => active?.id === id,
    getBrowserUrl: () => active.page.url(),
    getPage(id) {
      if (active?.id !== id) throw new Error(`no page for session ${id}`);
      return active.page;
    },
    async stopSession() {
      await active.page.goto('about:blank');
      active = undefined;
      return { testCoverage: undefined };
    },
    async startDebugSession() {
      throw new Error('not supported');
    },
    async stop() {
      await (await starting)?.close();
      starting = undefined;
    },
  };
}
