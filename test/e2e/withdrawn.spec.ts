import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
import { pageOf } from './support/pages.mjs';
import { javascript } from './support/scripts.mjs';
import type { World } from './support/start-world.mjs';
import { expect, settle, test } from './support/world.mjs';

const TRACKER = 'tracker.example';
const CONTENT = 'content.example';

/** A tracker that is in the page once it is granted, with every way of reaching its host that a script has. */
const WAYS = `
  window.send = (where) => {
    const address = (way) => 'https://${TRACKER}/' + way + '?' + where;
    const add = (name, set) => { const element = document.createElement(name); set(element); document.body.append(element); };
    new Image().src = address('image');
    add('img', (image) => image.setAttribute('src', address('attribute')));
    add('script', (script) => (script.src = address('script')));
    add('iframe', (frame) => (frame.src = address('frame')));
    add('link', (link) => { link.rel = 'stylesheet'; link.href = address('link'); });
    fetch(address('fetch'), { mode: 'no-cors' }).catch(() => {});
    navigator.sendBeacon(address('beacon'));
    const request = new XMLHttpRequest();
    request.open('GET', address('request'));
    request.send();
  };
  send('start');
  addEventListener('pagehide', () => navigator.sendBeacon('https://${TRACKER}/leaving'));
`;
const ALL_WAYS = ['attribute', 'beacon', 'fetch', 'frame', 'image', 'link', 'request', 'script'];
const SERVICES = [
  { id: 'tracker', name: 'Tracker', category: 'marketing', hosts: [TRACKER] },
  { id: 'content', name: 'Content', category: 'analytics', hosts: [CONTENT] },
];

const waysTo = (world: World, host = TRACKER) => world.gatedHits({ host }).map(({ path }) => path.slice(1));
const send = (page: Page, where: string) => page.evaluate((text) => (window as any).send(text), where);

/** Opens a page whose visitor granted everything, and waits until the tracker has used each of its ways. */
async function openTracked(page: Page, world: World, config: object = {}) {
  world.internet.route(TRACKER, '/tracker.js', javascript(WAYS));
  world.internet.route(TRACKER, '/script', javascript(''));
  world.internet.route(CONTENT, '/content', javascript(''));
  const body = `<script type="text/plain" data-consent="marketing" data-service="tracker" src="https://${TRACKER}/tracker.js"></script>`;
  world.site.page('/tracked.html', pageOf({ config: { services: SERVICES, ...config }, body }));
  await page.goto('/tracked.html');
  await choose(page, 'acceptAll');
  await expect.poll(() => waysTo(world).sort()).toEqual([...ALL_WAYS, 'tracker.js'].sort());
  await settle(page);
  world.clear();
}

test('W10 lets a loaded tracker reach nothing after a withdrawal, by any way of the guard', async ({ page, world }) => {
  await openTracked(page, world);
  await send(page, 'control');
  await expect.poll(() => waysTo(world).sort()).toEqual(ALL_WAYS);
  await settle(page);
  world.clear();

  await choose(page, 'withdraw');
  await send(page, 'withdrawn');
  await settle(page);
  await page.goto('/');
  await settle(page);
  expect(waysTo(world)).toEqual([]);
});

test('W10 sends nothing later of what a tracker wanted to send while it was denied', async ({ page, world }) => {
  await openTracked(page, world);
  await choose(page, 'withdraw');
  await send(page, 'withdrawn');
  await choose(page, 'acceptAll');
  await settle(page);
  // What brings content comes after all, the frame of before with it; what only reports was dropped.
  expect(waysTo(world).sort()).toEqual(['frame', 'frame', 'link', 'script']);
});

test('W10 closes what a tracker keeps open, and lets it open nothing more', async ({ page, world }) => {
  world.internet.route(TRACKER, '/events', (_, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*' });
    res.write('retry: 20\n\n');
    // Whoever listens comes back.
    setTimeout(() => res.end(), 100);
  });
  world.internet.route(CONTENT, '/events', (_, res) => void res.writeHead(204).end());
  await openTracked(page, world);
  await page.evaluate((host) => {
    const socket = new WebSocket(`wss://${host}/socket`);
    new EventSource(`https://${host}/events`);
    setInterval(() => socket.readyState === WebSocket.OPEN && socket.send('x'), 20);
  }, TRACKER);
  await expect.poll(() => world.hits({ host: TRACKER, path: '/socket' }).length).toBeGreaterThan(3);
  await expect.poll(() => world.hits({ host: TRACKER, path: '/events' }).length).toBeGreaterThan(1);

  await choose(page, 'choose', { marketing: 'denied' });
  await page.waitForTimeout(100);
  world.clear();
  const again = (host: string) =>
    page.evaluate((host) => {
      try {
        new WebSocket(`wss://${host}/socket`);
        new EventSource(`https://${host}/events`);
        return 'opened';
      } catch (error) {
        return (error as DOMException).name;
      }
    }, host);
  expect(await again(TRACKER)).toBe('SecurityError');
  expect(await again(CONTENT), 'control: what is granted goes on').toBe('opened');
  await settle(page);
  expect(waysTo(world)).toEqual([]);
  expect(waysTo(world, CONTENT)).toContain('events');

  await choose(page, 'acceptAll');
  expect(await again(TRACKER)).toBe('opened');
});

test('W10 silences a tracker in the other tabs of the site', async ({ page, context, world }) => {
  await openTracked(page, world);
  await page.evaluate(() => setInterval(() => new Image().src = `https://tracker.example/tick?${Date.now()}`, 20)); // prettier-ignore
  await world.hit({ host: TRACKER, path: '/tick' });
  const other = await context.newPage();
  await other.goto('/tracked.html');
  await choose(other, 'withdraw');
  const end = Date.now();
  await settle(page);
  // By when it was sent: Firefox lets few at once out of a tab that nobody sees, and the rest wait.
  const late = world
    .gatedHits({ host: TRACKER, path: '/tick' })
    .filter(({ url }) => Number(url.split('?')[1]) > end + 100);
  expect(late).toEqual([]);
});

test('W10 sends no conversion that the page asks for after a withdrawal', async ({ page, world }) => {
  const sdk = { 'data-google-analytics': 'G-AAA1111111', 'data-doubleclick': 'DC-1111111 AW-2222222' };
  world.site.page('/x.html', pageOf({ sdk }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await world.hit({ host: 'ad.doubleclick.net' });
  const convert = () =>
    page.evaluate(() => {
      (window as any).gtag('event', 'conversion', { send_to: 'AW-2222222/label' });
      (window as any).gtag('event', 'conversion', { send_to: 'DC-1111111/group/tag+standard' });
    });
  await settle(page);
  world.clear();
  await convert();
  await world.hit({ host: 'www.googleadservices.com' });
  await settle(page);
  world.clear();

  await choose(page, 'withdraw');
  await convert();
  await settle(page);
  expect(world.gatedHits().map(({ url }) => url)).toEqual([]);
});

/** Ways that the guard does not stand before. */
const evade = (page: Page) =>
  page.evaluate((host) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    (frame.contentWindow as any).fetch(`https://${host}/frames-own-fetch`, { mode: 'no-cors' }).catch(() => {});
    document.body.style.backgroundImage = `url(https://${host}/background)`;
    const add = (name: string, properties: object) =>
      document.body.append(Object.assign(document.createElement(name), properties));
    add('video', { src: `https://${host}/video` });
    add('object', { data: `https://${host}/object` });
    add('style', { textContent: `@import url(https://${host}/import);` });
  }, TRACKER);

test('W10 seals the page where that is asked for, and keeps what is still granted', async ({ page, world }) => {
  await openTracked(page, world);
  await evade(page);
  await expect
    .poll(() => waysTo(world).sort())
    .toEqual(['background', 'frames-own-fetch', 'import', 'object', 'video']);
  await page.goto('about:blank');
  await settle(page);
  world.clear();

  await openTracked(page, world, { onWithdraw: 'seal' });
  await choose(page, 'choose', { marketing: 'denied' });
  await evade(page);
  await send(page, 'sealed');
  await page.evaluate((host) => {
    const load = (src: string) => document.body.append(Object.assign(document.createElement('script'), { src }));
    load(`https://${host}/content`);
    load('/own.js');
    return fetch('/own').then(() => undefined);
  }, CONTENT);
  await settle(page);
  expect(waysTo(world)).toEqual([]);
  expect(waysTo(world, CONTENT)).toEqual(['content']);
  expect(world.hits({ path: '/own.js' })).toHaveLength(1);
  expect(world.hits({ path: '/own' })).toHaveLength(1);

  // The next page is sealed no more.
  await choose(page, 'acceptAll');
  await page.reload();
  await world.hit({ host: TRACKER, path: '/image' });
});

const STORING = {
  id: 'storing',
  name: 'Storing',
  category: 'analytics',
  cookies: [
    'x_here',
    { name: 'x_there', path: '/a/b' },
    { name: 'x_server', httpOnly: true },
    { name: 'x_other', party: 'other.example' },
  ],
  storage: ['x_base', 'x_many_*'],
};
const reportOf = (page: Page) =>
  page.evaluate(async () => {
    const { unchecked, rewritten } = await (window as any).consentry.report();
    return { unchecked, rewritten };
  });

test('W1 lists the cookies that no script of the page can look for, and tries again', async ({
  page,
  context,
  world,
}) => {
  world.site.page('/x.html', pageOf({ config: { services: [STORING] } }));
  await page.goto('/x.html');
  await choose(page, 'rejectAll');
  const unchecked = [
    { service: 'storing', name: 'x_there', reason: 'another path' },
    { service: 'storing', name: 'x_server', reason: 'HttpOnly' },
    { service: 'storing', name: 'x_other', reason: 'another host' },
  ];
  expect((await reportOf(page)).unchecked).toEqual(unchecked);
  await context.addCookies([
    { name: 'x_there', value: '1', domain: 'www.force.police.uk', path: '/a/b', secure: true },
  ]);
  await page.reload();
  const names = async () => (await context.cookies('https://www.force.police.uk/a/b')).map(({ name }) => name);
  await expect.poll(names).not.toContain('x_there');
});

test('W3 removes the databases that a service declares, and no other', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ config: { services: [STORING] } }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  const names = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());
  await page.evaluate(async () => {
    for (const name of ['x_base', 'x_many_1', 'own']) {
      await new Promise((done) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => done(request.result.close());
      });
    }
  });
  expect(await names()).toEqual(['consentry', 'own', 'x_base', 'x_many_1']);
  await choose(page, 'withdraw');
  await expect.poll(names).toEqual(['consentry', 'own']);
});

test('W4 reports a cookie that a tag writes again, and leaves none on the next load', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ config: { services: [STORING] } }));
  world.site.page('/next.html', pageOf({ config: { services: [STORING] } }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await page.evaluate(() => setInterval(() => (document.cookie = 'x_here=1; path=/; secure'), 200));
  await expect.poll(() => page.evaluate(() => document.cookie)).toContain('x_here');
  await choose(page, 'withdraw');
  await expect.poll(async () => (await reportOf(page)).rewritten).toEqual(['x_here']);
  await page.goto('/next.html');
  await expect.poll(() => page.evaluate(() => document.cookie)).not.toContain('x_here');
});

test('W10 ends a frame that a script put in while it was granted', async ({ page, world }) => {
  const ticker = `<!doctype html><script>setInterval(() => fetch('/tick', { method: 'POST' }), 50)</script>`;
  world.internet.route(TRACKER, '/own-frame', (_, res) =>
    res.writeHead(200, { 'content-type': 'text/html' }).end(ticker),
  );
  world.site.page('/x.html', pageOf({ config: { services: SERVICES } }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await page.evaluate((src) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src }));
  }, `https://${TRACKER}/own-frame`);
  await world.hit({ host: TRACKER, path: '/tick' });
  await choose(page, 'withdraw');
  await settle(page);
  world.clear();
  await settle(page);
  expect(world.gatedHits()).toEqual([]);

  await choose(page, 'acceptAll');
  await world.hit({ host: TRACKER, path: '/tick' });
});

test('G6 holds a frame of a denied service that names the category alone', async ({ page, world }) => {
  const frame = (host: string) =>
    `<iframe data-consent="marketing" data-src="https://${host}/frame" title="x"></iframe>`;
  const services = [...SERVICES, { id: 'other', name: 'Other', category: 'marketing', hosts: ['other.example'] }];
  world.site.page(
    '/x.html',
    pageOf({ config: { services, perService: true }, body: frame(TRACKER) + frame('other.example') }),
  );
  await page.goto('/x.html');
  await choose(page, 'choose', { marketing: 'granted', tracker: 'denied' });
  await world.hit({ host: 'other.example' });
  await settle(page);
  expect(waysTo(world)).toEqual([]);
  await choose(page, 'choose', { tracker: 'granted' });
  await world.hit({ host: TRACKER, path: '/frame' });
});

test('W2 leaves what a service that is still granted declares too', async ({ page, world }) => {
  const service = (id: string, category: string, more: object) => ({ id, name: id, category, ...more });
  const services = [
    service('counter', 'analytics', { cookies: ['x_*'], storage: ['x_*'] }),
    service('login', 'essential', { cookies: ['x_session'], storage: ['x_basket'] }),
  ];
  world.site.page('/x.html', pageOf({ config: { services } }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await page.evaluate(() => {
    for (const name of ['x_session', 'x_count']) document.cookie = `${name}=1; path=/; secure`;
    for (const name of ['x_basket', 'x_count']) localStorage.setItem(name, '1');
  });
  await choose(page, 'withdraw');
  const names = () =>
    page.evaluate(() => [
      ...document.cookie.split('; ').map((pair) => pair.split('=')[0]!),
      ...Object.keys(localStorage),
    ]);
  await expect.poll(async () => (await names()).sort()).toEqual(['consentry', 'x_basket', 'x_session']);
});

test('W4 takes what a tag writes after a new grant for no breach', async ({ page, world }) => {
  world.site.page('/x.html', pageOf({ config: { services: [STORING] } }));
  await page.goto('/x.html');
  for (let time = 0; time < 2; time++) {
    await choose(page, 'acceptAll');
    await page.evaluate(() => (document.cookie = 'x_here=1; path=/; secure'));
    await choose(page, 'withdraw');
    await expect.poll(() => page.evaluate(() => document.cookie)).not.toContain('x_here');
  }
  expect((await reportOf(page)).rewritten).toEqual([]);
});
