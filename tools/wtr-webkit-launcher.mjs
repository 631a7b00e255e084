// A launcher for @web/test-runner. Its type is "playwright" because the page object has the
// parts of Playwright's Page that @web/test-runner-commands uses (keyboard, mouse, viewport).
import { WebKitDriver } from './webkit-driver.mjs';

export function webkitLauncher(options = {}) {
  let active;
  async function end() {
    const page = active?.page;
    active = undefined;
    await page?.close();
  }
  return {
    name: options.name ?? 'WebKitGTK',
    type: 'playwright',
    concurrency: 1,
    // A browser for each file: a database that a page of the file before holds open cannot be deleted.
    async startSession(id, url) {
      const page = await WebKitDriver.launch(options);
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
      await end();
      return { testCoverage: undefined };
    },
    async startDebugSession() {
      throw new Error('not supported');
    },
    stop: end,
  };
}
