import { expect } from 'chai';
import { openPreferences } from '../../../src/elements/index.js';
import {
  alertOf,
  banner,
  breakJournal,
  click,
  control,
  declaration,
  narrow,
  preferences,
  reset,
  start,
  until,
  violations,
  write,
} from './support.js';

type Shown = Awaited<ReturnType<typeof banner>>;

/** Every state that an element can be seen in. */
const STATES: Record<string, () => Promise<Shown>> = {
  async banner() {
    await start();
    return banner();
  },
  async confirmation() {
    const element = await STATES.banner!();
    await click(element.shadowRoot.querySelector('button') as Element);
    await alertOf(element);
    return element;
  },
  async problem() {
    const element = await STATES.banner!();
    const mend = breakJournal();
    await click(element.shadowRoot.querySelector('button') as Element);
    await alertOf(element);
    mend();
    return element;
  },
  async preferences() {
    const consent = await start({ perService: true });
    await openPreferences(consent);
    const element = await preferences();
    await click(control(element, 'marketing', 'granted'));
    for (const details of element.shadowRoot.querySelectorAll('details')) details.open = true;
    return element;
  },
  async 'placed preferences'() {
    const consent = await start();
    await consent.acceptAll();
    // Not before: it would belong to the consent of the test before.
    write('<consentry-preferences></consentry-preferences>');
    const element = await preferences();
    await click(element.shadowRoot.querySelector('.actions button') as Element);
    await alertOf(element);
    return element;
  },
  async declaration() {
    write('<consentry-declaration></consentry-declaration>');
    await start();
    return declaration();
  },
  async message() {
    const element = write('<consentry-message id="beta-2026" hidden><p>This site is a beta.</p></consentry-message>');
    await start();
    await until(() => element.checkVisibility() && element.shadowRoot);
    return element as Shown;
  },
};

describe('accessibility', () => {
  beforeEach(async () => {
    await reset();
    document.title = 'Northmoor Police';
    document.documentElement.style.background = 'Canvas';
  });
  after(reset);

  for (const [state, show] of Object.entries(STATES)) {
    for (const lang of ['en', 'cy']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`B7 passes axe: ${state}, ${lang}, ${colorScheme}`, async () => {
          document.documentElement.lang = lang;
          document.documentElement.style.colorScheme = colorScheme;
          expect(await violations(await show())).to.deep.equal([]);
        });
      }
    }

    it(`B7 fits 320 pixels: ${state}`, async () => {
      await narrow();
      const element = await show();
      expect(element.scrollWidth).to.be.at.most(innerWidth);
      expect(document.documentElement.scrollWidth).to.be.at.most(innerWidth);
    });

    it(`B7 has targets of 44 pixels: ${state}`, async () => {
      const { shadowRoot } = await show();
      for (const target of shadowRoot.querySelectorAll('button,label,summary')) {
        const { width, height } = target.getBoundingClientRect();
        expect(Math.min(width, height), target.textContent ?? '').to.be.at.least(44);
      }
    });
  }

  it('B7 reads from right to left where the language does', async () => {
    document.documentElement.dir = 'rtl';
    try {
      const { shadowRoot } = await STATES.banner!();
      // English in a page that runs the other way keeps its own direction.
      expect(getComputedStyle(shadowRoot.querySelector('.root') as Element).direction).to.equal('ltr');
    } finally {
      document.documentElement.removeAttribute('dir');
    }
  });
});
