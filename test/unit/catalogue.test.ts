import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { expect, test } from 'vitest';
import { checkConfig } from '../../src/core/check.js';
import { readConfig } from '../../src/core/config.js';
import { cookieName, isDeclared, type Service } from '../../src/core/service.js';
import schema from '../../src/config.schema.json' with { type: 'json' };
import { vendors } from '../../src/services/registry.js';
import { TRACES } from '../../src/services/traces.js';
import { BEGINNINGS } from '../../src/sweep/sweep.js';

const FOLDER = 'src/catalogue';
const entries = readdirSync(FOLDER).map((file) => ({
  file,
  service: JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Service,
}));
const services = entries.map(({ service }) => service);
const configOf = (...some: Service[]) => ({ noticeUrl: '/cookies', noticeVersion: '1', services: some });

// The evaluator that eslint brings knows draft 7 by name only.
const ajv = new Ajv({ allErrors: true, unknownFormats: 'ignore', format: false, logger: false });
const validate = ajv.compile({ ...schema, $schema: undefined });

const MUST_HAVE = [
  'google-maps',
  'hotjar',
  'linkedin-insight',
  'matomo',
  'microsoft-clarity',
  'microsoft-uet',
  'snap-pixel',
  'tiktok-pixel',
  'vimeo',
  'x-pixel',
  'youtube',
];

test('S12 ships each service in a file of its own, named for its id', () => {
  expect(entries.map(({ service }) => `${service.id}.json`)).toEqual(entries.map(({ file }) => file));
  expect(services.map(({ id }) => id)).toEqual(expect.arrayContaining(MUST_HAVE));
});

for (const { file, service } of entries) {
  test(`S12 ${file} is an entry for the configuration as it stands`, () => {
    validate(configOf(service));
    expect(validate.errors ?? []).toEqual([]);
    const input = configOf(service);
    expect(() => checkConfig(input, () => readConfig(input, vendors))).not.toThrow();
  });

  test(`S12 ${file} says who receives what, and which hosts it holds`, () => {
    expect(service.hosts).not.toHaveLength(0);
    expect(service.cookies).not.toHaveLength(0);
    expect(service.purpose).toMatch(/^[A-Z].* (receives|shows) .*\.$/);
  });

  test(`S12 ${file} tells the vendor of a withdrawal where it tells of a grant`, () => {
    expect(service.deny?.length).toBe(service.grant?.length);
  });
}

test('S12 takes all of the catalogue at once, beside our own services', () => {
  const input = {
    ...configOf(...services),
    googleAnalytics: { ids: ['G-1'] },
    doubleclick: { ids: ['DC-1'] },
    facebookPixel: { ids: ['12345'] },
  };
  expect(() => checkConfig(input, () => readConfig(input, vendors))).not.toThrow();
});

test('S12 gives each host to one service', () => {
  const hosts = services.flatMap(({ hosts = [] }) => hosts);
  const taken = vendors.flatMap(({ hosts = [] }) => hosts);
  expect(hosts.filter((host, index) => hosts.indexOf(host) !== index || taken.includes(host))).toEqual([]);
});

/** What sites keep themselves: whoever is signed in stays so, whatever is withdrawn. */
const SITE = [
  'consentry',
  'AWSALB',
  'AWSALBCORS',
  'PHPSESSID',
  'JSESSIONID',
  'ASP.NET_SessionId',
  '.AspNetCore.Session',
  '__RequestVerificationToken',
  'connect.sid',
  'sessionid',
  'csrftoken',
  'XSRF-TOKEN',
  'laravel_session',
  'MATOMO_SESSID',
];

test('W1 looks for each name that our own vendors leave by how it begins', () => {
  const left = Object.values(TRACES).flatMap(({ cookies = [], storage = [] }) => [
    ...cookies.map(cookieName),
    ...storage,
  ]);
  expect(left.length).toBeGreaterThan(20);
  const unseen = left.filter((name) => !BEGINNINGS.some((beginning) => isDeclared(name, beginning)));
  expect(unseen).toEqual([]);
});

test('S12 removes nothing of the site itself', () => {
  const declared = services.flatMap(({ cookies = [], storage = [] }) => [...cookies.map(cookieName), ...storage]);
  const covers = (name: string) =>
    declared.filter((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));
  expect(SITE.flatMap(covers)).toEqual([]);
  // Control: what vendors leave is covered, also where its name has an id in it.
  for (const name of ['_clck', '_hjSession_123', '_pk_id.1.1fff', 'ttcsid_C8K7LG', 'u_scsid_r']) {
    expect(covers(name), name).not.toEqual([]);
  }
});

test('S12 states in docs/services.md what stands in the files', () => {
  const { status, stderr } = spawnSync(process.execPath, ['tools/catalogue.mjs', '--check'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
