import { expect } from 'chai';
import { declaration, narrow, reset, start, write } from './support.js';

const services = [
  {
    id: 'youtube',
    name: 'YouTube',
    category: 'marketing',
    cookies: [
      'YSC',
      { name: 'VISITOR_INFO1_LIVE', purpose: 'Counts views', duration: '6 months', party: 'youtube.com' },
    ],
  },
];

describe('consentry-declaration', () => {
  beforeEach(async () => {
    await reset();
    write('<consentry-declaration></consentry-declaration>');
    await start({ services });
  });
  after(reset);

  const rowOf = async (name: string) => {
    const rows = [...(await declaration()).shadowRoot.querySelectorAll('tbody tr')];
    const row = rows.find((each) => each.querySelector('code')?.textContent === name);
    return [...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.lastChild?.previousSibling && cell.textContent);
  };

  it('B5 has a table with a caption for the site and for each service', async () => {
    const captions = [...(await declaration()).shadowRoot.querySelectorAll('caption')].map((each) =>
      each.textContent?.trim(),
    );
    expect(captions).to.deep.equal([
      'This site: essential cookies',
      'Google Analytics: analytics cookies',
      'Google DoubleClick: advertising cookies',
      'Facebook Pixel: advertising cookies',
      'YouTube: advertising cookies',
    ]);
  });

  it('B5 says of each cookie who sets it, why and for how long', async () => {
    expect((await rowOf('_ga')).join(' ')).to.match(/This site.*Tells visitors apart.*2 years/s);
    expect((await rowOf('fr')).join(' ')).to.match(/facebook\.com.*90 days/s);
    expect((await rowOf('consentry')).join(' ')).to.match(/This site.*choices.*182 days/s);
  });

  it('QE-18 names the cookie of the exit where there is an exit, and nowhere else', async () => {
    expect(await rowOf('__Host-consentry-left')).to.deep.equal([]);
    write('<script type="text/plain" data-quick-exit data-test></script>');
    document.querySelector('consentry-declaration')!.remove();
    write('<consentry-declaration></consentry-declaration>');
    await start({ services });
    expect((await rowOf('__Host-consentry-left')).join(' ')).to.match(/This site.*left quickly.*15 minutes/s);
  });

  it('B5 takes the words of the site for its own services', async () => {
    expect((await rowOf('VISITOR_INFO1_LIVE')).join(' ')).to.match(/youtube\.com.*Counts views.*6 months/s);
    expect((await rowOf('YSC')).join(' ')).to.match(/Not stated/);
  });

  it('B5 names rows and columns for screen readers', async () => {
    const { shadowRoot } = await declaration();
    for (const head of shadowRoot.querySelectorAll<HTMLTableCellElement>('thead th'))
      expect(head.scope).to.equal('col');
    for (const head of shadowRoot.querySelectorAll<HTMLTableCellElement>('tbody th'))
      expect(head.scope).to.equal('row');
  });

  it('B7 needs no sideways scrolling at 320 pixels', async () => {
    const element = await declaration();
    await narrow();
    expect(element.scrollWidth).to.be.at.most(innerWidth);
    expect(document.documentElement.scrollWidth).to.be.at.most(innerWidth);
  });
});
