import { expect } from 'chai';
import { banner, button, preferences, reset, start, textOf, until } from './support.js';

/** What the console is told of while `run` runs. */
async function told(run: () => Promise<unknown>): Promise<string[]> {
  const { error } = console;
  const lines: string[] = [];
  console.error = (...parts: unknown[]) => void lines.push(parts.join(' '));
  await run().finally(() => (console.error = error));
  return lines;
}

describe("a site's own words", () => {
  beforeEach(reset);
  after(reset);

  it('B8 stand in the place of ours, as text and never as HTML', async () => {
    const title = '<img src=x onerror=alert(1)>Cookies & you';
    await start({ messages: { en: { title, manage: 'Choose "{customise}", or read our {notice}.' } } });
    const element = await banner();
    expect(element.shadowRoot.querySelector('h2')!.textContent).to.equal(title);
    expect(element.shadowRoot.querySelector('img')).to.be.null;
    expect(textOf(element)).to.contain('Choose "Customise cookies", or read our Cookies notice.');
    expect(element.shadowRoot.querySelector('a')!.getAttribute('href')).to.equal('/cookies');
  });

  it('B8 are those of the page’s language, and follow when it changes', async () => {
    await start({ messages: { en: { accept: 'Take them' }, cy: { accept: 'Cymerwch nhw' } } });
    const element = await banner();
    button(element, 'Take them');
    document.documentElement.lang = 'cy';
    await until(() => textOf(element).includes('Cymerwch nhw'));
  });

  it('B8 reach the preferences', async () => {
    const consent = await start({ messages: { en: { save: 'Keep my answers' } } });
    await banner();
    await consent.openPreferences();
    button(await preferences(), 'Keep my answers');
  });

  it('B8 are not used where they leave out what visitors have to be told, and the console says why', async () => {
    const lines = await told(async () => {
      await start({ messages: { en: { manage: 'Press on.', accept: 'Yes {name}' } } });
      const element = await banner();
      expect(textOf(element)).to.contain('please see our Cookies notice');
      button(element, 'Accept additional cookies');
    });
    expect(lines).to.deep.equal([
      'Consentry: messages.en.manage: expected {customise} {notice}, got none.',
      'Consentry: messages.en.accept: expected no {…}, got {name}.',
    ]);
  });
});
