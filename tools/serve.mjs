// The demo's server: node tools/serve.mjs [port]. Built-in modules only, this machine only, nothing fetched.
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isVendorAddress, vendorAnswer } from './vendors.mjs';

const DEMO = fileURLToPath(new URL('../demo/', import.meta.url));
const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
};

// Chromium, Firefox and Safari refuse to open these, whoever listens.
const UNSAFE_PORTS = [4190, 5060, 5061, 6000, 6566];
const KEPT_HITS = 500;

const text = (status, body) => ({ status, headers: { 'content-type': TYPES['.txt'] }, body });
const json = (value) => ({ status: 200, headers: { 'content-type': TYPES['.json'] }, body: JSON.stringify(value) });

/** The file behind a path of the site; undefined for every path that is not one of ours. */
function fileFor(pathname) {
  let path;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  // After decoding: no parent folders, no hidden files, no NUL, no Windows separators.
  if (/[\0\\:]/.test(path) || path.split('/').some((part) => part.startsWith('.'))) return undefined;
  return path.startsWith('/dist/') ? join(DIST, path.slice('/dist/'.length)) : join(DEMO, path.slice(1));
}

/** The site's answer to one path, exactly as the files are: what a force's own web server would send. */
export async function siteAnswer(pathname) {
  let file = fileFor(pathname);
  if (!file) return text(404, 'Not found');
  try {
    if ((await stat(file)).isDirectory()) {
      if (!pathname.endsWith('/')) return { status: 301, headers: { location: `${pathname}/` }, body: '' };
      file = join(file, 'index.html');
    }
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    return { status: 200, headers: { 'content-type': type }, body: await readFile(file) };
  } catch {
    return text(404, 'Not found');
  }
}

const vendorPath = (address) => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && isVendorAddress(url) ? address.replace('https://', '/vendor/') : address;
};

/** Vendor addresses in a page or frame, pointed at the stand-ins. */
const withStandIns = (html) => html.replace(/https:\/\/[\w.-]+[^\s"'<>]*/g, vendorPath);

const SDK_TAG = /<script\b(?=[^>]*\ssrc="\/dist\/consentry\.js")/;
const SDK_SOURCES = [
  'data-google-analytics-src="/vendor/www.googletagmanager.com/gtag/js"',
  'data-doubleclick-src="/vendor/www.googletagmanager.com/gtag/js"',
  'data-facebook-pixel-src="/vendor/connect.facebook.net/en_US/fbevents.js"',
].join(' ');
const LOG_PANEL = '<link rel="stylesheet" href="/log.css"><script type="module" src="/log.js"></script>';

/** A page of the site as the demo shows it: the vendors' libraries next door, and the log in the corner. */
const asDemo = (html) =>
  withStandIns(html).replace(SDK_TAG, `$& ${SDK_SOURCES}`).replace('</body>', `${LOG_PANEL}</body>`);

const cookieNames = (reply) => [reply.headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split('=')[0]);

/** What reached the vendors, oldest first. */
function createHitLog() {
  let hits = [];
  let count = 0;
  return {
    add(hit) {
      count += 1;
      hits = [...hits, { n: count, time: new Date().toISOString(), ...hit }].slice(-KEPT_HITS);
    },
    since: (n) => hits.filter((hit) => hit.n > n),
    clear() {
      hits = [];
    },
  };
}

function answerVendor(url, method, log) {
  const [, , host, ...rest] = url.pathname.split('/');
  const address = `https://${host}/${rest.join('/')}${url.search}`;
  const reply =
    (URL.canParse(address) && vendorAnswer(new URL(address), method)) || text(404, 'No stand-in for this address');
  const query = Object.fromEntries([...url.searchParams].map(([key, value]) => [key, value.slice(0, 160)]));
  // A browser refuses a cookie for a host that did not answer; the log says what the real vendor would have set.
  log.add({ host, path: `/${rest.join('/')}`, method, query, thirdPartyCookies: cookieNames(reply) });
  if (!String(reply.headers['content-type']).startsWith('text/html')) return reply;
  return { ...reply, body: withStandIns(String(reply.body)) };
}

function answerLog(url, method, log) {
  if (method === 'DELETE') {
    log.clear();
    return { status: 204, headers: {}, body: '' };
  }
  return json(log.since(Number(url.searchParams.get('since')) || 0));
}

async function answer(url, method, log) {
  if (url.pathname === '/vendor-log') return answerLog(url, method, log);
  if (url.pathname.startsWith('/vendor/')) return answerVendor(url, method, log);
  // A form of the demo keeps nothing: it comes back to its page, to the paragraph that says so.
  if (method === 'POST') return { status: 303, headers: { location: `${url.pathname}#received` }, body: '' };
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: { allow: 'GET, HEAD, POST' }, body: '' };
  const reply = await siteAnswer(url.pathname);
  if (reply.headers['content-type'] !== TYPES['.html']) return reply;
  return { ...reply, body: asDemo(String(reply.body)) };
}

/** The demo site, its vendor stand-ins and their log, not yet listening. */
export function createDemoServer() {
  const log = createHitLog();
  return createServer(async (request, response) => {
    request.resume();
    // An address like "//x" is a path here, not another host.
    const url = new URL(`http://localhost/${(request.url ?? '/').replace(/^\/+/, '')}`);
    const reply = await answer(url, request.method ?? 'GET', log);
    response.writeHead(reply.status, {
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      ...reply.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : reply.body);
  });
}

const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(`http://127.0.0.1:${port}/`);
    });
  });

/** Starts the demo on the given port, or on the next free one; resolves to its address. */
export async function startDemo(port = 4173) {
  if (UNSAFE_PORTS.includes(port)) return startDemo(port + 1);
  try {
    return await listen(createDemoServer(), port);
  } catch (error) {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    return startDemo(port + 1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const port = Number(process.argv[2]);
  // Whoever names a port waits for it there; nobody is served elsewhere in silence.
  console.log(port ? await listen(createDemoServer(), port) : await startDemo());
}
