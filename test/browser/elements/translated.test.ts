import { expect } from 'chai';
import { openPreferences } from '../../../src/elements/index.js';
import { alertOf, banner, button, click, control, preferences, reset, start, until } from './support.js';

/** What a page's translator does to the texts of an element: each stands in elements of its own, or is taken out. */
const TRANSLATE = {
  wraps: (text: Text) => {
    const outer = document.createElement('font');
    const inner = document.createElement('font');
    inner.textContent = `«${text.data.trim()}»`;
    outer.append(inner);
    text.replaceWith(outer);
  },
  removes: (text: Text) => text.remove(),
};

function translate({ shadowRoot }: { shadowRoot: ShadowRoot }, change: (text: Text) => void): void {
  const walker = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) if (text.data.trim() && !text.parentElement?.matches('style')) change(text);
}

for (const [how, change] of Object.entries(TRANSLATE)) {
  describe(`a translator that ${how} each text`, () => {
    const errors: unknown[] = [];
    const note = (event: ErrorEvent | PromiseRejectionEvent) =>
      errors.push('reason' in event ? event.reason : event.message);

    beforeEach(async () => {
      await reset();
      errors.length = 0;
      addEventListener('error', note);
      addEventListener('unhandledrejection', note);
    });
    afterEach(() => {
      removeEventListener('error', note);
      removeEventListener('unhandledrejection', note);
      expect(errors).to.deep.equal([]);
    });
    after(reset);

    it('H8 leaves each switch of the preferences as it is in force, whoever changes it', async () => {
      const consent = await start({ perService: true });
      await consent.acceptAll();
      await openPreferences(consent);
      const element = await preferences();
      const yes = () => control(element, 'analytics', 'granted').checked;
      const no = () => control(element, 'analytics', 'denied').checked;
      const pixel = control(element, 'facebook-pixel');
      expect([yes(), no(), pixel.checked]).to.deep.equal([true, false, true]);

      translate(element, change);
      await consent.choose({ analytics: 'denied', 'facebook-pixel': 'denied' });
      await until(no);
      expect([yes(), pixel.checked]).to.deep.equal([false, false]);
      translate(element, change);
      await consent.acceptAll();
      await until(yes);
      expect([no(), pixel.checked]).to.deep.equal([false, true]);
    });

    it('H8 keeps what is ticked and saved after it', async () => {
      const consent = await start();
      await openPreferences(consent);
      const element = await preferences();
      const save = button(element, 'Save cookie settings');
      translate(element, change);
      await click(control(element, 'marketing', 'granted'));
      await click(control(element, 'analytics', 'denied'));
      await click(control(element, 'preferences', 'denied'));
      await click(save);
      await until(() => consent.state.choices.marketing === 'granted');
      expect(consent.state.choices.analytics).to.equal('denied');
      expect((await alertOf(element)).textContent).to.match(/saved/);
    });

    it('H8 answers the question of the banner', async () => {
      const consent = await start();
      const element = await banner();
      const reject = button(element, 'Reject additional cookies');
      translate(element, change);
      await click(reject);
      await until(() => consent.state.choices.analytics === 'denied');
      expect((await alertOf(element)).textContent).to.match(/saved/);
    });
  });
}
