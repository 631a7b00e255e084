// npm run demo: on a fresh clone this is all there is to do. It needs the network for the dependencies only.
import { spawnSync } from 'node:child_process';
import { startDemo } from './serve.mjs';
import { ensureDependencies } from './setup.mjs';

await ensureDependencies();

const build = spawnSync('npm', ['run', '--silent', 'build'], {
  cwd: new URL('..', import.meta.url),
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (build.status !== 0) {
  console.error('The build failed, so there is nothing to show yet. The reason is above.');
  process.exit(build.status ?? 1);
}

const address = await startDemo(Number(process.env.PORT) || undefined);
console.log(`
  The demo force site is running:

    ${address}

  Home, recruitment, cookies, privacy, report and the held snippets are in its menus.
  The box at the bottom left lists every request that reaches a vendor, and every cookie.
  Press Ctrl+C to stop.
`);
