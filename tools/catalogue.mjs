// Writes the table of docs/services.md from the files in src/catalogue; with --check it only fails where the table is stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

// How each entry was come by: "vendor" was read in the vendor's documentation, "code" in code the vendor publishes,
// "measured" in a crawl of sites as the United Kingdom sees them, "secondary" in what others publish, "recalled" nowhere.
const LEARN = 'https://learn.microsoft.com/en-us';
const RADAR = 'https://github.com/duckduckgo/tracker-radar/tree/main/domains/GB';
const GOOGLE_COOKIES = 'https://policies.google.com/technologies/cookies';
const SOURCES = {
  'google-maps': {
    hosts: ['https://developers.google.com/maps/domains', 'vendor'],
    cookies: [GOOGLE_COOKIES, 'vendor; that maps set them: secondary'],
  },
  hotjar: {
    hosts: [RADAR, 'measured'],
    cookies: [RADAR, 'measured; storage: secondary'],
    'consent calls': ['none documented'],
    'opt-out': ['https://www.hotjar.com/policies/do-not-track/', 'vendor'],
  },
  'linkedin-insight': {
    hosts: [RADAR, 'measured'],
    cookies: ['https://www.linkedin.com/legal/l/cookie-table', 'secondary'],
    'consent calls': ['none documented'],
    'opt-out': ['recalled'],
  },
  matomo: {
    cookies: ['https://matomo.org/faq/general/faq_146/', 'vendor'],
    'consent calls': ['https://developer.matomo.org/guides/tracking-consent', 'vendor'],
  },
  'microsoft-clarity': {
    hosts: [RADAR, 'measured'],
    cookies: [`${LEARN}/clarity/setup-and-installation/cookie-list`, 'vendor; durations and hosts: secondary'],
    'consent calls': [`${LEARN}/clarity/setup-and-installation/clarity-consent-api-v2`, 'vendor and code'],
    'opt-out': ['recalled'],
  },
  'microsoft-uet': {
    hosts: [RADAR, 'measured'],
    cookies: [`${LEARN}/advertising/msa-help/hlp_ba_conc_uet_consentfaq`, 'vendor; durations: measured'],
    'consent calls': [`${LEARN}/advertising/msa-help/hlp_ba_conc_uet_consent`, 'vendor'],
    'opt-out': ['recalled'],
  },
  'snap-pixel': {
    hosts: [RADAR, 'measured'],
    cookies: [RADAR, 'measured; _sctr, sc_at and storage: secondary'],
    'consent calls': ['none documented'],
    'opt-out': [
      'https://help.snapchat.com/hc/en-gb/articles/7012345515796-How-do-I-change-my-advertising-and-interest-preferences-on-Snapchat',
      'vendor',
    ],
  },
  'tiktok-pixel': {
    hosts: [RADAR, 'measured'],
    cookies: [
      'https://ads.tiktok.com/help/article/how-to-use-cookies-with-tiktok-pixel',
      'measured; ttclid: secondary',
    ],
    'consent calls': ['https://business-api.tiktok.com/portal/docs?id=1739585600931842', 'secondary'],
    'opt-out': [
      'https://support.tiktok.com/en/account-and-privacy/personalized-ads-and-data/control-your-off-tiktok-data',
      'vendor, for people with an account',
    ],
  },
  vimeo: {
    hosts: [RADAR, 'measured; vimeocdn.com: secondary'],
    cookies: ['https://help.vimeo.com/hc/en-us/articles/26080940921361', 'vendor'],
    'opt-out': ['recalled'],
  },
  'x-pixel': {
    hosts: [RADAR, 'measured; analytics.x.com: secondary'],
    cookies: ['https://help.x.com/en/rules-and-policies/x-cookies', 'secondary'],
    'consent calls': ['none documented'],
    'opt-out': ['recalled'],
  },
  youtube: {
    hosts: [RADAR, 'measured; googlevideo.com: recalled'],
    cookies: [GOOGLE_COOKIES, 'vendor; VISITOR_PRIVACY_METADATA and __Secure-ROLLOUT_TOKEN: secondary'],
  },
};

const root = new URL('../', import.meta.url);
const page = new URL('docs/services.md', root);
const entries = readdirSync(new URL('src/catalogue/', root))
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(`src/catalogue/${name}`, root), 'utf8')));

const lines = (each) => each.join('<br>') || '–';
const code = (text) => `\`${text}\``;
const cookie = (each) => {
  const { name, duration, party } = typeof each === 'string' ? { name: each } : each;
  return [code(name), duration && `, ${duration}`, party && ` (${party})`].filter(Boolean).join('');
};
const call = ([name, ...args]) => code(`${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`);
const source = ([what, [address, sure]]) => (sure ? `[${what}](${address}): ${sure}` : `${what}: ${address}`);

const row = ({ id, name, category, hosts, cookies, storage = [], grant = [], deny = [] }) => [
  `[${name}](../src/catalogue/${id}.json)`,
  code(category),
  lines(hosts.map(code)),
  lines([...cookies.map(cookie), ...storage.map((each) => `${code(each)}, storage`)]),
  lines([...grant.map((each) => `granted: ${call(each)}`), ...deny.map((each) => `withdrawn: ${call(each)}`)]),
  lines(Object.entries(SOURCES[id]).map(source)),
];
const HEAD = ['Service', 'Category', 'Hosts', 'Cookies and storage', 'Consent calls', 'Source, and how sure'];
const table = [HEAD, HEAD.map(() => '---'), ...entries.map(row)].map((cells) => `| ${cells.join(' | ')} |\n`).join('');

const [, before, stale, after] = readFileSync(page, 'utf8').match(
  /^([^]*<!-- table -->\n)([^]*)(<!-- \/table -->[^]*)$/,
);
if (stale !== table) {
  if (process.argv.includes('--check')) {
    console.error('docs/services.md is stale: run node tools/catalogue.mjs');
    process.exitCode = 1;
  } else {
    writeFileSync(page, before + table + after);
  }
}
