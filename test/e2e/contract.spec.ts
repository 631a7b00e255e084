import type { Page } from '@playwright/test';
import { forcePage } from './support/force-page.mjs';
import { expect, test } from './support/world.mjs';

/*
 * docs/accessibility.md, line by line, on the built files.
 */
const CONFIG = {
  controller: 'The Chief Constable of Northmoor Police',
  services: [{ id: 'films', name: 'Films', category: 'marketing', hosts: ['films.example'], cookies: ['film_*'] }],
};
const BAR = `<div data-consentry-exit-bar><a id="leave" data-consentry-exit href="https://www.bbc.co.uk/weather">Leave this site</a></div>`;
const BODY = '<a id="skip" href="#main">Skip to main content</a><main id="main"><h1>A page</h1></main>';

const html = ({ bar = true, body = BODY, lang = 'en' } = {}) =>
  forcePage({
    config: CONFIG,
    attributes: `data-notice-url="/cookies.html" data-notice-version="1" data-google-analytics="G-1"${bar ? ' data-quick-exit' : ''}`,
    body: (bar ? BAR : '') + body,
  }).replace('<html lang="en">', `<html lang="${lang}">`);

interface Told {
  role: string;
  name: string;
}

/** What Chromium tells assistive technology of the page, in order: roles and names. */
async function tree(page: Page): Promise<(Told & Record<string, unknown>)[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, properties = [] }) => ({
      role: String(role?.value),
      name: String(name?.value ?? ''),
      ...Object.fromEntries(properties.map((each) => [each.name, each.value.value as unknown])),
    }));
}

const of = (nodes: Told[], role: string) => nodes.filter((each) => each.role === role).map(({ name }) => name);

/** What the element with the focus says, or its id, in whatever shadow root it stands. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.id || element?.textContent?.replace(/\s+/g, ' ').trim() || element?.localName;
  });

async function open(page: Page, world: { site: { page(path: string, html: string): void } }, options = {}) {
  world.site.page('/x.html', html(options));
  await page.goto('/x.html');
  await page.locator('consentry-banner [part~=heading]').waitFor();
}

const ready = (page: Page) => page.locator('consentry-banner [part~=choice][aria-disabled=false]').waitFor();
const panel = (page: Page) => page.locator('consentry-preferences [part~=heading]').waitFor();

async function customise(page: Page) {
  await page.locator('consentry-banner').getByRole('button', { name: 'Customise cookies' }).focus();
  await page.keyboard.press('Enter');
  await panel(page);
}

test('AT1 AT4 the banner is a named region with a heading, a link and three buttons @chromium', async ({
  page,
  world,
}) => {
  await open(page, world);
  await ready(page);
  const nodes = await tree(page);
  expect(of(nodes, 'region')).toContain('Cookies on this site The Chief Constable of Northmoor Police');
  expect(nodes.find(({ role, name }) => role === 'heading' && name === 'Cookies on this site')?.level).toBe(2);
  expect(of(nodes, 'button')).toEqual(['Accept additional cookies', 'Reject additional cookies', 'Customise cookies']);
  expect(of(nodes, 'link')).toContain('Cookies notice');
  expect(of(nodes, 'dialog')).toEqual([]);
});

test('AT2 the banner takes no focus and says nothing by itself', async ({ page, world }) => {
  world.site.page('/x.html', html({ body: `${BODY}<input id="field" autofocus>` }));
  await page.goto('/x.html');
  await page.locator('consentry-banner [part~=heading]').waitFor();
  await ready(page);
  expect(await focused(page)).toBe('field');
  expect(await page.locator('consentry-banner').locator('[aria-live],[role=alert],[role=status]').count()).toBe(0);
});

test('AT3 Tab leads from the Leave link through the banner into the page, and back', async ({ page, world }) => {
  await open(page, world);
  await ready(page);
  const way = [
    'leave',
    'Cookies notice',
    'Accept additional cookies',
    'Reject additional cookies',
    'Customise cookies',
    'skip',
  ];
  const found = [];
  for (let presses = 0; presses < way.length; presses += 1) {
    await page.keyboard.press('Tab');
    found.push(await focused(page));
  }
  expect(found).toEqual(way);
  for (const each of way.slice(0, -1).reverse()) {
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toBe(each);
  }
});

test('AT5 Accept can have the focus and is disabled in its first half second @chromium', async ({ page, world }) => {
  world.site.page('/x.html', html());
  // Noted as the banner is drawn: half a second is over before a test has looked.
  await page.addInitScript(() => {
    const noted = window as unknown as Record<string, unknown>;
    const poll = () => {
      const accept = document
        .querySelector('consentry-banner')
        ?.shadowRoot?.querySelector<HTMLElement>('[part~=choice]');
      if (!accept) return void requestAnimationFrame(poll);
      accept.focus();
      noted.first = [accept.ariaDisabled, (accept as HTMLButtonElement).disabled, accept.matches(':focus')];
    };
    poll();
  });
  await page.goto('/x.html');
  await expect.poll(() => page.evaluate(() => (window as any).first)).toEqual(['true', false, true]);
  await ready(page);
});

for (const key of ['Enter', 'Space'])
  test(`AT6 after an answer by ${key} the focus is on the confirmation, and Hide comes next`, async ({
    page,
    world,
  }) => {
    await open(page, world);
    await page.locator('consentry-banner').getByRole('button', { name: 'Reject additional cookies' }).focus();
    await page.keyboard.press(key);
    await page.locator('consentry-banner [role=alert]').waitFor();
    expect(await focused(page)).toContain('Your cookie preferences have been saved.');
    expect(await page.locator('[role=alert]').count()).toBe(1);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('cookies page');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Hide');
    await page.keyboard.press(key);
    await expect(page.locator('consentry-banner')).toHaveCount(0);
  });

test('AT7 the focus is on an alert where a choice could not be kept, above the question', async ({ page, world }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.add = function () {
      this.transaction.abort();
      return {} as IDBRequest<IDBValidKey>;
    };
  });
  await open(page, world);
  await ready(page);
  await page.locator('consentry-banner').getByRole('button', { name: 'Accept additional cookies' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('consentry-banner [role=alert]').waitFor();
  expect(await focused(page)).toBe('Sorry, there was a technical problem. Please try again.');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Cookies notice');
});

test('AT8 AT9 AT10 the preferences are a region of groups with radio buttons and disclosures @chromium', async ({
  page,
  world,
}) => {
  await open(page, world);
  await customise(page);
  expect(await focused(page)).toBe('Cookie settings');
  const nodes = await tree(page);
  expect(of(nodes, 'region')).toContain('Cookie settings');
  // Nothing is inert: the page's own heading and the Leave link are still told of.
  expect(of(nodes, 'heading')).toContain('A page');
  expect(of(nodes, 'link')).toContain('Leave this site');
  expect(of(nodes, 'group').filter((name) => /^Do you/.test(name))).toEqual([
    'Do you want to accept preference cookies?',
    'Do you want to accept analytics cookies?',
    'Do you want to accept advertising cookies?',
  ]);
  const radios = nodes.filter(({ role }) => role === 'radio');
  expect(radios.map(({ name }) => name)).toEqual(['Yes', 'No', 'Yes', 'No', 'Yes', 'No']);
  expect(radios.every(({ checked }) => checked === 'false')).toBe(true);
});

test('AT9 arrow keys move between Yes and No, and Tab to the next question', async ({ page, world }) => {
  await open(page, world);
  await customise(page);
  const radio = (index: number) => page.locator('consentry-preferences input[type=radio]').nth(index);
  await radio(0).focus();
  await page.keyboard.press('Space');
  await expect(radio(0)).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(radio(1)).toBeChecked();
  await expect(radio(0)).not.toBeChecked();
  await page.keyboard.press('ArrowUp');
  await expect(radio(0)).toBeChecked();
  for (let presses = 0; presses < 6 && !(await radio(2).evaluate((each) => each.matches(':focus'))); presses += 1) {
    await page.keyboard.press('Tab');
  }
  expect(await radio(2).evaluate((each) => each.matches(':focus'))).toBe(true);
});

for (const key of ['Enter', 'Space'])
  test(`AT10 ${key} opens what a service keeps, a table with headers`, async ({ page, world }) => {
    await open(page, world);
    await customise(page);
    const summary = page.locator('consentry-preferences summary').last();
    await summary.focus();
    await page.keyboard.press(key);
    const table = page.locator('consentry-preferences details[open] table').last();
    await expect(table).toBeVisible();
    await expect(page.locator('consentry-preferences details[open] summary')).toHaveText('Cookies of Films (1)');
    expect(await table.locator('thead th[scope=col]').count()).toBe(4);
    expect(await table.locator('tbody th[scope=row]').count()).toBe(1);
  });

test('AT11 Close gives the focus back to what opened the preferences', async ({ page, world }) => {
  const body = `${BODY}<a id="settings" href="/cookies.html" data-consent-settings>Cookie settings</a>`;
  await open(page, world, { body });
  await page.locator('#settings').focus();
  await page.keyboard.press('Enter');
  await panel(page);
  await page.locator('consentry-preferences').getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('consentry-preferences')).toHaveCount(0);
  expect(await focused(page)).toBe('settings');
  await expect(page.locator('consentry-banner')).toBeVisible();
});

test('AT12 Escape closes the preferences where it does not leave the site', async ({ page, world }) => {
  await open(page, world, { bar: false });
  await customise(page);
  await expect(page.locator('consentry-preferences')).not.toContainText('Escape leaves this site.');
  await page.keyboard.press('Escape');
  await expect(page.locator('consentry-preferences')).toHaveCount(0);
  expect(await focused(page)).toBe('Customise cookies');
});

test('AT12 Escape leaves the site from within the preferences where there is a safety bar, and they say so', async ({
  page,
  world,
}) => {
  await open(page, world);
  await customise(page);
  await expect(page.locator('consentry-preferences')).toContainText('Escape leaves this site.');
  await page.keyboard.press('Escape');
  await world.hit({ host: 'www.bbc.co.uk' });
});

test('AT13 the region says which language it speaks', async ({ page, world }) => {
  await open(page, world, { lang: 'cy' });
  await expect(page.locator('consentry-banner .root')).toHaveAttribute('lang', 'cy');
  await open(page, world, { lang: 'fr' });
  await expect(page.locator('consentry-banner .root')).toHaveAttribute('lang', 'en');
});

test('AT14 the placeholder of a frame is a group of its name, and the focus goes on in the frame', async ({
  page,
  world,
}) => {
  const frame =
    '<iframe title="A film" width="500" height="300" data-consent="marketing" data-service="films" data-src="https://films.example/x"></iframe>';
  world.internet.route('films.example', '/x', (_, res) =>
    res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Film</title><p>Film'),
  );
  await open(page, world, { body: BODY + frame });
  const embed = page.locator('consentry-embed');
  await expect(embed.getByRole('group', { name: 'A film' })).toBeVisible();
  await embed.locator('button[aria-disabled=false]').first().waitFor();
  await embed.getByRole('button', { name: /once/i }).focus();
  await page.keyboard.press('Enter');
  await expect(embed).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('iframe');
});

test('AT15 a message is read where it stands, and its button is named Hide', async ({ page, world }) => {
  await open(page, world, { body: `${BODY}<consentry-message id="m" hidden><p>Read me</p></consentry-message>` });
  const message = page.locator('consentry-message');
  await expect(message.getByRole('button', { name: 'Hide' })).toBeVisible();
  expect(await message.locator('[aria-live],[role=alert],[role=status]').count()).toBe(0);
  await message.getByRole('button', { name: 'Hide' }).focus();
  await page.keyboard.press('Enter');
  await expect(message).toBeHidden();
});
