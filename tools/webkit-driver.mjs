// A small WebDriver client for the WebKitGTK that Debian ships (package webkit2gtk-driver).
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, mkdtempSync, mkdirSync, writeFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Insert: '\uE016',
  Delete: '\uE017',
  Meta: '\uE03D',
  Space: ' ',
};
const key = (name) => KEYS[name] ?? name;
const BUTTON = { left: 0, middle: 1, right: 2 };

export function findMiniBrowser() {
  if (process.env.WEBKIT_MINIBROWSER) return process.env.WEBKIT_MINIBROWSER;
  for (const base of ['/usr/lib', '/usr/libexec']) {
    if (!existsSync(base)) continue;
    for (const arch of ['.', ...readdirSync(base).filter((d) => d.includes('-linux-gnu'))]) {
      for (const api of ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0']) {
        const path = join(base, arch, api, 'MiniBrowser');
        if (existsSync(path)) return path;
      }
    }
  }
  return undefined;
}

const onPath = (command) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find(existsSync);

/** The driver, where there is a screen to run its browser on. */
export function findWebKitDriver() {
  return process.env.DISPLAY || onPath('Xvfb') ? onPath('WebKitWebDriver') : undefined;
}

const freePort = () =>
  new Promise((done, fail) => {
    const s = createServer().once('error', fail);
    s.listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => done(port));
    });
  });

/** Starts an X server without a screen on a free display; resolves to { display, stop }. */
export function startXvfb(size = '1400x1400x24') {
  return new Promise((done, fail) => {
    const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`Xvfb ended with ${code}`)));
    let text = '';
    child.stdio[3].on('data', (d) => {
      text += d;
      if (text.endsWith('\n')) done({ display: `:${text.trim()}`, stop: () => child.kill() });
    });
  });
}

export class WebKitDriver {
  /** @param {{ reducedMotion?: boolean, dark?: boolean, proxy?: object, acceptInsecureCerts?: boolean, args?: string[] }} options */
  static async launch(options = {}) {
    const binary = findMiniBrowser();
    if (!binary) throw new Error('MiniBrowser not found: apt-get install webkit2gtk-driver libwebkit2gtk-4.1-0 xvfb');
    const self = new WebKitDriver();
    self.home = mkdtempSync(join(tmpdir(), 'webkit-'));
    mkdirSync(join(self.home, 'gtk-3.0'));
    writeFileSync(
      join(self.home, 'gtk-3.0', 'settings.ini'),
      `[Settings]\ngtk-enable-animations=${options.reducedMotion ? 0 : 1}\n`,
    );
    if (!process.env.DISPLAY) self.x = await startXvfb();
    const port = await freePort();
    self.child = spawn('WebKitWebDriver', [`--port=${port}`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: self.x?.display ?? process.env.DISPLAY,
        ...(options.dark ? { GTK_THEME: 'Adwaita:dark' } : {}),
        XDG_CONFIG_HOME: self.home,
        XDG_CACHE_HOME: self.home,
        XDG_DATA_HOME: self.home,
        GDK_BACKEND: 'x11',
        LIBGL_ALWAYS_SOFTWARE: '1',
        // Its cache is written while the browser ends, into a folder that is being removed.
        MESA_SHADER_CACHE_DISABLE: 'true',
        NO_AT_BRIDGE: '1', // never WEBKIT_DISABLE_DMABUF_RENDERER: screenshots then hang
      },
    });
    self.kill = () => {
      self.child.kill();
      self.x?.stop();
    };
    process.once('exit', self.kill);
    self.base = `http://127.0.0.1:${port}`;
    for (let i = 0; ; i++) {
      try {
        await self.#send('GET', '/status');
        break;
      } catch (e) {
        if (i > 100) throw e;
        await new Promise((r) => setTimeout(r, 50));
      }
    }
    const { sessionId, capabilities } = await self.#send('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          ...(options.acceptInsecureCerts ? { acceptInsecureCerts: true } : {}),
          ...(options.proxy ? { proxy: { proxyType: 'manual', ...options.proxy } } : {}),
          'webkitgtk:browserOptions': { binary, args: ['--automation', ...(options.args ?? [])] },
        },
      },
    });
    self.session = `/session/${sessionId}`;
    self.version = capabilities.browserVersion;
    await self.#send('POST', `${self.session}/timeouts`, { script: 120_000, pageLoad: 60_000 });
    return self;
  }

  async #send(method, path, body) {
    const res = await fetch(this.base + path, {
      method,
      // Longer than the driver's own limits for scripts and page loads, for a driver that has died.
      signal: AbortSignal.timeout(150_000),
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const { value } = await res.json();
    if (!res.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }
  call(method, path, body) {
    return this.#send(method, this.session + path, body);
  }

  goto(url) {
    return this.call('POST', '/url', { url });
  }
  url() {
    return this.call('GET', '/url');
  }
  back() {
    return this.call('POST', '/back', {});
  }
  evaluate(script, ...args) {
    return this.call('POST', '/execute/sync', { script, args });
  }
  evaluateAsync(script, ...args) {
    return this.call('POST', '/execute/async', { script, args });
  }
  cookies() {
    return this.call('GET', '/cookie');
  }
  clearCookies() {
    return this.call('DELETE', '/cookie');
  }
  async screenshot() {
    return Buffer.from(await this.call('GET', '/screenshot'), 'base64');
  }

  #keys(actions) {
    return this.call('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }
  #pointer(actions) {
    return this.call('POST', '/actions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
    });
  }

  keyboard = {
    type: (text) =>
      this.#keys(
        [...text].flatMap((c) => [
          { type: 'keyDown', value: c },
          { type: 'keyUp', value: c },
        ]),
      ),
    /** 'Tab', 'a' or a chord such as 'Shift+Tab' */
    press: (chord) => {
      const parts = (chord === '+' ? ['+'] : chord.split('+')).map(key);
      return this.#keys([
        ...parts.map((value) => ({ type: 'keyDown', value })),
        ...parts.reverse().map((value) => ({ type: 'keyUp', value })),
      ]);
    },
    down: (k) => this.#keys([{ type: 'keyDown', value: key(k) }]),
    up: (k) => this.#keys([{ type: 'keyUp', value: key(k) }]),
  };

  mouse = {
    move: (x, y) => this.#pointer([{ type: 'pointerMove', duration: 0, x, y }]),
    down: ({ button = 'left' } = {}) => this.#pointer([{ type: 'pointerDown', button: BUTTON[button] }]),
    up: ({ button = 'left' } = {}) => this.#pointer([{ type: 'pointerUp', button: BUTTON[button] }]),
    click: (x, y, { button = 'left' } = {}) =>
      this.#pointer([
        { type: 'pointerMove', duration: 0, x, y },
        { type: 'pointerDown', button: BUTTON[button] },
        { type: 'pointerUp', button: BUTTON[button] },
      ]),
  };

  async setViewportSize({ width, height }) {
    for (let i = 0; i < 4; i++) {
      const [w, h, ow, oh] = await this.evaluate('return [innerWidth, innerHeight, outerWidth, outerHeight]');
      if (w === width && h === height) return;
      await this.call('POST', '/window/rect', { x: 0, y: 0, width: ow + width - w, height: oh + height - h });
      await new Promise((r) => setTimeout(r, 100));
    }
    const [w, h] = await this.evaluate('return [innerWidth, innerHeight]');
    if (w !== width || h !== height) throw new Error(`the window can only be ${w}x${h}`);
  }
  async emulateMedia() {
    throw new Error('WebKitGTK cannot change media features while it runs: launch with { reducedMotion, dark }');
  }

  async close() {
    await this.#send('DELETE', this.session).catch(() => {});
    process.off('exit', this.kill);
    this.kill();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
  }
}
