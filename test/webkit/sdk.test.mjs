import assert from 'node:assert/strict';
import { test } from './support/world.mjs';

/** Presses a button of the banner as a person does: a scripted click may not grant, and no click in the first half second. */
async function press(page, evaluate, name) {
  await evaluate(async (name) => {
    const { shadowRoot } = document.querySelector('consentry-banner');
    const button = [...shadowRoot.querySelectorAll('button')].find(({ textContent }) => textContent.includes(name));
    while (button.ariaDisabled === 'true') await new Promise((done) => setTimeout(done, 50));
  }, name);
  const [x, y] = await evaluate((name) => {
    const { shadowRoot } = document.querySelector('consentry-banner');
    const button = [...shadowRoot.querySelectorAll('button')].find(({ textContent }) => textContent.includes(name));
    button.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = button.getBoundingClientRect();
    return [Math.round(left + width / 2), Math.round(top + height / 2)];
  }, name);
  await page.mouse.click(x, y);
}

const isAsked = () => Boolean(document.querySelector('consentry-banner')?.shadowRoot?.querySelector('button'));
const cookies = () => document.cookie.split('; ').map((pair) => pair.split('=')[0]);

test('T1 nothing reaches a vendor or the device before a choice', async ({ world, open, evaluate, until, settle }) => {
  await open('/recruitment.html');
  await until(isAsked);
  await settle();
  assert.deepEqual(world.gatedHits(), []);
  assert.deepEqual(world.gatedTunnels(), []);
  assert.equal(await evaluate(() => document.cookie), '');
});

test('T3 what a grant starts falls silent with the withdrawal', async ({
  world,
  page,
  open,
  evaluate,
  until,
  settle,
}) => {
  await open('/recruitment.html');
  await until(isAsked);
  await press(page, evaluate, 'Accept');
  for (const host of ['www.google-analytics.com', 'ad.doubleclick.net', 'www.facebook.com']) await world.hit({ host });
  await settle();
  await until(() => document.cookie.includes('_ga'));

  await evaluate(
    () => new Promise((done, fail) => window.consentry.push((consent) => consent.withdraw().then(done, fail))),
  );
  await settle();
  world.clear();
  await evaluate(() => {
    window.gtag('event', 'provoked');
    window.fbq('track', 'Provoked');
  });
  await settle();
  await open('/privacy.html');
  await settle();
  assert.deepEqual(
    world.gatedHits().map(({ url }) => url),
    [],
  );
  assert.deepEqual(await evaluate(cookies), ['consentry']);
});

test('R1a a choice is on the journal, and holds at the next load', async ({ page, open, evaluate, until }) => {
  await open('/recruitment.html');
  await until(isAsked);
  await press(page, evaluate, 'Reject');
  await until(() => document.querySelector('consentry-banner')?.shadowRoot?.textContent.includes('have been saved'));
  await open('/recruitment.html');
  const events = await evaluate(
    () =>
      new Promise((done, fail) =>
        window.consentry.push((consent) =>
          consent.ready.then(() => consent.receipt()).then((records) => done(records.map(({ event }) => event)), fail),
        ),
      ),
  );
  assert.deepEqual(events, ['refused']);
  assert.equal(await evaluate(() => document.querySelector('consentry-banner')), null);
});

test('QE-5 one Escape leaves', async ({ world, page, open, until }) => {
  world.internet.route('www.bbc.co.uk', '/weather', (_request, response) =>
    response.end('<!doctype html><title>Weather</title>'),
  );
  await open('/report.html');
  await until(() => document.querySelector('[data-consentry-exit-hint]')?.hidden === false);
  await page.keyboard.press('Escape');
  const hit = await world.hit({ host: 'www.bbc.co.uk' });
  assert.equal(hit.referer, '');
  await until(() => location.href === 'https://www.bbc.co.uk/weather');
});
