import assert from 'node:assert/strict';
import { test } from './support/world.mjs';

test('serves registered pages under the real host names of a force', async ({ world, open, evaluate }) => {
  world.site.page('/x.html', '<!doctype html><title>x</title>');
  for (const host of ['www.force.police.uk', 'report.force.police.uk', 'www.heddlu.cymru']) {
    await open(`https://${host}/x.html`);
    assert.deepEqual(await evaluate(() => [location.host, document.title, isSecureContext]), [host, 'x', true]);
  }
});

test('logs what a page requests from other hosts', async ({ world, open, settle }) => {
  world.site.page('/x.html', '<!doctype html><img src="https://www.facebook.com/tr?id=1" alt="">');
  await open('/x.html');
  await settle();
  assert.deepEqual(
    world.gatedHits().map(({ url, referer, type }) => ({ url, referer, type })),
    [{ url: 'https://www.facebook.com/tr?id=1', referer: 'https://www.force.police.uk/', type: 'image' }],
  );
});

test('logs nothing of a page that requests nothing', async ({ world, open, settle }) => {
  world.site.page('/x.html', '<!doctype html><p>x');
  await open('/x.html');
  await settle();
  assert.deepEqual(world.gatedHits(), []);
  assert.deepEqual(world.gatedTunnels(), []);
});

test('sees a preconnect, which opens a connection and sends no request', async ({ world, open, settle }) => {
  world.site.page('/x.html', '<!doctype html><link rel="preconnect" href="https://connect.facebook.net">');
  await open('/x.html');
  await settle();
  assert.deepEqual(
    world.gatedTunnels().map(({ host }) => host),
    ['connect.facebook.net'],
  );
  assert.deepEqual(world.gatedHits(), []);
});

test('logs a beacon of a page that is left, with its body', async ({ world, open }) => {
  world.site.page(
    '/x.html',
    `<!doctype html><script>
      addEventListener('pagehide', () => navigator.sendBeacon('https://www.facebook.com/tr', 'left'));
    </script>`,
  );
  world.site.page('/y.html', '<!doctype html>');
  await open('/x.html');
  await open('/y.html');
  const { method, body } = await world.hit({ host: 'www.facebook.com' });
  assert.deepEqual({ method, body }, { method: 'POST', body: 'left' });
});

test('keeps cookies for the whole force and refuses them for the public suffix above it', async (visit) => {
  visit.world.site.page(
    '/x.html',
    `<!doctype html><script>
      document.cookie = 'wide=1; Domain=.police.uk; Secure';
      document.cookie = 'force=1; Domain=.force.police.uk; Secure';
    </script>`,
  );
  await visit.open('/x.html');
  assert.equal(await visit.evaluate(() => document.cookie), 'force=1');
  await visit.open('https://report.force.police.uk/x.html');
  assert.equal(visit.world.hits({ host: 'report.force.police.uk', path: '/x.html' })[0]?.cookie, 'force=1');
});

test('says what a function threw in the page', async ({ world, open, evaluate }) => {
  world.site.page('/x.html', '<!doctype html>');
  await open('/x.html');
  await assert.rejects(
    evaluate(() => {
      throw new Error('as asked');
    }),
    /in the page: Error: as asked/,
  );
});

test('restores a page that was left from the cache of whole pages', async ({ world, page, open, until }) => {
  world.site.page(
    '/x.html',
    `<!doctype html><script>addEventListener('pageshow', (event) => { window.name += event.persisted + ' '; });</script>`,
  );
  world.site.page('/y.html', '<!doctype html>');
  await open('/x.html');
  await open('/y.html');
  // By the driver: a script that is still answered for when its page goes into the cache hangs now and then.
  await page.back();
  await until(() => location.pathname === '/x.html' && window.name === 'false true ');
});
