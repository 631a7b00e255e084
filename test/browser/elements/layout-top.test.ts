import { expect } from 'chai';
import { banner, reset, start, write } from './support.js';

describe('the layout at the top', () => {
  beforeEach(reset);
  after(reset);

  it('B6 stands at the top of the page where nothing is said, and takes its place there', async () => {
    const link = write('<p data-test style="margin: 0"><a href="#x">Link</a></p>');
    const before = link.getBoundingClientRect().top;
    await start();
    const element = await banner();
    expect(getComputedStyle(element).position).to.equal('static');
    expect(link.getBoundingClientRect().top - before).to.be.closeTo(element.offsetHeight, 10);
    expect(document.querySelector('[data-consentry-space]')).to.be.null;
  });

  it('B6 takes the colours, corners and width that a page gives it', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:root {
      --consentry-background: rgb(1, 2, 3); --consentry-color: rgb(250, 251, 252); --consentry-accent: rgb(4, 5, 6);
      --consentry-on-accent: rgb(247, 248, 249); --consentry-link: rgb(200, 201, 202); --consentry-border: rgb(7, 8, 9);
      --consentry-radius: 11px; --consentry-max-inline-size: 300px; --consentry-gutter: 33px; --consentry-font-size: 20px;
      --consentry-font: monospace; }`);
    document.adoptedStyleSheets = [sheet];
    await start();
    const { shadowRoot } = await banner();
    const styleOf = (selector: string) => getComputedStyle(shadowRoot.querySelector(selector)!);
    const root = styleOf('.root');
    expect([root.backgroundColor, root.color, root.borderBlockEndColor]).to.deep.equal([
      'rgb(1, 2, 3)',
      'rgb(250, 251, 252)',
      'rgb(7, 8, 9)',
    ]);
    expect([root.paddingLeft, root.fontSize, root.fontFamily]).to.deep.equal(['33px', '20px', 'monospace']);
    const choice = styleOf('[part~=choice]');
    expect([choice.backgroundColor, choice.color, choice.borderRadius]).to.deep.equal([
      'rgb(4, 5, 6)',
      'rgb(247, 248, 249)',
      '11px',
    ]);
    expect(styleOf('a').color).to.equal('rgb(200, 201, 202)');
    expect(shadowRoot.querySelector<HTMLElement>('.in')!.offsetWidth).to.equal(300);
    document.adoptedStyleSheets = [];
  });

  it('T2 B6 gives a page no way to style Accept and Reject apart', async () => {
    await start();
    const { shadowRoot } = await banner();
    const [accept, reject] = [...shadowRoot.querySelectorAll('[part~=choice]')] as [Element, Element];
    expect(accept.part.value).to.equal(reject.part.value);
    for (const name of accept.getAttributeNames().filter((each) => !each.startsWith('aria-'))) {
      expect(accept.getAttribute(name), name).to.equal(reject.getAttribute(name));
    }
  });
});
