// @ts-check
// The ways in which a page reaches a host. Each goes to a host of its own, so that one page can try them all at once.

/**
 * @typedef {object} Vector
 * @property {string} id also the first label of its host
 * @property {string} words how the table names it
 * @property {string} answer what its host answers with: js, html, css, gif or txt
 * @property {'code' | 'written' | 'markup'} by a script of the page; a script while the page is read; the page's own source
 * @property {string} text the script, with `url` in reach; or the markup, with URL in the place of the address
 * @property {string | undefined} [template] markup of the page's own source that the script clones
 */

const ZONE = 'vendor.example';

/** The service that all of them belong to. */
export const SERVICE = { id: 'vendor', name: 'Vendor', category: 'marketing', hosts: [`*.${ZONE}`] };

export const hostOf = (/** @type {Pick<Vector, 'id'>} */ { id }) => `${id}.${ZONE}`;
export const addressOf = (/** @type {Vector} */ vector) => `https://${hostOf(vector)}/x.${vector.answer}`;

/** Makes vectors of `[id, words, answer, text, template]`. */
const all = (/** @type {Vector['by']} */ by, /** @type {string[][]} */ ...rows) =>
  rows.map(([id = '', words = '', answer = '', text = '', template]) => ({ id, words, answer, by, text, template }));

/** A script that makes an element, does something to it and puts it into the page. */
const put = (/** @type {string} */ name, /** @type {string} */ act) =>
  `const tag = document.createElement('${name}'); ${act} document.body.append(tag);`;
/** … that puts it into the page in a way of its own. */
const script = (/** @type {string} */ act) => `const tag = document.createElement('script'); tag.src = url; ${act}`;
/** … that only makes it. */
const made = (/** @type {string} */ name, /** @type {string} */ act) =>
  `const tag = document.createElement('${name}'); ${act}`;
/** … that clones what stands in a template of the page's own source. */
const cloned = (/** @type {string} */ id) =>
  `document.body.append(document.querySelector('#${id}').content.cloneNode(true));`;
/** … that lets the fragment parser make it. */
const parsed = (/** @type {string} */ markup) => `const markup = \`${markup.replace('URL', '${url}')}\`;`;
const SCRIPT_TAG = '<script src="URL"></script>';
const IMAGE_TAG = '<img src="URL" alt="">';
const FRAME_TAG = '<iframe src="URL" title="x"></iframe>';
const INTO_BODY = `const box = document.createElement('div'); box.innerHTML = markup; document.body.append(box);`;

const UNGUARDED = 'What the guard does not stand before';

/** @type {Record<string, Vector[]>} */
export const VECTORS = {
  'Scripts that a script inserts': all(
    'code',
    [
      'insert-before',
      '`createElement`, `.src`, `insertBefore`',
      'js',
      script(`const first = document.getElementsByTagName('script')[0]; first.parentNode.insertBefore(tag, first);`),
    ],
    ['append-child', '… `appendChild`', 'js', script('document.head.appendChild(tag);')],
    ['append', '… `append`', 'js', script('document.body.append(tag);')],
    ['prepend', '… `prepend`', 'js', script('document.body.prepend(tag);')],
    [
      'replace-with',
      '… `replaceWith`',
      'js',
      script(`const old = document.createElement('i'); document.body.append(old); old.replaceWith(tag);`),
    ],
    ['adjacent', '… `insertAdjacentElement`', 'js', script(`document.body.insertAdjacentElement('beforeend', tag);`)],
    [
      'fragment',
      '… a `DocumentFragment`',
      'js',
      script(`const box = document.createDocumentFragment(); box.append(tag); document.body.append(box);`),
    ],
    ['append-then-src', '`append`, then `.src`', 'js', made('script', 'document.body.append(tag); tag.src = url;')],
    ['set-attribute', '`setAttribute`', 'js', put('script', `tag.setAttribute('src', url);`)],
    ['set-attribute-ns', '`setAttributeNS`', 'js', put('script', `tag.setAttributeNS(null, 'src', url);`)],
    [
      'set-attribute-node',
      '`setAttributeNode`',
      'js',
      put('script', `const node = document.createAttribute('src'); node.value = url; tag.setAttributeNode(node);`),
    ],
    ['module', '`type = "module"`', 'js', put('script', `tag.type = 'module'; tag.src = url;`)],
    ['script-clone', 'a clone of a live tag in a `<template>`', 'js', cloned('script-clone'), SCRIPT_TAG],
    [
      'contextual',
      '`createContextualFragment` of a live tag',
      'js',
      parsed(SCRIPT_TAG) + 'document.body.append(document.createRange().createContextualFragment(markup));',
    ],
    ['script-html', '`innerHTML`, `insertAdjacentHTML`, which no browser runs', 'js', parsed(SCRIPT_TAG) + INTO_BODY],
  ),
  'Images that a script makes': all(
    'code',
    ['image-src', '`new Image().src`', 'gif', 'new Image().src = url;'],
    ['image-attribute', '`setAttribute("src")`', 'gif', made('img', `tag.setAttribute('src', url);`)],
    ['image-srcset', '`.srcset`', 'gif', made('img', 'tag.srcset = url + " 1x";')],
    [
      'image-srcset-attribute',
      '`setAttribute("srcset")`',
      'gif',
      made('img', `tag.setAttribute('srcset', url + ' 1x');`),
    ],
    [
      'picture',
      '`<picture>` with a `<source>`, `.srcset`',
      'gif',
      `const box = document.createElement('picture'); const source = document.createElement('source');
       source.srcset = url; box.append(source, document.createElement('img')); document.body.append(box);`,
    ],
    ['image-html', '`innerHTML`', 'gif', parsed(IMAGE_TAG) + INTO_BODY],
    [
      'image-adjacent-html',
      '`insertAdjacentHTML`',
      'gif',
      parsed(IMAGE_TAG) + `document.body.insertAdjacentHTML('beforeend', markup);`,
    ],
    ['image-clone', 'a clone of a live tag in a `<template>`', 'gif', cloned('image-clone'), IMAGE_TAG],
  ),
  'Frames that a script makes': all(
    'code',
    ['frame-src', '`.src`, then `append`', 'html', put('iframe', 'tag.src = url;')],
    ['frame-append', '`append`, then `.src`', 'html', made('iframe', 'document.body.append(tag); tag.src = url;')],
    ['frame-attribute', '`setAttribute`', 'html', put('iframe', `tag.setAttribute('src', url);`)],
    ['frame-html', '`innerHTML`', 'html', parsed(FRAME_TAG) + INTO_BODY],
    ['frame-clone', 'a clone of a live tag in a `<template>`', 'html', cloned('frame-clone'), FRAME_TAG],
  ),
  'Links that a script makes': all(
    'code',
    ['link-stylesheet', '`rel = "stylesheet"`', 'css', put('link', `tag.rel = 'stylesheet'; tag.href = url;`)],
    [
      'link-preload',
      '`rel = "preload"`',
      'txt',
      put('link', `tag.rel = 'preload'; tag.as = 'script'; tag.href = url;`),
    ],
    ['link-preconnect', '`rel = "preconnect"`', 'txt', put('link', `tag.rel = 'preconnect'; tag.href = url;`)],
    [
      'link-attribute',
      '`setAttribute("href")`',
      'css',
      put('link', `tag.rel = 'stylesheet'; tag.setAttribute('href', url);`),
    ],
    ['link-html', '`innerHTML`', 'css', parsed('<link rel="stylesheet" href="URL">') + INTO_BODY],
  ),
  'What a script sends': all(
    'code',
    ['fetch', '`fetch(address)`', 'txt', `fetch(url, { mode: 'no-cors' });`],
    ['fetch-url', '`fetch(new URL(…))`', 'txt', `fetch(new URL(url), { mode: 'no-cors' });`],
    ['fetch-request', '`fetch(new Request(…))`', 'txt', `fetch(new Request(url, { mode: 'no-cors' }));`],
    [
      'request',
      '`XMLHttpRequest`',
      'txt',
      `const request = new XMLHttpRequest(); request.open('POST', url); request.send('x');`,
    ],
    ['beacon', '`navigator.sendBeacon`', 'txt', `navigator.sendBeacon(url, 'x');`],
  ),
  'What a script writes while the page is read': all(
    'written',
    ['write-script', '`document.write` of a script', 'js', SCRIPT_TAG],
    ['write-frame', '`document.write` of a frame', 'html', FRAME_TAG],
    ['write-image', '`document.write` of an image', 'gif', IMAGE_TAG],
  ),
  "Live tags in the page's own source, after ours": all(
    'markup',
    ['source-script', '`<script src>`', 'js', SCRIPT_TAG],
    ['source-async', '`<script async src>`', 'js', '<script async src="URL"></script>'],
    ['source-defer', '`<script defer src>`', 'js', '<script defer src="URL"></script>'],
    ['source-module', '`<script type="module" src>`', 'js', '<script type="module" src="URL"></script>'],
    ['source-image', '`<img src>`', 'gif', IMAGE_TAG],
    [
      'source-lazy-image',
      '`<img loading="lazy" src>`',
      'gif',
      '<img loading="lazy" src="URL" width="1" height="1" alt="">',
    ],
    ['source-srcset', '`<img srcset>`', 'gif', '<img srcset="URL 1x" alt="">'],
    ['source-picture', '`<picture>`', 'gif', '<picture><source srcset="URL"><img alt=""></picture>'],
    ['source-frame', '`<iframe src>`', 'html', FRAME_TAG],
    [
      'source-lazy-frame',
      '`<iframe loading="lazy" src>`',
      'html',
      '<iframe loading="lazy" src="URL" title="x"></iframe>',
    ],
    ['source-stylesheet', '`<link rel="stylesheet">`', 'css', '<link rel="stylesheet" href="URL">'],
    ['source-preload', '`<link rel="preload">`', 'txt', '<link rel="preload" as="script" href="URL">'],
    ['source-preconnect', '`<link rel="preconnect">`', 'txt', '<link rel="preconnect" href="URL">'],
  ),
  [UNGUARDED]: [
    ...all(
      'code',
      ['socket', '`WebSocket`', 'txt', `new WebSocket(url.replace('https', 'wss'));`],
      ['event-source', '`EventSource`', 'txt', `new EventSource(url).onerror = ({ target }) => target.close();`],
      [
        'worker',
        "a worker's own `fetch`",
        'txt',
        `new Worker(URL.createObjectURL(new Blob(["fetch('" + url + "', { mode: 'no-cors' })"], { type: 'text/javascript' })));`,
      ],
      ['import', '`import()`', 'js', 'import(url);'],
      [
        'background',
        'a background in CSS',
        'gif',
        put('p', "tag.textContent = 'x'; tag.style.background = 'url(' + url + ')';"),
      ],
      ['video', '`<video>`, `<audio>`', 'txt', put('video', `tag.muted = tag.autoplay = true; tag.src = url;`)],
      ['object', '`<object>`', 'gif', put('object', 'tag.data = url;')],
      ['embed', '`<embed>`', 'gif', put('embed', 'tag.src = url;')],
      [
        'form',
        'a form that is sent',
        'html',
        `const frame = document.createElement('iframe'); frame.name = 'sent'; document.body.append(frame);
       ${put('form', `tag.action = url; tag.target = 'sent';`)} tag.submit();`,
      ],
      [
        'frame-fetch',
        "an empty frame's own `fetch`",
        'txt',
        made('iframe', `document.body.append(tag); tag.contentWindow.fetch(url, { mode: 'no-cors' });`),
      ],
      [
        'frame-location',
        "a frame's `contentWindow.location`",
        'html',
        made('iframe', 'document.body.append(tag); tag.contentWindow.location = url;'),
      ],
      ['window', '`window.open`', 'html', 'open(url);'],
      ['ping', '`<a ping>`', 'txt', put('a', `tag.href = '#x'; tag.ping = url;`) + 'tag.click();'],
    ),
    ...all(
      'markup',
      ['source-media', '`<video src>`', 'txt', '<video src="URL" autoplay muted></video>'],
      ['source-object', '`<object data>`', 'gif', '<object data="URL"></object>'],
      ['source-embed', '`<embed src>`', 'gif', '<embed src="URL">'],
      ['source-background', 'a background in `style`', 'gif', `<p style="background:url('URL')">x</p>`],
    ),
  ],
};

export const vectors = Object.values(VECTORS).flat();

/** Whether the guard leaves it alone. */
export const isUnguarded = (/** @type {Vector} */ vector) => VECTORS[UNGUARDED]?.includes(vector);

/**
 * Whether its tag is live when it comes into the page: how far the request gets is then a race, of which the worst counts. A
 * lazy frame waits for the page's layout, which comes later than the guard.
 */
export const isRace = (/** @type {Vector} */ { by, text, template }) =>
  text.includes('markup') || template !== undefined || (by === 'markup' && !/<iframe.*lazy/.test(text));

/** Whether what arrives runs in the page itself. */
export const isScript = (/** @type {Vector} */ { answer }) => answer === 'js';

const AS = {
  js: 'text/javascript',
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  gif: 'image/gif',
  txt: 'text/plain',
};
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** What its host answers: something that leaves a trace where it takes effect. */
const answerOf = (/** @type {Vector} */ { id, answer }) =>
  ({
    js: `(window.ran ??= []).push('${id}'); document.cookie = 'x-${id}=1; secure'; localStorage['x-${id}'] = 1;`,
    html: `<!doctype html><title>x</title><script>fetch('/ran')</script>`,
    css: `:root { --${id}: ran }`,
    gif: PIXEL,
    txt: '',
  })[answer];

/** Lets each vector's host answer. */
export function answerVectors(/** @type {import('./start-world.mjs').World} */ { internet }) {
  for (const vector of vectors) {
    internet.route(hostOf(vector), `/x.${vector.answer}`, (_, res) =>
      res
        .writeHead(200, {
          'content-type': AS[/** @type {keyof typeof AS} */ (vector.answer)],
          'cache-control': 'no-store',
          'access-control-allow-origin': '*',
        })
        .end(answerOf(vector)),
    );
  }
}

const withAddress = (/** @type {Vector} */ vector, text = vector.text) => text.replace('URL', addressOf(vector));

/** Each way of a script's, by its name; `go` goes one, and once more as often as it is called. */
const scriptOf = (/** @type {Vector[]} */ chosen) => `<script>
  const ways = { ${chosen.map((vector) => `'${vector.id}': [(url) => { ${vector.text.replaceAll('</', '<\\/')} }, '${addressOf(vector)}']`).join(',\n')} };
  function go(id) {
    const [way, url] = ways[id];
    try { way(url); } catch (error) {
      // A socket to a service that is withdrawn is refused out loud.
      if (!/not granted/.test(error)) (window.threw ??= []).push(id + ': ' + error);
    }
  }
  async function goAll() {
    for (const id in ways) {
      go(id);
      await new Promise((done) => setTimeout(done));
    }
  }
</script>`;

/**
 * The body of a page that goes each way while it is read, and with `isQuiet` only when it is asked to by `goAll()`. Each has
 * a script of its own: what stops a tag comes to its turn only between two scripts.
 */
export function bodyOf(/** @type {Vector[]} */ chosen, { isQuiet = false } = {}) {
  const coded = chosen.filter(({ by }) => by === 'code');
  const templates = coded.map((vector) =>
    vector.template ? `<template id="${vector.id}">${withAddress(vector, vector.template)}</template>` : '',
  );
  const read = chosen.map((vector) => {
    const { by, id } = vector;
    if (by === 'markup') return withAddress(vector);
    const act = by === 'code' ? `go('${id}')` : `document.write(\`${withAddress(vector).replaceAll('</', '<\\/')}\`)`;
    return `<script>${act};</script>`;
  });
  return [templates.join(''), scriptOf(coded), ...(isQuiet ? [] : read), '<p>The end</p>'].join('\n');
}
