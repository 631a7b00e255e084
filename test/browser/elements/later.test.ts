import { expect } from 'chai';
import { declaration, preferences, reset, start, until, write } from './support.js';

// A file of its own: nothing has fetched these elements before.
describe('elements that are added later', () => {
  before(reset);
  after(reset);

  it('B5 come to life', async () => {
    await start();
    expect(customElements.get('consentry-preferences')).to.be.undefined;
    write('<div data-test><consentry-preferences></consentry-preferences></div>');
    await preferences();
    write('<consentry-declaration></consentry-declaration>');
    await declaration();
    expect(customElements.get('consentry-message')).to.be.undefined;
    const message = write('<consentry-message id="late" hidden>Late</consentry-message>');
    await until(() => !message.hidden);
  });
});
