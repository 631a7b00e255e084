import { beforeEach, expect, test } from 'vitest';
import { DAY, type Decision } from '../../src/core/choices.js';
import { type Config, readConfig } from '../../src/core/config.js';
import type { Desk } from '../../src/core/consent.js';
import { randomId } from '../../src/core/record.js';
import { installCookieJar } from './support/cookie-jar.js';

// Our own code takes the accessor when it is loaded, so the jar has to be in place before.
const jar = installCookieJar();
const { encode, readCookie, writeCookie } = await import('../../src/core/cookie.js');
const { cookies } = await import('../../src/core/natives.js');
const { setCookie } = await import('../../src/core/set-cookie.js');

beforeEach(() => {
  jar.cookies = [];
  jar.writes = [];
  jar.refuses = () => false;
});

const deskOf = (config: Partial<Config> = {}): Desk => ({
  config: { ...readConfig({ noticeUrl: '/', noticeVersion: '1' }, []), ...config },
  store: undefined as never,
  derive: undefined as never,
  expect: () => {},
  readCookie,
});

const decisionOf = (more: Partial<Decision> = {}): Decision => ({
  id: randomId(),
  subject: randomId(),
  time: Date.now(),
  notice: '1',
  config: 'm',
  choices: { analytics: 'granted' },
  ...more,
});

test('R1b reads back what it wrote to the browser', () => {
  const decision = decisionOf();
  writeCookie(deskOf(), decision);
  expect(readCookie()).toEqual(decision);
  writeCookie(deskOf(), undefined);
  expect(jar.cookies).toEqual([]);
});

test('R1b writes for the whole site, over https only and not for other sites', () => {
  writeCookie(deskOf({ cookieDomain: 'force.police.uk' }), decisionOf());
  expect(jar.writes.at(-1)).toMatch(
    /^consentry=1~[^;]+;path=\/;domain=force\.police\.uk;expires=[^;]+ GMT;samesite=lax;secure$/,
  );
});

test('R1b gives the cookie the lifetime of the decision', () => {
  writeCookie(deskOf({ lifetimeDays: 30 }), decisionOf({ time: Date.now() - 31 * DAY }));
  expect(jar.cookies).toEqual([]);
  const decision = decisionOf({ time: Date.now() - 29 * DAY });
  writeCookie(deskOf({ lifetimeDays: 30 }), decision);
  expect(readCookie()).toEqual(decision);
});

test('R1b leaves no old answer where the browser refuses the new one', () => {
  for (const cookieDomain of ['force.police.uk', '']) {
    const desk = deskOf(cookieDomain ? { cookieDomain } : {});
    writeCookie(desk, decisionOf());
    expect(jar.cookies).toHaveLength(1);
    jar.refuses = (text) => /^[^;]*~/.test(text);
    writeCookie(desk, decisionOf({ choices: { analytics: 'denied' } }));
    expect(jar.cookies, cookieDomain).toEqual([]);
    jar.refuses = () => false;
  }
});

test('R1b leaves no old answer where the new one does not fit', () => {
  writeCookie(deskOf(), decisionOf());
  const choices = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name.repeat(40), 'denied' as const]));
  writeCookie(deskOf(), decisionOf({ choices }));
  expect(jar.cookies).toEqual([]);
});

test('R6 writes one cookie for the whole domain in place of that of the host', () => {
  writeCookie(deskOf(), decisionOf());
  writeCookie(deskOf({ cookieDomain: 'force.police.uk' }), decisionOf());
  expect(jar.cookies.map(({ domain }) => domain)).toEqual(['force.police.uk']);
});

test('R6 reads the newest of its copies, in whatever order they stand', () => {
  const [old, fresh] = [decisionOf({ time: 1 }), decisionOf({ time: 2 })];
  for (const order of [
    [old, fresh],
    [fresh, old],
  ]) {
    const domains = ['', 'force.police.uk'];
    jar.cookies = order.map((decision, at) => ({
      name: 'consentry',
      value: encode(decision),
      domain: domains[at] ?? '',
      path: '/',
    }));
    expect(readCookie()).toEqual(fresh);
  }
});

test('H2 finds our cookie among broken ones of somebody else', () => {
  for (const pair of ['%E0%A4%A=1', 'x=%E0%A4%A', '=nameless', 'lonely', 'xconsentry=1', 'consentry2=2', 'consentry']) {
    document.cookie = pair;
  }
  document.cookie = 'consentry=%E0%A4%A;path=/report';
  expect(readCookie()).toBe(undefined);
  const decision = decisionOf();
  writeCookie(deskOf(), decision);
  expect(readCookie()).toEqual(decision);
});

test('H1 goes on without cookies where the browser throws', () => {
  const get = () => {
    throw new DOMException('refused', 'SecurityError');
  };
  jar.refuses = get;
  expect(() => setCookie('x', '/')).not.toThrow();
  Object.defineProperty(jar, 'cookies', { get, configurable: true });
  expect(cookies()).toEqual([]);
  Object.defineProperty(jar, 'cookies', { value: [], writable: true });
});
