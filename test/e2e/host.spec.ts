import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
import { pageOf } from './support/pages.mjs';
import { javascript } from './support/scripts.mjs';
import { expect, settle, test } from './support/world.mjs';

const built = (name: string) => readFileSync(new URL(`../../dist/${name}`, import.meta.url), 'utf8');
const VENDORS = { 'data-google-analytics': '', 'data-facebook-pixel': '' };

/** What the page says while a test runs. */
function listen(page: Page) {
  const told = { errors: [] as string[], warnings: [] as string[] };
  // Firefox tells of each cookie that it does not keep as of an error.
  page.on('pageerror', ({ message }) => /^Cookie/.test(message) || told.errors.push(message));
  page.on('console', (message) => message.type() === 'warning' && told.warnings.push(message.text()));
  return told;
}

for (const order of [
  ['/dist/consentry.js', '/dist/other.js'],
  ['/dist/other.js', '/dist/consentry.js'],
]) {
  test(`H5 lets the first of two versions go on, ${order.join(' before ')}`, async ({ page, world }) => {
    const told = listen(page);
    // The same files under another name, as another release would have them.
    world.site.route('/dist/other.js', javascript(built('consentry.js').replaceAll('2147483647', '2147483646')));
    const [first = '', second = ''] = order;
    const head = `<script src="${second}" data-notice-url="/other" data-notice-version="2"></script>`;
    world.site.page('/x.html', pageOf({ sdk: { src: first }, head }));
    await page.goto('/x.html');
    await expect(page.locator('consentry-banner')).toHaveCount(1);
    await choose(page, 'acceptAll');
    expect(told.errors).toEqual([]);
    expect(told.warnings.filter((text) => text.includes('loaded twice'))).toHaveLength(1);
    const records = await page.evaluate(
      () =>
        new Promise((done) => {
          (window as any).consentry.push((consent: any) => consent.receipt().then(done));
        }),
    );
    expect(records).toMatchObject([{ notice: '1' }]);
  });
}

const POLICY = [
  "default-src 'none'",
  "script-src 'nonce-x' 'strict-dynamic'",
  "style-src 'none'",
  "connect-src 'self'",
  // Firefox asks for an icon by itself.
  "img-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html consentry',
].join(';');
const VIOLATIONS = `<script nonce="x">window.violations = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => violations.push(effectiveDirective + ' ' + blockedURI));
</script>`;

test('H6 sees no violation of a strict policy, from load to withdrawal', async ({ page, world }) => {
  world.internet.route('tags.example', '/a.js', javascript('window.ran = true;'));
  const body = `<a href="/cookies.html" data-consent-settings>Cookie settings</a>
    <script nonce="x" type="text/plain" data-consent="analytics" src="https://tags.example/a.js"></script>`;
  const headers = { 'content-security-policy': POLICY };
  world.site.page('/x.html', pageOf({ first: VIOLATIONS, sdk: { nonce: 'x', ...VENDORS }, body }), { headers });
  const control = pageOf({ sdk: false, first: VIOLATIONS, body: '<script>window.ran = true</script>' });
  world.site.page('/control.html', control, { headers });
  await page.goto('/control.html');
  await expect.poll(() => page.evaluate(() => (window as any).violations)).toHaveLength(1);

  await page.goto('/x.html');
  await page.getByRole('button', { name: 'Accept additional cookies' }).click();
  await world.hit({ path: '/a.js' });
  await page.getByRole('link', { name: 'Cookie settings' }).click();
  await page.getByRole('button', { name: 'Withdraw all' }).click();
  await expect(page.getByText('Your cookie preferences have been saved')).toBeVisible();
  await settle(page);
  expect(await page.evaluate(() => [(window as any).violations, (window as any).ran])).toEqual([[], true]);
});

test('H7 asks nobody whether they are a robot, and lets a scripted click refuse only', async ({ page, world }) => {
  expect(built('consentry.js')).not.toMatch(/webdriver|userAgent/);
  world.site.page('/x.html', pageOf({}));
  await page.goto('/x.html');
  await expect(page.locator('consentry-banner')).toBeVisible();
  const click = (name: string) =>
    page.evaluate((text) => {
      const root = document.querySelector('consentry-banner')?.shadowRoot;
      [...(root?.querySelectorAll('button') ?? [])].find((button) => button.textContent?.includes(text))?.click();
    }, name);
  // Its half second, in which no grant counts, is over.
  await expect(page.getByRole('button', { name: 'Accept additional cookies' })).toBeEnabled();
  await click('Accept');
  await settle(page);
  expect(await page.evaluate(() => document.cookie)).not.toContain('consentry');
  await click('Reject');
  await expect.poll(() => page.evaluate(() => document.cookie)).toContain('analytics_d');
});

test('H10 adds no listener that costs the page its cache', async ({ page, world }) => {
  const first = `<script>window.heard = [];
    const native = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, ...rest) { heard.push(type); return native.call(this, type, ...rest); };
  </script>`;
  world.site.page('/x.html', pageOf({ first, sdk: VENDORS }));
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await choose(page, 'withdraw');
  await settle(page);
  const heard = await page.evaluate(() => (window as any).heard as string[]);
  expect(heard).toContain('pageshow');
  expect(heard).not.toContain('unload');
  expect(heard).not.toContain('beforeunload');
});

const BODY = `<form id="form"><label>Name <input name="name" value="x"></label><button>Send</button></form>
  <img src="/images/mark.svg" alt="" width="20" height="20"><p style="color: green">Text</p>
  <iframe title="Own" srcdoc="<p>x"></iframe><dialog>Closed</dialog><video></video>`;

test('H10 changes no style of the page’s own elements', async ({ page, world }) => {
  const styles = () =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('body, main, main *')].map((element) => {
        const style = getComputedStyle(element);
        // The banner stands above the page while it asks, so only what lies in its flow moves.
        return [...style]
          .filter((name) => !/block-size|height|origin/.test(name))
          .map((name) => style.getPropertyValue(name));
      }),
    );
  world.site.page('/plain.html', pageOf({ sdk: false, body: BODY }));
  world.site.page('/x.html', pageOf({ sdk: VENDORS, body: BODY }));
  await page.goto('/plain.html');
  const plain = await styles();
  await page.goto('/x.html');
  await expect(page.locator('consentry-banner')).toBeVisible();
  expect(await styles()).toEqual(plain);
});

/** What the functions that the guard stands before do with right and wrong arguments. */
const behaviour = (page: Page) =>
  page.evaluate(async () => {
    const outcome = async (run: () => unknown) => {
      try {
        const value = await run();
        return value instanceof Response ? value.status : String(value);
      } catch (error) {
        return (error as Error).name;
      }
    };
    const image = document.createElement('img');
    const link = document.createElement('a');
    const request = new XMLHttpRequest();
    image.src = '/images/mark.svg';
    link.setAttribute('HREF', '/x');
    return [
      image.src,
      link.href,
      await outcome(() => image.setAttribute('', 'x')),
      await outcome(() => (image as any).setAttribute('src')),
      await outcome(() => Element.prototype.setAttribute.call(null as never, 'a', 'b')),
      await outcome(() => fetch('/images/mark.svg')),
      await outcome(() => fetch(new URL('/images/mark.svg', location.href))),
      await outcome(() => fetch(new Request('/images/mark.svg'))),
      await outcome(() => (fetch as any)()),
      await outcome(() => fetch('https://user:x@www.force.police.uk/')),
      await outcome(() => navigator.sendBeacon('/beacon', 'x')),
      await outcome(() => (navigator as any).sendBeacon()),
      await outcome(() => request.send()),
      await outcome(() => request.open('BAD METHOD', '/')),
      await outcome(() => {
        request.open('GET', '/images/mark.svg', false);
        request.send();
        return request.status;
      }),
    ];
  });

test('H10 leaves the functions it stands before as they are for everybody else', async ({ page, world }) => {
  world.site.page('/plain.html', pageOf({ sdk: false }));
  world.site.page('/x.html', pageOf({ sdk: VENDORS }));
  await page.goto('/plain.html');
  const plain = await behaviour(page);
  await page.goto('/x.html');
  expect(await behaviour(page)).toEqual(plain);
  expect(plain).toContain('TypeError');
});
