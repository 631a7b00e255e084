import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
import { lazyFile } from './support/lazy-file.mjs';
import { live, pageOf, sdkTag } from './support/pages.mjs';
import { javascript, ran, says } from './support/scripts.mjs';
import type { World } from './support/start-world.mjs';
import { expect, settle, test } from './support/world.mjs';

const STATS = 'stats.example';
const STATS_URL = `https://${STATS}`;

/** Answers `/<name>.js` of the statistics host with a script that leaves its name. */
const serve = (world: World, ...names: string[]) => {
  for (const name of names) world.internet.route(STATS, `/${name}.js`, javascript(says(name)));
};

const held = (category: string, attributes: string, text = '') =>
  `<script type="text/plain" data-consent="${category}" ${attributes}>${text}</script>`;
const inline = (name: string, category = 'analytics') => held(category, `id="${name}"`, says(name));
const external = (name: string, category = 'analytics', attributes = '') =>
  held(category, `id="${name}" src="${STATS_URL}/${name}.js" ${attributes}`);

/** The fate of each marked tag as the page can read it, by the id of the tag. */
const fates = (page: Page) =>
  page.evaluate(async () => {
    const { tags } = (await (window as any).consentry.report()) as { tags: [HTMLElement, string][] };
    return Object.fromEntries(tags.map(([element, state]) => [element.id, state]));
  });

const pathsOf = (world: World) =>
  world
    .gatedHits()
    .map(({ path }) => path)
    .sort();

/** Resolves once as many scripts ran as `names` has, in whatever order; then looks at that order. */
const expectRan = async (page: Page, names: string[]) => {
  await expect.poll(async () => (await ran(page)).length).toBeGreaterThanOrEqual(names.length);
  await settle(page);
  expect(await ran(page)).toEqual(names);
};

/** Warnings and errors of the page's console, as texts. */
const listen = (page: Page) => {
  const said: string[] = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) said.push(message.text());
  });
  return said;
};

const EVERY_KIND = [
  external('script'),
  held('analytics', '', `new Image().src = '${STATS_URL}/inline.gif'`),
  `<iframe data-consent="analytics" data-src="${STATS_URL}/frame" title="x"></iframe>`,
  `<img data-consent="analytics" data-src="${STATS_URL}/image.gif" alt="">`,
  `<link data-consent="analytics" rel="stylesheet" data-href="${STATS_URL}/sheet.css">`,
  `<link data-consent="analytics" rel="preload" as="script" crossorigin data-href="${STATS_URL}/preload.js">`,
  `<link id="preconnect" data-consent="analytics" rel="preconnect" data-href="https://warm.example">`,
].join('\n');
const EVERY_PATH = ['/frame', '/image.gif', '/inline.gif', '/preload.js', '/script.js', '/sheet.css'];

test('G1 requests nothing for a held tag of any kind before its category is granted, and each once after', async ({
  page,
  world,
}) => {
  serve(world, 'script', 'preload');
  world.site.page('/control.html', pageOf({ sdk: false, body: live(EVERY_KIND) }));
  await page.goto('/control.html');
  await settle(page);
  // Firefox may ask for a missing style sheet twice.
  expect([...new Set(pathsOf(world))]).toEqual(EVERY_PATH);

  world.clear();
  world.site.page('/x.html', pageOf({ body: EVERY_KIND }));
  await page.goto('/x.html');
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(world.gatedTunnels()).toEqual([]);
  await expect(page.locator('#preconnect')).not.toHaveAttribute('href');

  await choose(page, 'choose', { analytics: 'denied', marketing: 'granted' });
  await settle(page);
  expect(world.gatedHits()).toEqual([]);

  await choose(page, 'choose', { analytics: 'granted' });
  await settle(page);
  expect(pathsOf(world)).toEqual(EVERY_PATH);
  await expect(page.locator('#preconnect')).toHaveAttribute('href', 'https://warm.example');
});

test('G1 requests nothing at the next load after a refusal, and everything after a grant', async ({ page, world }) => {
  serve(world, 'script', 'preload');
  world.site.page('/x.html', pageOf({ head: EVERY_KIND }));
  await page.goto('/x.html');
  await choose(page, 'rejectAll');
  await page.reload();
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(world.gatedTunnels()).toEqual([]);

  await choose(page, 'acceptAll');
  await settle(page);
  world.clear();
  await page.reload();
  await settle(page);
  expect(pathsOf(world)).toEqual(EVERY_PATH);
});

test('G1 holds a tag that names two categories until both are granted', async ({ page, world }) => {
  serve(world, 'both', 'one');
  world.site.page('/x.html', pageOf({ body: external('both', 'analytics marketing') + external('one') }));
  await page.goto('/x.html');
  await choose(page, 'choose', { analytics: 'granted', marketing: 'denied' });
  await settle(page);
  expect(pathsOf(world)).toEqual(['/one.js']);
  await choose(page, 'choose', { marketing: 'granted' });
  await settle(page);
  expect(pathsOf(world)).toEqual(['/both.js', '/one.js']);
});

const ONCE = external('a') + inline('b') + external('c', 'marketing') + external('d', 'analytics', 'async');
const ONCE_NAMES = ['a', 'b', 'c', 'd'];
const ONCE_PATHS = ['/a.js', '/c.js', '/d.js'];

const expectOnce = async (page: Page, world: World) => {
  await expect.poll(async () => (await ran(page)).length).toBeGreaterThanOrEqual(ONCE_NAMES.length);
  await settle(page);
  expect((await ran(page)).sort()).toEqual(ONCE_NAMES);
  expect(pathsOf(world)).toEqual(ONCE_PATHS);
};

test('G2 runs a script once when the same choice is saved three times', async ({ page, world }) => {
  serve(world, ...ONCE_NAMES);
  world.site.page('/x.html', pageOf({ body: ONCE }));
  await page.goto('/x.html');
  for (let time = 0; time < 3; time++) await choose(page, 'acceptAll');
  await expectOnce(page, world);
});

test('G2 runs a script once when consent is given, withdrawn and given again', async ({ page, world }) => {
  serve(world, ...ONCE_NAMES);
  world.site.page('/x.html', pageOf({ body: ONCE }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectOnce(page, world);
  await choose(page, 'withdraw');
  await choose(page, 'acceptAll');
  await expectOnce(page, world);
});

test('G2 runs a script once when the SDK is loaded twice, and once more later', async ({ page, world }) => {
  const said = listen(page);
  serve(world, ...ONCE_NAMES);
  world.site.page('/x.html', pageOf({ head: sdkTag(), body: ONCE + sdkTag() }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await page.addScriptTag({ url: '/dist/consentry.js' });
  await choose(page, 'acceptAll');
  await expectOnce(page, world);
  expect(said.filter((text) => text.includes('loaded twice')).length).toBeGreaterThanOrEqual(2);

  world.clear();
  await page.reload();
  await expectOnce(page, world);
});

test('G2 runs a script once when the preferences are opened and closed', async ({ page, world }) => {
  serve(world, ...ONCE_NAMES);
  world.site.page('/x.html', pageOf({ body: `${ONCE}<a href="/cookies" data-consent-settings>Cookies</a>` }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectOnce(page, world);
  const panel = page.locator('consentry-preferences');
  for (let time = 0; time < 2; time++) {
    await page.getByRole('link', { name: 'Cookies', exact: true }).click();
    await expect(panel).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
  }
  await expectOnce(page, world);
});

const LINE = [
  external('A'),
  inline('B', 'marketing'),
  external('C', 'marketing'),
  external('missing'),
  inline('D'),
].join('');

test('G3 keeps document order behind a slow script and a missing one, across two categories', async ({
  page,
  world,
}) => {
  const said = listen(page);
  world.internet.route(STATS, '/A.js', javascript(says('A'), 700));
  serve(world, 'C');
  world.site.page('/x.html', pageOf({ body: LINE }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectRan(page, ['A', 'B', 'C', 'D']);
  expect(await fates(page)).toEqual({ A: 'released', B: 'released', C: 'released', missing: 'failed', D: 'released' });
  expect(said.some((text) => text.includes('Consentry: failed'))).toBe(true);

  await page.reload();
  await expectRan(page, ['A', 'B', 'C', 'D']);
});

test('G3 lets a script that says async out of the line', async ({ page, world }) => {
  world.internet.route(STATS, '/A.js', javascript(says('A'), 700));
  serve(world, 'fast');
  world.site.page('/x.html', pageOf({ body: external('A') + inline('B') + external('fast', 'analytics', 'async') }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectRan(page, ['fast', 'A', 'B']);
});

test('G3 lets the tags behind a script that never answers go ahead after 5 s, and reports it', async ({
  page,
  world,
}) => {
  const said = listen(page);
  world.internet.route(STATS, '/hangs.js', () => {});
  const last = held('analytics', 'id="B"', `${says('B')} window.went = performance.now();`);
  world.site.page('/x.html', pageOf({ body: inline('A') + external('hangs') + last }));
  await page.goto('/x.html');
  const start = await page.evaluate(() => performance.now());
  await choose(page, 'acceptAll');
  await world.hit({ path: '/hangs.js' });
  expect(await ran(page)).toEqual(['A']);
  expect(await fates(page)).toMatchObject({ hangs: 'waiting', B: 'waiting' });

  await expect.poll(() => ran(page), { timeout: 10_000 }).toEqual(['A', 'B']);
  const waited = (await page.evaluate(() => (window as any).went as number)) - start;
  expect(waited).toBeGreaterThan(4900);
  // The choice itself, and a busy machine, take their time too.
  expect(waited).toBeLessThan(7500);
  expect(await fates(page)).toEqual({ A: 'released', hangs: 'no answer', B: 'released' });
  expect(said.some((text) => text.includes('Consentry: no answer'))).toBe(true);
});

test('G4 runs tags above and below the SDK tag', async ({ page, world }) => {
  serve(world, 'above', 'below', 'body');
  world.site.page(
    '/x.html',
    pageOf({ first: external('above'), head: external('below'), body: external('body') + inline('last') }),
  );
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectRan(page, ['above', 'below', 'body', 'last']);
  await page.reload();
  await expectRan(page, ['above', 'below', 'body', 'last']);
});

/** Appends held tags as a single-page application does, without a parser. */
const append = (page: Page, name: string) =>
  page.evaluate(
    ([name, address]) => {
      const make = (id: string) =>
        Object.assign(document.createElement('script'), { type: 'text/plain', id: `${name}-${id}` });
      const [inline, external] = [make('inline'), make('external')];
      inline.textContent = `(window.ran ??= []).push('${name}-inline')`;
      external.src = address!;
      const frame = Object.assign(document.createElement('iframe'), { id: `${name}-frame` });
      frame.dataset.src = address.replace('.js', '.html');
      for (const each of [inline, external, frame]) each.dataset.consent = 'analytics';
      const box = document.createElement('div');
      box.append(external, frame);
      document.body.append(inline, box);
    },
    [name, `${STATS_URL}/${name}.js`] as const,
  );

test('G4 runs tags that are appended after load, before and after the grant, once each', async ({ page, world }) => {
  serve(world, 'early', 'late');
  world.site.page('/x.html', pageOf({}));
  await page.goto('/x.html');
  await append(page, 'early');
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(await ran(page)).toEqual([]);

  await choose(page, 'acceptAll');
  await expectRan(page, ['early-inline', 'early']);
  await append(page, 'late');
  await expectRan(page, ['early-inline', 'early', 'late-inline', 'late']);
  expect(pathsOf(world)).toEqual(['/early.html', '/early.js', '/late.html', '/late.js']);
});

test('G4 holds what is appended after a withdrawal', async ({ page, world }) => {
  serve(world, 'early', 'late');
  world.site.page('/x.html', pageOf({}));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await append(page, 'early');
  await expectRan(page, ['early-inline', 'early']);
  await choose(page, 'withdraw');
  world.clear();
  await append(page, 'late');
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(await ran(page)).toEqual(['early-inline', 'early']);
});

test('G4 runs the tags of a cloned template once for each clone, and never those in the template', async ({
  page,
  world,
}) => {
  serve(world, 'b');
  world.site.page('/x.html', pageOf({ body: `<template>${inline('a')}${external('b')}</template>` }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await settle(page);
  expect(await ran(page)).toEqual([]);
  expect(world.gatedHits()).toEqual([]);
  const clone = () =>
    page.evaluate(() => document.body.append(document.querySelector('template')!.content.cloneNode(true)));
  await clone();
  await expectRan(page, ['a', 'b']);
  await clone();
  await expectRan(page, ['a', 'b', 'a', 'b']);
});

test('G4 does not run a released tag again when it is moved', async ({ page, world }) => {
  serve(world, 'a');
  const picture = `<img id="picture" data-consent="analytics" data-src="${STATS_URL}/image.gif" alt="">`;
  world.site.page('/x.html', pageOf({ body: external('a') + inline('b') + picture }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectRan(page, ['a', 'b']);
  await page.evaluate(() => {
    const box = document.createElement('div');
    document.body.prepend(box);
    box.append(...document.querySelectorAll('#b,#a,#picture'));
  });
  await choose(page, 'acceptAll');
  await settle(page);
  expect(await ran(page)).toEqual(['a', 'b']);
  expect(pathsOf(world)).toEqual(['/a.js', '/image.gif']);
});

test('G4 releases nothing in a template, a noscript, a comment, a shadow root or a frame of its own', async ({
  page,
  world,
}) => {
  const tags = (name: string) =>
    external(name) + `<img data-consent="analytics" data-src="${STATS_URL}/${name}.gif" alt="">`;
  const framed = tags('srcdoc').replaceAll('"', '&quot;');
  world.site.page(
    '/x.html',
    pageOf({
      body: `<template>${tags('template')}</template><noscript>${tags('noscript')}</noscript><!--${tags('comment')}-->
        <div><template shadowrootmode="open">${tags('shadow')}</template></div>
        <svg>${external('svg')}</svg><iframe srcdoc="${framed}"></iframe>
        ${external('control')}`,
    }),
  );
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await settle(page);
  expect(pathsOf(world)).toEqual(['/control.js']);
});

test('G4 runs a tag that is still being read whole, once and in order', async ({ page, world }) => {
  serve(world, 'a', 'c');
  world.site.page('/plain.html', pageOf({}));
  await page.goto('/plain.html');
  await choose(page, 'acceptAll');

  const cut = '/* cut */';
  const whole = pageOf({
    body: external('a') + held('analytics', 'id="half"', `${says('half')}${cut}${says('whole')}`) + external('c'),
  });
  const [start = '', end = ''] = whole.split(cut);
  let finish = () => {};
  world.site.route('/half.html', (_, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).write(start);
    finish = () => void res.end(end);
  });
  await page.goto('/half.html', { waitUntil: 'commit' });
  // The half of it stands in the page, and what is above it has gone ahead.
  await expect.poll(() => ran(page)).toEqual(['a']);
  await settle(page, { quiet: 500 });
  expect(await page.evaluate(() => document.querySelector('#half')?.textContent)).toBe(says('half'));
  expect(await ran(page)).toEqual(['a']);
  finish();
  await expectRan(page, ['a', 'half', 'whole', 'c']);
});

const VIOLATIONS = `<script nonce="x">
  window.violations = [];
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    window.violations.push(effectiveDirective + ' ' + blockedURI));
</script>`;
const STRICT = [
  "script-src 'nonce-x' 'strict-dynamic'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');
const strict = { headers: { 'content-security-policy': STRICT } };
const violations = (page: Page) => page.evaluate(() => (window as any).violations as string[]);

test('G5 passes a strict policy with Trusted Types, from the question to the withdrawal', async ({ page, world }) => {
  serve(world, 'b');
  world.site.page(
    '/control.html',
    pageOf({ sdk: false, head: VIOLATIONS, body: `<script>${says('un-nonced')}</script>` }),
    strict,
  );
  await page.goto('/control.html');
  await expect.poll(() => violations(page)).toEqual(['script-src-elem inline']);
  expect(await ran(page)).toEqual([]);

  world.site.page(
    '/x.html',
    pageOf({
      first: VIOLATIONS,
      sdk: { nonce: 'x' },
      body: [
        held('analytics', 'nonce="x"', says('a')),
        external('b', 'analytics', 'nonce="x"'),
        `<iframe data-consent="analytics" data-src="${STATS_URL}/frame" title="x"></iframe>`,
      ].join(''),
    }),
    strict,
  );
  await page.goto('/x.html');
  await expect(page.locator('consentry-banner')).toBeVisible();
  await choose(page, 'acceptAll');
  await expectRan(page, ['a', 'b']);
  expect(pathsOf(world)).toEqual(['/b.js', '/frame']);
  await choose(page, 'withdraw');
  await settle(page);
  expect(await violations(page)).toEqual([]);
});

const SCRIPT_B = `${says('b')} window.seen = {
  id: document.currentScript.id, nonce: document.currentScript.nonce, data: { ...document.currentScript.dataset } };`;
const sri = (text: string) => `sha384-${createHash('sha384').update(text).digest('base64')}`;

test('G5 keeps nonce, id, integrity, crossorigin, referrerpolicy, dataset and listeners', async ({ page, world }) => {
  world.internet.route(STATS, '/b.js', javascript(SCRIPT_B));
  const attributes = {
    'data-consent': 'analytics',
    id: 'b',
    integrity: sri(SCRIPT_B),
    crossorigin: 'anonymous',
    referrerpolicy: 'no-referrer',
    'data-site': 'force',
    src: `${STATS_URL}/b.js`,
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  world.site.page(
    '/x.html',
    pageOf({
      first: VIOLATIONS,
      sdk: { nonce: 'x' },
      body: `<script type="text/plain" nonce="x" ${written.join(' ')}></script>
        <script nonce="x">
          window.element = document.querySelector('#b');
          window.element.addEventListener('load', () => (window.ran ??= []).push('load'));
        </script>`,
    }),
    strict,
  );
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectRan(page, ['b', 'load']);
  const [hit] = world.gatedHits();
  expect(hit).toMatchObject({ path: '/b.js', referer: '', headers: { origin: 'https://www.force.police.uk' } });
  const found = await page.evaluate(() => {
    const { seen, element } = window as any;
    const now = document.querySelector('#b')!;
    const names = now.getAttributeNames().filter((name) => name !== 'nonce');
    return {
      seen,
      isSame: now === element,
      now: Object.fromEntries(names.map((name) => [name, now.getAttribute(name)])),
    };
  });
  expect(found).toEqual({
    seen: { id: 'b', nonce: 'x', data: { consent: 'analytics', site: 'force', consentryReleased: '' } },
    isSame: true,
    now: { ...attributes, type: 'text/plain', 'data-consentry-released': '' },
  });
  expect(await violations(page)).toEqual([]);
});

test('G5 runs no script whose integrity does not fit, and goes on behind it', async ({ page, world }) => {
  serve(world, 'right', 'wrong');
  const withHash = (name: string, text: string) =>
    external(name, 'analytics', `crossorigin="anonymous" integrity="${sri(text)}"`);
  world.site.page(
    '/x.html',
    pageOf({ body: withHash('right', says('right')) + withHash('wrong', says('other')) + inline('last') }),
  );
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectRan(page, ['right', 'last']);
  expect(await fates(page)).toEqual({ right: 'released', wrong: 'failed', last: 'released' });
});

test('G5a keeps a held script without our nonce held, and reports it', async ({ page, world }) => {
  const said = listen(page);
  serve(world, 'mine', 'injected', 'guessed');
  world.site.page(
    '/x.html',
    pageOf({
      first: VIOLATIONS,
      sdk: { nonce: 'x' },
      body: [
        held('analytics', 'id="inline"', says('inline')),
        external('injected'),
        external('guessed', 'analytics', 'nonce="y"'),
        external('mine', 'analytics', 'nonce="x"'),
      ].join(''),
    }),
    strict,
  );
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectRan(page, ['mine']);
  expect(pathsOf(world)).toEqual(['/mine.js']);
  expect(await fates(page)).toEqual({ inline: 'refused', injected: 'refused', guessed: 'refused', mine: 'released' });
  expect(said.filter((text) => text.includes('Consentry: refused'))).toHaveLength(3);
  expect(await violations(page)).toEqual([]);
});

const EVIL = "(parent.window.ran = parent.window.ran || []).push('evil')";
const ADDRESSES = [
  `javascript:${EVIL}`,
  `JaVaScRiPt:${EVIL}`,
  ` \tjava\nscript:${EVIL}`,
  `data:text/html,<script>${EVIL}</script>`,
  `data:text/javascript,${EVIL}`,
  'blob:https://www.force.police.uk/1',
  'file:///etc/passwd',
  'about:blank',
  'https://[',
];

test('G5a releases no address but http and https', async ({ page, world }) => {
  serve(world, 'control');
  const quote = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const body = ADDRESSES.flatMap((address, at) => [
    held('analytics', `id="script-${at}" src="${quote(address)}"`),
    `<iframe id="iframe-${at}" data-consent="analytics" data-src="${quote(address)}" title="x"></iframe>`,
    `<img id="img-${at}" data-consent="analytics" data-src="${quote(address)}" alt="">`,
    `<link id="link-${at}" data-consent="analytics" rel="stylesheet" data-href="${quote(address)}">`,
  ]);
  // Without the gate the first of them runs: what is refused below is worth refusing.
  world.site.page('/control.html', pageOf({ sdk: false, body: live(body[1] ?? '') }));
  await page.goto('/control.html');
  await expect.poll(() => ran(page)).toEqual(['evil']);

  world.site.page('/x.html', pageOf({ body: body.join('') + external('control') }));
  await page.goto('/x.html');
  world.clear();
  await choose(page, 'acceptAll');
  await expectRan(page, ['control']);
  expect(pathsOf(world)).toEqual(['/control.js']);
  const touched = await page.$$eval(':is(iframe,img)[src],link[href]', (all) => all.map(({ id }) => id));
  expect(touched).toEqual([]);
  const released = Object.entries(await fates(page)).filter(([, state]) => state !== 'refused');
  expect(released).toEqual([['control', 'released']]);
});

test('G5a takes no other element for a held tag', async ({ page, world }) => {
  serve(world, 'control');
  const address = `data-src="${STATS_URL}/x" data-href="${STATS_URL}/x" data-data="${STATS_URL}/x"`;
  const names = ['a', 'object', 'embed', 'video', 'audio', 'source', 'input type="image"', 'base', 'form', 'frame'];
  world.site.page(
    '/x.html',
    pageOf({
      body: names.map((name) => `<${name} data-consent="analytics" ${address}>`).join('') + external('control'),
    }),
  );
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await settle(page);
  expect(pathsOf(world)).toEqual(['/control.js']);
  expect(Object.keys(await fates(page))).toEqual(['control']);
});

/** What a page has that goes on: a live script of its own below everything. */
const GOES_ON = `<script>${says('page')}</script>`;
const GATED = external('a') + inline('b') + `<img data-consent="marketing" data-src="${STATS_URL}/c.gif" alt="">`;

const expectClosed = async (page: Page, world: World) => {
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(await ran(page)).toEqual(['page']);
};

test('G6 the control: the very same tags run on a page without the SDK', async ({ page, world }) => {
  serve(world, 'a');
  world.site.page('/x.html', pageOf({ sdk: false, body: live(GATED) + GOES_ON }));
  await page.goto('/x.html');
  await settle(page);
  // Firefox now and then asks for an image twice: once ahead of its parser.
  expect([...new Set(pathsOf(world))]).toEqual(['/a.js', '/c.gif']);
  expect(await ran(page)).toEqual(['a', 'b', 'page']);
});

test('G6 never runs a tag of an unknown category, and says so', async ({ page, world }) => {
  const said = listen(page);
  serve(world, 'wrong', 'half', 'none', 'control', 'proto');
  world.site.page(
    '/x.html',
    pageOf({
      body: [
        external('wrong', 'analitics'),
        external('half', 'analytics adverts'),
        external('none', ''),
        external('proto', '__proto__'),
        external('control'),
      ].join(''),
    }),
  );
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expectRan(page, ['control']);
  expect(pathsOf(world)).toEqual(['/control.js']);
  const unknown = 'unknown category';
  expect(await fates(page)).toEqual({
    wrong: unknown,
    half: unknown,
    none: unknown,
    proto: unknown,
    control: 'released',
  });
  expect(said.filter((text) => text.includes('Consentry: unknown category'))).toHaveLength(4);
});

const COOKIES = [
  '%00garbage',
  '',
  '1',
  'true',
  '{"analytics":"granted"}',
  '1~zzzz~s~r~1~m~analytics_g.marketing_g',
  '%E0%A4%A',
  'x'.repeat(3000),
];

test('G6 takes a malformed cookie for none', async ({ page, world }) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  serve(world, 'a');
  world.site.page('/x.html', pageOf({ body: GATED + GOES_ON }));
  world.site.page('/plain.html', '<!doctype html><title>x</title>');
  await page.goto('/plain.html');
  for (const value of COOKIES) {
    await page.evaluate((value) => (document.cookie = `consentry=${value}; path=/; secure`), value);
    await page.goto('/x.html');
    await expectClosed(page, world);
  }
  expect(errors).toEqual([]);
  await choose(page, 'acceptAll');
  await expectRan(page, ['page', 'a', 'b']);
});

const SDK_FAULTS: [string, Parameters<World['site']['route']>[1]][] = [
  ['is missing', (_, res) => res.writeHead(404, { 'content-type': 'text/plain' }).end('no')],
  ['is cut off', (_, res) => res.destroy()],
  ['has a syntax error', javascript('!function(){"use strict";const e=(;')],
  ['throws at once', javascript('throw new Error("ours")')],
  ['is a page of somebody else', (_, res) => res.writeHead(200, { 'content-type': 'text/html' }).end('<p>Log in')],
];
for (const [fault, answer] of SDK_FAULTS) {
  test(`G6 runs nothing where our file ${fault}, and the page goes on`, async ({ page, world }) => {
    serve(world, 'a');
    world.site.page('/x.html', pageOf({ body: GATED + GOES_ON }));
    world.site.page('/plain.html', '<!doctype html><title>x</title>');
    await page.goto('/x.html');
    await choose(page, 'acceptAll');
    // What the grant set off, and what is sent as a page is left, is no hit of the page that follows.
    await world.hit({ path: '/c.gif' });
    await page.goto('/plain.html');
    await settle(page);
    world.clear();
    world.site.route('/dist/consentry.js', answer);
    await page.goto('/x.html');
    await expectClosed(page, world);
    expect(world.hits({ path: '/dist/consentry.js' })).not.toEqual([]);
  });
}

for (const name of ['asking', 'elements']) {
  test(`G6 runs nothing where the file ${name} is missing, and the page goes on`, async ({ page, world }) => {
    serve(world, 'a');
    world.site.page('/x.html', pageOf({ body: GATED + GOES_ON }));
    const path = lazyFile(name);
    world.site.route(path, (_, res) => res.writeHead(404).end());
    await page.goto('/x.html');
    await expectClosed(page, world);
    expect(world.hits({ path })).not.toEqual([]);
  });
}

test('G6 opens nothing on a grant that cannot be written, as without the file that writes it', async ({
  page,
  world,
}) => {
  serve(world, 'a');
  world.site.page('/x.html', pageOf({ body: GATED + GOES_ON }));
  world.site.route(lazyFile('asking'), (_, res) => res.writeHead(404).end());
  await page.goto('/x.html');
  await expect(choose(page, 'acceptAll')).rejects.toThrow();
  await expectClosed(page, world);
});

test('G6 goes on past a subscriber of the page that throws', async ({ page, world }) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  serve(world, 'a');
  world.site.page(
    '/x.html',
    pageOf({
      first: `<script>
        (window.consentry ??= []).push(
          () => { throw new Error('visit'); },
          (consent) => consent.subscribe(() => { throw new Error('subscriber'); }),
          (consent) => consent.onDenied('analytics', () => { throw new Error('denied'); }),
        );
      </script>`,
      body: GATED + GOES_ON,
    }),
  );
  await page.goto('/x.html');
  await expectClosed(page, world);
  expect(errors).toEqual(expect.arrayContaining(['visit', 'subscriber', 'denied']));
  await choose(page, 'acceptAll');
  await expectRan(page, ['page', 'a', 'b']);
});

const MISTAKES: [string, Parameters<typeof pageOf>[0], RegExp[]][] = [
  [
    'a wrong value',
    { config: { categories: [{ id: 'analytics', basis: 'maybe' }] } },
    [/categories\[0\]\.basis/, /essential, consent or objection/, /"maybe"/],
  ],
  ['an unknown option', { config: { services: [], colour: 'red' } }, [/colour/, /one of the options/, /"red"/]],
  ['an id of nobody', { sdk: { 'data-google-analytics': 'X-1' } }, [/googleAnalytics\.ids\[0\]/, /G-…/, /"X-1"/]],
  ['no notice version', { sdk: { 'data-notice-version': '' } }, [/noticeVersion/, /1 to 20 letters/, /""/]],
  ['broken JSON', { config: '{"categories": [' }, [/data-consentry-config/, /JSON/]],
];
for (const [mistake, parts, expected] of MISTAKES) {
  test(`G6 runs nothing on a configuration with ${mistake}, and names it`, async ({ page, world }) => {
    serve(world, 'a');
    world.site.page('/good.html', pageOf({}));
    await page.goto('/good.html');
    await choose(page, 'acceptAll');

    // Each driver puts an error that is logged into words of its own, so the page does.
    const first = `<script>
      window.said = [];
      console.error = (...given) => window.said.push(given.map(String).join(' '));
    </script>`;
    world.site.page('/x.html', pageOf({ first, ...parts, body: GATED + GOES_ON }));
    await page.goto('/x.html');
    await expectClosed(page, world);
    const said = await page.evaluate(() => (window as any).said as string[]);
    const named = said.filter((text) => text.includes('Consentry: nothing runs'));
    expect(named).toHaveLength(1);
    for (const each of expected) expect(named[0]).toMatch(each);
  });
}

test('G6 runs nothing more once consent is withdrawn while tags are loading', async ({ page, world }) => {
  const names = ['t0', 't1', 't2', 't3', 't4'];
  for (const [at, stuck] of names.entries()) {
    serve(world, ...names);
    let answer = () => {};
    world.internet.route(STATS, `/${stuck}.js`, (req, res) => {
      answer = () => void javascript(says(stuck))(req, res);
    });
    world.site.page(`/${at}.html`, pageOf({ body: names.map((name) => external(name)).join('') + inline('last') }));
    world.clear();
    await page.context().clearCookies();
    await page.goto(`/${at}.html`);
    await choose(page, 'acceptAll');
    await world.hit({ path: `/${stuck}.js` });
    await expect.poll(() => ran(page)).toEqual(names.slice(0, at));
    await choose(page, 'withdraw');
    answer();
    await settle(page);
    // All were asked for when they were granted. The one that came too late does not run, nor do those behind it.
    expect(pathsOf(world)).toEqual(names.map((name) => `/${name}.js`));
    expect(await ran(page)).toEqual(names.slice(0, at));

    // What was taken back is asked for again when consent comes back, and what ran does not run again.
    serve(world, stuck);
    await choose(page, 'acceptAll');
    await expect.poll(() => ran(page)).toContain('last');
    await settle(page);
    expect(await ran(page)).toEqual([...names, 'last']);
    expect(pathsOf(world)).toEqual([...names, ...names.slice(at)].sort().map((name) => `/${name}.js`));
  }
});

for (const loading of ['eager', 'lazy']) {
  test(`G14 takes a released ${loading} frame away on withdrawal, and brings it back on a new grant`, async ({
    page,
    world,
  }) => {
    const ticker = `<!doctype html><script>setInterval(() => fetch('/tick', { method: 'POST' }), 50)</script>`;
    world.internet.route(STATS, '/frame', (_, res) => res.writeHead(200, { 'content-type': 'text/html' }).end(ticker));
    const frame = `<iframe data-consent="marketing" data-src="${STATS_URL}/frame" title="x" loading="${loading}"></iframe>`;
    world.site.page('/x.html', pageOf({ body: frame }));
    await page.goto('/x.html');
    await choose(page, 'acceptAll');
    await world.hit({ path: '/tick' });
    await choose(page, 'withdraw');
    await expect(page.locator('iframe')).not.toHaveAttribute('src');
    // What left the frame before it was emptied may still be on its way.
    await settle(page, { quiet: 200 });
    world.clear();
    await settle(page);
    expect(world.gatedHits()).toEqual([]);

    await choose(page, 'acceptAll');
    await expect(page.locator('iframe')).toHaveAttribute('src', `${STATS_URL}/frame`);
    await world.hit({ path: '/tick' });
  });
}

test('G7 leaves essential services and links to a vendor alone', async ({ page, world }) => {
  serve(world, 'needed');
  const services = [{ id: 'payment', name: 'Payment', category: 'essential', hosts: [STATS] }];
  const written = '<a href="https://www.facebook.com/force">Follow us</a>';
  world.site.page(
    '/x.html',
    pageOf({
      sdk: { 'data-facebook-pixel': '' },
      config: { services },
      body: `<script src="${STATS_URL}/needed.js"></script><script>document.write('${written}'); ${says('page')}</script>`,
    }),
  );
  await page.goto('/x.html');
  await expectRan(page, ['needed', 'page']);
  await expect(page.getByRole('link', { name: 'Follow us' })).toBeVisible();
});

test('G6 denies all that is not essential where a refusal cannot be written', async ({ page, world }) => {
  serve(world, 'counted');
  const categories = [
    { id: 'essential', basis: 'essential' },
    { id: 'analytics', basis: 'objection' },
  ];
  world.site.page('/x.html', pageOf({ config: { categories }, body: external('counted') }));
  // The control: without an objection it runs.
  await page.goto('/x.html');
  await expectRan(page, ['counted']);

  await choose(page, 'rejectAll');
  await page.reload();
  await settle(page);
  expect(await ran(page)).toEqual([]);
  world.site.route(lazyFile('asking'), (_, res) => res.writeHead(404).end());
  await page.reload();
  await expect(choose(page, 'rejectAll')).rejects.toThrow();
  await settle(page);
  expect(await ran(page)).toEqual([]);
});
