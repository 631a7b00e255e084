import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
import { external, fates, inline, pathsOf, serve, STATS, STATS_URL } from './support/held.mjs';
import { pageOf } from './support/pages.mjs';
import { javascript, ran, says } from './support/scripts.mjs';
import { expect, settle, test } from './support/world.mjs';

/** Resolves once as many scripts ran as `names` has; then looks at their order. */
const expectRan = async (page: Page, names: string[]) => {
  await expect.poll(async () => (await ran(page)).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(names.length);
  await settle(page);
  expect(await ran(page)).toEqual(names);
};

/** The ways in which markup comes into a page by a script; each puts it into `main`. */
const WAYS: Record<string, (html: string) => void> = {
  innerHTML: (html) => {
    const box = document.createElement('div');
    box.innerHTML = html;
    document.querySelector('main')!.append(box);
  },
  'innerHTML of an element in the page': (html) => {
    document.querySelector('main')!.appendChild(document.createElement('div')).innerHTML = html;
  },
  insertAdjacentHTML: (html) => {
    document.querySelector('main')!.insertAdjacentHTML('beforeend', html);
  },
  outerHTML: (html) => {
    document.querySelector('main')!.appendChild(document.createElement('div')).outerHTML = html;
  },
  'a contextual fragment': (html) => {
    const range = document.createRange();
    range.selectNodeContents(document.body);
    document.querySelector('main')!.append(range.createContextualFragment(html));
  },
  'another document': (html) => {
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    document
      .querySelector('main')!
      .append(...[...parsed.head.children, ...parsed.body.children].map((each) => document.adoptNode(each)));
  },
  'a cloned template': (html) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    document.querySelector('main')!.append(template.content.cloneNode(true));
  },
  'a template emptied into the page': (html) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    document.querySelector('main')!.append(template.content);
  },
};

const MARKUP = (name: string) => external(`${name}1`) + inline(`${name}2`) + external(`${name}3`);
const names = (...starts: string[]) => starts.flatMap((start) => [`${start}1`, `${start}2`, `${start}3`]);

for (const [way, insert] of Object.entries(WAYS)) {
  test(`G4 runs tags that come by ${way}, before the grant and after it, once and in order`, async ({
    page,
    world,
  }) => {
    world.internet.route(STATS, '/a1.js', javascript(says('a1'), 300));
    serve(world, 'a3', 'b1', 'b3');
    world.site.page('/x.html', pageOf({}));
    await page.goto('/x.html');
    await page.evaluate(insert, MARKUP('a'));
    await settle(page);
    expect(world.gatedHits()).toEqual([]);
    expect(await ran(page)).toEqual([]);

    await choose(page, 'acceptAll');
    await expectRan(page, names('a'));
    await page.evaluate(insert, MARKUP('b'));
    await expectRan(page, names('a', 'b'));

    // Moved within the page, or granted once more, they do not run again.
    await page.evaluate(() => document.querySelector('h1')!.before(...document.querySelectorAll('main script')));
    await choose(page, 'acceptAll');
    await expectRan(page, names('a', 'b'));
    expect(pathsOf(world)).toEqual(['/a1.js', '/a3.js', '/b1.js', '/b3.js']);
  });
}

test('G4 copies what the fragment parser made with all its attributes and its nonce', async ({ page, world }) => {
  const attributes = {
    'data-consent': 'analytics',
    id: 'a',
    crossorigin: 'anonymous',
    referrerpolicy: 'no-referrer',
    'data-site': 'force',
    src: `${STATS_URL}/a.js`,
  };
  const seen = `${says('a')} window.seen = document.currentScript.nonce;`;
  world.internet.route(STATS, '/a.js', javascript(seen));
  world.site.page('/x.html', pageOf({ sdk: { nonce: 'x' } }), {
    headers: { 'content-security-policy': "script-src 'nonce-x' 'strict-dynamic'" },
  });
  await page.goto('/x.html');
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  await page.evaluate(WAYS.innerHTML!, `<script type="text/plain" nonce="x" ${written.join(' ')}></script>`);
  await choose(page, 'acceptAll');
  await expectRan(page, ['a']);
  expect(await page.evaluate(() => (window as any).seen)).toBe('x');
  const now = await page.$eval('#a', (element) =>
    Object.fromEntries(element.getAttributeNames().map((name) => [name, element.getAttribute(name)])),
  );
  expect(now).toMatchObject(attributes);
  expect(world.gatedHits()[0]).toMatchObject({ referer: '', headers: { origin: 'https://www.force.police.uk' } });
});

/** A page that enforces Trusted Types, and whose own policy lets it write markup. */
const POLICY = (names: string) => ({
  headers: { 'content-security-policy': `require-trusted-types-for 'script'; trusted-types lit-html page ${names}` },
});
const TRUST = `<script>
  const same = (text) => text;
  const page = window.trustedTypes?.createPolicy('page', { createHTML: same });
  window.put = (html) => document.querySelector('main').insertAdjacentHTML('beforeend', page ? page.createHTML(html) : html);
</script>`;

test('G4 keeps held what the fragment parser made where Trusted Types refuse a copy, and reports it', async ({
  page,
  world,
}) => {
  serve(world, 'a', 'c');
  world.site.page('/x.html', pageOf({ first: TRUST, body: external('c') }), POLICY(''));
  await page.goto('/x.html');
  await expect(page.locator('consentry-banner')).toBeVisible();
  await page.evaluate((html) => (window as any).put(html), external('a') + inline('b'));
  await choose(page, 'acceptAll');
  await expectRan(page, ['c']);
  expect(pathsOf(world)).toEqual(['/c.js']);
  expect(await fates(page)).toEqual({ a: 'refused', b: 'refused', c: 'released' });
});

test('G4 runs what the fragment parser made where Trusted Types allow our policy', async ({ page, world }) => {
  serve(world, 'a');
  world.site.page('/x.html', pageOf({ first: TRUST }), POLICY('consentry'));
  await page.goto('/x.html');
  await page.evaluate((html) => (window as any).put(html), external('a') + inline('b'));
  await choose(page, 'acceptAll');
  await expectRan(page, ['a', 'b']);
});

test('G4 lets nobody wait for what the fragment parser made', async ({ page, world }) => {
  serve(world, 'a', 'b');
  world.site.page('/x.html', pageOf({}));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await page.evaluate(WAYS.innerHTML!, external('a') + inline('last'));
  const start = Date.now();
  await expect.poll(() => ran(page), { timeout: 20_000 }).toEqual(['a', 'last']);
  // A script that can never start would hold the line for five seconds.
  expect(Date.now() - start).toBeLessThan(4500);
  expect(await fates(page)).toEqual({ a: 'released', last: 'released' });
});

test('G4 finds out what can start without a request, a word in the console or an error that the page hears of', async ({
  page,
  world,
}) => {
  const said: string[] = [];
  // What Firefox says of the cookie on a public suffix has nothing to do with it.
  const note = (text: string) => text.startsWith('Cookie ') || said.push(text);
  page.on('console', (message) => note(message.text()));
  page.on('pageerror', ({ message }) => note(message));
  serve(world, 'a');
  const first = `<script>
    window.heard = [];
    addEventListener('error', ({ target }) => window.heard.push(String(target)), true);
    new MutationObserver((all) => all.forEach(({ addedNodes }) => addedNodes.forEach(({ localName }) => {
      if (localName === 'script') window.heard.push(localName);
    }))).observe(document.head, { childList: true, subtree: true });
  </script>`;
  world.site.page('/x.html', pageOf({ first }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await settle(page);
  world.clear();
  await page.evaluate(() => ((window as any).heard.length = 0));
  await page.evaluate(WAYS.innerHTML!, external('a') + inline('b'));
  await expectRan(page, ['a', 'b']);
  expect(world.hits().map(({ path }) => path)).toEqual(['/a.js']);
  expect(await page.evaluate(() => (window as any).heard)).toEqual([]);
  expect(said).toEqual([]);
  await expect(page.locator('head div')).toHaveCount(0);
});

const HOST = '<div id="host"></div>';
const scan = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector('#host')!.shadowRoot!;
    (window as any).consentry.push((consent: any) => consent.scan(root));
  });
const fill = (page: Page, html: string) =>
  page.evaluate((html) => {
    const host = document.querySelector('#host')!;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const template = document.createElement('template');
    template.innerHTML = html;
    root.append(template.content.cloneNode(true));
  }, html);

test('G4 runs the tags of a shadow root that is handed over, those in it and later ones, once and in order', async ({
  page,
  world,
}) => {
  world.internet.route(STATS, '/a1.js', javascript(says('a1'), 300));
  serve(world, 'a3', 'b1', 'b3');
  const picture = (name: string) => `<img data-consent="analytics" data-src="${STATS_URL}/${name}.gif" alt="">`;
  world.site.page('/x.html', pageOf({ body: HOST }));
  await page.goto('/x.html');
  await fill(page, MARKUP('a') + picture('a'));
  await scan(page);
  await scan(page);
  await settle(page);
  expect(world.gatedHits()).toEqual([]);

  await choose(page, 'acceptAll');
  await expectRan(page, names('a'));
  await fill(page, `<div>${MARKUP('b')}${picture('b')}</div>`);
  await expectRan(page, names('a', 'b'));
  await scan(page);
  await choose(page, 'acceptAll');
  await expectRan(page, names('a', 'b'));
  expect(pathsOf(world)).toEqual(['/a.gif', '/a1.js', '/a3.js', '/b.gif', '/b1.js', '/b3.js']);
});

test('G4 leaves a shadow root alone that nobody handed over, and finds it once somebody does', async ({
  page,
  world,
}) => {
  serve(world, 'a1', 'a3');
  world.site.page('/x.html', pageOf({ body: HOST }));
  await page.goto('/x.html');
  await fill(page, MARKUP('a'));
  await choose(page, 'acceptAll');
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  await scan(page);
  await expectRan(page, names('a'));
});

test('G4 holds in a shadow root after a withdrawal', async ({ page, world }) => {
  serve(world, 'a1', 'a3');
  world.site.page('/x.html', pageOf({ body: HOST }));
  await page.goto('/x.html');
  await fill(page, '<p>x</p>');
  await scan(page);
  await choose(page, 'acceptAll');
  await choose(page, 'withdraw');
  await fill(page, MARKUP('a'));
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(await ran(page)).toEqual([]);
});

test('G4 runs no copy that the page makes of a released tag, and shows none after a withdrawal', async ({
  page,
  world,
}) => {
  serve(world, 'a');
  const picture = `<iframe data-consent="analytics" data-src="${STATS_URL}/frame" title="x"></iframe>`;
  world.site.page('/x.html', pageOf({ body: `<section>${external('a')}${inline('b')}${picture}</section>` }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectRan(page, ['a', 'b']);
  await expect(page.locator('iframe')).toHaveAttribute('src', `${STATS_URL}/frame`);

  // As it was kept, and as a framework makes its scripts anew.
  await page.evaluate(() => {
    const section = document.querySelector('section')!;
    (window as any).kept = section.cloneNode(true);
    for (const script of (window as any).kept.querySelectorAll('script')) {
      const anew = document.createElement('script');
      for (const { name, value } of script.attributes) anew.setAttribute(name, value);
      anew.textContent = script.textContent;
      script.replaceWith(anew);
    }
    section.remove();
  });
  await choose(page, 'withdraw');
  await settle(page);
  world.clear();
  await page.evaluate(() => document.querySelector('main')!.append((window as any).kept));
  await settle(page);
  expect(world.gatedHits({ path: '/a.js' })).toEqual([]);
  await expect(page.locator('iframe')).not.toHaveAttribute('src');
  await choose(page, 'acceptAll');
  await expect(page.locator('iframe')).toHaveAttribute('src', `${STATS_URL}/frame`);
  await expectRan(page, ['a', 'b']);
});

const services = [{ id: 'stats', name: 'Statistics', category: 'analytics', hosts: [STATS] }];
for (const [kind, tag] of [
  ['a held', external('a')],
  ['a live', `<script id="a" src="${STATS_URL}/a.js"></script>`],
] as const) {
  test(`G7 holds ${kind} script of a denied service that comes late, and runs it once`, async ({ page, world }) => {
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    serve(world, 'a');
    world.site.page('/x.html', pageOf({ config: { services } }));
    await page.goto('/x.html');
    await page.evaluate(WAYS.innerHTML!, tag);
    await settle(page);
    expect(world.gatedHits()).toEqual([]);
    // Each is met once: a copy of it is not taken for another.
    expect(said.filter((text) => text.includes('Consentry: live')).length).toBeLessThanOrEqual(1);
    await choose(page, 'acceptAll');
    await expectRan(page, ['a']);
    await expect(page.locator('#a')).toHaveCount(1);
  });
}
