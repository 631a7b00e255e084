import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { policyFor, SITE, VENDORS } from '../../docs/recipes/policy.mjs';
import { decode } from '../../src/core/cookie.js';
import { cookieHeaders, DECIDED, valueOf } from './support/cookie-headers.js';
import { randomly } from './support/randomly.js';

const NOW = DECIDED;
const DAY = 864e5;
const NOTICE = '2026-11-01';
const SENSITIVE = [
  { path: '/report*', deny: ['analytics', 'marketing'] },
  { path: '/join', deny: ['marketing'] },
];
type Options = Partial<Parameters<typeof policyFor>[1]>;

const value = (pairs: string, time = NOW, notice = NOTICE) => valueOf(pairs, { time, notice });
const cookie = (pairs: string, time = NOW) => `consentry=${value(pairs, time)}`;
const policy = (header: string | undefined, options: Options = {}) =>
  policyFor(header, { noticeVersion: NOTICE, path: '/', sensitive: SENSITIVE, now: NOW, ...options });

const ALL = ['google-analytics', 'doubleclick', 'facebook-pixel'];

/** The services whose hosts a policy names. */
const named = (header: string | undefined, options?: Options) => {
  const text = policy(header, options);
  return ALL.filter((service) => text.includes(`.${service.replace('-pixel', '')}.`));
};

const CLOSED = Object.entries(SITE)
  .map((pair) => pair.join(' '))
  .join('; ');
const GRANTED = cookie('preferences_u.analytics_g.marketing_g');

test('T1 names nobody to a visitor without a cookie', () => {
  for (const header of [undefined, '', '_ga=GA1.1.1.1', 'consentry=', 'consentry']) expect(policy(header)).toBe(CLOSED);
});

test('G7 adds each granted vendor’s hosts to their own directives', () => {
  expect(policy(cookie('analytics_g.marketing_d'))).toBe(
    "default-src 'self'; script-src 'self' 'unsafe-inline' https://*.googletagmanager.com; " +
      "style-src 'self' 'unsafe-inline'; " +
      "img-src 'self' data: https://*.googletagmanager.com https://*.google-analytics.com; " +
      "connect-src 'self' https://*.googletagmanager.com https://*.google-analytics.com " +
      "https://analytics.google.com https://*.analytics.google.com; frame-src 'self'",
  );
  expect(
    policy(cookie('marketing_g'), { vendors: VENDORS.filter(({ service }) => service === 'facebook-pixel') }),
  ).toBe(
    "default-src 'self'; script-src 'self' 'unsafe-inline' https://connect.facebook.net; " +
      "style-src 'self' 'unsafe-inline'; img-src 'self' data: https://www.facebook.com; " +
      "connect-src 'self' https://www.facebook.com https://connect.facebook.net; " +
      "frame-src 'self' https://www.facebook.com",
  );
});

const CHOICES: [string, string[]][] = [
  ['analytics_g.marketing_g', ALL],
  ['analytics_g.marketing_d', ['google-analytics']],
  ['analytics_u.marketing_g', ['doubleclick', 'facebook-pixel']],
  ['analytics_d.marketing_d', []],
  ['preferences_g', []],
  ['analytics_g', ['google-analytics']],
  ['xanalytics_g', []],
  ['x-analytics_g', []],
  ['marketing_g.facebook-pixel_d', ['doubleclick']],
  ['marketing_d.facebook-pixel_g', ['facebook-pixel']],
  ['marketing_g.doubleclick_u', ['facebook-pixel']],
  ['google-analytics_g.analytics_d', ['google-analytics']],
];
for (const [pairs, vendors] of CHOICES) {
  test(`G7 names ${vendors.join(' and ') || 'nobody'} after ${pairs}`, () => {
    expect(named(cookie(pairs))).toEqual(vendors);
  });
}

const FINE: [string, string][] = [
  ['between other cookies', `_ga=1; ${GRANTED}; _fbp=fb.1.2`],
  ['beside a cookie that ends in its name', `xconsentry=1; ${GRANTED}`],
  ['beside a cookie in capitals', `Consentry=1; ${GRANTED}`],
  ['on its last day', cookie('analytics_g.marketing_g', NOW - 182 * DAY)],
  ['from a clock that is hours ahead', cookie('analytics_g.marketing_g', NOW + DAY)],
];
for (const [what, header] of FINE) {
  test(`G7 names everybody for a cookie ${what}`, () => {
    expect(named(header)).toEqual(ALL);
  });
}

const DOUBTFUL: [string, string][] = [
  ['doubled', `${GRANTED}; ${GRANTED}`],
  ['doubled with a denial', `${GRANTED}; ${cookie('analytics_d.marketing_d')}`],
  ['doubled and empty', `consentry=; ${GRANTED}`],
  ['doubled without a space', `${GRANTED};${GRANTED}`],
  ['in capitals', GRANTED.replace('consentry', 'Consentry')],
  ['that ends in its name', `x${GRANTED}`],
  ['in quotes', `consentry="${value('analytics_g')}"`],
  ['escaped', `consentry=${encodeURIComponent(value('analytics_g')).replaceAll('~', '%7E')}`],
  ['within another one', `x=${GRANTED}`],
  ['within another one, after a space', `x=1 ${GRANTED}`],
  ['with a space before it', `x=1;  ${GRANTED}`],
  ['that contradicts itself', `${GRANTED}.analytics_d`],
  ['that says something twice', `${GRANTED}.analytics_g`],
  ['of another version', GRANTED.replace('=1~', '=2~')],
  ['of another notice', `consentry=${value('analytics_g', NOW, '2026-10-01')}`],
  ['whose notice goes on', `consentry=${value('analytics_g', NOW, '2026-11-01a')}`],
  ['without a notice', `consentry=${value('analytics_g', NOW, '')}`],
  ['without a choice', `consentry=${value('')}`],
  ['that is true', cookie('analytics_true.marketing_true')],
  ['with a capital letter', cookie('analytics_G.marketing_G')],
  ['that is cut short', GRANTED.slice(0, -1)],
  ['that goes on', `${GRANTED}.`],
  ['with a line break', `${GRANTED}\n`],
  [
    'of 201 characters',
    `consentry=${value(`analytics_g.${'x'.repeat(201)}`.slice(0, 201 - value('').length - 2) + '_g')}`,
  ],
  ['with a time in capitals', GRANTED.replace(NOW.toString(36), NOW.toString(36).toUpperCase())],
  ['that has run out', cookie('analytics_g.marketing_g', NOW - 182 * DAY - 1)],
  ['of the future', cookie('analytics_g.marketing_g', NOW + DAY + 1)],
];
for (const [what, header] of DOUBTFUL) {
  test(`G6 names nobody for a cookie ${what}`, () => {
    expect(policy(header)).toBe(CLOSED);
  });
}

test('G6 names nobody where the server was not told what it has to know', () => {
  for (const options of [{ noticeVersion: undefined }, { lifetimeDays: NaN }] as object[])
    expect(policy(GRANTED, options)).toBe(CLOSED);
});

const ROUTES: [string, string[]][] = [
  ['/', ALL],
  ['/about/report', ALL],
  ['/about?next=/report&x=%2e', ALL],
  ['/cy/gw%C5%B7n', ALL],
  ['/join', ['google-analytics']],
  ['/join?x=1', ['google-analytics']],
  ['/join/us', ALL],
  ['/report', []],
  ['/report?x=1', []],
  ['/reporting/a-crime', []],
  ['/REPORT/a', []],
  ['/%72eport', []],
  ['/r%65port', []],
  ['//report', []],
  ['/about/../report', []],
  ['/about/.%2e/report', []],
  ['https://www.force.police.uk/report', []],
  ['', []],
];
for (const [path, vendors] of ROUTES) {
  test(`G12 names ${vendors.join(' and ') || 'nobody'} on ${path || 'an unknown path'}, whatever was granted`, () => {
    expect(named(GRANTED, { path })).toEqual(vendors);
  });
}

test('G12 takes /secret/* for /secret too, as the script does', () => {
  const sensitive = [{ path: '/secret/*', deny: ['analytics', 'marketing'] }];
  expect(named(GRANTED, { path: '/secret', sensitive })).toEqual([]);
  expect(named(GRANTED, { path: '/secrets', sensitive })).not.toEqual([]);
});

test('W8 counts the days that the site counts', () => {
  const old = cookie('analytics_g', NOW - 20 * DAY);
  expect(named(old, { lifetimeDays: 20 })).toEqual(['google-analytics']);
  expect(named(old, { lifetimeDays: 19 })).toEqual([]);
});

/** What the script itself reads from a header with a single cookie of ours. */
const scriptReads = (header: string) => {
  const [value = '', ...more] = header.split(/; ?/).flatMap((pair) => pair.match(/^consentry=(.*)$/)?.[1] ?? []);
  const decision = more.length ? undefined : decode(value);
  const isInForce = decision && decision.time >= NOW - 182 * DAY && decision.time <= NOW + DAY;
  return isInForce && decision.notice === NOTICE ? decision.choices : undefined;
};

test('G6 names those whom the script itself would release and nobody else, in 10,000 headers', () => {
  const headers = Array.from({ length: 10_000 }, cookieHeaders(randomly(4)));
  const released = headers.map((header) => {
    const choices = scriptReads(header);
    return VENDORS.filter(({ service, category }) => (choices?.[service] ?? choices?.[category]) === 'granted');
  });
  const wrong = headers.filter(
    (header, at) => String(named(header)) !== String(released[at]!.map(({ service }) => service)),
  );
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(released.filter(({ length }) => length).length, 'headers that grant').toBeGreaterThan(500);
});

test('G6 names nobody for 10,000 random texts, nor for 64 KiB', () => {
  const { text } = randomly(5);
  const texts = Array.from({ length: 10_000 }, () => `consentry=${text(100)}`);
  const long = ['a_g.'.repeat(16_384), 'consentry=1~; '.repeat(5_000), `${GRANTED}${'.a_g'.repeat(16_384)}`];
  expect([...texts, ...long].filter((each) => policy(each) !== CLOSED)).toEqual([]);
});

const HOSTS = VENDORS.flatMap(({ service, category, hosts }) =>
  Object.entries(hosts).map(([directive, sources]) => [service, category, directive, sources]),
);

test('S11 documents the hosts that the recipe names', () => {
  const rows = readFileSync('docs/server-policy.md', 'utf8').matchAll(
    /^\| `([\w-]+)` \| (\w+) \| `([\w-]+)` \| `([^`]+)` \|$/gm,
  );
  expect([...rows].map(([, ...cells]) => cells)).toEqual(HOSTS);
});

test('S11 names the same hosts in both recipes', () => {
  const maps = readFileSync('docs/recipes/nginx.conf', 'utf8').matchAll(/map \$(\w+) \$\1_(\w+) \{ 1 " ([^"]+)"; \}/g);
  const found = [...maps].map(([, service = '', directive, sources]) => [
    service.replace('_', '-'),
    `${directive}-src`,
    sources,
  ]);
  expect(found).toEqual(HOSTS.map(([service, , ...rest]) => [service, ...rest]));
});
