import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { Consent } from '../../../src/create-consent.js';
import { connect } from '../../../src/elements/index.js';
import {
  alertOf,
  banner,
  bannerOf,
  breakJournal,
  button,
  click,
  enabled,
  focused,
  narrow,
  press,
  reset,
  start,
  textOf,
  until,
  write,
} from './support.js';

const ACCEPT = 'Accept additional cookies';
const REJECT = 'Reject additional cookies';
const SAVED =
  'Your cookie preferences have been saved. You can update your cookie settings at any time on the cookies page.';
const PROBLEM = 'Sorry, there was a technical problem. Please try again.';

/** Styles that follow from the words in a box, not from a rule. */
const WORDS = /^(width|inline-size|perspective-origin|transform-origin)$/;
const styleOf = (element: Element) =>
  Object.fromEntries(
    [...getComputedStyle(element)]
      .filter((name) => !WORDS.test(name))
      .map((name) => [name, getComputedStyle(element).getPropertyValue(name)]),
  );

describe('consentry-banner', () => {
  beforeEach(reset);
  after(reset);

  it('T2 gives Accept and Reject one style, on one layer, one after the other', async () => {
    await start();
    const element = await banner();
    const [accept, reject] = [button(element, ACCEPT), button(element, REJECT)];
    expect(styleOf(accept)).to.deep.equal(styleOf(reject));
    expect(accept.part.value).to.equal(reject.part.value);
    expect(accept.nextElementSibling === reject).to.be.true;
    accept.focus();
    await press('Tab');
    expect(focused() === reject).to.be.true;
  });

  it('T2 gives Accept and Reject one style on a narrow screen too', async () => {
    await start();
    const element = await banner();
    await narrow();
    const [accept, reject] = [button(element, ACCEPT), button(element, REJECT)];
    expect(accept.offsetWidth).to.equal(reject.offsetWidth);
    expect(accept.offsetHeight).to.equal(reject.offsetHeight);
  });

  it('B1 says the reference wording, and names who advertises', async () => {
    await start();
    const text = textOf(await banner());
    expect(text).to.contain(
      "We use some essential cookies to make our website work. We'd like to set additional cookies so we can remember your preferences and understand how you use our site.",
    );
    expect(text).to.contain("We'd also like to use cookies for advertising (Google DoubleClick, Facebook Pixel).");
    expect(text).to.contain(
      'You can manage your preferences and cookie settings at any time by clicking on "Customise cookies" below. For more information on how we use cookies, please see our Cookies notice.',
    );
    expect(text).to.contain('The Chief Constable of Northmoor Police');
  });

  it('B1 does not speak of advertising where there is none', async () => {
    await start({ doubleclick: undefined, facebookPixel: undefined } as object);
    expect(textOf(await banner())).not.to.contain('advertising');
  });

  it('B2 is a named region, first on the page but for the safety bar', async () => {
    const bar = write('<div data-consentry-exit-bar data-test></div>');
    document.body.prepend(bar);
    await start();
    const element = await banner();
    expect(bar.nextElementSibling === element).to.be.true;
    const region = element.shadowRoot.querySelector('[role=region]');
    const name = element.shadowRoot.getElementById(region?.getAttribute('aria-labelledby') ?? '');
    expect(name?.textContent?.trim()).to.equal('Cookies on this site The Chief Constable of Northmoor Police');
  });

  it('B2 takes no focus, and Tab passes through it to the page', async () => {
    const link = write('<a href="#after" data-test>after</a>');
    (document.activeElement as HTMLElement).blur();
    await start();
    const element = await banner();
    expect(document.activeElement === document.body).to.be.true;
    button(element, 'Customise cookies').focus();
    await press('Tab');
    expect(document.activeElement?.localName).not.to.equal('consentry-banner');
    link.remove();
  });

  it('B2 moves focus to the confirmation, which can be hidden', async () => {
    await start();
    const element = await banner();
    await click(button(element, ACCEPT));
    const alert = await alertOf(element);
    expect(alert.querySelector('p')?.textContent?.trim()).to.equal(SAVED);
    await until(() => focused() === alert);
    expect(element.shadowRoot.querySelectorAll('[role=alert]')).to.have.length(1);
    expect(alert.querySelector('a')?.pathname).to.equal('/cookies');
    await click(button(element, 'Hide'));
    expect(!!bannerOf()).to.be.false;
  });

  it('B3 chooses with Enter and with Space', async () => {
    for (const key of ['Enter', 'Space']) {
      await reset();
      const consent = await start();
      const accept = button(await banner(), ACCEPT);
      await enabled(accept);
      accept.focus();
      await press(key);
      await until(() => consent.state.choices.analytics === 'granted');
    }
  });

  it('B3 chooses with no other key', async () => {
    const consent = await start();
    const element = await banner();
    for (const text of [ACCEPT, REJECT]) {
      button(element, text).focus();
      for (const key of ['Escape', 'a', 'y', 'ArrowRight', 'Delete', 'End']) await sendKeys({ press: key });
    }
    expect(consent.state.pending).to.be.true;
    expect(await consent.receipt()).to.deep.equal([]);
  });

  it('P3 takes the question away in the frame of the click', async () => {
    await start();
    const element = await banner();
    const frame = new Promise<string>((resolve) => {
      element.addEventListener('click', () => requestAnimationFrame(() => resolve(textOf(element))), { once: true });
    });
    await click(button(element, ACCEPT));
    expect(await frame).not.to.contain('essential cookies');
    // What is still being written would be the next test's.
    await alertOf(element);
  });

  it('P2a is not animated', async () => {
    await start();
    expect((await banner()).getAnimations({ subtree: true })).to.deep.equal([]);
  });

  for (const text of [ACCEPT, REJECT]) {
    it(`R1a asks again where the answer to "${text}" could not be kept`, async () => {
      await start();
      const element = await banner();
      const mend = breakJournal();
      try {
        await click(button(element, text));
        const alert = await alertOf(element);
        expect(alert.textContent?.trim()).to.equal(PROBLEM);
        await until(() => focused() === alert);
      } finally {
        mend();
      }
      await click(button(element, text));
      await until(() => textOf(element).includes('have been saved'));
      expect(textOf(element)).not.to.contain(PROBLEM);
    });
  }

  it('R1 records the control, and the hash of the text that was shown', async () => {
    const consent = await start();
    const element = await banner();
    const told = element.shadowRoot.querySelector('.told')?.textContent?.replace(/\s+/g, ' ').trim();
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(told));
    const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace('=', '');
    await click(button(element, REJECT));
    await alertOf(element);
    const [record] = await consent.receipt();
    expect(record).to.include({ method: 'reject', noticeHash: hash, event: 'refused' });
  });

  it('H7 lets no script accept', async () => {
    const consent = await start();
    const element = await banner();
    await enabled(button(element, ACCEPT));
    button(element, ACCEPT).click();
    button(element, ACCEPT).dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(consent.state.pending).to.be.true;
    expect(consent.state.choices.analytics).to.equal('unasked');
    expect(textOf(element)).to.contain('essential cookies');
  });

  it('H7 lets a script refuse', async () => {
    const consent = await start();
    button(await banner(), REJECT).click();
    await until(() => consent.state.choices.analytics === 'denied');
  });

  it('H5 shows one banner, however often it is connected', async () => {
    const consent = await start();
    connect(consent);
    connect(consent);
    await banner();
    expect(document.querySelectorAll('consentry-banner')).to.have.length(1);
  });

  it('G8 asks once in a new body, and no longer once it is answered', async () => {
    const body = document.body;
    const consent = await start();
    await banner();
    const next = document.createElement('body');
    try {
      document.body = next;
      await until(() => next.querySelectorAll('consentry-banner').length === 1);
      await consent.rejectAll();
      await until(() => !bannerOf());
      document.body = document.createElement('body');
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(!!bannerOf()).to.be.false;
    } finally {
      document.body = body;
    }
  });

  it('G10 goes when the answer was given elsewhere', async () => {
    const consent: Consent = await start();
    await banner();
    await consent.acceptAll();
    await until(() => !bannerOf());
  });

  it('H4 keeps its looks where the page resets everything', async () => {
    await start();
    const element = await banner();
    const before = styleOf(button(element, ACCEPT));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('html{font-size:62.5%!important} * { all: unset !important; visibility: hidden !important }');
    document.adoptedStyleSheets.push(sheet);
    try {
      const { visibility, color, 'font-size': size, 'background-color': background } = styleOf(button(element, ACCEPT));
      expect({ visibility, color, size, background }).to.deep.equal({
        visibility: 'visible',
        color: before.color,
        size: before['font-size'],
        background: before['background-color'],
      });
    } finally {
      document.adoptedStyleSheets.pop();
    }
  });

  it('B11 leaves the page alone where a blocker hides it', async () => {
    const consent = await start();
    const element = await banner();
    element.style.setProperty('display', 'none', 'important');
    expect(!!document.querySelector('[inert],[aria-modal],dialog')).to.be.false;
    expect(getComputedStyle(document.documentElement).overflow).to.equal('visible');
    expect(getComputedStyle(document.body).overflow).to.equal('visible');
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(!!bannerOf()).to.be.false;
    expect(consent.isGranted(['analytics'])).to.be.false;
  });
});
