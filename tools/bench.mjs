// npm run bench: what the gate costs, each figure beside its control in the same run. Times are the machine's; ratios count.
import { chromium } from '@playwright/test';
import { pageOf } from '../test/e2e/support/pages.mjs';
import { startWorld } from '../test/e2e/support/start-world.mjs';
import { browsers } from './browsers.mjs';

const ROUNDS = 5;
const HOST = 'tags.example';
const median = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];

const NOTE = 'window.last = performance.now(); window.first ??= last; (window.order ??= []).push(ID);';
const inline = (count) =>
  Array.from(
    { length: count },
    (_, id) => `<script type="text/plain" data-consent="analytics">${NOTE.replace('ID', id)}</script>`,
  ).join('');
const external = (count) =>
  Array.from(
    { length: count },
    (_, id) => `<script type="text/plain" data-consent="analytics" src="https://${HOST}/${id}.js"></script>`,
  ).join('');

/** What a page would do by itself: release every tag in one loop. */
const PLAIN = `<button id="accept">Accept</button><script>
  accept.onclick = () => {
    window.start = performance.now();
    accept.remove();
    for (const held of document.querySelectorAll('script[type="text/plain"]')) {
      const script = document.createElement('script');
      if (held.src) { script.async = false; script.src = held.src; } else script.text = held.text;
      held.replaceWith(script);
    }
  };
</script>`;

const WATCH = `<script>
  window.tasks = []; window.events = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  new PerformanceObserver((list) => events.push(...list.getEntries().filter(({ name }) => name === 'click').map(({ duration }) => duration))).observe({ type: 'event', durationThreshold: 16 });
  addEventListener('click', () => (window.start = performance.now()), true);
</script>`;

/** Releases `count` tags by a click and reads what it cost. */
async function release(page, { tags, count, ours }) {
  world.site.page(
    '/bench.html',
    pageOf({ sdk: ours ? {} : false, first: WATCH, body: tags(count) + (ours ? '' : PLAIN) }),
  );
  await page.goto('/bench.html');
  const accept = ours ? page.getByRole('button', { name: 'Accept additional cookies' }) : page.locator('#accept');
  await accept.click();
  await page.waitForFunction((wanted) => window.order?.length === wanted, count, { timeout: 60_000 });
  await page.waitForTimeout(200);
  const result = await page.evaluate(() => ({
    first: window.first - window.start,
    released: window.last - window.first,
    longest: Math.max(0, ...window.tasks),
    event: Math.max(16, ...window.events),
    isOrdered: window.order.every((id, index) => id === index),
  }));
  return result;
}

/** Adds up what observers cost, ours being the only ones. */
const METER = `<script>
  window.spent = 0;
  const Native = MutationObserver;
  window.MutationObserver = class extends Native {
    constructor(run) {
      super((...args) => { const start = performance.now(); run(...args); spent += performance.now() - start; });
    }
  };
</script>`;

/** Inserts elements that have nothing to do with us. */
async function insert(page, { count, ours }) {
  const sdk = ours ? { 'data-google-analytics': '', 'data-facebook-pixel': '' } : false;
  world.site.page('/bench.html', pageOf({ first: METER, sdk }));
  await page.goto('/bench.html');
  await page.waitForTimeout(300);
  const took = await page.evaluate(async (wanted) => {
    const times = [];
    const own = [];
    for (let round = 0; round < 7; round += 1) {
      const box = document.createElement('div');
      document.body.append(box);
      window.spent = 0;
      const start = performance.now();
      for (let index = 0; index < wanted; index += 1) {
        const item = document.createElement('p');
        item.textContent = 'x';
        box.append(item);
      }
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      times.push(performance.now() - start);
      own.push(window.spent);
      box.remove();
    }
    const middle = (values) => values.sort((one, other) => one - other)[3];
    return { total: middle(times), own: middle(own) };
  }, count);
  return took;
}

/** The first tag of a returning visitor: from the parser's reaching it to its running. */
async function returning(page) {
  const marked = `<script>window.reached = performance.now()</script><script type="text/plain" data-consent="analytics">window.ran = performance.now()</script>`;
  world.site.page('/bench.html', pageOf({ body: marked }));
  await page.goto('/bench.html');
  await page.getByRole('button', { name: 'Accept additional cookies' }).click();
  await page.waitForFunction(() => window.ran);
  const times = [];
  for (let round = 0; round < 20; round += 1) {
    await page.reload();
    await page.waitForFunction(() => window.ran);
    times.push(await page.evaluate(() => window.ran - window.reached));
  }
  return median(times);
}

const { channel, ...launch } = browsers().chromium;
const browser = await chromium.launch({ channel, ...launch, proxy: { server: 'http://127.0.0.1:9' } });
const world = await startWorld();
for (let id = 0; id < 2000; id += 1) {
  world.internet.route(HOST, `/${id}.js`, (_, res) =>
    res.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' }).end(NOTE.replace('ID', id)),
  );
}
/** A visitor's first page, for `visit`. */
async function asVisitor(visit) {
  const context = await browser.newContext({
    baseURL: world.origin,
    ignoreHTTPSErrors: true,
    proxy: { server: world.proxy },
  });
  try {
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}
const ms = (value) => `${value.toFixed(1)} ms`;

async function compare(title, tags, count) {
  const runs = { ours: [], plain: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ['ours', 'plain']) {
      runs[name].push(await asVisitor((page) => release(page, { tags, count, ours: name === 'ours' })));
    }
  }
  const of = (name, key) => median(runs[name].map((run) => run[key]));
  const ratio = of('ours', 'released') / of('plain', 'released');
  console.log(
    `P4 ${title}: first tag ${ms(of('ours', 'first'))} after the click (plain ${ms(of('plain', 'first'))}); first to last ` +
      `${ms(of('ours', 'released'))}, plain loop ${ms(of('plain', 'released'))}, ratio ${ratio.toFixed(2)}; ` +
      `click ${ms(of('ours', 'event'))} (plain ${ms(of('plain', 'event'))}); ` +
      `longest task ${ms(of('ours', 'longest'))} (plain ${ms(of('plain', 'longest'))}); ` +
      `in document order: ${runs.ours.every(({ isOrdered }) => isOrdered)}`,
  );
  return of('ours', 'released');
}

try {
  const hundred = await compare('100 inline tags', inline, 100);
  const thousand = await compare('1,000 inline tags', inline, 1000);
  console.log(`P4 1,000 tags cost ${(thousand / hundred).toFixed(1)} × 100 tags`);
  await compare('2,000 inline tags', inline, 2000);
  await compare('1,000 external tags', external, 1000);
  for (const count of [1000, 20_000]) {
    const ours = [];
    const plain = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await asVisitor((page) => insert(page, { count, ours: true })));
      plain.push(await asVisitor((page) => insert(page, { count, ours: false })));
    }
    const of = (runs, key) => median(runs.map((run) => run[key]));
    const [one, other, own] = [of(ours, 'total'), of(plain, 'total'), of(ours, 'own')];
    console.log(
      `P4, H10 ${count} insertions: ${ms(one)}, without us ${ms(other)}, ratio ${(one / other).toFixed(2)}; ` +
        `our observer ${ms(own)}, ${((100 * own) / other).toFixed(1)} %`,
    );
  }
  console.log(`P6 a returning visitor's first tag runs ${ms(await asVisitor(returning))} after the parser reached it`);
} finally {
  await browser.close();
  world.stop();
}
