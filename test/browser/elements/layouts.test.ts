import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { alertOf, banner, bannerOf, button, click, narrow, press, reset, start, until, write } from './support.js';

const ACCEPT = 'Accept additional cookies';
const REJECT = 'Reject additional cookies';
const CUSTOMISE = 'Customise cookies';

const spaceOf = () => document.querySelector<HTMLElement>('[data-consentry-space]');
const settled = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

/** A page of some length with a safety bar, at the window's lower edge where it says so. */
function page(isFixed: boolean): HTMLElement {
  write(
    `<div data-test data-consentry-exit-bar><a data-consentry-exit href="https://www.bbc.co.uk/weather">Leave</a></div>`,
  );
  const bar = document.querySelector<HTMLElement>('[data-consentry-exit-bar]')!;
  if (isFixed) Object.assign(bar.style, { position: 'fixed', inset: 'auto 0 0', height: '64px', background: 'black' });
  document.body.prepend(bar);
  for (let index = 0; index < 40; index += 1) {
    write(`<p data-test style="height: 60px; margin: 0"><a href="#${index}">Link ${index}</a></p>`);
  }
  return bar;
}

/** What a finger at the middle of an element would hit. */
function hitBy(element: Element): Element | null {
  const { x, y, width, height } = element.getBoundingClientRect();
  let hit = document.elementFromPoint(x + width / 2, y + height / 2);
  while (hit?.shadowRoot) hit = hit.shadowRoot.elementFromPoint(x + width / 2, y + height / 2);
  return hit;
}

describe('layouts', () => {
  beforeEach(reset);
  after(reset);

  for (const layout of ['bottom', 'box'] as const) {
    it(`B6 stands over the page in the layout ${layout}, first in the page's order, and moves nothing`, async () => {
      page(false);
      const link = document.querySelector('p a')!;
      const before = link.getBoundingClientRect().top;
      await start({ layout });
      const element = await banner();
      await settled();
      expect(getComputedStyle(element).position).to.equal('fixed');
      expect(link.getBoundingClientRect().top).to.equal(before);
      expect(document.body.children[1] === element).to.be.true;
      const { bottom, left } = element.getBoundingClientRect();
      expect(innerHeight - bottom).to.be.within(0, 16.1);
      expect(left).to.equal(layout === 'box' ? 16 : 0);
    });

    for (const [where, resize] of [
      ['a wide window', async () => setViewport({ width: 1024, height: 768 })],
      ['a narrow one', narrow],
    ] as const) {
      it(`B6 QE-27 never covers a safety bar at the lower edge in the layout ${layout} on ${where}`, async () => {
        await resize();
        const bar = page(true);
        await start({ layout });
        const element = await banner();
        await until(() => element.getBoundingClientRect().bottom <= bar.getBoundingClientRect().top);
        const leave = bar.querySelector('a')!;
        expect(hitBy(leave) === leave).to.be.true;
        for (const text of [ACCEPT, REJECT, CUSTOMISE]) {
          const each = button(element, text);
          expect(each.contains(hitBy(each)), text).to.be.true;
        }
      });
    }

    it(`H4 stays where it is in the layout ${layout} where the page resets everything`, async () => {
      page(false);
      await start({ layout });
      const element = await banner();
      await settled();
      // From the window's lower edge: so much text in one line may bring a scroll bar.
      const placeOf = () => {
        const { left, bottom, height } = element.getBoundingClientRect();
        return [left, Math.round(document.documentElement.clientHeight - bottom), Math.round(height)];
      };
      const before = placeOf();
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('html{font-size:62.5%!important} * { all: unset !important; visibility: hidden !important }');
      document.adoptedStyleSheets.push(sheet);
      try {
        await settled();
        expect(placeOf()).to.deep.equal(before);
        for (const text of [ACCEPT, REJECT, CUSTOMISE]) {
          const each = button(element, text);
          expect(each.contains(hitBy(each)), text).to.be.true;
        }
      } finally {
        document.adoptedStyleSheets.pop();
      }
    });

    it(`B7 brings what gets the focus out from under the layout ${layout}`, async () => {
      page(false);
      await start({ layout });
      const element = await banner();
      await settled();
      const { top } = element.getBoundingClientRect();
      const links = [...document.querySelectorAll<HTMLElement>('p a')];
      const covered = links.find((each) => each.getBoundingClientRect().top > top + 10)!;
      covered.focus({ preventScroll: true });
      await settled();
      expect(covered.getBoundingClientRect().bottom).to.be.at.most(top);
      expect(hitBy(covered) === covered).to.be.true;
    });

    it(`B7 lets the end of the page be scrolled out from under the layout ${layout}, and leaves no gap behind`, async () => {
      page(false);
      await start({ layout });
      const element = await banner();
      await until(() => spaceOf()?.offsetHeight);
      scrollTo(0, document.documentElement.scrollHeight);
      await settled();
      const last = [...document.querySelectorAll('p a')].at(-1)!;
      expect(last.getBoundingClientRect().bottom).to.be.at.most(element.getBoundingClientRect().top);
      await click(button(element, REJECT));
      await alertOf(element);
      await click(button(element, 'Hide'));
      expect(spaceOf()).to.be.null;
      expect(bannerOf()).to.be.null;
    });

    it(`B4 opens the preferences in place of the layout ${layout}, and comes back when they are closed`, async () => {
      page(false);
      await start({ layout });
      await click(button(await banner(), CUSTOMISE));
      await until(() => document.querySelector('consentry-preferences')?.shadowRoot?.querySelector('h2'));
      expect(bannerOf()).to.be.null;
      expect(spaceOf()).to.be.null;
      await press('Escape');
      // Escape belongs to the safety bar.
      expect(bannerOf()).to.be.null;
      const panel = document.querySelector<HTMLElement & { shadowRoot: ShadowRoot }>('consentry-preferences')!;
      [...panel.shadowRoot.querySelectorAll('button')].find((each) => each.textContent?.trim() === 'Close')!.click();
      await until(() => bannerOf() && spaceOf()?.offsetHeight);
    });
  }
});
