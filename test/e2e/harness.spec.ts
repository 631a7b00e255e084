import { startWorld } from './support/start-world.mjs';
import { expect, settle, test } from './support/world.mjs';

const FORCE_HOSTS = ['www.force.police.uk', 'report.force.police.uk', 'www.heddlu.cymru'];

test('serves registered pages under the real host names of a force', async ({ page, world }) => {
  world.site.page('/x.html', '<!doctype html><title>x</title>', { headers: { 'x-test': '1' } });
  for (const host of FORCE_HOSTS) {
    const response = await page.goto(`https://${host}/x.html`);
    expect(response?.headers()['x-test']).toBe('1');
    expect(await page.evaluate(() => [location.host, document.title, isSecureContext])).toEqual([host, 'x', true]);
  }
});

test('logs what a page requests from other hosts', async ({ page, world }) => {
  world.site.page('/x.html', '<!doctype html><img src="https://www.facebook.com/tr?id=1" alt="">');
  await page.goto('/x.html');
  await settle(page);
  expect(world.gatedHits()).toEqual([
    expect.objectContaining({
      host: 'www.facebook.com',
      path: '/tr',
      method: 'GET',
      url: 'https://www.facebook.com/tr?id=1',
      referer: 'https://www.force.police.uk/',
      cookie: '',
      type: 'image',
    }),
  ]);
});

test('logs nothing of a page that requests nothing', async ({ page, world }) => {
  world.site.page('/x.html', '<!doctype html><p>x');
  await page.goto('/x.html');
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(world.gatedTunnels()).toEqual([]);
});

test('logs a beacon of a page that is left, with its body', async ({ page, world }) => {
  world.site.page(
    '/x.html',
    `<!doctype html><script>
      addEventListener('pagehide', () => navigator.sendBeacon('https://www.facebook.com/tr', 'left'));
    </script>`,
  );
  world.site.page('/y.html', '<!doctype html>');
  await page.goto('/x.html');
  await page.goto('/y.html');
  expect(await world.hit({ host: 'www.facebook.com' })).toMatchObject({ method: 'POST', body: 'left' });
});

test('keeps cookies for the whole force and refuses them for the public suffix above it', async ({ page, world }) => {
  world.site.page(
    '/x.html',
    `<!doctype html><script>
      document.cookie = 'wide=1; Domain=.police.uk; Secure';
      document.cookie = 'force=1; Domain=.force.police.uk; Secure';
    </script>`,
  );
  await page.goto('/x.html');
  expect(await page.evaluate(() => document.cookie)).toBe('force=1');
  await page.goto('https://report.force.police.uk/x.html');
  expect(world.hits({ host: 'report.force.police.uk', path: '/x.html' })[0]?.cookie).toBe('force=1');
});

test('lets a test hang a script and answer for another host', async ({ page, world }) => {
  world.site.route('/hangs.js', () => {});
  world.internet.route('www.googletagmanager.com', '/gtag/js', (_, res) =>
    res.writeHead(200, { 'content-type': 'text/javascript' }).end('document.title = "answered"'),
  );
  world.site.page(
    '/x.html',
    `<!doctype html><script async src="/hangs.js"></script>
    <script src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>`,
  );
  await page.goto('/x.html', { waitUntil: 'commit' });
  await expect(page).toHaveTitle('answered');
});

test('restores a page that was left from the cache of whole pages', async ({ page, world }) => {
  world.site.page(
    '/x.html',
    `<!doctype html><script>addEventListener('pageshow', (event) => { window.name += event.persisted + ' '; });</script>`,
  );
  world.site.page('/y.html', '<!doctype html>');
  await page.goto('/x.html');
  await page.goto('/y.html');
  // After such a restore Firefox's driver waits for a load event that never comes, so the page itself goes back.
  await page.evaluate(() => history.back());
  await expect(async () => {
    expect(await page.evaluate(() => `${location.pathname} ${window.name}`)).toBe('/x.html false true ');
  }).toPass({ timeout: 5000 });
});

test('gives a second visitor the same world and other cookies', async ({ browser, page, world }) => {
  world.site.page('/x.html', '<!doctype html>');
  await page.goto('/x.html');
  await page.evaluate(() => (document.cookie = 'first=1'));
  const other = await browser.newContext();
  const second = await other.newPage();
  await second.goto('/x.html');
  expect(world.hits({ path: '/x.html' }).map(({ cookie }) => cookie)).toEqual(['', '']);
  await other.close();
});

let former = '';
for (const name of ['first', 'second']) {
  test(`has a world of its own, ${name} of two`, ({ world }) => {
    expect(world.hits()).toEqual([]);
    expect(world.proxy).not.toBe(former);
    former = world.proxy;
  });
}

test('lets no late request of a former world into the next', async ({ page, world }) => {
  const former = await startWorld();
  const visitor = await page
    .context()
    .browser()!
    .newContext({ proxy: { server: former.proxy } });
  former.site.page('/x.html', '<!doctype html>');
  const late = await visitor.newPage();
  await late.goto('/x.html');
  former.stop();
  const outcome = await late.evaluate(() => fetch('/late').then(String, String));
  expect(outcome).toContain('TypeError');
  expect(former.hits({ path: '/late' })).toEqual([]);
  expect(world.hits()).toEqual([]);
  await visitor.close();
});

test('shows the demo as the home page of the force', async ({ page }) => {
  const response = await page.goto('/');
  expect(response?.status()).toBe(200);
});
