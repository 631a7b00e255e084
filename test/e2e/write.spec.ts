import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
import { external, fates, held, inline, pathsOf, serve, STATS, STATS_URL } from './support/held.mjs';
import { pageOf } from './support/pages.mjs';
import { javascript, ran, says } from './support/scripts.mjs';
import type { World } from './support/start-world.mjs';
import { expect, settle, test } from './support/world.mjs';

const PATIENT = { timeout: 15_000 };
const STAYS = '<p id="stays">What the page says</p>';

const expectRan = async (page: Page, names: string[]) => {
  await expect.poll(async () => (await ran(page)).length, PATIENT).toBeGreaterThanOrEqual(names.length);
  await settle(page);
  expect(await ran(page)).toEqual(names);
};

/** The page is the one that it was: nothing of it is gone, and it can still be left in a hurry. */
const expectWhole = async (page: Page) => {
  await expect(page.locator('#stays')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'x' })).toBeVisible();
};

/** A page whose held tag writes so, once it is granted. */
const open = async (page: Page, world: World, body: string, config?: object) => {
  world.site.page('/x.html', pageOf({ ...(config && { config }), body: `${STAYS}${body}<p id="last">Last</p>` }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
};

/** Code that writes a script of this name, and one that does so in pieces. */
const script = (name: string, attributes = '') =>
  `'<scr' + 'ipt src="${STATS_URL}/${name}.js" ${attributes}></scr' + 'ipt>'`;

test('G13 the control: a late write without the SDK wipes the page', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ sdk: false, body: STAYS }));
  await page.goto('/x.html');
  await page.evaluate(() =>
    document.body.append(Object.assign(document.createElement('script'), { text: 'document.write("<p>wiped</p>")' })),
  );
  await expect(page.locator('#stays')).toHaveCount(0);
});

const WRITES: [string, string][] = [
  ['document.write', `document.write('<p id="new">New</p>')`],
  ['document.writeln', `document.writeln('<p id="new">', 'New'); document.writeln('</p>')`],
  ['write in pieces', `document.write('<p '); document.write('id="new"'); document.write('>New</p>')`],
  ['open, write and close', `document.open(); document.write('<p id="new">New</p>'); document.close()`],
  ['open with a type', `document.open('text/html', 'replace').write('<p id="new">New</p>'); document.close()`],
];
for (const [way, code] of WRITES) {
  test(`G13 puts behind an inline tag what it writes late with ${way}`, async ({ page, world }) => {
    await open(page, world, held('id="a"', `${code};${says('a')}`));
    await expectRan(page, ['a']);
    await expect(page.locator('#new')).toHaveText('New');
    await expectWhole(page);
    expect(await page.$eval('#new', (element) => element.previousElementSibling?.id)).toBe('a');
    expect(await page.$eval('#new', (element) => element.nextElementSibling?.id)).toBe('last');
  });

  test(`G13 puts last in the page what a tag writes with ${way} after it ran`, async ({ page, world }) => {
    world.internet.route(STATS, '/a.js', javascript(`setTimeout(() => { ${code};${says('a')} }, 200)`));
    await open(page, world, external('a'));
    await expectRan(page, ['a']);
    await expect(page.locator('#new')).toHaveText('New');
    await expectWhole(page);
  });
}

test('G13 puts behind an external tag what it writes', async ({ page, world }) => {
  world.internet.route(STATS, '/a.js', javascript(`document.write('<p id="new">New</p>');${says('a')}`));
  await open(page, world, external('a'));
  await expectRan(page, ['a']);
  await expect(page.locator('#new')).toHaveText('New');
  expect(await page.$eval('#new', (element) => element.previousElementSibling?.id)).toBe('a');
  await expectWhole(page);
});

test('G13 keeps a page whole in whose head a tag writes, when it is released at once at the next load', async ({
  page,
  world,
}) => {
  serve(world, 'b');
  const tag = held('id="a"', `document.write('<p id="new">New</p>' + ${script('b')});${says('a')}`);
  world.site.page('/x.html', pageOf({ head: tag, body: STAYS }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectRan(page, ['a', 'b']);
  await expectWhole(page);
  await page.reload();
  await expectRan(page, ['a', 'b']);
  await expect(page.locator('#new')).toHaveCount(1);
  await expectWhole(page);
});

test('G13 runs what is written once and in order: inline, external, and what that writes itself', async ({
  page,
  world,
}) => {
  world.internet.route(STATS, '/b.js', javascript(`${says('b')} document.write(${script('d')})`, 400));
  serve(world, 'd', 'z');
  const code = `document.write('<scr' + 'ipt>${says('inline').replaceAll("'", '"')}</scr' + 'ipt>');
    document.write(${script('b')});
    document.write('<script>${says('c').replaceAll("'", '"')}<\\/scr', 'ipt>');
    ${says('a')}`;
  await open(page, world, held('id="a"', code));
  await expectRan(page, ['a', 'inline', 'b', 'c', 'd']);
  expect(pathsOf(world)).toEqual(['/b.js', '/d.js']);
  await choose(page, 'acceptAll');
  await expectRan(page, ['a', 'inline', 'b', 'c', 'd']);
  await expectWhole(page);
});

test('G13 keeps whole a page in which a script that a tag brought writes', async ({ page, world }) => {
  const brought = `document.write("<p id=new>New</p>"); ${says('b').replaceAll("'", '"')}`;
  const code = `document.body.append(Object.assign(document.createElement('script'), { text: '${brought}' }));${says('a')}`;
  await open(page, world, held('id="a"', code));
  await expectRan(page, ['b', 'a']);
  await expect(page.locator('#new')).toHaveText('New');
  await expectWhole(page);
});

const services = [{ id: 'rival', name: 'Rival', category: 'marketing', hosts: ['rival.example'] }];
test('G13 holds what is written of a denied service, also in pieces', async ({ page, world }) => {
  serve(world, 'b');
  world.internet.route('rival.example', '/c.js', javascript(says('c')));
  const code = `document.write('<scr' + 'ipt src="https://riv'); document.write('al.example/c.js"></scr' + 'ipt>');
    document.write('<img alt="" src="https://riv', 'al.example/d.gif">');
    document.write('<iframe title="x" src="https://riv', 'al.example/e"></iframe>');
    document.write(${script('b')});${says('a')}`;
  world.site.page('/x.html', pageOf({ config: { services }, body: STAYS + held('id="a"', code) }));
  await page.goto('/x.html');
  await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
  await expectRan(page, ['a', 'b']);
  expect(pathsOf(world)).toEqual(['/b.js']);
  expect(world.gatedTunnels({ host: 'rival.example' })).toEqual([]);
  await choose(page, 'choose', { marketing: 'granted' });
  await expectRan(page, ['a', 'b', 'c']);
  expect(pathsOf(world)).toEqual(['/b.js', '/c.js', '/d.gif', '/e']);
  await expectWhole(page);
});

test('G13 holds the whole of what is written with the address of a denied service in it', async ({ page, world }) => {
  world.internet.route('rival.example', '/c.js', javascript(says('c')));
  const code = `document.write('<scr' + 'ipt src="https://rival.example/c.js"></scr' + 'ipt>');${says('a')}`;
  world.site.page('/x.html', pageOf({ config: { services }, body: STAYS + held('id="a"', code) }));
  await page.goto('/x.html');
  await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
  await expectRan(page, ['a']);
  expect(world.gatedHits()).toEqual([]);
  await choose(page, 'choose', { marketing: 'granted' });
  await expectRan(page, ['a', 'c']);
  await expectWhole(page);
});

test('G13 stops what is written and has not come when consent is withdrawn', async ({ page, world }) => {
  let answer = () => {};
  world.internet.route(STATS, '/b.js', (req, res) => {
    answer = () => void javascript(says('b'))(req, res);
  });
  serve(world, 'c');
  await open(page, world, held('id="a"', `document.write(${script('b')} + ${script('c')});${says('a')}`));
  await world.hit({ path: '/b.js' });
  await choose(page, 'withdraw');
  answer();
  await settle(page);
  expect(await ran(page)).toEqual(['a']);
});

test('G13 leaves alone what the page itself writes while it is read', async ({ page, world }) => {
  const own = `<script>document.write('<p id="own">Own</p><scr' + 'ipt>${says('written').replaceAll("'", '"')}</scr' + 'ipt>');
    ${says('after')}</script><script>${says('next')}</script>`;
  world.site.page('/x.html', pageOf({ body: own + STAYS + inline('a') }));
  await page.goto('/x.html');
  expect(await ran(page)).toEqual(['written', 'after', 'next']);
  await choose(page, 'acceptAll');
  await settle(page);
  await page.reload();
  await expectRan(page, ['written', 'after', 'next', 'a']);
  expect(await page.$eval('#own', (element) => element.previousElementSibling?.localName)).toBe('script');
});

test('G13 leaves another document alone', async ({ page, world }) => {
  const code = `const other = document.implementation.createHTMLDocument('');
    other.open(); other.write('<p>Other</p>'); other.close();
    window.other = other.body.textContent;${says('a')}`;
  await open(page, world, held('id="a"', code));
  await expectRan(page, ['a']);
  expect(await page.evaluate(() => (window as any).other)).toBe('Other');
});

const COUNT = `<script>
  window.life = [];
  for (const type of ['DOMContentLoaded', 'load', 'readystatechange']) {
    for (const target of [document, window]) {
      target.addEventListener(type, (event) => {
        if (event.target === document) window.life.push([target === window ? 'window' : 'document', type, event.isTrusted].join(' '));
      });
    }
  }
</script>`;

test('G13 fakes no event of the page’s life', async ({ page, world }) => {
  serve(world, 'b');
  const code = `addEventListener('load', () => window.ran.push('load'));
    document.addEventListener('DOMContentLoaded', () => window.ran.push('DOMContentLoaded'));
    ${says('a')} document.write(${script('b')});`;
  world.site.page('/control.html', pageOf({ sdk: false, first: COUNT }));
  await page.goto('/control.html');
  const life = () => page.evaluate(() => (window as any).life as string[]);
  await settle(page);
  const control = await life();
  expect(control).toContain('window load true');

  world.site.page('/x.html', pageOf({ first: COUNT, body: STAYS + held('id="a"', code) }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectRan(page, ['a', 'b']);
  await choose(page, 'withdraw');
  await settle(page);
  expect(await life()).toEqual(control);
  expect(await fates(page)).toMatchObject({ a: 'released' });
});
