/*
 * A stand-in for Google Tag Manager's gtm.js, for Consentry's tests and demo. Not the vendor's code.
 *
 * The imagined container reports each event (as Google's debug pixel /a does) and holds one tag: an analytics page view
 * that waits for analytics_storage, as a container with consent checks would.
 */
(() => {
  const script = new URL(document.currentScript.src);
  const local = script.pathname.startsWith('/vendor/');
  const container = script.searchParams.get('id');
  const layerName = script.searchParams.get('l') || 'dataLayer';
  const layer = (window[layerName] = window[layerName] || []);

  window.google_tag_manager = window.google_tag_manager || {};
  if (window.google_tag_manager[container]) return;
  window.google_tag_manager[container] = { dataLayer: layer };

  const consent = {};
  let viewed = false;

  const send = (host, path) => {
    new Image().src = local ? `${script.origin}/vendor/${host}${path}` : `https://${host}${path}`;
  };

  function fire() {
    if (viewed || consent.analytics_storage === 'denied') return;
    viewed = true;
    const hit = new URLSearchParams({
      v: 2,
      tid: 'G-CONTAINER1',
      en: 'page_view',
      dl: location.href,
      dr: document.referrer,
    });
    send('www.google-analytics.com', `/g/collect?${hit}`);
  }

  function process(entry) {
    if (Object.prototype.toString.call(entry) === '[object Arguments]') {
      if (entry[0] === 'consent') Object.assign(consent, entry[2]);
      return;
    }
    if (Array.isArray(entry) || !entry?.event) return;
    send('www.googletagmanager.com', `/a?${new URLSearchParams({ id: container, e: entry.event })}`);
    fire();
  }

  const push = layer.push;
  layer.push = function (...entries) {
    const length = push.apply(this, entries);
    entries.forEach(process);
    return length;
  };
  layer.slice().forEach(process);
})();
