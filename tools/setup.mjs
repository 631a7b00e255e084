// What a fresh clone needs before anything else can run. Node's own modules only.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { browsers, ENGINES } from './browsers.mjs';
import { findNginx } from './nginx.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command in the repository with its output shown; true when it ended well. */
function run(command, ...args) {
  console.log(`$ ${[command, ...args].join(' ')}`);
  // npm and npx are scripts on Windows, which only a shell can start.
  const shell = process.platform === 'win32';
  const { status } = spawnSync(command, args, { cwd: root, shell, stdio: ['ignore', 'inherit', 'inherit'] });
  return status === 0;
}

const packages = (path) => JSON.parse(readFileSync(new URL(path, new URL('..', import.meta.url)), 'utf8')).packages;

/** Whether node_modules holds what the lock file asks for; times of files say nothing after a checkout. */
function dependenciesStand() {
  let installed;
  try {
    installed = packages('node_modules/.package-lock.json');
  } catch {
    return false;
  }
  return Object.entries(packages('package-lock.json')).every(([path, { version, optional, devOptional }]) => {
    if (!path || optional || devOptional) return true;
    return installed[path]?.version === version;
  });
}

/** Installs the locked dependencies where they are missing or others; throws when that fails. */
export function ensureDependencies() {
  if (dependenciesStand()) return;
  if (!run('npm', 'ci', '--include=dev', '--no-audit', '--no-fund')) throw new Error('npm ci failed');
}

const hasApt = () => spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
const aptInstall = (...names) => hasApt() && run('sh', 'tools/install-browsers.sh', ...names);

const ADVICE = {
  chromium: 'Install Chrome or Chromium, or set CHROME_PATH to it.',
  firefox: 'Install Firefox, or set FIREFOX_PATH to it.',
  webkit: 'On Debian, `npm run browsers` installs it.',
};

const lacking = () => {
  const found = browsers();
  return Object.keys(ENGINES).filter((name) => !found[name]);
};

/**
 * Installs the browsers that have to be there: Chromium, or with `all` every engine. Returns a sentence of advice for
 * each engine that is still missing.
 */
export function ensureBrowsers({ all = false } = {}) {
  let missing = lacking();
  const attempt = (install) => {
    install();
    missing = lacking();
  };
  if (all && missing.length) attempt(() => aptInstall());
  if (missing.includes('chromium')) attempt(() => aptInstall('chromium'));
  // Ubuntu's chromium needs snapd, so what counts is whether there is a browser now.
  if (missing.includes('chromium')) attempt(() => run('npx', 'playwright', 'install', 'chromium'));
  return Object.fromEntries(missing.map((name) => [name, `${ENGINES[name]} is missing. ${ADVICE[name]}`]));
}

/**
 * Installs nginx, which the server recipe is tested with, where `all` is asked for: Debian's starts at once, which is
 * nothing to do to a developer's machine. Returns a sentence of advice when it is missing.
 */
export function ensureNginx({ all = false } = {}) {
  if (all && !findNginx()) aptInstall('nginx');
  return findNginx() ? undefined : 'nginx is missing. Install it, or set NGINX_PATH to it.';
}
