import { expect } from 'chai';
import { openPreferences } from '../../../src/elements/index.js';
import {
  banner,
  bannerOf,
  button,
  clickAtOnce,
  control,
  enabled,
  preferences,
  press,
  reset,
  start,
  textOf,
  until,
} from './support.js';

const ACCEPT = 'Accept additional cookies';
const REJECT = 'Reject additional cookies';
const SAVE = 'Save cookie settings';
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Stops the clock of what waits for half a second, until the returned function is called. */
function stopClock(): () => void {
  const native = window.setTimeout;
  const waiting: TimerHandler[] = [];
  window.setTimeout = ((run: TimerHandler, wait?: number, ...given: unknown[]) =>
    wait === 500 ? waiting.push(run) : native(run, wait, ...given)) as typeof setTimeout;
  return () => {
    window.setTimeout = native;
    for (const run of waiting) native(run);
  };
}

describe('what appears under a hand', () => {
  let goOn = () => {};

  beforeEach(async () => {
    await reset();
    goOn = stopClock();
  });
  afterEach(() => goOn());
  after(reset);

  it('H9 is not accepted by a click in its first half second', async () => {
    const consent = await start();
    const accept = button(await banner(), ACCEPT);
    expect(accept.ariaDisabled).to.equal('true');
    await clickAtOnce(accept);
    accept.focus();
    await press('Enter');
    await later(50);
    expect(consent.state.pending).to.be.true;
    expect(textOf(bannerOf())).to.contain('essential cookies');

    goOn();
    await enabled(accept);
    await clickAtOnce(accept);
    await until(() => consent.state.choices.analytics === 'granted');
  });

  it('H9 is refused at once', async () => {
    const consent = await start();
    const reject = button(await banner(), REJECT);
    expect(reject.ariaDisabled).to.equal(null);
    await clickAtOnce(reject);
    await until(() => consent.state.choices.analytics === 'denied');
  });

  it('H9 is customised at once', async () => {
    await start();
    await clickAtOnce(button(await banner(), 'Customise cookies'));
    await preferences();
  });

  it('H9 is not saved with a grant, but without one it is', async () => {
    const consent = await start();
    await consent.choose({ analytics: 'granted' });
    await openPreferences(consent);
    const element = await preferences();
    const save = button(element, SAVE);
    expect(save.ariaDisabled).to.equal('true');
    await clickAtOnce(save);
    await later(50);
    expect(await consent.receipt()).to.have.length(1);

    await clickAtOnce(control(element, 'analytics', 'denied'));
    await until(() => save.ariaDisabled === 'false');
    await clickAtOnce(save);
    await until(() => consent.state.choices.analytics === 'denied');
  });
});

describe('the half second', () => {
  beforeEach(reset);
  after(reset);

  it('H9 is over after half a second', async () => {
    await start();
    const accept = button(await banner(), ACCEPT);
    const from = performance.now();
    await enabled(accept);
    // The banner may have been there for a moment when the test saw it.
    expect(performance.now() - from).to.be.within(300, 2000);
  });

  it('H9 begins when the banner is seen', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('consentry-banner { display: none }');
    document.adoptedStyleSheets.push(sheet);
    try {
      await start();
      await banner();
      await later(800);
    } finally {
      document.adoptedStyleSheets.pop();
    }
    const accept = button(await banner(), ACCEPT);
    expect(accept.ariaDisabled).to.equal('true');
    await enabled(accept);
  });

  it('H9 begins anew when the banner comes back from behind the preferences', async () => {
    const consent = await start();
    const accept = button(await banner(), ACCEPT);
    await enabled(accept);
    await clickAtOnce(button(await banner(), 'Customise cookies'));
    await clickAtOnce(button(await preferences(), 'Close'));
    await until(() => accept.isConnected);
    await until(() => accept.ariaDisabled === 'true');
    await clickAtOnce(accept);
    expect(consent.state.pending).to.be.true;
    await enabled(accept);
    await clickAtOnce(accept);
    await until(() => consent.state.choices.analytics === 'granted');
  });
});
