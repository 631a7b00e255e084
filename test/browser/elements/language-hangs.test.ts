import { expect } from 'chai';
import { languages } from '../../../src/messages/index.js';
import { banner, reset, start, textOf } from './support.js';

// A file of its own: only the first language of a page is waited for.
describe('a language whose file hangs', () => {
  before(reset);
  after(reset);

  it('B8 does not wait for a file that never comes', async () => {
    languages.set('fr', () => new Promise(() => {}));
    document.documentElement.lang = 'fr';
    await start();
    const element = await banner();
    expect(textOf(element)).to.contain('Accept additional cookies');
    expect(element.shadowRoot.querySelector<HTMLElement>('.root')?.lang).to.equal('en');
  });
});
