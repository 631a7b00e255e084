import { expect } from 'chai';
import { languages } from '../../../src/messages/index.js';
import { banner, reset, start, textOf, until } from './support.js';

describe('languages', () => {
  beforeEach(reset);
  afterEach(async () => {
    languages.delete('pl');
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

  it('B8 speaks English, and says so, on a page in a language that it does not know', async () => {
    document.documentElement.lang = 'fr';
    await start();
    const element = await banner();
    expect(langOf(element)).to.equal('en');
    expect(textOf(element)).to.contain('Accept additional cookies');
  });

  it('B8 marks a single text that is missing as English', async () => {
    languages.set('pl', () => Promise.resolve({ messages: { title: 'Pliki cookie' } }));
    document.documentElement.lang = 'pl';
    await start();
    const element = await banner();
    await until(() => langOf(element) === 'pl');
    const heading = element.shadowRoot.querySelector('h2');
    expect(heading?.textContent).to.equal('Pliki cookie');
    expect(!!heading?.querySelector('[lang]')).to.be.false;
    expect(element.shadowRoot.querySelector('button span')?.getAttribute('lang')).to.equal('en');
  });
});
