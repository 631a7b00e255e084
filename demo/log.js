// The demo's own log panel: what reached the vendors, and what this browser keeps. Added by the demo server only.

const POLL = 1000;
const SHOWN = 40;
const OPEN_KEY = 'demo-log';

const VENDORS = [
  [/youtube/, 'YouTube'],
  [/facebook/, 'Facebook'],
  [/doubleclick|googleadservices|googlesyndication/, 'DoubleClick and Google Ads'],
  [/google-analytics|analytics\.google/, 'Google Analytics'],
  [/googletagmanager/, 'Google tag (library)'],
];
const vendorOf = (host) => VENDORS.find(([pattern]) => pattern.test(host))?.[1] ?? host;

const element = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

const count = element('output', { ariaLabel: 'Requests to vendors' }, '0');
const hitList = element('div');
const cookieList = element('ul', { className: 'vendor-log-names' });
const panel = element('details', { className: 'vendor-log' });
const region = element('aside', { ariaLabel: 'Vendor log, part of the demo' }, panel);

const forget = element('button', { type: 'button' }, 'Start again as a new visitor');
const clear = element('button', { type: 'button' }, 'Clear the log');

panel.append(
  element('summary', {}, 'Vendor log ', count),
  element(
    'div',
    { className: 'vendor-log-body', tabIndex: 0 },
    element('h2', {}, 'Kept in this browser'),
    cookieList,
    hitList,
    element('div', { className: 'vendor-log-actions' }, clear, forget),
  ),
);

let hits = [];
let seen = 0;

const identity = ({ path, query }) =>
  query.tid ?? query.id ?? path.match(/src=(\w+)/)?.[1] ?? path.split('/').at(-2) ?? '';
const says = (hit) => hit.query.en ?? hit.query.ev ?? hit.query.e ?? '';

/** The page a hit speaks of: an engagement hit arrives when its page is already gone. */
const pageOf = ({ query }) => (URL.canParse(query.dl) ? new URL(query.dl).pathname : '');

function hitLine(hit) {
  const short = hit.path.length > 44 ? `${hit.path.slice(0, 44)}…` : hit.path;
  const line = element(
    'li',
    {},
    element('time', { dateTime: hit.time }, new Date(hit.time).toLocaleTimeString('en-GB')),
    ' ',
    element('b', {}, says(hit)),
    ` ${identity(hit)} `,
    element('code', {}, hit.host + short),
  );
  const page = pageOf(hit);
  const asides = [
    page && `about ${page}`,
    hit.thirdPartyCookies.length > 0 && `the real host would set ${hit.thirdPartyCookies.join(', ')}`,
  ].filter(Boolean);
  if (asides.length > 0) line.append(element('span', { className: 'aside' }, asides.join('; ')));
  return line;
}

function drawHits() {
  count.textContent = String(hits.length);
  count.dataset.hits = hits.length > 0 ? 'some' : 'none';
  if (hits.length === 0) {
    hitList.replaceChildren(element('h2', {}, 'Sent to vendors'), element('p', {}, 'Nothing.'));
    return;
  }
  const recent = hits.slice(-SHOWN).reverse();
  const vendors = [...new Set(recent.map((hit) => vendorOf(hit.host)))];
  hitList.replaceChildren(
    ...vendors.flatMap((vendor) => {
      const own = recent.filter((hit) => vendorOf(hit.host) === vendor);
      return [element('h2', {}, `${vendor} (${own.length})`), element('ul', {}, ...own.map(hitLine))];
    }),
  );
}

function storedNames() {
  const cookies = document.cookie
    .split('; ')
    .filter(Boolean)
    .map((pair) => ['Cookie', ...pair.split(/=(.*)/s)]);
  const storage = (label, area) => Object.keys(area).map((key) => [label, key, area.getItem(key)]);
  try {
    return [...cookies, ...storage('Local storage', localStorage), ...storage('Session storage', sessionStorage)];
  } catch {
    return cookies;
  }
}

function drawCookies() {
  const names = storedNames().filter(([, name]) => name !== OPEN_KEY);
  if (names.length === 0) {
    cookieList.replaceChildren(element('li', {}, 'Nothing.'));
    return;
  }
  cookieList.replaceChildren(
    ...names.map(([kind, name, value = '']) => element('li', { title: `${kind}: ${value.slice(0, 200)}` }, name)),
  );
}

/** On a phone the safety bar stands at the bottom; the log stands on it, never over it. */
function standClear() {
  const bar = document.querySelector('[data-consentry-exit-bar]');
  if (!bar) return;
  barSize.observe(bar);
  const { top, bottom, height } = bar.getBoundingClientRect();
  const atBottom = top > innerHeight / 2 && Math.abs(bottom - innerHeight) < 2;
  region.style.setProperty('--vendor-log-floor', `${atBottom ? height : 0}px`);
}
const barSize = new ResizeObserver(standClear);

let drawn = '';
async function poll() {
  if (document.hidden) return;
  standClear();
  try {
    const fresh = await (await fetch(`/vendor-log?since=${seen}`)).json();
    if (fresh.length > 0) {
      hits = [...hits, ...fresh];
      seen = fresh.at(-1).n;
      drawHits();
    }
  } catch {
    // The server was stopped: the page stays as it is.
  }
  const now = JSON.stringify(storedNames());
  if (now === drawn) return;
  drawn = now;
  drawCookies();
}

clear.addEventListener('click', async () => {
  await fetch('/vendor-log', { method: 'DELETE' });
  hits = [];
  drawHits();
});

forget.addEventListener('click', async () => {
  for (const pair of document.cookie.split('; ')) document.cookie = `${pair.split('=')[0]}=; path=/; max-age=0`;
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of (await indexedDB.databases?.()) ?? []) indexedDB.deleteDatabase(name);
  await fetch('/vendor-log', { method: 'DELETE' });
  location.reload();
});

panel.addEventListener('toggle', () => {
  try {
    sessionStorage.setItem(OPEN_KEY, panel.open ? 'open' : 'closed');
  } catch {
    // Storage refused: the panel forgets how it stood.
  }
});

/** Open where there is room for it, closed on a phone, and as it was left on the next page. */
function remembered() {
  try {
    return sessionStorage.getItem(OPEN_KEY);
  } catch {
    return null;
  }
}
panel.open = remembered() ? remembered() === 'open' : matchMedia('(min-width: 90em)').matches;

drawHits();
document.body.append(region);
poll();
setInterval(poll, POLL);
addEventListener('resize', standClear);
