import { expect } from 'chai';
import { click, reset, start, until, write } from './support.js';

const MESSAGE = '<consentry-message id="beta-2026" hidden><p>This site is a beta.</p></consentry-message>';

/** Writes the message and waits until it has decided whether to show. */
async function message(html = MESSAGE): Promise<HTMLElement> {
  const element = write(html);
  await until(() => element.shadowRoot?.querySelector('button'));
  return element;
}

const hide = async (element: HTMLElement) => click(element.shadowRoot?.querySelector('button') as HTMLElement);

/** Listens to what is written to the cookies of messages, by the page's own setter. */
function listen(): { written: string[]; stop: () => void } {
  const written: string[] = [];
  const native = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  Object.defineProperty(document, 'cookie', {
    configurable: true,
    get: () => native?.get?.call(document) as string,
    set(text: string) {
      if (text.startsWith('consentry-seen-')) written.push(text);
      native?.set?.call(document, text);
    },
  });
  return { written, stop: () => void Reflect.deleteProperty(document, 'cookie') };
}

/** In how many days a cookie goes that was written just now; undefined for one that goes with the session. */
function daysOf(cookie = ''): number | undefined {
  const date = /expires=([^;]+)/.exec(cookie)?.[1];
  return date ? (Date.parse(date) - Date.now()) / 864e5 : undefined;
}

describe('consentry-message', () => {
  beforeEach(reset);
  after(reset);

  it('B9 shows until it is hidden, and then no more', async () => {
    await start();
    const first = await message();
    expect(first.checkVisibility()).to.be.true;
    await hide(first);
    expect(first.checkVisibility()).to.be.false;
    first.remove();
    expect((await message()).checkVisibility()).to.be.false;
  });

  it('B9 shows again under a new id', async () => {
    await start();
    await hide(await message());
    const next = await message(MESSAGE.replace('2026', '2027'));
    expect(next.checkVisibility()).to.be.true;
  });

  it('B9 is remembered for the session only where preferences are not granted', async () => {
    await start();
    const element = await message();
    const { written, stop } = listen();
    await hide(element);
    stop();
    expect(written).to.have.length(1);
    expect(written[0]).to.match(/^consentry-seen-beta-2026=1; path=\//);
    expect(daysOf(written[0])).to.be.undefined;
  });

  it('B9 is remembered for 182 days where preferences are granted', async () => {
    const consent = await start();
    await consent.acceptAll();
    const element = await message();
    const { written, stop } = listen();
    await hide(element);
    stop();
    expect(daysOf(written[0])).to.be.closeTo(182, 0.1);
  });

  it('B9 is remembered for the session again once preferences are withdrawn', async () => {
    const consent = await start();
    await consent.acceptAll();
    await hide(await message());
    const { written, stop } = listen();
    await consent.withdraw();
    stop();
    expect(written.map(daysOf)).to.deep.equal([undefined]);
  });

  it('B9 is not remembered for longer by coming back', async () => {
    const consent = await start();
    await consent.acceptAll();
    const first = await message();
    await hide(first);
    first.remove();
    const { written, stop } = listen();
    await message();
    stop();
    expect(written).to.deep.equal([]);
  });

  it('B9 shows a message whose id cannot be remembered, and says so', async () => {
    await start();
    const { error } = console;
    const told: unknown[] = [];
    console.error = (text) => told.push(text);
    try {
      const element = await message(MESSAGE.replace('beta-2026', 'Beta; 2026'));
      expect(element.checkVisibility()).to.be.true;
      await hide(element);
      expect(element.checkVisibility()).to.be.false;
      expect(document.cookie).not.to.contain('consentry-seen');
    } finally {
      console.error = error;
    }
    expect(told.join()).to.contain('consentry-message: expected an id');
  });
});
