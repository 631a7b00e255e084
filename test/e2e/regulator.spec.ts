import type { Page } from '@playwright/test';
import { expect, settle, test } from './support/world.mjs';

/*
 * The Information Commissioner's three checks, over the demo site as it stands, seen from the vendors' side.
 */
const PAGES = [
  '/',
  '/cookies.html',
  '/privacy.html',
  '/recruitment.html',
  '/report.html',
  '/snippets.html',
  '/cy/',
  '/cy/cwcis.html',
];
const VENDORS = /google|doubleclick|facebook|youtube/;
const CONSENT_COOKIES = /^consentry/;

/** The cookies of the site: what a vendor set on its own host no site can remove, and no page of ours sent it again. */
const cookieNames = async (page: Page) =>
  (await page.context().cookies('https://www.force.police.uk')).map(({ name }) => name);
const stored = (page: Page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
  }));

/** Leaves the page's vendors every occasion to send something. */
async function provoke(page: Page) {
  await page.evaluate(() => {
    const { gtag, fbq } = window as { gtag?: (...args: unknown[]) => void; fbq?: (...args: unknown[]) => void };
    gtag?.('event', 'provoked');
    fbq?.('track', 'Provoked');
    scrollTo(0, document.body.scrollHeight);
  });
  await settle(page);
}

/** The same page as a team without the SDK would have it: what is held runs, and the ids have their usual snippets. */
const withoutUs = (html: string) =>
  html
    .replace(/<script\s+src="\/dist\/consentry\.js"[^>]*><\/script>/, CONTROL)
    .replace(/type="text\/plain"/g, '')
    .replace(/data-src=/g, 'src=');

const CONTROL = `
  <script async src="https://www.googletagmanager.com/gtag/js?id=G-ABC1234567"></script>
  <script>
    window.dataLayer = window.dataLayer || [];
    function gtag(){dataLayer.push(arguments);}
    gtag('js', new Date());
    gtag('config', 'G-ABC1234567');
    gtag('config', 'DC-1234567');
  </script>
  <script>
    !function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?
    n.callMethod.apply(n,arguments):n.queue.push(arguments)};if(!f._fbq)f._fbq=n;
    n.push=n;n.loaded=!0;n.version='2.0';n.queue=[];t=b.createElement(e);t.async=!0;
    t.src=v;s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,
    document,'script','https://connect.facebook.net/en_US/fbevents.js');
    fbq('init', '123456789012345');
    fbq('track', 'PageView');
  </script>`;

for (const path of PAGES) {
  test(`T1 nothing reaches a vendor or the device before a choice on ${path}`, async ({ page, world }) => {
    await page.goto(path);
    await expect.poll(() => page.locator('consentry-banner, consentry-preferences').count()).toBeGreaterThan(0);
    await provoke(page);
    await page.goto('about:blank');
    await world.settle();
    expect(world.gatedHits()).toEqual([]);
    expect(world.gatedTunnels()).toEqual([]);
    expect(await cookieNames(page)).toEqual([]);
    await page.goto(path);
    expect(await stored(page)).toEqual({ local: [], session: [], databases: [] });
  });

  test(`T1 control: without us the same ${path} does reach the vendors`, async ({ page, world }) => {
    const html = await (await page.request.get(path)).text();
    world.site.page('/control.html', withoutUs(html));
    await page.goto('/control.html');
    for (const host of ['www.google-analytics.com', 'ad.doubleclick.net', 'www.facebook.com'])
      await world.hit({ host });
    await settle(page);
    expect(await cookieNames(page)).toEqual(expect.arrayContaining(['_ga', '_fbp']));
  });
}

test('T2 refusing is as easy as accepting', async ({ page }) => {
  await page.goto('/recruitment.html');
  const accept = page.getByRole('button', { name: 'Accept additional cookies' });
  const reject = page.getByRole('button', { name: 'Reject additional cookies' });
  await expect(accept).toBeVisible();

  const look = (button: typeof accept) =>
    button.evaluate((element) => {
      const style = getComputedStyle(element);
      const own = ['width', 'inline-size', 'perspective-origin', 'transform-origin'];
      const rules = [...style]
        .filter((name) => !own.includes(name))
        .map((name) => [name, style.getPropertyValue(name)]);
      return { rules, height: element.getBoundingClientRect().height };
    });
  expect(await look(accept)).toEqual(await look(reject));
  expect(await accept.evaluate((element) => element.nextElementSibling?.textContent?.trim())).toBe(
    'Reject additional cookies',
  );

  await accept.focus();
  await page.keyboard.press('Tab');
  await expect(reject).toBeFocused();
});

for (const [name, choose] of [
  ['Accept', (page: Page) => page.getByRole('button', { name: 'Accept additional cookies' }).click()],
  ['Reject', (page: Page) => page.getByRole('button', { name: 'Reject additional cookies' }).click()],
] as const) {
  test(`T2 one click and done: ${name}`, async ({ page }) => {
    await page.goto('/recruitment.html');
    await choose(page);
    await expect(page.getByText('Your cookie preferences have been saved')).toBeVisible();
    // Firefox gives up a load that comes while a frame of the page begins one.
    await settle(page);
    await page.reload();
    await page.evaluate(() => new Promise<void>((done) => (window as never as { consentry: { push(run: (consent: { ready: Promise<void> }) => void): void } }).consentry.push(({ ready }) => void ready.then(done)))); // prettier-ignore
    await expect(page.locator('consentry-banner')).toHaveCount(0);
  });
}

test('T3 nothing reaches a vendor after a refusal, on any page', async ({ page, world }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Reject additional cookies' }).click();
  await expect(page.getByText('Your cookie preferences have been saved')).toBeVisible();
  for (const path of PAGES) {
    await page.goto(path);
    await provoke(page);
  }
  await page.goto('about:blank');
  await world.settle();
  expect(world.gatedHits()).toEqual([]);
  expect((await cookieNames(page)).filter((name) => !CONSENT_COOKIES.test(name))).toEqual([]);
});

for (const path of ['/recruitment.html', '/snippets.html']) {
  test(`T3 what a grant starts on ${path} falls silent with the withdrawal`, async ({ page, world }) => {
    await page.goto(path);
    await page.getByRole('button', { name: 'Accept additional cookies' }).click();
    for (const host of ['www.google-analytics.com', 'ad.doubleclick.net', 'www.facebook.com'])
      await world.hit({ host });
    await expect.poll(() => cookieNames(page)).toEqual(expect.arrayContaining(['_ga', '_gcl_au', '_fbp']));
    await settle(page);

    await page.getByRole('link', { name: 'Cookie settings' }).click();
    await page.getByRole('button', { name: 'Withdraw all' }).click();
    await expect(page.getByText('Your cookie preferences have been saved')).toBeVisible();
    // What was on its way when the visitor withdrew has arrived.
    await settle(page);
    world.clear();

    await provoke(page);
    for (const next of PAGES) {
      await page.goto(next);
      await provoke(page);
    }
    await world.settle();
    expect(world.gatedHits({ host: VENDORS }).map(({ url }) => url)).toEqual([]);
    const rest = async () => (await cookieNames(page)).filter((name) => !CONSENT_COOKIES.test(name));
    await expect.poll(rest).toEqual([]);
    await expect.poll(() => stored(page)).toMatchObject({ local: [], session: [] });
  });
}

test('G12 nothing runs on a sensitive route, whatever the consent', async ({ page, world }) => {
  await page.goto('/recruitment.html');
  await page.getByRole('button', { name: 'Accept additional cookies' }).click();
  await world.hit({ host: 'www.facebook.com' });
  await settle(page);
  await page.goto('/report.html');
  // What the page before had to say in leaving names that page.
  await settle(page);
  world.clear();
  await provoke(page);
  await page.goto('about:blank');
  await world.settle();
  expect(world.gatedHits().map(({ url }) => url)).toEqual([]);
});

test('G12 control: the same visitor’s next page runs again, and no vendor reads the sensitive path', async ({
  page,
  world,
}) => {
  await page.goto('/recruitment.html');
  await page.getByRole('button', { name: 'Accept additional cookies' }).click();
  await world.hit({ host: 'www.facebook.com' });
  await page.goto('/report.html');
  await settle(page);
  world.clear();
  await page.goto('/privacy.html');
  await world.hit({ host: 'www.facebook.com' });
  await settle(page);
  expect(world.gatedHits().filter(({ url, referer, body }) => `${url}${referer}${body}`.includes('/report'))).toEqual(
    [],
  );
});
