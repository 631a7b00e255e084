/*
 * A stand-in for Google's gtag.js, for Consentry's tests and demo. Not the vendor's code.
 *
 * It copies what matters when somebody asks "did anything leave?": Google's order of commands, its consent states, its
 * switch-off flags, its cookie names and domains, and the hosts it calls. One copy serves every id, as Google's does.
 */
(() => {
  // A second copy of the library finds the first one and leaves the work to it.
  if (window.google_tag_manager?.standIn) return;
  window.google_tag_manager = { standIn: 'gtag' };

  const script = new URL(document.currentScript.src);
  const local = script.pathname.startsWith('/vendor/');
  const layerName = script.searchParams.get('l') || 'dataLayer';
  const layer = (window[layerName] = window[layerName] || []);

  const consent = {}; // type → 'granted' | 'denied'; a type nobody spoke of is granted, as Google has it
  const shared = {}; // gtag('set', …)
  const configured = new Map(); // id → the parameters of its config
  const referrer = document.referrer;

  const vendor = (host, path) => (local ? `${script.origin}/vendor/${host}${path}` : `https://${host}${path}`);
  const granted = (type) => consent[type] !== 'denied';
  const seconds = () => Math.floor(Date.now() / 1000);
  const random = () => Math.floor(Math.random() * 2147483647);

  /** Google's gcs: G1, then ad storage, then analytics storage; "--" where no default was ever set. */
  const gcs = () => {
    if (!consent.ad_storage && !consent.analytics_storage) return 'G1--';
    return `G1${granted('ad_storage') ? 1 : 0}${granted('analytics_storage') ? 1 : 0}`;
  };

  const readCookie = (name) =>
    document.cookie
      .split('; ')
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  /** Writes on the highest domain that takes it: .uk, .police.uk, .force.police.uk, … */
  const writeCookie = (name, value, maxAge) => {
    const labels = location.hostname.split('.');
    const secure = location.protocol === 'https:' ? ';secure' : '';
    for (let from = labels.length - 1; from >= 0; from -= 1) {
      const domain = labels.length > 1 ? `;domain=${labels.slice(from).join('.')}` : '';
      document.cookie = `${name}=${value};path=/;max-age=${maxAge};samesite=lax${domain}${secure}`;
      if (readCookie(name) === value) return;
    }
  };

  const keepCookie = (name, make, maxAge) => {
    if (!readCookie(name)) writeCookie(name, make(), maxAge);
  };

  const DAY = 86400;
  const isAnalytics = (id) => /^(G|GT|UA)-/.test(id);
  const switchedOff = (id) => window[`ga-disable-${id}`] === true;

  function writeAnalyticsCookies(id) {
    if (!granted('analytics_storage') || switchedOff(id)) return;
    keepCookie('_ga', () => `GA1.1.${random()}.${seconds()}`, 730 * DAY);
    if (id.startsWith('UA-')) {
      keepCookie('_gid', () => `GA1.1.${random()}.${seconds()}`, DAY);
      keepCookie(`_gat_gtag_${id.replace(/-/g, '_')}`, () => '1', 60);
      return;
    }
    const name = `_ga_${id.replace(/^(G|GT)-/, '')}`;
    const started = readCookie(name)?.split('.')[2] || seconds();
    writeCookie(name, `GS1.1.${started}.1.0.${seconds()}.0.0.0`, 730 * DAY);
  }

  function writeAdvertisingCookies() {
    if (!granted('ad_storage')) return;
    keepCookie('_gcl_au', () => `1.1.${random()}.${seconds()}`, 90 * DAY);
    const page = new URLSearchParams(location.search);
    if (page.has('gclid')) writeCookie('_gcl_aw', `GCL.${seconds()}.${page.get('gclid')}`, 90 * DAY);
    if (page.has('dclid')) writeCookie('_gcl_dc', `GCL.${seconds()}.${page.get('dclid')}`, 90 * DAY);
  }

  /** One analytics hit. Denied storage does not stop it: it goes without a cookie, as Google's consent mode does. */
  function sendAnalytics(id, event, values) {
    if (switchedOff(id)) return;
    writeAnalyticsCookies(id);
    const all = { ...shared, ...configured.get(id), ...values };
    const hit = new URLSearchParams({
      v: id.startsWith('UA-') ? 1 : 2,
      tid: id,
      gcs: gcs(),
      ...(granted('analytics_storage') ? { cid: (readCookie('_ga') || '').split('.').slice(-2).join('.') } : {}),
      en: event,
      dl: all.page_location || location.href,
      dr: all.page_referrer ?? referrer,
      dt: document.title,
    });
    const path = id.startsWith('UA-') ? '/j/collect' : '/g/collect';
    navigator.sendBeacon(vendor('www.google-analytics.com', `${path}?${hit}`));
    // Google signals: on unless the page turned them off, and this is the advertising side of an analytics id.
    if (id.startsWith('UA-') || all.allow_google_signals === false || !granted('ad_storage')) return;
    navigator.sendBeacon(vendor('stats.g.doubleclick.net', `/g/collect?${hit}`));
  }

  const sendImage = (host, path) => {
    new Image().src = vendor(host, path);
  };

  function sendAds(id, label) {
    writeAdvertisingCookies();
    const number = id.replace('AW-', '');
    const query = new URLSearchParams({ random: random(), gcs: gcs(), url: location.href, ref: referrer });
    if (label) sendImage('www.googleadservices.com', `/pagead/conversion/${number}/?label=${label}&${query}`);
    else sendImage('googleads.g.doubleclick.net', `/pagead/viewthroughconversion/${number}/?${query}`);
  }

  function sendFloodlight(id, activity) {
    writeAdvertisingCookies();
    const [group, tag] = activity;
    const named = group ? `type=${group};cat=${tag};` : '';
    const src = id.replace('DC-', '');
    const page = encodeURIComponent(location.origin + location.pathname);
    sendImage('ad.doubleclick.net', `/activity;src=${src};${named}ord=${random()};gcs=${gcs()};~oref=${page}?`);
  }

  function sendTo(target, event, values) {
    const [id, ...rest] = target.split('/');
    if (isAnalytics(id)) return sendAnalytics(id, event, values);
    if (id.startsWith('AW-')) return sendAds(id, rest[0]);
    if (id.startsWith('DC-')) return sendFloodlight(id, [rest[0], rest[1]?.split('+')[0]]);
  }

  const commands = {
    consent(action, values = {}) {
      const regions = values.region;
      if (regions && !regions.some((region) => region.startsWith('GB'))) return;
      for (const [type, state] of Object.entries(values)) {
        if (state === 'granted' || state === 'denied') consent[type] = state;
      }
      if (action !== 'update') return;
      for (const id of configured.keys()) {
        if (isAnalytics(id)) writeAnalyticsCookies(id);
        else writeAdvertisingCookies();
      }
    },
    set(values, value) {
      Object.assign(shared, typeof values === 'string' ? { [values]: value } : values);
    },
    config(id, values = {}) {
      configured.set(id, values);
      if (!isAnalytics(id)) return sendTo(id, 'config', values);
      writeAnalyticsCookies(id);
      if (values.send_page_view !== false) sendAnalytics(id, 'page_view', values);
    },
    event(name, values = {}) {
      const targets = values.send_to ? [values.send_to].flat() : [...configured.keys()].filter(isAnalytics);
      for (const target of targets) sendTo(target, name, values);
    },
    get(id, field, callback) {
      if (field === 'client_id') callback?.((readCookie('_ga') || '').split('.').slice(-2).join('.'));
    },
    js() {},
  };

  /** Only real `arguments` objects are commands. Arrays are dropped without a word; {event: …} is for a container. */
  function process(entry) {
    if (Object.prototype.toString.call(entry) !== '[object Arguments]') return;
    const [command, ...rest] = entry;
    if (Object.hasOwn(commands, command)) commands[command](...rest);
  }

  const push = layer.push;
  layer.push = function (...entries) {
    const length = push.apply(this, entries);
    entries.forEach(process);
    return length;
  };
  layer.slice().forEach(process);

  const eachMeasured = (send) => {
    for (const id of configured.keys()) if (isAnalytics(id) && !id.startsWith('UA-')) send(id);
  };

  // Enhanced measurement: a change of address inside the page is a page view too.
  const pushState = history.pushState;
  history.pushState = function (...change) {
    pushState.apply(this, change);
    eachMeasured((id) => sendAnalytics(id, 'page_view', {}));
  };
  addEventListener('popstate', () => eachMeasured((id) => sendAnalytics(id, 'page_view', {})));

  // The engagement hit on leaving, which also writes the cookie again.
  addEventListener('pagehide', () => eachMeasured((id) => sendAnalytics(id, 'user_engagement', {})));
})();
