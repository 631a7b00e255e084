import assert from 'node:assert/strict';
import { forcePage } from '../e2e/support/force-page.mjs';
import { javascript } from '../e2e/support/scripts.mjs';
import { test } from './support/world.mjs';

const TRACKER = 'tracker.example';
const SISTER = 'https://report.force.police.uk/sister.html';
const config = {
  cookieDomain: 'force.police.uk',
  services: [{ id: 'tracker', name: 'Tracker', category: 'analytics', hosts: [TRACKER] }],
};

/** A tracker that begins to report, every 5 ms, when its page comes back: nothing of it is earlier than `pageshow`. */
const TICKER = `
  window.tries = 0;
  addEventListener('pagehide', () => (window.isArmed = true));
  setInterval(() => {
    if (!window.isArmed) return;
    window.tries++;
    new Image().src = 'https://${TRACKER}/tick?' + window.tries;
  }, 5);`;
const SHOWN = `<script>window.shown = []; addEventListener('pageshow', ({ persisted }) => shown.push(persisted));</script>`;

/** Calls a method of the page's consent and waits for what it promises. */
const call = (name) =>
  new Promise((done, fail) => window.consentry.push((consent) => consent[name]().then(() => done(), fail)));

/** A page whose tracker runs, left for another host of the force. */
async function leave({ world, open, evaluate, until, settle }) {
  world.internet.route(TRACKER, '/ticker.js', javascript(TICKER));
  world.site.page('/sister.html', forcePage({ config, body: '' }));
  world.site.page(
    '/ticking.html',
    forcePage({
      config,
      head: SHOWN,
      body: `<script type="text/plain" data-consent="analytics" src="https://${TRACKER}/ticker.js"></script>`,
    }),
  );
  await open('/ticking.html');
  await evaluate(call, 'acceptAll');
  await until(() => window.tries === 0);
  await settle();
  await open(SISTER);
  await until(() => window.consentry?.report);
}

/** Goes back to it, out of the browser's cache of whole pages. */
async function restore({ page, until }) {
  await page.back();
  await until(() => window.shown?.join() === 'false,true');
}

test('G9 control: a page that Back restores goes on where nothing was withdrawn', async (visit) => {
  await leave(visit);
  await restore(visit);
  await visit.world.hit({ host: TRACKER, path: '/tick' });
});

test('G9 reads the stored choice again before anything of a restored page runs', async (visit) => {
  const { world, evaluate, until, settle } = visit;
  await leave(visit);
  await evaluate(call, 'withdraw');
  await settle();
  world.clear();
  await restore(visit);
  await until(() => window.tries > 50);
  await settle();
  assert.deepEqual(
    world.gatedHits().map(({ url }) => url),
    [],
  );
});
