import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { choose } from './support/choose.mjs';
import { pageOf } from './support/pages.mjs';
import type { World } from './support/start-world.mjs';
import { expect, settle, test } from './support/world.mjs';

const YOUTUBE = 'www.youtube-nocookie.com';
const FILM_URL = `https://${YOUTUBE}/embed/film`;
const services = [{ id: 'youtube', name: 'YouTube', category: 'marketing', hosts: [YOUTUBE] }];
const BOX = 'width="560" height="315"';
const FILM = `<iframe data-consent="marketing" data-service="youtube" data-src="${FILM_URL}" title="A film" ${BOX}></iframe>`;
const COUNTER = `<iframe data-consent="marketing" data-src="https://count.example/1" title="x" width="1" height="1" hidden></iframe>`;

const embedOf = (page: Page) => page.locator('consentry-embed');
const once = (page: Page) => embedOf(page).getByRole('button', { name: 'Show this once' });
const always = (page: Page) => embedOf(page).getByRole('button', { name: 'Always show YouTube' });
const films = (world: World) => world.gatedHits({ host: YOUTUBE }).map(({ path }) => path);
/** Which of our lazy files were asked for. */
const fetched = (world: World) =>
  ['elements', 'embed'].filter((name) => world.hits({ path: new RegExp(`^/dist/${name}-`) }).length);
const receipt = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<any[]>((done, fail) =>
        (window as any).consentry.push((consent: any) => consent.receipt().then(done, fail)),
      ),
  );
const stateOf = (page: Page) =>
  page.evaluate(
    () => new Promise<any>((done) => (window as any).consentry.push((consent: any) => done(consent.state))),
  );
const focused = (page: Page) => page.evaluate(() => document.activeElement?.localName);

/** A page with that body, and the same page for other addresses of the site. */
function serve(world: World, body = FILM, config: object = {}, ...paths: string[]): void {
  for (const path of ['/x.html', ...paths]) world.site.page(path, pageOf({ config: { services, ...config }, body }));
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => (window as any).axe.run('consentry-embed'));
  return violations.map(({ id }: { id: string }) => id);
}

test('G14 asks nobody for a frame before it is shown, and once after', async ({ page, world }) => {
  serve(world);
  await page.goto('/x.html');
  await expect(embedOf(page)).toContainText('Showing this lets YouTube set advertising cookies');
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  expect(world.gatedTunnels()).toEqual([]);

  await once(page).click();
  await expect(embedOf(page)).toHaveCount(0);
  await expect(page.frameLocator('iframe').getByText('Video stand-in')).toBeVisible();
  await settle(page);
  expect(films(world)).toEqual(['/embed/film']);
  expect(await focused(page)).toBe('iframe');
  expect(await receipt(page)).toEqual([]);
  expect((await stateOf(page)).choices).toMatchObject({ marketing: 'unasked', youtube: 'unasked' });

  world.clear();
  await page.reload();
  await expect(embedOf(page)).toBeVisible();
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
});

test('G14 shows a service always from one click on, and nothing else of its category', async ({ page, world }) => {
  serve(world, FILM + COUNTER);
  await page.goto('/x.html');
  await always(page).click();
  await expect(embedOf(page)).toHaveCount(0);
  await expect.poll(() => films(world)).toEqual(['/embed/film']);
  expect(await focused(page)).toBe('iframe');
  await expect(page.locator('consentry-banner')).toBeVisible();
  expect((await stateOf(page)).choices).toMatchObject({ marketing: 'unasked', youtube: 'granted' });
  const records = await receipt(page);
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({ method: 'save', choices: { marketing: 'unasked', youtube: 'granted' } });

  world.clear();
  await page.reload();
  await expect.poll(() => films(world)).toEqual(['/embed/film']);
  await settle(page);
  expect(world.gatedHits().map(({ host }) => host)).toEqual([YOUTUBE]);
  await expect(embedOf(page)).toHaveCount(0);
});

test('G14 is in the preferences what was always to be shown, and is withdrawn there', async ({ page, world }) => {
  serve(world, `${FILM}<a href="/cookies" data-consent-settings>Cookie settings</a>`);
  await page.goto('/x.html');
  await choose(page, 'rejectAll');
  await always(page).click();
  await expect(embedOf(page)).toHaveCount(0);
  await page.getByRole('link', { name: 'Cookie settings' }).click();
  await expect(page.getByRole('checkbox', { name: 'Allow YouTube' })).toBeChecked();
  await page.getByRole('button', { name: 'Withdraw all' }).click();
  await expect(embedOf(page)).toBeVisible();
  await expect(page.locator('iframe')).not.toHaveAttribute('src');
});

test('G14 comes back at a withdrawal, and the frame falls silent', async ({ page, world }) => {
  const ticker = `<!doctype html><script>setInterval(() => fetch('/tick', { method: 'POST' }), 50)</script>`;
  world.internet.route(YOUTUBE, '/embed/film', (_, res) =>
    res.writeHead(200, { 'content-type': 'text/html' }).end(ticker),
  );
  serve(world);
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await page.reload();
  await world.hit({ path: '/tick' });
  expect(await focused(page)).toBe('body');
  await choose(page, 'withdraw');
  await expect(embedOf(page)).toBeVisible();
  await expect(page.locator('iframe')).not.toHaveAttribute('src');
  // What left the frame before it was emptied may still be on its way.
  await settle(page, { quiet: 200 });
  world.clear();
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  await once(page).click();
  await world.hit({ path: '/tick' });
});

test('G14 stands for a live frame of a denied service, and for one that a script adds later', async ({
  page,
  world,
}) => {
  serve(world, '<section></section>');
  await page.goto('/x.html');
  await expect(page.locator('consentry-banner')).toContainText('cookies');
  expect(fetched(world)).toEqual(['elements']);
  await choose(page, 'rejectAll');
  await page.reload();
  await settle(page);
  world.clear();
  await page.reload();
  await settle(page);
  expect(fetched(world)).toEqual([]);

  await page.evaluate((html) => {
    document.querySelector('section')!.innerHTML = html;
  }, `<iframe src="${FILM_URL}" title="A film" ${BOX}></iframe>`);
  await expect(embedOf(page)).toContainText('A film');
  expect(fetched(world)).toEqual(['elements', 'embed']);
  await expect(page.locator('iframe')).not.toHaveAttribute('src');
  world.clear();
  await always(page).click();
  await expect.poll(() => films(world)).toEqual(['/embed/film']);
});

const LATE: Record<string, (html: string) => void> = {
  'in a fragment': (html) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    document.querySelector('section')!.append(template.content.cloneNode(true));
  },
  'that loads lazily': (html) => {
    document
      .querySelector('section')!
      .insertAdjacentHTML('beforeend', html.replace('<iframe', '<iframe loading="lazy"'));
  },
  'that a script makes': () => {
    const frame = Object.assign(document.createElement('iframe'), { title: 'A film', width: '560', height: '315' });
    Object.assign(frame.dataset, {
      consent: 'marketing',
      service: 'youtube',
      src: 'https://www.youtube-nocookie.com/embed/film',
    });
    document.querySelector('section')!.append(frame);
  },
  'in what is shown only later': (html) => {
    const section = document.querySelector('section')!;
    section.style.display = 'none';
    section.innerHTML = html;
    setTimeout(() => (section.style.display = ''), 700);
  },
};
for (const [how, add] of Object.entries(LATE)) {
  test(`G14 stands for a frame ${how} that comes late, though nothing else needed the elements`, async ({
    page,
    world,
  }) => {
    serve(world, '<section></section>');
    await page.goto('/x.html');
    await choose(page, 'rejectAll');
    await page.reload();
    await settle(page);
    world.clear();
    await page.reload();
    await settle(page);
    expect(fetched(world)).toEqual([]);
    await page.evaluate(add, FILM);
    await expect(embedOf(page)).toHaveCount(1, { timeout: 15_000 });
    await expect(embedOf(page)).toContainText('A film');
    expect(world.gatedHits()).toEqual([]);
    await once(page).click();
    await expect.poll(() => films(world)).toEqual(['/embed/film']);
  });
}

test('G14 fetches what makes it only where a frame is held that somebody would see', async ({ page, world }) => {
  serve(world, FILM);
  world.site.page('/counter.html', pageOf({ config: { services }, body: COUNTER }));
  await page.goto('/x.html');
  await choose(page, 'rejectAll');
  await expect(embedOf(page)).toBeVisible();
  const expectFetched = async (path: string, names: string[]) => {
    await settle(page);
    world.clear();
    await page.goto(path);
    await expect.poll(() => fetched(world)).toEqual(names);
    await settle(page);
    expect(fetched(world)).toEqual(names);
  };
  await expectFetched('/counter.html', []);
  await expectFetched('/x.html', ['elements', 'embed']);
  await choose(page, 'acceptAll');
  await expectFetched('/x.html', []);
  await choose(page, 'withdraw');
  await expect(embedOf(page)).toBeVisible();
  expect(fetched(world)).toEqual(['elements', 'embed']);
});

test('G14 leaves the page alone where its file is missing', async ({ page, world }) => {
  const name = readdirSync(new URL('../../dist/', import.meta.url)).find((file) => /^embed-.*\.js$/.test(file));
  world.site.route(`/dist/${name}`, (_, res) => res.writeHead(404).end());
  serve(world, FILM);
  await page.goto('/x.html');
  await world.hit({ path: `/dist/${name}` });
  await expect(page.locator('consentry-banner')).toBeVisible();
  await settle(page);
  await expect(embedOf(page)).toHaveCount(0);
  expect(world.gatedHits()).toEqual([]);
  await page.getByRole('button', { name: 'Accept additional cookies' }).click();
  await expect.poll(() => films(world)).toEqual(['/embed/film']);
});

const PARAGRAPHS = '<p>Before the film.</p>';
for (const [size, viewport] of [
  ['a wide', { width: 1024, height: 768 }],
  ['a narrow', { width: 320, height: 640 }],
] as const) {
  test(`G14 moves nothing on ${size} screen: the placeholder has the frame's box`, async ({ page, world }) => {
    const hack = `<div style="position:relative;padding-top:56.25%"><iframe data-consent="marketing" data-service="youtube"
      data-src="${FILM_URL}" title="A film" style="position:absolute;inset:0;width:100%;height:100%;border:0"></iframe></div>`;
    const style = '<style>.fluid { width: 100%; aspect-ratio: 16 / 9; border: 0 }</style>';
    const fluid = FILM.replace(BOX, 'class="fluid"');
    serve(world, `${style}${PARAGRAPHS}${hack}<p>Between.</p>${fluid}<p>After.</p>`);
    await page.setViewportSize(viewport);
    await page.goto('/x.html');
    await choose(page, 'rejectAll');
    await page.reload();

    const boxes = (selector: string) =>
      page.$$eval(selector, (all) =>
        all.map((each) => {
          const { left, top, width, height } = each.getBoundingClientRect();
          return [left + scrollX, top + scrollY, width, height].map(Math.round);
        }),
      );
    await expect(embedOf(page)).toHaveCount(2);
    await expect(once(page).first()).toBeEnabled();
    const before = { frames: await boxes('consentry-embed'), text: await boxes('main > p') };
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    await choose(page, 'acceptAll');
    await expect(embedOf(page)).toHaveCount(0);
    expect({ frames: await boxes('iframe'), text: await boxes('main > p') }).toEqual(before);
  });
}

test('P2 shifts no layout when a frame is covered and shown @chromium', async ({ page, world }) => {
  serve(world, `${FILM}<p>After.</p>`);
  await page.goto('/x.html');
  await choose(page, 'rejectAll');
  await page.reload();
  await expect(once(page)).toBeEnabled();
  await choose(page, 'acceptAll');
  await expect(embedOf(page)).toHaveCount(0);
  const shift = await page.evaluate(async () => {
    let sum = 0;
    const add = (entries: PerformanceEntryList) => entries.forEach((entry) => (sum += (entry as any).value));
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    await new Promise((done) => setTimeout(done, 200));
    return sum;
  });
  expect(shift).toBeLessThanOrEqual(0.01);
});

test('G12 offers nothing on a sensitive route but a link that says not where from', async ({ page, world }) => {
  const sensitive = [{ path: '/report*', deny: ['marketing'] }];
  serve(world, FILM, { sensitive }, '/report/1.html');
  await page.goto('/report/1.html');
  await choose(page, 'acceptAll');
  await expect(embedOf(page)).toContainText('nothing from YouTube is shown on this page');
  await expect(embedOf(page).getByRole('button')).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await settle(page);
  expect(films(world)).toEqual([]);
  await embedOf(page).getByRole('link', { name: `Open it on youtube-nocookie.com` }).click();
  const hit = await world.hit({ host: YOUTUBE });
  expect(hit.referer).toBe('');
});

test('G12 takes back what it offers when the page goes on to a sensitive route', async ({ page, world }) => {
  serve(world, FILM, { sensitive: [{ path: '/report*', deny: ['marketing'] }] });
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expect.poll(() => films(world)).toEqual(['/embed/film']);
  await page.evaluate(() => history.pushState({}, '', '/report/1.html'));
  await expect(embedOf(page)).toContainText('nothing from YouTube is shown on this page');
  await expect(embedOf(page).getByRole('button')).toHaveCount(0);
});

test('W10 says on a sealed page that a frame can be shown on the next', async ({ page, world }) => {
  serve(world, FILM, { onWithdraw: 'seal' });
  await page.goto('/x.html');
  await choose(page, 'acceptAll');
  await expect.poll(() => films(world)).toEqual(['/embed/film']);
  await choose(page, 'withdraw');
  const embed = embedOf(page);
  await expect(embed).toContainText('this can only be shown from the next page on');
  await expect(once(page)).toHaveCount(0);
  await expect(always(page)).toBeEnabled();
  expect(await violations(page)).toEqual([]);
  world.clear();
  await always(page).click();
  const said = embed.getByRole('alert');
  await expect(said).toContainText('this can only be shown from the next page on');
  await expect(said).toBeFocused();
  await expect(embed.getByRole('button')).toHaveCount(0);
  await settle(page);
  expect(world.gatedHits()).toEqual([]);
  await expect(embed).toBeVisible();
  await page.reload();
  await expect.poll(() => films(world)).toEqual(['/embed/film']);
});

test('H6 covers and shows a frame under a strict policy without a violation', async ({ page, world }) => {
  const policy = `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src 'self'; frame-src ${YOUTUBE};
    require-trusted-types-for 'script'; trusted-types lit-html consentry`.replace(/\s+/g, ' ');
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text());
  });
  const html = pageOf({ sdk: { nonce: 'abc' }, config: { services }, body: FILM });
  world.site.page('/x.html', html, { headers: { 'content-security-policy': policy } });
  await page.goto('/x.html');
  await once(page).click();
  await expect.poll(() => films(world)).toEqual(['/embed/film']);
  expect(said.filter((text) => !text.includes('favicon'))).toEqual([]);
});

test('B7 prints nothing in the place of a frame @chromium', async ({ page, world }) => {
  serve(world);
  await page.goto('/x.html');
  await expect(embedOf(page)).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(embedOf(page)).toBeHidden();
});

test('B7 keeps buttons apart from the paper in forced colours', async ({ page, world }) => {
  serve(world);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/x.html');
  const border = await once(page).evaluate((button) => getComputedStyle(button).borderTopWidth);
  expect(parseFloat(border)).toBeGreaterThanOrEqual(1);
});

test('G14 has its words in Welsh on a Welsh page', async ({ page, world }) => {
  const html = pageOf({ config: { services }, body: FILM }).replace('lang="en"', 'lang="cy"');
  world.site.page('/x.html', html);
  await page.goto('/x.html');
  await expect(embedOf(page).getByRole('button', { name: 'Dangos hwn unwaith' })).toBeVisible();
  await expect(embedOf(page).getByRole('button', { name: 'Dangos YouTube bob amser' })).toBeVisible();
});

test('G14 stands for the film of the demo', async ({ page }) => {
  await page.goto('/recruitment.html');
  await expect(embedOf(page)).toHaveCount(1);
  await expect(embedOf(page)).toContainText('A shift on the moor, a four-minute film');
  await once(page).click();
  await expect(page.frameLocator('.video iframe').getByText('Video stand-in')).toBeVisible();
});
