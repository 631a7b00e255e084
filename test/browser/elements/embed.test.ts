import { expect } from 'chai';
import type { Consent } from '../../../src/create-consent.js';
import {
  alertOf,
  breakJournal,
  button,
  click,
  embed,
  enabled,
  focused,
  narrow,
  press,
  reset,
  start,
  textOf,
  until,
  violations,
  write,
} from './support.js';

type Embed = Awaited<ReturnType<typeof embed>>;

const services = [
  { id: 'youtube', name: 'YouTube', category: 'marketing', hosts: ['www.youtube-nocookie.com'] },
  { id: 'chat', name: 'Chat', category: 'support' },
];
const categories = [
  { id: 'essential', basis: 'essential' },
  { id: 'analytics', basis: 'consent' },
  { id: 'marketing', basis: 'consent' },
  { id: 'support', basis: 'consent', name: 'support' },
] as const;

const ONCE = 'Show this once';
const ALWAYS = 'Always show YouTube';
/** Answered by this server, so that a released frame asks nobody else. */
const SRC = '/no-film';
const FILM = `data-consent="marketing" data-service="youtube" data-src="${SRC}" title="A film"`;
const BOX = 'width="560" height="315"';

const embedOf = () => document.querySelector<Embed>('consentry-embed');
const later = (milliseconds = 100) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const frames = () => [...document.querySelectorAll<HTMLIFrameElement>('[data-test] iframe')];
/** Writes a part of the page that goes with the test. */
const put = (html: string) => write(`<div data-test>${html}</div>`);
const rectOf = (element: Element) => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + scrollX, top + scrollY, width, height];
};
/** Expects the same boxes, but for what engines round. */
function expectSame(found: number[], wanted: number[]): void {
  const isSame =
    found.length === wanted.length && found.every((each, at) => Math.abs(each - (wanted[at] ?? NaN)) <= 0.5);
  expect(isSame, `${found.join()} for ${wanted.join()}`).to.be.true;
}

let consent: Consent;

// One consent for all tests: a page has one, and what an earlier one granted would go on releasing frames.
before(async () => {
  await reset();
  consent = await start({ services, categories });
});
beforeEach(async () => {
  await reset();
  await consent.rejectAll();
});
after(reset);

describe('consentry-embed', () => {
  it('G14 says who shows the frame and what that means, and offers both ways and a link', async () => {
    put(`<iframe ${FILM.replace(SRC, 'https://www.youtube-nocookie.com/embed/1')} ${BOX}></iframe>`);
    const element = await embed();
    expect(textOf(element)).to.equal(
      `A film Showing this lets YouTube set advertising cookies and know that you visited this site. Open it on youtube-nocookie.com ${ONCE} ${ALWAYS}`,
    );
    const group = element.shadowRoot.querySelector('[role=group]');
    const name = element.shadowRoot.getElementById(group?.getAttribute('aria-labelledby') ?? '');
    expect(name?.textContent).to.equal('A film');
    const { href, rel } = element.shadowRoot.querySelector('a') as HTMLAnchorElement;
    expect({ href, rel }).to.deep.equal({ href: 'https://www.youtube-nocookie.com/embed/1', rel: 'noreferrer' });
  });

  it('G14 links to where the page says, and to nothing but web pages', async () => {
    put(`<iframe ${FILM} data-href="https://www.youtube.com/watch?v=1" ${BOX}></iframe>`);
    const { href, textContent } = (await embed()).shadowRoot.querySelector('a') as HTMLAnchorElement;
    expect([href, textContent]).to.deep.equal(['https://www.youtube.com/watch?v=1', 'Open it on youtube.com']);
    for (const frame of frames()) frame.remove();
    await until(() => !embedOf());
    put(`<iframe ${FILM} data-href="javascript:alert(1)" ${BOX}></iframe>`);
    expect(!!(await embed()).shadowRoot.querySelector('a')).to.be.false;
  });

  it('G14 is honest of a frame whose service nobody declares: only its category can be accepted', async () => {
    put(`<iframe data-consent="marketing" data-src="https://player.example/1" ${BOX}></iframe>`);
    const element = await embed();
    expect(textOf(element)).to.equal(
      `player.example Showing this lets player.example set advertising cookies and know that you visited this site. Open it on player.example ${ONCE} Accept advertising cookies`,
    );
  });

  it('G14 takes the site’s own name of a category, and names each that is needed', async () => {
    put(`<iframe data-consent="support marketing" data-service="chat" data-src="${SRC}" ${BOX}></iframe>`);
    const element = await embed();
    expect(textOf(element)).to.contain('lets Chat set advertising, support cookies');
    await click(button(element, 'Accept advertising, support cookies'));
    await until(() => frames()[0]?.hasAttribute('src'));
    expect(consent.state.choices).to.include({ support: 'granted', marketing: 'granted', analytics: 'denied' });
  });

  it('G14 follows the language of the page', async () => {
    document.documentElement.lang = 'cy';
    put(`<iframe ${FILM} ${BOX}></iframe>`);
    const element = await embed();
    await until(() => textOf(element).includes('Dangos hwn unwaith'));
    expect(element.shadowRoot.querySelector<HTMLElement>('.root')?.lang).to.equal('cy');
    document.documentElement.lang = 'en';
    await until(() => textOf(element).includes(ONCE));
  });

  for (const [why, html] of Object.entries({
    'is hidden': `<iframe ${FILM} ${BOX} hidden></iframe>`,
    'has no display': `<iframe ${FILM} ${BOX} style="display:none"></iframe>`,
    'has one pixel': `<iframe ${FILM} width="1" height="1"></iframe>`,
    'has no size': `<iframe ${FILM} width="0" height="0"></iframe>`,
    'is too small for words': `<iframe ${FILM} width="90" height="20"></iframe>`,
    'is transparent': `<iframe ${FILM} ${BOX} style="opacity:0"></iframe>`,
    'is invisible': `<iframe ${FILM} ${BOX} style="visibility:hidden"></iframe>`,
    'is hidden from screen readers': `<iframe ${FILM} ${BOX} aria-hidden="true"></iframe>`,
    'lies beside the page': `<iframe ${FILM} ${BOX} style="position:absolute;left:-9999px"></iframe>`,
    'has a document of its own': `<iframe ${FILM} ${BOX} srcdoc="Ours"></iframe>`,
    'needs nothing': `<iframe data-consent="essential" data-src="${SRC}" ${BOX}></iframe>`,
  })) {
    it(`G14 leaves a frame alone that ${why}`, async () => {
      put(html);
      await later(150);
      expect(!!embedOf()).to.be.false;
    });
  }

  it('G14 offers nothing for a category that nobody configured', async () => {
    put(`<iframe data-consent="adverts" data-src="${SRC}" title="A film" ${BOX}></iframe>`);
    const element = await embed();
    expect(!!element.shadowRoot.querySelector('button')).to.be.false;
    expect(textOf(element)).to.contain('To protect your privacy, nothing from localhost is shown on this page.');
  });

  it('G14 shows a frame once without recording anything, and goes on in it', async () => {
    const before = await consent.receipt();
    put(`<iframe ${FILM} ${BOX}></iframe><iframe ${FILM.replace('A film', 'Another')} ${BOX}></iframe>`);
    const element = await embed();
    await click(button(element, ONCE));
    const [frame, other] = frames() as [HTMLIFrameElement, HTMLIFrameElement];
    await until(() => focused() === frame);
    expect(frame.getAttribute('src')).to.equal(SRC);
    expect(element.isConnected).to.be.false;
    expect(other.hasAttribute('src')).to.be.false;
    expect(embedOf()?.nextElementSibling === other).to.be.true;
    expect(await consent.receipt()).to.deep.equal(before);
    expect(consent.state.choices.youtube).to.equal('denied');

    await consent.choose({ analytics: 'granted' });
    await until(() => frame.previousElementSibling?.localName === 'consentry-embed');
    expect(frame.hasAttribute('src')).to.be.false;
  });

  it('G14 shows a service always, and records that', async () => {
    put(`<iframe ${FILM} ${BOX}></iframe><iframe ${FILM.replace('A film', 'Another')} ${BOX}></iframe>`);
    await click(button(await embed(), ALWAYS));
    const [frame] = frames();
    await until(() => focused() === frame);
    expect(frames().map((each) => each.getAttribute('src'))).to.deep.equal([SRC, SRC]);
    expect(!!embedOf()).to.be.false;
    expect(consent.state.choices).to.include({ youtube: 'granted', marketing: 'denied', doubleclick: 'denied' });
    const record = (await consent.receipt()).at(-1);
    expect(record).to.include({ method: 'save' });
    expect(record?.choices).to.include({ youtube: 'granted', marketing: 'denied' });
    expect(record?.noticeHash).to.match(/^[\w-]{43}$/);
  });

  it('G14 comes back at a withdrawal', async () => {
    put(`<iframe ${FILM} ${BOX}></iframe>`);
    await embed();
    await consent.acceptAll();
    await until(() => frames()[0]?.hasAttribute('src') && !embedOf());
    await consent.withdraw();
    await embed();
    expect(frames()[0]?.hasAttribute('src')).to.be.false;
    await enabled(button(await embed(), ONCE));
  });

  it('G14 says that a choice could not be kept, and shows nothing', async () => {
    put(`<iframe ${FILM} ${BOX}></iframe>`);
    const element = await embed();
    await enabled(button(element, ALWAYS));
    const mend = breakJournal();
    try {
      await click(button(element, ALWAYS));
      const alert = await alertOf(element);
      expect(alert.textContent?.trim()).to.equal('Sorry, there was a technical problem. Please try again.');
      await until(() => focused() === alert);
    } finally {
      mend();
    }
    expect(frames()[0]?.hasAttribute('src')).to.be.false;
    await click(button(element, ALWAYS));
    await until(() => frames()[0]?.hasAttribute('src'));
  });

  it('G14 goes on in the frame for nobody who is busy elsewhere', async () => {
    put(`<iframe ${FILM} ${BOX}></iframe><input>`);
    await embed();
    const input = document.querySelector<HTMLInputElement>('[data-test] input');
    input?.focus();
    await consent.acceptAll();
    await until(() => !embedOf());
    expect(focused() === input).to.be.true;
  });

  it('G14 is reached and pressed with the keyboard', async () => {
    put(`<a href="#x">before</a><iframe ${FILM} ${BOX}></iframe>`);
    const element = await embed();
    await enabled(button(element, ONCE));
    document.querySelector<HTMLElement>('[data-test] a')?.focus();
    const reached = [];
    for (let time = 0; time < 3; time++) {
      await press('Tab');
      reached.push(focused()?.textContent?.trim());
    }
    expect(reached).to.deep.equal(['Open it on localhost', ONCE, ALWAYS]);
    button(element, ONCE).focus();
    await press('Enter');
    await until(() => focused() === frames()[0]);
  });

  it('H7 lets no script show a frame', async () => {
    put(`<iframe ${FILM} ${BOX}></iframe>`);
    const element = await embed();
    for (const text of [ONCE, ALWAYS]) {
      await enabled(button(element, text));
      button(element, text).click();
    }
    await later();
    expect(consent.state.choices.youtube).to.equal('denied');
    expect(frames()[0]?.hasAttribute('src')).to.be.false;
  });

  it('H9 shows nothing in its first half second', async () => {
    put(`<iframe ${FILM} ${BOX}></iframe>`);
    const element = await embed();
    expect([ONCE, ALWAYS].map((text) => button(element, text).ariaDisabled)).to.deep.equal(['true', 'true']);
  });
});

describe('the page around it', () => {
  it('H10 is as it was once the frame is shown', async () => {
    const part = put(`<p>Before</p><iframe ${FILM} ${BOX} class="film" style="color: red"></iframe><p>After</p>`);
    const before = part.innerHTML;
    await embed();
    const without = part.cloneNode(true) as HTMLElement;
    without.querySelector('consentry-embed')?.remove();
    expect(without.innerHTML).to.equal(before);
    await consent.acceptAll();
    await until(() => !embedOf());
    expect(part.innerHTML).to.equal(
      before.replace('<iframe ', '<iframe ').replace('></iframe>', ` src="${SRC}"></iframe>`),
    );
  });

  it('G14 loses the placeholder with the frame', async () => {
    put(`<iframe ${FILM} ${BOX}></iframe>`);
    await embed();
    frames()[0]?.remove();
    await until(() => !embedOf());
  });

  it('G14 keeps the placeholder beside a frame that is moved', async () => {
    put(`<iframe ${FILM} ${BOX}></iframe><section></section>`);
    await embed();
    const [frame] = frames() as [HTMLIFrameElement];
    document.querySelector('[data-test] section')?.append(frame);
    await until(() => embedOf()?.parentElement?.localName === 'section');
    expect(embedOf()?.nextElementSibling === frame).to.be.true;
    expect(document.querySelectorAll('consentry-embed')).to.have.length(1);
  });

  it('G14 has one placeholder for each frame where the page copies its markup', async () => {
    const part = put(`<iframe ${FILM} ${BOX}></iframe>`);
    await embed();
    part.after(part.cloneNode(true));
    await until(() => document.querySelectorAll('consentry-embed').length === 2);
    await later();
    expect(frames().map((frame) => frame.previousElementSibling?.localName)).to.deep.equal([
      'consentry-embed',
      'consentry-embed',
    ]);
    expect(document.querySelectorAll('consentry-embed')).to.have.length(2);
  });

  it('G8 has a placeholder in a new body', async () => {
    const { body } = document;
    try {
      const next = document.createElement('body');
      next.innerHTML = `<div data-test><iframe ${FILM} ${BOX}></iframe></div>`;
      document.body = next;
      await embed();
    } finally {
      document.body = body;
    }
    await until(() => !embedOf());
  });

  it('G14 waits until the frame comes into view', async () => {
    const part = put(`<iframe ${FILM} ${BOX}></iframe>`);
    part.hidden = true;
    await later(150);
    expect(!!embedOf()).to.be.false;
    part.hidden = false;
    await embed();
  });

  it('G14 is hidden and shown with what the frame stands in', async () => {
    put(`<details><summary>Film</summary><iframe ${FILM} ${BOX}></iframe></details>`);
    const details = document.querySelector('[data-test] details') as HTMLDetailsElement;
    await later(150);
    expect(!!embedOf()?.checkVisibility()).to.be.false;
    details.open = true;
    expect((await embed()).checkVisibility()).to.be.true;
  });

  it('G14 goes where the page hides the frame itself', async () => {
    put(`<iframe ${FILM} ${BOX}></iframe>`);
    await embed();
    const [frame] = frames() as [HTMLIFrameElement];
    frame.style.display = 'none';
    await until(() => !embedOf());
    frame.style.display = '';
    await embed();
  });
});

/** Where frames stand in pages. The text before and after shows whether anything moves. */
const PLACES: Record<string, string> = {
  'by its attributes': `<iframe ${FILM} ${BOX}></iframe>`,
  'in its default size': `<iframe ${FILM}></iframe>`,
  'in a line of text': `<p>Text <iframe ${FILM} width="320" height="180"></iframe> text</p>`,
  'as wide as its column': `<div class="column"><iframe ${FILM} class="fluid"></iframe></div>`,
  'in a box held open by padding': `<div class="hack"><iframe ${FILM} ${BOX}></iframe></div>`,
  'over the whole of a box': `<div class="cover"><iframe ${FILM}></iframe></div>`,
  'in the middle of a box': `<div class="middle"><iframe ${FILM}></iframe></div>`,
  'as the item of a row': `<div class="row"><p>Text</p><iframe ${FILM} ${BOX}></iframe><p>Text</p></div>`,
  'as the growing item of a row': `<div class="row grow"><p>Text</p><iframe ${FILM}></iframe></div>`,
  'as the item of a grid': `<div class="grid"><iframe ${FILM}></iframe><p>Text</p></div>`,
  'in an area of a grid': `<div class="grid area"><p>Text</p><iframe ${FILM}></iframe></div>`,
  'beside text': `<div class="float"><iframe ${FILM} ${BOX}></iframe><p>Text</p></div>`,
  'in the middle of its column': `<div class="centre"><iframe ${FILM} ${BOX}></iframe></div>`,
  'first and last in a flow with gaps': `<div class="flow"><iframe ${FILM} ${BOX}></iframe></div><div class="flow"><p>Text</p></div>`,
  'with border and padding': `<iframe ${FILM} ${BOX} class="framed"></iframe>`,
  'as high as its box': `<div class="high"><iframe ${FILM}></iframe></div>`,
  'as high as nothing': `<div><iframe ${FILM} class="percent"></iframe></div>`,
  'in a figure': `<figure><iframe ${FILM} ${BOX}></iframe><figcaption>Text</figcaption></figure>`,
  'by the width of the window': `<iframe ${FILM} class="window"></iframe>`,
};
const RULES = `
  [data-test] { width: 720px; margin: 0 auto }
  .column { width: 70% }
  .fluid { display: block; width: 100%; aspect-ratio: 16 / 9; border: 0 }
  .hack { position: relative; height: 0; padding-top: 56.25%; overflow: hidden }
  .hack iframe { position: absolute; top: 0; left: 0; width: 100%; height: 100%; border: 0 }
  .cover { position: relative; height: 240px }
  .cover iframe { position: absolute; inset: 0; width: 100%; height: 100% }
  .middle { position: relative; height: 300px }
  .middle iframe { position: absolute; top: 50%; left: 50%; transform: translate(-50%, -50%); width: 60%; height: 80% }
  .row { display: flex; gap: 20px; align-items: flex-start }
  .grow iframe { flex: 1 }
  .grid { display: grid; grid-template-columns: 2fr 1fr; gap: 20px }
  .grid iframe { width: 100%; height: 220px }
  .area iframe { grid-area: 1 / 1 / 2 / 3 }
  .float { overflow: hidden }
  .float iframe { float: inline-end; width: 50%; margin-inline-start: 16px }
  .centre iframe { display: block; max-width: 100%; margin: 0 auto }
  .flow > * { margin: 0 }
  .flow > * + * { margin-block-start: 40px }
  .flow > :last-child { margin-block-end: 24px }
  .framed { padding: 10px; border: 6px solid; box-sizing: border-box }
  .high { height: 260px }
  .high iframe { height: 100%; width: 50% }
  .percent { height: 100%; width: 100% }
  figure > iframe:only-of-type { width: 100% }
  .window { width: 50vw; height: 30vw }
`;

describe('the box', () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  before(() => document.adoptedStyleSheets.push(sheet));
  after(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  });

  for (const [where, html] of Object.entries(PLACES)) {
    it(`G14 is that of a frame ${where}`, async () => {
      const part = put(`<p>Before</p>${html}<p>After</p>`);
      const paragraphs = () => [...part.querySelectorAll('p,figcaption')].flatMap(rectOf);
      const [frame] = frames() as [HTMLIFrameElement];
      const [box, around] = [rectOf(frame), paragraphs()];
      const element = await embed();
      expect(getComputedStyle(frame).display).to.equal('none');
      expectSame(rectOf(element), box);
      expectSame(paragraphs(), around);
      await consent.acceptAll();
      await until(() => !embedOf());
      expectSame(rectOf(frame), box);
      expectSame(paragraphs(), around);
    });
  }

  it('G14 follows the window', async () => {
    const part = put(`<iframe ${FILM} class="window"></iframe><p>After</p>`);
    const element = await embed();
    const before = element.offsetWidth;
    await narrow();
    await until(() => element.offsetWidth < before);
    const box = rectOf(element);
    await consent.acceptAll();
    await until(() => !embedOf());
    expectSame(rectOf(part.querySelector('iframe') as Element), box);
  });

  it('G14 follows its column without the window', async () => {
    const part = put(`<div class="column"><iframe ${FILM} class="fluid"></iframe></div>`);
    const element = await embed();
    part.style.width = '400px';
    expectSame(rectOf(element).slice(2), [280, 157.5]);
  });

  it('H4 keeps its place and looks where the page resets everything', async () => {
    put(`<iframe ${FILM} ${BOX}></iframe>`);
    const box = rectOf(frames()[0] as Element);
    const element = await embed();
    const hostile = new CSSStyleSheet();
    hostile.replaceSync(
      'consentry-embed, p, div { all: unset !important } * { margin: 7px !important; width: 3px !important }',
    );
    document.adoptedStyleSheets.push(hostile);
    try {
      expectSame(rectOf(element).slice(2), box.slice(2));
      expect(button(element, ONCE).offsetHeight).to.equal(44);
    } finally {
      document.adoptedStyleSheets.pop();
    }
  });
});

describe('accessibility of the placeholder', () => {
  const STATES: Record<string, () => Promise<Embed>> = {
    async service() {
      put(`<iframe ${FILM} ${BOX}></iframe>`);
      return embed();
    },
    async 'small box'() {
      put(`<iframe ${FILM} width="288" height="162"></iframe>`);
      return embed();
    },
    async 'unknown service'() {
      put(`<iframe data-consent="marketing" data-src="https://player.example/1" ${BOX}></iframe>`);
      return embed();
    },
    async 'nothing to offer'() {
      put(`<iframe data-consent="adverts" data-src="https://player.example/1" title="A film" ${BOX}></iframe>`);
      return embed();
    },
    async problem() {
      const element = await STATES.service!();
      await enabled(button(element, document.documentElement.lang === 'cy' ? 'Dangos YouTube bob amser' : ALWAYS));
      const mend = breakJournal();
      await click(element.shadowRoot.querySelector('.quiet') as Element);
      await alertOf(element);
      mend();
      return element;
    },
  };

  before(() => {
    document.title = 'Northmoor Police';
    document.documentElement.style.background = 'Canvas';
  });

  for (const [state, show] of Object.entries(STATES)) {
    for (const lang of ['en', 'cy']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`B7 passes axe: placeholder, ${state}, ${lang}, ${colorScheme}`, async () => {
          document.documentElement.lang = lang;
          document.documentElement.style.colorScheme = colorScheme;
          await later(50);
          const element = await show();
          await later(50);
          expect(await violations(element)).to.deep.equal([]);
        });
      }
    }

    it(`B7 fits 320 pixels: placeholder, ${state}`, async () => {
      await narrow();
      const element = await show();
      const root = element.shadowRoot.querySelector('.root') as HTMLElement;
      expect(root.scrollWidth).to.be.at.most(root.clientWidth);
      for (const target of element.shadowRoot.querySelectorAll('button')) {
        target.scrollIntoView({ block: 'center' });
        const { width, height, top, bottom } = target.getBoundingClientRect();
        const box = root.getBoundingClientRect();
        expect(Math.min(width, height)).to.be.at.least(44);
        expect(top).to.be.at.least(box.top);
        expect(bottom).to.be.at.most(box.bottom);
      }
    });
  }
});
