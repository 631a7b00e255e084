import { expect } from 'chai';
import type { Consent } from '../../../src/create-consent.js';
import { openPreferences } from '../../../src/elements/index.js';
import {
  alertOf,
  banner,
  bannerOf,
  breakJournal,
  button,
  click,
  control,
  enabled,
  focused,
  FORCE,
  preferences,
  press,
  reset,
  start,
  textOf,
  until,
  write,
} from './support.js';

const SAVE = 'Save cookie settings';
const CUSTOMISE = 'Customise cookies';
const ASKED = ['preferences', 'analytics', 'marketing'];

const checked = (element: Awaited<ReturnType<typeof preferences>>) =>
  [...element.shadowRoot.querySelectorAll<HTMLInputElement>('input:checked')].map(
    ({ name, value }) => `${name} ${value}`,
  );

const stateOf = ({ checked, disabled }: HTMLInputElement) => ({ checked, disabled });

describe('consentry-preferences', () => {
  beforeEach(reset);
  after(reset);

  it('B3 preselects nothing', async () => {
    const consent = await start({ perService: true });
    await openPreferences(consent);
    expect(checked(await preferences())).to.deep.equal([]);
  });

  it('B3 restores the switches and records nothing when it is closed', async () => {
    const consent = await start();
    const customise = button(await banner(), CUSTOMISE);
    await click(customise);
    const element = await preferences();
    await click(control(element, 'analytics', 'granted'));
    expect(checked(element)).to.deep.equal(['analytics granted']);
    await click(button(element, 'Close'));
    expect(!!document.querySelector('consentry-preferences')).to.be.false;
    expect(consent.state.pending).to.be.true;
    expect(await consent.receipt()).to.deep.equal([]);
    await click(customise);
    expect(checked(await preferences())).to.deep.equal([]);
  });

  it('B4 opens in the place of the banner, and gives it back', async () => {
    await start();
    const element = await banner();
    const before = element.previousElementSibling;
    await click(button(element, CUSTOMISE));
    const panel = await preferences();
    expect(panel.previousElementSibling === before).to.be.true;
    expect(element.isConnected).to.be.false;
    expect(focused() === panel.shadowRoot.querySelector('h2')).to.be.true;
    await click(button(panel, 'Close'));
    expect(element.previousElementSibling === before).to.be.true;
    expect(element.checkVisibility()).to.be.true;
    expect(focused() === button(element, CUSTOMISE)).to.be.true;
  });

  it('B4 is not modal', async () => {
    const consent = await start();
    await openPreferences(consent);
    const element = await preferences();
    expect(!!element.shadowRoot.querySelector('[aria-modal],dialog')).to.be.false;
    expect(!!document.querySelector('[inert]')).to.be.false;
    const link = write('<a href="#after" data-test>after</a>');
    link.focus();
    expect(focused() === link).to.be.true;
  });

  it('B4 gives focus back to its opener, also in another shadow root', async () => {
    const consent = await start();
    const host = write('<div data-test></div>');
    const opener = document.createElement('button');
    host.attachShadow({ mode: 'open' }).append(opener);
    opener.focus();
    await openPreferences(consent, opener);
    await click(button(await preferences(), 'Close'));
    expect(focused() === opener).to.be.true;
  });

  it('B4 finds its opener by itself where nobody names it', async () => {
    const consent = await start();
    const host = write('<div data-test></div>');
    const opener = document.createElement('button');
    host.attachShadow({ mode: 'open' }).append(opener);
    opener.focus();
    await openPreferences(consent);
    await press('Escape');
    expect(focused() === opener).to.be.true;
  });

  it('B4 stays open at Escape where that leaves the site, and says so', async () => {
    const bar = write('<div data-consentry-exit-bar data-test></div>');
    document.body.prepend(bar);
    const consent = await start();
    await openPreferences(consent);
    const element = await preferences();
    expect(textOf(element)).to.contain('Escape leaves this site.');
    expect(bar.nextElementSibling === element).to.be.true;
    await press('Escape');
    expect(element.isConnected).to.be.true;
  });

  it('B4 says of each category what it is for, who takes part and what they keep', async () => {
    const consent = await start();
    await openPreferences(consent);
    const element = await preferences();
    const text = textOf(element);
    for (const part of ['Google Analytics', 'Google DoubleClick', 'Facebook Pixel', 'These cookies are always on.']) {
      expect(text).to.contain(part);
    }
    const rows = [...element.shadowRoot.querySelectorAll('tbody tr')].map((row) =>
      row.textContent?.replace(/\s+/g, ' '),
    );
    expect(rows.find((row) => row?.includes('_gid'))).to.match(/This site.*Tells visitors apart.*24 hours/);
    expect(rows.find((row) => row?.includes('IDE'))).to.match(/doubleclick\.net.*13 months/);
    expect(element.shadowRoot.querySelectorAll('fieldset')).to.have.length(3);
  });

  it('B4 saves the answers, an open question as No', async () => {
    const consent = await start();
    await openPreferences(consent);
    const element = await preferences();
    await click(control(element, 'analytics', 'granted'));
    await click(button(element, SAVE));
    const alert = await alertOf(element);
    await until(() => focused() === alert);
    expect(consent.state.choices).to.include({ preferences: 'denied', analytics: 'granted', marketing: 'denied' });
    const [record] = await consent.receipt();
    expect(record).to.include({ method: 'save', event: 'partial' });
    expect(record?.noticeHash).to.match(/^[\w-]{43}$/);
    expect(!!bannerOf()).to.be.false;
  });

  it('B4 closes after the confirmation', async () => {
    const consent = await start();
    await openPreferences(consent);
    const element = await preferences();
    await click(button(element, SAVE));
    await alertOf(element);
    expect(textOf(element)).not.to.contain('Do you want');
    await click(button(element, 'Hide'));
    expect(element.isConnected).to.be.false;
  });

  it('B4 shows the questions again when it is opened over the confirmation', async () => {
    const consent = await start();
    await openPreferences(consent);
    const element = await preferences();
    await click(button(element, SAVE));
    await alertOf(element);
    await openPreferences(consent);
    expect(textOf(element)).to.match(/^(?!.*have been saved).*Do you want/);
    expect(focused() === element.shadowRoot.querySelector('h2')).to.be.true;
  });

  it('B4 offers a switch for each service where that is configured', async () => {
    const consent = await start({ perService: true });
    await openPreferences(consent);
    const element = await preferences();
    expect(control(element, 'doubleclick').disabled).to.be.true;
    await click(control(element, 'marketing', 'granted'));
    await element.updateComplete;
    expect(control(element, 'doubleclick').disabled).to.be.false;
    expect(control(element, 'doubleclick').checked).to.be.true;
    await click(control(element, 'facebook-pixel'));
    await click(button(element, SAVE));
    await alertOf(element);
    expect(consent.state.choices).to.include({
      marketing: 'granted',
      doubleclick: 'granted',
      'facebook-pixel': 'denied',
    });
    await openPreferences(consent);
  });

  it('B4 shows what is objected to as on until then', async () => {
    const categories = [
      { id: 'essential', basis: 'essential' },
      { id: 'statistics', basis: 'objection', name: 'statistics' },
    ] as const;
    const consent = await start({
      categories,
      googleAnalytics: undefined,
      doubleclick: undefined,
      facebookPixel: undefined,
    } as object);
    await openPreferences(consent);
    const element = await preferences();
    expect(checked(element)).to.deep.equal(['statistics granted']);
    expect(textOf(element)).to.contain('These are on unless you object.');
    await click(control(element, 'statistics', 'denied'));
    await click(button(element, SAVE));
    await alertOf(element);
    expect(consent.isGranted(['statistics'])).to.be.false;
  });

  it('B4 says that a choice could not be kept, and keeps what was ticked', async () => {
    const consent = await start();
    await openPreferences(consent);
    const element = await preferences();
    await click(control(element, 'analytics', 'granted'));
    const mend = breakJournal();
    try {
      await click(button(element, SAVE));
      expect((await alertOf(element)).textContent).to.contain('technical problem');
    } finally {
      mend();
    }
    expect(control(element, 'analytics', 'granted').checked).to.be.true;
  });

  it('B5 takes the place of the banner on a page that holds it, and cannot be closed there', async () => {
    write('<consentry-preferences></consentry-preferences>');
    const consent = await start();
    const element = await preferences();
    expect(!!bannerOf()).to.be.false;
    expect(() => button(element, 'Close')).to.throw();
    await openPreferences(consent);
    expect(document.querySelectorAll('consentry-preferences')).to.have.length(1);
    expect(focused() === element.shadowRoot.querySelector('h2')).to.be.true;
  });

  it('B5 confirms above the questions on a page that holds it', async () => {
    write('<consentry-preferences></consentry-preferences>');
    await start();
    const element = await preferences();
    await click(control(element, 'analytics', 'granted'));
    await click(button(element, SAVE));
    await alertOf(element);
    expect(textOf(element)).to.match(/have been saved.*Do you want/);
    await click(button(element, 'Hide'));
    await element.updateComplete;
    expect(!!element.shadowRoot.querySelector('[role=alert]')).to.be.false;
  });

  it('H7 lets no script save a grant', async () => {
    const consent = await start();
    await openPreferences(consent);
    const element = await preferences();
    control(element, 'analytics', 'granted').click();
    await enabled(button(element, SAVE));
    button(element, SAVE).click();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(consent.state.choices.analytics).to.equal('unasked');
    control(element, 'analytics', 'denied').click();
    button(element, SAVE).click();
    await until(() => consent.state.choices.analytics === 'denied');
  });

  it('B4 shows what was granted without its category, keeps it, and lets it go', async () => {
    const services = [{ id: 'youtube', name: 'YouTube', category: 'marketing' }];
    const consent = await start({ services });
    await consent.choose({ youtube: 'granted' });
    await openPreferences(consent);
    const element = await preferences();
    expect(stateOf(control(element, 'youtube'))).to.deep.equal({ checked: true, disabled: false });
    expect(() => control(element, 'doubleclick')).to.throw();
    await click(button(element, SAVE));
    await alertOf(element);
    expect(consent.state.choices).to.include({ marketing: 'denied', doubleclick: 'denied', youtube: 'granted' });

    await openPreferences(consent);
    const again = await preferences();
    await click(control(again, 'youtube'));
    await click(button(again, SAVE));
    await until(() => consent.state.choices.youtube === 'denied');
    await until(() => textOf(again).includes('have been saved'));
  });

  it('B4 drops what was granted without its category at a No to that', async () => {
    const services = [{ id: 'youtube', name: 'YouTube', category: 'marketing' }];
    const consent = await start({ services });
    await consent.choose({ youtube: 'granted' });
    await openPreferences(consent);
    const element = await preferences();
    await click(control(element, 'marketing', 'denied'));
    expect(stateOf(control(element, 'youtube'))).to.deep.equal({ checked: false, disabled: false });
    await click(control(element, 'marketing', 'granted'));
    expect(stateOf(control(element, 'youtube'))).to.deep.equal({ checked: true, disabled: false });
  });

  it('W6 is offered where only a service was granted', async () => {
    const services = [{ id: 'youtube', name: 'YouTube', category: 'marketing' }];
    const consent = await start({ services });
    await consent.choose({ youtube: 'granted' });
    await openPreferences(consent);
    await click(button(await preferences(), 'Withdraw all'));
    await until(() => consent.state.choices.youtube === 'denied');
  });

  it('W10 says on a sealed page that a grant takes effect on the next', async () => {
    const SEALED = 'You withdrew consent on this page, so what you allow now takes effect on the next page.';
    const consent = await start();
    await openPreferences(consent);
    const element = await preferences();
    expect(textOf(element)).not.to.contain(SEALED);
    const meta = document.createElement('meta');
    meta.dataset.consentrySeal = '';
    document.head.append(meta);
    try {
      await consent.withdraw();
      await until(() => textOf(element).includes(SEALED));
    } finally {
      meta.remove();
    }
  });

  describe('withdrawal', () => {
    let consent: Consent;

    beforeEach(async () => {
      consent = await start();
      await consent.acceptAll();
      await openPreferences(consent);
    });

    it('W6 takes one control', async () => {
      const element = await preferences();
      await click(button(element, 'Withdraw all'));
      await alertOf(element);
      for (const id of ASKED) expect(consent.state.choices[id]).to.equal('denied');
      expect((await consent.receipt()).at(-1)).to.include({ method: 'withdraw', event: 'withdrawn' });
    });

    it('W6 is offered only while something is granted', async () => {
      await consent.rejectAll();
      const element = await preferences();
      await element.updateComplete;
      expect(() => button(element, 'Withdraw all')).to.throw();
    });

    it('W6 may be scripted', async () => {
      button(await preferences(), 'Withdraw all').click();
      await until(() => consent.state.choices.analytics === 'denied');
    });
  });

  it('W7 links to what each vendor offers by itself, and to nothing but web pages', async () => {
    const services = [{ id: 'odd', name: 'Odd', category: 'marketing', optOut: 'https://odd.example/out' }];
    const consent = await start({ services });
    await openPreferences(consent);
    const element = await preferences();
    const links = [...element.shadowRoot.querySelectorAll('a')].map(({ href }) => href);
    expect(links).to.deep.equal([
      'https://tools.google.com/dlpage/gaoptout',
      'https://myadcenter.google.com/',
      'https://www.facebook.com/adpreferences/',
      'https://odd.example/out',
    ]);
  });

  it('W7 makes no link of what is not a web address', async () => {
    const services = [{ id: 'odd', name: 'Odd', category: 'marketing', optOut: 'javascript:alert(1)' }];
    const consent = await start();
    const bad = Object.create(consent, { config: { value: { ...consent.config, services } } }) as Consent;
    const element = write('<consentry-preferences></consentry-preferences>') as HTMLElement & { consent: Consent };
    element.consent = bad;
    await until(() => textOf(element as never).includes('Odd'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(!!element.shadowRoot?.querySelector('a')).to.be.false;
  });

  it('W9 shows the earlier choices when the notice has changed', async () => {
    const before = await start();
    await before.choose({ analytics: 'granted', marketing: 'denied', preferences: 'denied' });
    const consent = await start({ ...FORCE, noticeVersion: '2' });
    await openPreferences(consent);
    const element = await preferences();
    expect(checked(element)).to.deep.equal([]);
    const asked = [...element.shadowRoot.querySelectorAll('fieldset')].map((each) =>
      each.textContent?.replace(/\s+/g, ' '),
    );
    expect(asked[1]).to.contain('Before, you chose: Yes');
    expect(asked[2]).to.contain('Before, you chose: No');
  });

  it('W9 says nothing of earlier choices to somebody who made none', async () => {
    const consent = await start();
    await openPreferences(consent);
    expect(textOf(await preferences())).not.to.contain('Before, you chose');
  });

  it('W9 says nothing of earlier choices that still stand', async () => {
    const consent = await start();
    await consent.acceptAll();
    await openPreferences(consent);
    expect(textOf(await preferences())).not.to.contain('Before, you chose');
  });
});
