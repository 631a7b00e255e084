import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const windows = process.platform === 'win32';
const GRACE = 10_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Sends a signal to the group a child leads; false when nobody is left in it. */
function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Ends a child and all it started. */
async function end(child) {
  if (windows) return void spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
  // The runners are asked first: they close the browsers, which lead groups of their own. npm itself goes at once,
  // so what counts is the group.
  const last = performance.now() + GRACE;
  signalGroup(child, 'SIGTERM');
  while (signalGroup(child, 0) && performance.now() < last) await sleep(100);
  signalGroup(child, 'SIGKILL');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, async () => {
    await Promise.all([...running].map(end));
    process.exit(130);
  });
}

/**
 * Runs an npm script with its output shown, and ends it with all it started after `limit` ms. Resolves to why it
 * failed, or to undefined.
 * @returns {Promise<string | undefined>}
 */
export function runScript(name, limit) {
  return new Promise((done) => {
    const child = spawn('npm', ['run', '--silent', name], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: !windows,
      shell: windows,
    });
    running.add(child);
    let ending;
    const timer = setTimeout(() => {
      ending = end(child);
    }, limit);
    const finish = (reason) => {
      clearTimeout(timer);
      running.delete(child);
      done(reason);
    };
    child.once('error', (fault) => finish(String(fault)));
    child.once('exit', async (code, signal) => {
      await ending;
      if (ending) return finish(`took longer than ${limit / 60_000} minutes`);
      return finish(code === 0 ? undefined : `ended with ${signal ?? code}`);
    });
  });
}
