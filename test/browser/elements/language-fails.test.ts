import { expect } from 'chai';
import { languages } from '../../../src/messages/index.js';
import { banner, reset, start, textOf } from './support.js';

// A file of its own: only the first language of a page is waited for.
describe('a language whose file fails', () => {
  before(reset);
  after(reset);

  it("B8 shows the banner in English where the file of the page's language fails", async () => {
    languages.set('fr', () => Promise.reject(new Error('404')));
    document.documentElement.lang = 'fr';
    await start();
    const element = await banner();
    expect(textOf(element)).to.contain('Accept additional cookies');
    expect(element.shadowRoot.querySelector<HTMLElement>('.root')?.lang).to.equal('en');
  });
});
