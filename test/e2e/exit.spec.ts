import type { Page } from '@playwright/test';
import { expect, settle, test } from './support/world.mjs';

/*
 * The quick exit, with real keys, on the built file: what counts is where the tab is afterwards, and what arrived there.
 */
type World = Parameters<Parameters<typeof test>[2]>[0]['world'];

const TARGET = 'https://www.bbc.co.uk/weather';

const tag = (attributes = `data-quick-exit="${TARGET}"`) =>
  `<script src="/dist/consentry.js" data-notice-url="/cookies.html" data-notice-version="1" ${attributes}></script>`;

const html = (body: string, head = tag()) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Help with abuse</title>${head}</head><body>${body}</body></html>`;

/** Answers the targets, the first after `delay` ms, or never. */
function targets(world: World, delay: number | 'never' = 0) {
  world.internet.route('www.bbc.co.uk', '/weather', (_request: unknown, response: Answer) => {
    if (delay !== 'never') setTimeout(() => response.end('<!doctype html><title>Weather</title>sunny'), delay);
  });
  world.internet.route('www.metoffice.gov.uk', '/', (_request: unknown, response: Answer) =>
    response.end('<!doctype html><title>Met Office</title>'),
  );
}
interface Answer {
  write(text: string): void;
  end(text?: string): void;
  setHeader(name: string, value: string): void;
}

const armed = (page: Page) => expect(page.locator('[data-consentry-exit]').first()).toBeVisible();
const left = (page: Page) => expect(page).toHaveURL(TARGET);

const BODIES: Record<string, [body: string, focus?: string]> = {
  'the page itself': ['<p>text</p>'],
  'a link': ['<a id="x" href="#y">link</a>', '#x'],
  'a text field': ['<input id="x">', '#x'],
  'a search field': ['<input id="x" type="search" value="words">', '#x'],
  'a half-written report': ['<textarea id="x">He was</textarea>', '#x'],
  'an editable region': ['<div id="x" contenteditable>text</div>', '#x'],
  'a modal dialog of the page': [
    '<dialog id="d"><button id="x">ok</button></dialog><script>d.showModal()</script>',
    '#x',
  ],
};

for (const [where, [body, focus]] of Object.entries(BODIES)) {
  test(`QE-5 one Escape leaves, from ${where}`, async ({ page, world }) => {
    targets(world);
    world.site.page('/help.html', html(body));
    await page.goto('/help.html');
    await armed(page);
    if (focus) await page.locator(focus).focus();
    await page.keyboard.press('Escape');
    await left(page);
  });
}

test('QE-5 leaves other keys and combinations to the browser', async ({ page, world }) => {
  targets(world);
  world.site.page('/help.html', html('<input id="x">'));
  await page.goto('/help.html');
  await armed(page);
  for (const keys of ['Shift+Escape', 'Control+Escape', 'Alt+Escape', 'a', 'Enter', 'Tab'])
    await page.keyboard.press(keys);
  await page.evaluate(() => dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
  await settle(page);
  await expect(page).toHaveURL(/help\.html$/);
});

test('QE-4 leaves while the page is still streaming', async ({ page, world }) => {
  targets(world);
  world.site.route('/help.html', (_request: unknown, response: Answer) => {
    response.setHeader('content-type', 'text/html');
    response.write(
      `<!doctype html><html lang="en"><head>${tag()}</head><body><p id="first">How to get help</p>`.padEnd(4096),
    );
  });
  void page.goto('/help.html', { waitUntil: 'commit' }).catch(() => {});
  await expect(page.locator('#first')).toBeVisible();
  await page.keyboard.press('Escape');
  await left(page);
});

test('H8 leaves after the page has put another document in its place', async ({ page, world }) => {
  targets(world);
  world.site.page('/help.html', html('<p>text</p>'));
  await page.goto('/help.html');
  await armed(page);
  await page.evaluate(() => {
    document.open();
    document.write('<!doctype html><title>Other</title><p>Another page</p>');
    document.close();
  });
  await expect(page.getByText('Another page')).toBeVisible();
  await page.keyboard.press('Escape');
  await left(page);
});

for (const [what, head] of Object.entries({
  'broken JSON': `<script type="application/json" data-consentry-config>{"categories":</script>${tag()}`,
  'an unknown option': `<script type="application/json" data-consentry-config>{"sensitve":[]}</script>${tag()}`,
  'a list where none belongs': `<script type="application/json" data-consentry-config>{"services":7}</script>${tag()}`,
  'no notice version': `<script src="/dist/consentry.js" data-quick-exit="${TARGET}" data-notice-version=""></script>`,
})) {
  test(`QE-4 no configuration mistake disarms it: ${what}`, async ({ page, world }) => {
    targets(world);
    world.site.page('/help.html', html('<p>text</p>', head));
    const told = page.waitForEvent('console', (message) => message.text().includes('Consentry: nothing runs'));
    await page.goto('/help.html');
    await told;
    await armed(page);
    await page.keyboard.press('Escape');
    await left(page);
  });
}

test('QE-9 swallows every later key, so that Escape does not stop the leaving', async ({ page, world }) => {
  targets(world, 1500);
  const tell = `fetch('/heard?' + event.type + event.key, { keepalive: true })`;
  world.site.page(
    '/help.html',
    html(`<script>for (const type of ['keydown', 'keyup']) addEventListener(type, (event) => ${tell}, true)</script>`),
  );
  await page.goto('/help.html');
  await armed(page);
  const heard = () => world.hits({ path: '/heard' }).map(({ url }) => new URL(url).search);
  await page.keyboard.press('a');
  await expect.poll(() => heard().sort()).toEqual(['?keydowna', '?keyupa']);
  for (let press = 0; press < 5; press++) await page.keyboard.press('Escape');
  await left(page);
  expect(heard()).toHaveLength(2);
});

for (const [what, open, covered] of [
  ['the page', '', [true, true, true]],
  // What stands outside a modal dialog is inert and answers no hit test; the picture tells.
  ['a modal dialog of the page', 'd.showModal();', expect.any(Array)],
] as const) {
  test(`QE-10 covers ${what} at once, and takes its words from assistive technology @chromium`, async ({
    page,
    context,
    world,
  }) => {
    targets(world, 'never');
    // While a navigation is pending only the page itself can look: it tells its own server what it sees.
    const look = `
      ${open}
      const watch = setInterval(() => {
        if (document.documentElement.style.visibility !== 'hidden') return;
        clearInterval(watch);
        const points = [[1, 1], [innerWidth / 2, innerHeight / 2], [innerWidth - 2, innerHeight - 2]];
        const seen = {
          covered: points.map(([x, y]) => document.elementFromPoint(x, y)?.matches(':popover-open')),
          visible: [...document.querySelectorAll('h1,dialog,p,a')].filter((element) => getComputedStyle(element).visibility !== 'hidden').length,
          title: document.title,
          text: document.querySelector(':popover-open').textContent,
        };
        fetch('/seen', { method: 'POST', body: JSON.stringify(seen), keepalive: true });
      }, 10);`;
    world.site.page('/help.html', html(`<h1>Abuse</h1><dialog id="d"><p>more</p></dialog><script>${look}</script>`));
    await page.goto('/help.html');
    await armed(page);
    const devtools = await context.newCDPSession(page);
    await page.keyboard.press('Escape');
    const seen = JSON.parse((await world.hit({ path: '/seen' })).body) as Record<string, unknown>;
    expect(seen).toEqual({ covered, visible: 0, title: 'www.bbc.co.uk', text: '' });

    const picture = (await devtools.send('Page.captureScreenshot', { format: 'png' })).data;
    await page.goto('about:blank');
    const colours = await page.evaluate(async (data) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context?.drawImage(image, 0, 0);
      const pixels = context?.getImageData(0, 0, image.width, image.height).data.buffer;
      return [...new Set(new Uint32Array(pixels ?? new ArrayBuffer(0)))];
    }, picture);
    expect(colours).toEqual([0xffffffff]);
  });
}

test('QE-13 replaces the page in this tab: Back does not show it', async ({ page, context, world }) => {
  targets(world);
  world.site.page('/before.html', html('<p>before</p>', ''));
  world.site.page('/help.html', html('<p>text</p>'));
  await page.goto('/before.html');
  await page.goto('/help.html');
  await armed(page);
  const length = await page.evaluate(() => history.length);
  await page.keyboard.press('Escape');
  await left(page);
  expect(await page.evaluate(() => history.length)).toBe(length);
  expect(context.pages()).toHaveLength(1);
  await page.evaluate(() => void setTimeout(() => history.back()));
  await expect(async () => expect(await page.evaluate(() => location.pathname)).toBe('/before.html')).toPass();
});

/** A page that says to the server, in the first frame of each time that it can be seen, that it can. */
const SEEN = `<p>How to get help</p><a href="/next.html">Next</a><script>
  let was = false;
  addEventListener('pageshow', () => (was = false));
  (function look() {
    const top = document.elementFromPoint(20, 20);
    const is = !!top && !top.matches(':popover-open');
    if (is && !was) fetch('/seen' + location.pathname, { keepalive: true });
    was = is;
    requestAnimationFrame(look);
  })();
</script>`;

/** Two pages of the site, one after the other, as a visitor opens them. */
async function visitTwo(page: Page, world: World, headers: Record<string, string>) {
  targets(world);
  for (const path of ['/help.html', '/next.html']) world.site.page(path, html(SEEN), { headers });
  await page.goto('/help.html');
  await armed(page);
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/next/);
  await armed(page);
}
/** The same, and leaves from the second. */
async function visitTwoAndLeave(page: Page, world: World, headers: Record<string, string> = {}) {
  await visitTwo(page, world, headers);
  await page.keyboard.press('Escape');
  await left(page);
  await settle(page);
  world.clear();
}
const goBack = (page: Page) => page.evaluate(() => void setTimeout(() => history.back()));
/** Waits for an address, as the page tells it: of a page that it kept whole Firefox's driver knows none. */
const at = (page: Page, address: string | RegExp) =>
  expect.poll(() => page.evaluate(() => location.href).catch(() => '')).toMatch(address);
const seen = (world: World) => world.hits({ path: /^\/seen/ }).map(({ path }) => path);
const note = async (page: Page) => (await page.context().cookies()).filter(({ name }) => name.includes('left'));

for (const [what, headers] of [
  ['kept whole by the browser', {}],
  ['loaded again', { 'cache-control': 'no-store' }],
] as [string, Record<string, string>][]) {
  test(`QE-20 control: Back shows a page that is ${what}`, async ({ page, world }) => {
    await visitTwo(page, world, headers);
    await settle(page);
    world.clear();
    await goBack(page);
    await at(page, /help/);
    await world.hit({ path: '/seen/help.html' });
    expect(await page.evaluate(() => document.documentElement.getAttribute('style') || '')).toBe('');
  });

  test(`QE-19 Back after an exit leaves again and shows nothing of a page that is ${what}`, async ({ page, world }) => {
    await visitTwoAndLeave(page, world, headers);
    await goBack(page);
    await expect.poll(() => world.hits({ host: 'www.bbc.co.uk' }).length).toBe(1);
    await at(page, TARGET);
    await settle(page);
    expect(seen(world)).toEqual([]);
  });
}

test('QE-20 hides a page before the browser keeps it whole, and shows it as it comes back', async ({ page, world }) => {
  await visitTwo(page, world, {});
  const look = `getComputedStyle(document.documentElement).visibility`;
  await page.evaluate(`addEventListener('pagehide', () => (window.kept = ${look}))`);
  await page.evaluate(() => void setTimeout(() => location.assign('/help.html')));
  await at(page, /help/);
  await goBack(page);
  await at(page, /next/);
  expect(await page.evaluate(`[window.kept, ${look}]`)).toEqual(['hidden', 'visible']);
});

test('QE-18 notes an exit for a quarter of an hour, in a cookie that no script elsewhere can set', async ({
  page,
  world,
}) => {
  await visitTwo(page, world, {});
  expect(await note(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await left(page);
  const [cookie] = await note(page);
  expect(cookie).toMatchObject({ name: '__Host-consentry-left', path: '/', secure: true, sameSite: 'Strict' });
  expect(cookie!.expires - Date.now() / 1000).toBeLessThanOrEqual(900);
});

test('QE-21 takes each page that Back finds out of the list of the tab', async ({ page, world }) => {
  await visitTwoAndLeave(page, world, { 'cache-control': 'no-store' });
  await goBack(page);
  await expect.poll(() => world.hits({ host: 'www.bbc.co.uk' }).length).toBe(1);
  await at(page, TARGET);
  world.clear();
  for (const step of [1, -1]) {
    await page.evaluate((by) => void setTimeout(() => history.go(by)), step);
    await page.waitForTimeout(1000);
    await at(page, TARGET);
  }
  expect(world.hits({ host: 'www.force.police.uk' }).map(({ url }) => url)).toEqual([]);
});

test('QE-19 shows the page to whoever comes back by its address, and forgets the exit', async ({ page, world }) => {
  await visitTwoAndLeave(page, world);
  await page.goto('/next.html');
  await world.hit({ path: '/seen/next.html' });
  expect(await note(page)).toEqual([]);
  await page.reload();
  await armed(page);
  await expect(page).toHaveURL(/next/);
});

test('QE-19 leaves on the reload of a page that was left in another tab', async ({ page, world }) => {
  await visitTwo(page, world, {});
  const other = await page.context().newPage();
  await other.goto('/help.html');
  await armed(other);
  await other.keyboard.press('Escape');
  await left(other);
  await page.reload({ waitUntil: 'commit' }).catch(() => undefined);
  await left(page);
});

test('QE-22 tells the target nothing of where somebody was', async ({ page, world }) => {
  targets(world);
  world.site.page('/help.html', html('<p>text</p>', `<meta name="referrer" content="unsafe-url">${tag()}`));
  await page.goto('/help.html');
  await armed(page);
  await page.keyboard.press('Escape');
  const hit = await world.hit({ host: 'www.bbc.co.uk' });
  expect(hit.referer).toBe('');
  await left(page);
  expect(await page.evaluate(() => [document.referrer, window.opener])).toEqual(['', null]);
});

for (const [how, press] of Object.entries({
  'a click': (page: Page) => page.getByRole('link', { name: 'Leave this site' }).click(),
  'Ctrl and a click': (page: Page) =>
    page.getByRole('link', { name: 'Leave this site' }).click({ modifiers: ['Control'] }),
  'Shift and a click': (page: Page) =>
    page.getByRole('link', { name: 'Leave this site' }).click({ modifiers: ['Shift'] }),
  'the middle button': (page: Page) => page.getByRole('link', { name: 'Leave this site' }).click({ button: 'middle' }),
  'Tab and Enter': async (page: Page) => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  },
})) {
  test(`QE-8 the link leaves in the same tab with ${how}`, async ({ page, context, world }) => {
    targets(world);
    world.site.page('/help.html', html('<p>text</p>'));
    await page.goto('/help.html');
    await armed(page);
    await press(page);
    await left(page);
    expect(context.pages()).toHaveLength(1);
  });
}

test('QE-12 the page hears nothing of the press and sends nothing', async ({ page, world }) => {
  targets(world);
  const beacon = `navigator.sendBeacon('https://www.google-analytics.com/g/collect', event.type)`;
  world.site.page(
    '/help.html',
    html(
      `<script>for (const type of ['keydown', 'keyup', 'click']) addEventListener(type, (event) => ${beacon}, true)</script>`,
    ),
  );
  await page.goto('/help.html');
  await armed(page);
  await page.keyboard.press('a');
  await world.hit({ host: 'www.google-analytics.com' });
  await settle(page);
  world.clear();
  await page.keyboard.press('Escape');
  await left(page);
  await world.settle();
  expect(world.gatedHits({ host: 'www.google-analytics.com' })).toEqual([]);
});

test('QE-15 goes to the second target when the first does not answer', async ({ page, world }) => {
  targets(world, 'never');
  world.site.page('/help.html', html('<p>text</p>', tag(`data-quick-exit="${TARGET} https://www.metoffice.gov.uk/"`)));
  await page.goto('/help.html');
  await armed(page);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL('https://www.metoffice.gov.uk/');
});

test('QE-16 refuses targets that are not https elsewhere, and says so', async ({ page, world }) => {
  targets(world);
  const bad = ['javascript:alert(1)', '/search', 'http://example.com/', 'https://www.force.police.uk/x'];
  world.site.page('/help.html', html('<p>text</p>', tag(`data-quick-exit="${bad.join(' ')}"`)));
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  await page.goto('/help.html');
  await armed(page);
  for (const target of bad) expect(told.filter((text) => text.includes(target))).toHaveLength(1);
  await page.keyboard.press('Escape');
  await left(page);
});

test('QE-7 asks for as many presses as it is told to, and says how many', async ({ page, world }) => {
  targets(world);
  world.site.page('/help.html', html('<p>text</p>', tag(`data-quick-exit="${TARGET}" data-quick-exit-presses="2"`)));
  await page.goto('/help.html');
  await expect(page.getByText('pressing the Escape key 2 times')).toBeVisible();
  await page.keyboard.press('Escape');
  await settle(page);
  await expect(page).toHaveURL(/help\.html$/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await left(page);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('B10 nothing of ours shows, nothing runs, and settings lead to the cookies page @chromium', async ({
    page,
    world,
  }) => {
    await page.goto('/recruitment.html');
    await expect(page.locator('consentry-banner')).toHaveCount(0);
    await page.getByRole('link', { name: 'Cookie settings', exact: true }).click();
    await expect(page).toHaveURL(/cookies\.html$/);
    await world.settle();
    expect(world.gatedHits()).toEqual([]);
  });

  test('QE-1 the page’s own link still leaves, without a Referer @chromium', async ({ page, world }) => {
    targets(world);
    await page.goto('/report.html');
    await expect(page.locator('[data-consentry-exit-hint]')).toBeHidden();
    await page.getByRole('link', { name: 'Leave this site' }).first().click();
    expect((await world.hit({ host: 'www.bbc.co.uk' })).referer).toBe('');
    await left(page);
  });
});

for (const [bar, path] of [
  ['page’s own', '/report.html'],
  ['added', '/added.html'],
])
  test(`QE-2 hides the hint of the ${bar} bar where there is no keyboard to press @chromium`, async ({
    browser,
    world,
  }) => {
    world.site.page('/added.html', html('<h1>x</h1>'));
    const context = await browser.newContext({
      proxy: { server: world.proxy },
      ignoreHTTPSErrors: true,
      isMobile: true,
      hasTouch: true,
      viewport: { width: 360, height: 640 },
    });
    const page = await context.newPage();
    await page.goto(world.origin + path);
    await armed(page);
    await page.waitForLoadState();
    await expect(page.locator('[data-consentry-exit-bar]')).toBeVisible();
    await expect(page.locator('[data-consentry-exit-hint]')).toBeHidden();
    await context.close();
  });

test('QE-3 the Leave link comes before the banner, and the banner before the page', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Accept additional cookies' })).toBeVisible();
  const order: string[] = [];
  for (let press = 0; press < 6; press++) {
    await page.keyboard.press('Tab');
    order.push(
      await page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.textContent?.trim() ?? '';
      }),
    );
  }
  expect(order).toEqual([
    'Leave this site',
    'Cookies notice',
    'Accept additional cookies',
    'Reject additional cookies',
    'Customise cookies',
    'Skip to main content',
  ]);
});

test('QE-30 without the bar Escape does nothing', async ({ page, world }) => {
  targets(world);
  await page.goto('/recruitment.html');
  await expect(page.getByRole('button', { name: 'Accept additional cookies' })).toBeVisible();
  await page.keyboard.press('Escape');
  await settle(page);
  await expect(page).toHaveURL(/recruitment\.html$/);
});

/** A page that asks whether to leave it, and says to anybody that it was left. */
const CLINGING = `<input aria-label="story"><script>
  addEventListener('beforeunload', (event) => event.preventDefault());
  window.onbeforeunload = () => 'stay';
  for (const type of ['pagehide', 'visibilitychange', 'beforeunload']) {
    for (const target of [window, document]) {
      target.addEventListener(type, () => navigator.sendBeacon('https://www.google-analytics.com/g/' + type), true);
    }
  }
</script>`;

test('QE-14 lets no page ask whether to leave, nor tell anybody that it was left', async ({ page, world }) => {
  targets(world);
  world.site.page('/help.html', html(CLINGING));
  world.site.page('/next.html', '<!doctype html><title>x</title>');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.goto('/help.html');
  await armed(page);
  await page.getByLabel('story').pressSequentially('he');
  await page.evaluate(() => location.assign('/next.html'));
  await expect(page).toHaveURL(/next/);
  await world.hit({ host: 'www.google-analytics.com', path: '/g/pagehide' });
  expect(asked, 'control: a page that is left by itself asks').toEqual(['beforeunload']);
  await world.settle();
  world.clear();

  await page.goto('/help.html');
  await armed(page);
  await page.getByLabel('story').pressSequentially('he');
  await page.keyboard.press('Escape');
  await left(page);
  await world.settle();
  expect(asked).toEqual(['beforeunload']);
  expect(world.gatedHits({ host: 'www.google-analytics.com' })).toEqual([]);
});

test('QE-14 costs a page that is left otherwise no place in the cache of whole pages', async ({ page, world }) => {
  const shown = `<script>window.shown = []; addEventListener('pageshow', ({ persisted }) => shown.push(persisted));</script>`;
  world.site.page('/help.html', html(shown));
  world.site.page('/next.html', '<!doctype html><title>x</title>');
  await page.goto('/help.html');
  await armed(page);
  await settle(page);
  await page.goto('/next.html');
  await page.evaluate(() => history.back()).catch(() => undefined);
  await expect
    .poll(() => page.evaluate(() => (window as any).shown as boolean[]).catch(() => undefined))
    .toEqual([false, true]);
});
