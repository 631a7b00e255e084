// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browsers } from '../../../tools/browsers.mjs';

/**
 * Opens an address in a Chromium that nobody drives: one with a debugger attached prerenders nothing. What its pages do is
 * seen by what they ask the world for. Returns what closes it.
 */
export async function openUndriven(/** @type {{ proxy: string }} */ { proxy }, /** @type {string} */ address) {
  const { executablePath, args } = /** @type {{ executablePath: string, args: string[] }} */ (browsers().chromium);
  const folder = await mkdtemp(join(tmpdir(), 'consentry-undriven-'));
  const browser = spawn(
    executablePath,
    [
      ...args,
      '--headless=new',
      `--proxy-server=${proxy}`,
      `--user-data-dir=${folder}`,
      '--no-first-run',
      '--disable-component-update',
      address,
    ],
    { stdio: 'ignore' },
  );
  return async () => {
    const gone = once(browser, 'exit');
    browser.kill('SIGKILL');
    await gone;
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}
