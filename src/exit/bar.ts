/** What the safety bar says; `{n}` is the number of presses. */
const WORDS = {
  en: ['Quickly exit this site by pressing the Escape key', ' {n} times', 'Leave this site'],
  // Unreviewed draft.
  cy: ["Gadewch y wefan hon yn gyflym drwy bwyso'r fysell Escape", ' {n} gwaith', 'Gadael y wefan hon'],
} as const;

const OURS = '[data-consentry-exit-bar=inserted]';
const SHEET = `${OURS}{all:initial;visibility:inherit;box-sizing:border-box;display:flex;gap:8px 24px;flex-wrap:wrap;align-items:center;justify-content:space-between;position:sticky;top:0;z-index:2147483646;padding:8px 16px;background:#1d2433;color:#fff;font:16px/1.4 system-ui,sans-serif}
${OURS} p{margin:0;flex:1 1 15em}
${OURS} a{margin-inline-start:auto;padding:12px 20px;background:#fff;color:#1d2433;font-weight:700;border:2px solid #fff;touch-action:manipulation}
${OURS} a:focus-visible{outline:3px solid #ffd43b;outline-offset:2px}
@media(max-width:640px){${OURS}{position:fixed;inset:auto 0 0;padding-bottom:calc(8px + env(safe-area-inset-bottom))}${OURS} a{flex:1;text-align:center}}
@media(hover:none) and (pointer:coarse){${OURS} p{display:none}}
@media print{${OURS}{display:none}}`;

function createBar(target: string, presses: number): HTMLElement {
  const language = document.documentElement.lang.startsWith('cy') ? 'cy' : 'en';
  const [hint, times, leave] = WORDS[language];
  const bar = document.createElement('div');
  bar.lang = language;
  bar.dataset.consentryExitBar = 'inserted';
  bar.role = 'region';
  bar.ariaLabel = leave;
  const text = document.createElement('p');
  text.dataset.consentryExitHint = '';
  text.textContent = hint + (presses > 1 ? times.replace('{n}', String(presses)) : '');
  const link = document.createElement('a');
  Object.assign(link, {
    href: target,
    rel: 'nofollow noreferrer noopener',
    referrerPolicy: 'no-referrer',
    draggable: false,
  });
  link.dataset.consentryExit = '';
  link.textContent = leave;
  bar.append(text, link);
  return bar;
}

/** Puts a safety bar first into a page that brought none of its own. */
export function insertExitBar(target: string, presses: number): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.body.prepend(createBar(target, presses));
}
