// @ts-check
// The catalogue's services as pages have them: the vendors' own snippets, live, and stand-ins for what the snippets load.
import { readdirSync, readFileSync } from 'node:fs';
import { javascript } from './scripts.mjs';

/** @typedef {import('./start-world.mjs').World} World */
/** @typedef {[name: string, ...args: unknown[]]} Call */

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} category
 * @property {string[]} hosts
 * @property {(string | { name: string, party?: string })[]} cookies
 * @property {string[]} [storage]
 * @property {Call[]} [grant]
 * @property {Call[]} [deny]
 */

const FOLDER = new URL('../../../src/catalogue/', import.meta.url);

/** @type {Entry[]} */
export const catalogue = readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')));

/**
 * @typedef {object} Snippet
 * @property {string} [head] what the vendor asks to be put into the head
 * @property {string} [body] or into the page
 * @property {string} loads the address it asks for
 * @property {string} [queue] where its stub keeps the calls that the library takes over
 */

/**
 * A frame as a vendor gives it. Only Google Maps writes `loading` itself, but a frame of the page's own source is held for
 * certain with it alone: Chromium connects to any other before a script can stop it.
 */
const frame = (/** @type {string} */ src, /** @type {string} */ title) =>
  `<iframe width="560" height="315" src="${src}" title="${title}" style="border:0" loading="lazy"
    referrerpolicy="strict-origin-when-cross-origin" allowfullscreen></iframe>`;

const YOUTUBE = 'https://www.youtube-nocookie.com/embed/M7lc1UVf-VE';
const VIMEO = 'https://player.vimeo.com/video/76979871';
const MAPS = 'https://www.google.com/maps/embed';

/** @type {Record<string, Snippet>} */
export const SNIPPETS = {
  'google-maps': {
    body: frame(`${MAPS}?pb=!1m18!1m12!1m3!1d2483.5!2d-0.1246!3d51.5007`, 'Where we are'),
    loads: MAPS,
  },
  hotjar: {
    head: `<script>
      (function(h,o,t,j,a,r){
        h.hj=h.hj||function(){(h.hj.q=h.hj.q||[]).push(arguments)};
        h._hjSettings={hjid:1234567,hjsv:6};
        a=o.getElementsByTagName('head')[0];
        r=o.createElement('script');r.async=1;
        r.src=t+h._hjSettings.hjid+j+h._hjSettings.hjsv;
        a.appendChild(r);
      })(window,document,'https://static.hotjar.com/c/hotjar-','.js?sv=');
    </script>`,
    loads: 'https://static.hotjar.com/c/hotjar-1234567.js',
  },
  'linkedin-insight': {
    body: `<script type="text/javascript">
      _linkedin_partner_id = "123456";
      window._linkedin_data_partner_ids = window._linkedin_data_partner_ids || [];
      window._linkedin_data_partner_ids.push(_linkedin_partner_id);
      </script><script type="text/javascript">
      (function(l) {
      if (!l){window.lintrk = function(a,b){window.lintrk.q.push([a,b])};
      window.lintrk.q=[]}
      var s = document.getElementsByTagName("script")[0];
      var b = document.createElement("script");
      b.type = "text/javascript";b.async = true;
      b.src = "https://snap.licdn.com/li.lms-analytics/insight.min.js";
      s.parentNode.insertBefore(b, s);})(window.lintrk);
      </script>
      <noscript>
      <img height="1" width="1" style="display:none;" alt="" src="https://px.ads.linkedin.com/collect/?pid=123456&fmt=gif" />
      </noscript>`,
    loads: 'https://snap.licdn.com/li.lms-analytics/insight.min.js',
  },
  matomo: {
    head: `<script>
      var _paq = window._paq = window._paq || [];
      _paq.push(['trackPageView']);
      _paq.push(['enableLinkTracking']);
      (function() {
        var u="https://matomo.example/";
        _paq.push(['setTrackerUrl', u+'matomo.php']);
        _paq.push(['setSiteId', '1']);
        var d=document, g=d.createElement('script'), s=d.getElementsByTagName('script')[0];
        g.async=true; g.src=u+'matomo.js'; s.parentNode.insertBefore(g,s);
      })();
    </script>`,
    loads: 'https://matomo.example/matomo.js',
    queue: '_paq',
  },
  'microsoft-clarity': {
    head: `<script type="text/javascript">
      (function(c,l,a,r,i,t,y){
        c[a]=c[a]||function(){(c[a].q=c[a].q||[]).push(arguments)};
        t=l.createElement(r);t.async=1;t.src="https://www.clarity.ms/tag/"+i;
        y=l.getElementsByTagName(r)[0];y.parentNode.insertBefore(t,y);
      })(window, document, "clarity", "script", "abcdef1234");
    </script>`,
    loads: 'https://www.clarity.ms/tag/abcdef1234',
    queue: '(clarity.q ??= [])',
  },
  'microsoft-uet': {
    head: `<script>(function(w,d,t,r,u){var f,n,i;w[u]=w[u]||[],f=function(){var o={ti:"12345678",enableAutoSpaTracking:true};
      o.q=w[u],w[u]=new UET(o),w[u].push("pageLoad")},n=d.createElement(t),n.src=r,n.async=1,
      n.onload=n.onreadystatechange=function(){var s=this.readyState;s&&s!=="loaded"&&s!=="complete"||
      (f(),n.onload=n.onreadystatechange=null)},i=d.getElementsByTagName(t)[0],i.parentNode.insertBefore(n,i)})
      (window,document,"script","//bat.bing.com/bat.js","uetq");</script>`,
    loads: 'https://bat.bing.com/bat.js',
  },
  'snap-pixel': {
    head: `<script type='text/javascript'>
      (function(e,t,n){if(e.snaptr)return;var a=e.snaptr=function()
      {a.handleRequest?a.handleRequest.apply(a,arguments):a.queue.push(arguments)};
      a.queue=[];var s='script';r=t.createElement(s);r.async=!0;
      r.src=n;var u=t.getElementsByTagName(s)[0];
      u.parentNode.insertBefore(r,u);})(window,document,
      'https://sc-static.net/scevent.min.js');
      snaptr('init', '00000000-0000-0000-0000-000000000000', {});
      snaptr('track', 'PAGE_VIEW');
    </script>`,
    loads: 'https://sc-static.net/scevent.min.js',
  },
  'tiktok-pixel': {
    head: `<script>
      !function (w, d, t) {
        w.TiktokAnalyticsObject=t;var ttq=w[t]=w[t]||[];ttq.methods=["page","track","identify","instances","debug","on",
        "off","once","ready","alias","group","enableCookie","disableCookie","holdConsent","revokeConsent","grantConsent"],
        ttq.setAndDefer=function(t,e){t[e]=function(){t.push([e].concat(Array.prototype.slice.call(arguments,0)))}};
        for(var i=0;i<ttq.methods.length;i++)ttq.setAndDefer(ttq,ttq.methods[i]);ttq.instance=function(t){
        for(var e=ttq._i[t]||[],n=0;n<ttq.methods.length;n++)ttq.setAndDefer(e,ttq.methods[n]);return e},
        ttq.load=function(e,n){var r="https://analytics.tiktok.com/i18n/pixel/events.js",o=n&&n.partner;
        ttq._i=ttq._i||{},ttq._i[e]=[],ttq._i[e]._u=r,ttq._t=ttq._t||{},ttq._t[e]=+new Date,ttq._o=ttq._o||{},ttq._o[e]=n||{};
        n=document.createElement("script");n.type="text/javascript",n.async=!0,n.src=r+"?sdkid="+e+"&lib="+t;
        e=document.getElementsByTagName("script")[0];e.parentNode.insertBefore(n,e)};
        ttq.load('ABCDEFGHIJ0123456789');
        ttq.page();
      }(window, document, 'ttq');
    </script>`,
    loads: 'https://analytics.tiktok.com/i18n/pixel/events.js',
    queue: 'ttq',
  },
  vimeo: {
    body: frame(`${VIMEO}?badge=0&amp;autopause=0&amp;player_id=0&amp;app_id=58479`, 'Our film'),
    loads: VIMEO,
  },
  'x-pixel': {
    head: `<script>
      !function(e,t,n,s,u,a){e.twq||(s=e.twq=function(){s.exe?s.exe.apply(s,arguments):s.queue.push(arguments);
      },s.version='1.1',s.queue=[],u=t.createElement(n),u.async=!0,u.src='https://static.ads-twitter.com/uwt.js',
      a=t.getElementsByTagName(n)[0],a.parentNode.insertBefore(u,a))}(window,document,'script');
      twq('config','abcde');
    </script>`,
    loads: 'https://static.ads-twitter.com/uwt.js',
  },
  youtube: { body: frame(`${YOUTUBE}?si=abc`, 'YouTube video player'), loads: YOUTUBE },
};

/** One name that a declared pattern covers. */
const oneOf = (/** @type {string} */ pattern) => pattern.replace('*', 'standin');

/** The names that a service leaves in the page: the site's own cookies, and what stands in storage. */
export function traces(/** @type {Entry} */ { cookies, storage = [] }) {
  const declared = cookies.map((each) => (typeof each === 'string' ? { name: each } : each));
  return {
    cookies: declared.filter(({ party }) => !party).map(({ name }) => oneOf(name)),
    storage: storage.map(oneOf),
    /** Names of the vendor's cookies elsewhere, which here can only be the site's own. */
    elsewhere: declared
      .map(({ name }) => name)
      .filter((name) => !declared.some((own) => own.name === name && !own.party)),
  };
}

/** One address at each host that a service declares. */
export const addresses = (/** @type {Entry} */ { hosts }) =>
  hosts.map((host) => new URL(`https://${host.replace('*.', 'a.')}${host.includes('/') ? '' : '/'}standin`));

/** A call as the vendor's library gets it: the step without the name of the function, or of the list it is pushed to. */
export function heard(/** @type {Call} */ [name, ...args]) {
  const method = name.split('.')[1];
  if (method && method !== 'push') return [method, ...args];
  return Array.isArray(args[0]) ? args[0] : args;
}

/** Tries to reach each address in every way at once, and again for as long as it lives. */
const knocks = (/** @type {Entry} */ service) => `
  window.tries = 0;
  const knock = () => {
    window.tries++;
    for (const address of ${JSON.stringify(addresses(service))}) {
      const at = address + '?' + window.tries;
      new Image().src = at + '-image';
      fetch(at + '-fetch', { mode: 'no-cors' }).catch(() => {});
      navigator.sendBeacon(at + '-beacon');
    }
  };
  knock();
  setInterval(knock, 100);`;

/** What a vendor's library is to a page: it takes over its stub's calls, leaves its traces and reports. */
function library(/** @type {Entry} */ service) {
  const { cookies, storage } = traces(service);
  const { queue } = /** @type {Snippet} */ (SNIPPETS[service.id]);
  return `(() => {
    (window.ran ??= []).push('${service.id}');
    const told = (window.told ??= []);
    const hear = (...calls) => void told.push(...calls.map((call) => Array.from(call)));
    ${queue ? `hear(...${queue}); ${queue}.push = hear;` : ''}
    window.UET = function ({ q }) {
      // The list holds each call as its parts.
      while (q.length) hear(q.splice(0, 3));
      this.push = (...call) => hear(call);
    };
    for (const name of ${JSON.stringify(cookies)}) document.cookie = name + '=1; path=/; secure';
    for (const name of ${JSON.stringify(storage)}) {
      for (const kept of [localStorage, sessionStorage]) kept.setItem(name, '1');
    }
    ${knocks(service)}
  })();`;
}

/** Lets every host of a service answer: what its snippet loads with the stand-in, the rest with nothing. */
export function answerService(/** @type {World} */ { internet }, /** @type {Entry} */ service) {
  for (const { hostname, pathname } of addresses(service)) {
    internet.route(hostname, pathname, (_, res) => res.writeHead(204).end());
  }
  const { body, loads } = /** @type {Snippet} */ (SNIPPETS[service.id]);
  const { hostname, pathname } = new URL(loads);
  const page = `<!doctype html><title>Stand-in</title><script>${knocks(service)}</script>`;
  internet.route(
    hostname,
    pathname,
    body?.includes('<iframe')
      ? (_, res) => res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
      : javascript(library(service)),
  );
}
