import { setViewport } from '@web/test-runner-commands';
import { banner, reset, start, until } from './support.js';

// Alone in its file: WebKitGTK takes what a shared style sheet said at the size of the window before for a new element too.
describe('a low window', () => {
  beforeEach(reset);
  after(reset);

  it("B7 has a question that would stand over the page in the page's flow", async () => {
    await start({ layout: 'bottom' });
    const element = await banner();
    const space = await until(() => document.querySelector<HTMLElement>('[data-consentry-space]'));
    await until(() => space.offsetHeight);
    for (const layout of ['bottom', 'box']) {
      element.setAttribute('layout', layout);
      await setViewport({ width: 640, height: 320 });
      await until(() => getComputedStyle(element).position === 'static' && !space.offsetHeight);
      await setViewport({ width: 1024, height: 768 });
      await until(() => getComputedStyle(element).position === 'fixed' && space.offsetHeight);
    }
  });
});
