import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { findMiniBrowser, findWebKitDriver } from './webkit-driver.mjs';

/** The engines the tests drive, by the name shown to people. */
export const ENGINES = { chromium: 'Chrome or Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };

const CHROME = {
  commands: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'],
};
const FIREFOX = {
  commands: ['firefox-esr', 'firefox'],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: ['Mozilla Firefox\\firefox.exe'],
};

function candidates({ commands, darwin, win32 }) {
  if (process.platform === 'darwin') return darwin;
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return roots.filter(Boolean).flatMap((root) => win32.map((path) => join(root, path)));
  }
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/snap/bin').filter(Boolean);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/** The Chromium that `npx playwright install chromium` leaves in Playwright's own folder. */
function ownChromium() {
  try {
    const path = createRequire(import.meta.url)('playwright').chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined; // the dependencies are not installed yet
  }
}

// Ubuntu's chromium-browser exists without snapd and only prints how to get one.
const starts = (path) => spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
// On Windows --version opens a window instead of printing.
const works = (path) => existsSync(path) && (process.platform === 'win32' || starts(path));

function locate(named, places) {
  // A path that is set and wrong must not be hidden by another browser.
  if (named) return works(named) ? named : undefined;
  return candidates(places).find(works);
}

/** Playwright launch options for the browsers on this machine; an engine that is missing is undefined. */
export function browsers() {
  const { CHROME_PATH, FIREFOX_PATH } = process.env;
  const chrome = locate(CHROME_PATH, CHROME) ?? (CHROME_PATH ? undefined : ownChromium());
  const firefox = locate(FIREFOX_PATH, FIREFOX);
  const root = process.getuid?.() === 0;
  return {
    chromium: chrome && {
      executablePath: chrome,
      args: [
        '--disable-dev-shm-usage',
        // A context that ignores certificate errors does so for its pages only: a beacon sent while a page is left
        // outlives the page and is dropped.
        '--ignore-certificate-errors',
        ...(root || process.env.CI ? ['--no-sandbox'] : []),
      ],
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    },
    // Firefox as Debian ships it, driven over WebDriver BiDi
    firefox: firefox && { executablePath: firefox, channel: 'moz-firefox' },
    webkit: findWebKitDriver() && findMiniBrowser() ? {} : undefined,
  };
}
