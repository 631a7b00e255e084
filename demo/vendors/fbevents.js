/*
 * A stand-in for Facebook's fbevents.js, for Consentry's tests and demo. Not the vendor's code.
 *
 * It copies what matters when somebody asks "did anything leave?": the queue, init, the events, the automatic click
 * events (they are what once sent a click on "report" from police sites), consent, its cookies, storage and host.
 */
(() => {
  const script = new URL(document.currentScript.src);
  const local = script.pathname.startsWith('/vendor/');
  const fbq = window.fbq;
  if (!fbq || fbq.standIn) return;
  fbq.standIn = true;

  const pixels = new Map(); // id → 'automatic' | 'manual'
  const manual = new Set(); // ids told autoConfig false, also before their init
  let revoked = false;

  const DAY = 86400;
  const labels = location.hostname.split('.');

  const readCookie = (name) =>
    document.cookie
      .split('; ')
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  /** Writes on the highest domain that takes it. The second field says how many labels below the root that was. */
  function keepCookie(name, rest) {
    if (readCookie(name)) return;
    const secure = location.protocol === 'https:' ? ';secure' : '';
    for (let from = labels.length - 1; from >= 0; from -= 1) {
      const domain = labels.length > 1 ? `;domain=${labels.slice(from).join('.')}` : '';
      const value = `fb.${labels.length - from - 1}.${Date.now()}.${rest}`;
      document.cookie = `${name}=${value};path=/;max-age=${90 * DAY};samesite=lax${domain}${secure}`;
      if (readCookie(name) === value) return;
    }
  }

  function writeState() {
    if (revoked) return;
    keepCookie('_fbp', Math.floor(Math.random() * 9e17) + 1e17);
    const click = new URLSearchParams(location.search).get('fbclid');
    if (click) keepCookie('_fbc', click);
    try {
      localStorage.setItem('lastExternalReferrer', document.referrer || 'empty');
      localStorage.setItem('lastExternalReferrerTime', String(Date.now()));
      // The real library uses session storage too; under which names is not documented, so this one is a guess.
      sessionStorage.setItem('_fbp', readCookie('_fbp') ?? '');
    } catch {
      // Storage refused: the real library goes on without it.
    }
  }

  function send(id, event, values = {}) {
    if (revoked || !pixels.has(id)) return;
    const hit = new URLSearchParams({
      id,
      ev: event,
      dl: location.href,
      rl: document.referrer,
      if: String(window.top !== window),
      ts: Date.now(),
      fbp: readCookie('_fbp') ?? '',
    });
    for (const [key, value] of Object.entries(values)) hit.append(`cd[${key}]`, value);
    const path = `/tr/?${hit}`;
    new Image().src = local ? `${script.origin}/vendor/www.facebook.com${path}` : `https://www.facebook.com${path}`;
  }

  const sendAll = (event, values) => {
    for (const id of pixels.keys()) send(id, event, values);
  };

  const commands = {
    init(id) {
      const pixel = String(id);
      if (pixels.has(pixel)) return; // the real one warns: "Duplicate Pixel ID"
      pixels.set(pixel, manual.has(pixel) ? 'manual' : 'automatic');
      writeState();
    },
    track: (event, values) => sendAll(event, values),
    trackCustom: (event, values) => sendAll(event, values),
    trackSingle: (id, event, values) => send(String(id), event, values),
    trackSingleCustom: (id, event, values) => send(String(id), event, values),
    consent(action) {
      revoked = action === 'revoke';
      if (!revoked && pixels.size > 0) writeState();
    },
    set(name, value, id) {
      if (name !== 'autoConfig' || String(value) !== 'false') return;
      manual.add(String(id));
      if (pixels.has(String(id))) pixels.set(String(id), 'manual');
    },
  };

  fbq.callMethod = (command, ...rest) => {
    if (Object.hasOwn(commands, command)) commands[command](...rest);
  };
  while (fbq.queue?.length) fbq.callMethod(...fbq.queue.shift());

  // Automatic events: the text of every button and link that is clicked, unless autoConfig is false.
  document.addEventListener(
    'click',
    (event) => {
      const control = event.target.closest?.('button, a, input[type="submit"]');
      if (!control) return;
      for (const [id, mode] of pixels) {
        if (mode === 'automatic') send(id, 'SubscribedButtonClick', { buttonText: control.textContent.trim() });
      }
    },
    true,
  );

  // A change of address inside the page counts as a page view, unless the page set fbq.disablePushState.
  const pushState = history.pushState;
  history.pushState = function (...change) {
    pushState.apply(this, change);
    if (!fbq.disablePushState) sendAll('PageView');
  };
})();
