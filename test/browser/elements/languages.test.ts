import { expect } from 'chai';
import { languages } from '../../../src/messages/index.js';
import { banner, reset, start, textOf, until } from './support.js';

describe('languages', () => {
  beforeEach(reset);
  afterEach(async () => {
    languages.delete('fr');
    await reset();
    await new Promise((resolve) => setTimeout(resolve, 20));
  });

  const langOf = (element: { shadowRoot: ShadowRoot }) => element.shadowRoot.querySelector<HTMLElement>('.root')?.lang;

  it('B8 speaks Welsh on a Welsh page, and follows a change', async () => {
    document.documentElement.lang = 'cy-GB';
    await start();
    const element = await banner();
    await until(() => textOf(element).includes('Derbyn cwcis ychwanegol'));
    expect(langOf(element)).to.equal('cy');
    document.documentElement.lang = 'en-GB';
    await until(() => textOf(element).includes('Accept additional cookies'));
    expect(langOf(element)).to.equal('en');
  });

  it('B8 speaks each language of a page, from right to left where that is how it is read', async () => {
    await start();
    const element = await banner();
    for (const [code, load] of languages) {
      const { messages } = await load();
      document.documentElement.lang = code;
      await until(() => langOf(element) === code);
      await element.updateComplete;
      expect(textOf(element)).to.contain(messages.accept);
      const root = element.shadowRoot.querySelector('.root')!;
      expect(getComputedStyle(root).direction, code).to.equal(['ar', 'ur'].includes(code) ? 'rtl' : 'ltr');
    }
  });

  it('B8 speaks English, and says so, on a page in a language that it does not know', async () => {
    document.documentElement.lang = 'fr';
    await start();
    const element = await banner();
    expect(langOf(element)).to.equal('en');
    expect(textOf(element)).to.contain('Accept additional cookies');
  });

  it('B8 marks a single text that is missing as English', async () => {
    languages.set('fr', () => Promise.resolve({ messages: { title: 'Témoins de ce site' } }));
    document.documentElement.lang = 'fr';
    await start();
    const element = await banner();
    await until(() => langOf(element) === 'fr');
    const heading = element.shadowRoot.querySelector('h2');
    expect(heading?.textContent).to.equal('Témoins de ce site');
    expect(!!heading?.querySelector('[lang]')).to.be.false;
    expect(element.shadowRoot.querySelector('button span')?.getAttribute('lang')).to.equal('en');
  });
});
