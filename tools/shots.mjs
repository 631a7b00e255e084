// npm run shots: a picture of every element × layout × language × width × colours, in shots/, with an index page.
/* global IDBObjectStore */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { browsers } from './browsers.mjs';
import { siteAnswer } from './serve.mjs';

const OUT = fileURLToPath(new URL('../shots/', import.meta.url));
const LANGUAGES = ['en', 'cy', 'ur'];
const WIDTHS = [320, 768, 1280];
const HEIGHT = { 320: 568, 768: 1024, 1280: 800 };
const SCHEMES = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
};

const DIRECTION = { ur: 'rtl' };

/** A page of the demo in another language and layout: only ours speaks it. */
async function answer(request, response) {
  const url = new URL(request.url, 'http://localhost');
  const { status, headers, body } = await siteAnswer(url.pathname);
  const isPage = headers['content-type'].startsWith('text/html');
  const [lang, layout] = ['lang', 'layout'].map((name) => url.searchParams.get(name));
  const page = isPage
    ? String(body)
        .replace(/<html lang="en">/, `<html lang="${lang}" dir="${DIRECTION[lang] ?? 'ltr'}">`)
        .replace('data-notice-url', `data-layout="${layout}" $&`)
    : body;
  response.writeHead(status, headers).end(page);
}

const part = (element, name) => `${element} [part~="${name}"]`;

/** Refuses, as soon as somebody could as well accept. */
async function refuse(page) {
  await page.locator(`${part('consentry-banner', 'choice')}[aria-disabled=false]`).waitFor();
  await page.locator(part('consentry-banner', 'choice')).nth(1).click();
}

/** What is shown: how one gets there, and whether the picture is of the window or of one element. */
const SUBJECTS = {
  'banner-top': { path: '/index.html', layout: 'top', shows: 'consentry-banner' },
  'banner-bottom': { path: '/index.html', layout: 'bottom', shows: 'consentry-banner' },
  'banner-box': { path: '/index.html', layout: 'box', shows: 'consentry-banner' },
  confirmation: {
    path: '/index.html',
    shows: 'consentry-banner',
    act: refuse,
    waits: part('consentry-banner', 'confirmation'),
  },
  problem: {
    path: '/index.html',
    shows: 'consentry-banner',
    before: (page) =>
      page.addInitScript(() => {
        IDBObjectStore.prototype.add = () => {
          throw new Error('full');
        };
      }),
    act: refuse,
    waits: part('consentry-banner', 'problem'),
  },
  preferences: { path: '/cookies.html', shows: 'consentry-preferences', isWhole: true },
  declaration: { path: '/cookies.html', shows: 'consentry-declaration', isWhole: true },
  embed: { path: '/recruitment.html', shows: 'consentry-embed' },
  message: { path: '/index.html', shows: 'consentry-message' },
  exit: { path: '/report.html', shows: '[data-consentry-exit-bar]' },
};

async function shoot(context, origin, { lang, name, file }) {
  const { path, layout = 'top', shows, before, act, waits, isWhole } = SUBJECTS[name];
  const page = await context.newPage();
  await before?.(page);
  await page.goto(`${origin}${path}?lang=${lang}&layout=${layout}`);
  const element = page.locator(shows).first();
  await element.waitFor();
  if (act) await act(page);
  if (waits) await page.locator(waits).waitFor();
  await element.scrollIntoViewIfNeeded();
  await page.waitForTimeout(600);
  if (isWhole) await element.screenshot({ path: file });
  else await page.screenshot({ path: file });
  await page.close();
}

const only = process.argv.slice(2);
const server = createServer(answer).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const origin = `http://localhost:${server.address().port}`;
const browser = await chromium.launch(browsers().chromium);
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

const names = Object.keys(SUBJECTS).filter((name) => !only.length || only.some((each) => name.startsWith(each)));
const total = names.length * LANGUAGES.length * WIDTHS.length * Object.keys(SCHEMES).length;
const files = [];
for (const lang of LANGUAGES) {
  for (const width of WIDTHS) {
    for (const [scheme, options] of Object.entries(SCHEMES)) {
      for (const name of names) {
        const context = await browser.newContext({
          ...options,
          viewport: { width, height: HEIGHT[width] },
          reducedMotion: 'reduce',
        });
        await context.route(
          (url) => url.origin !== origin,
          (route) => route.abort(),
        );
        const file = `${name}-${lang}-${width}-${scheme}.png`;
        await shoot(context, origin, { lang, name, file: `${OUT}${file}` });
        await context.close();
        files.push({ file, name, lang, width, scheme });
        process.stdout.write(`\r${files.length} of ${total}  ${file.padEnd(48)}`);
      }
    }
  }
}
await browser.close();
server.close();

const figure = ({ file, lang, width, scheme }) =>
  `<figure><a href="${file}"><img src="${file}" loading="lazy" alt=""></a><figcaption>${lang}, ${width} px, ${scheme}</figcaption></figure>`;
const section = (name) =>
  `<h2>${name}</h2><div>${files
    .filter((each) => each.name === name)
    .map(figure)
    .join('')}</div>`;
writeFileSync(
  `${OUT}index.html`,
  `<!doctype html><meta charset="utf-8"><title>Consentry, in pictures</title>
<style>body{font:16px system-ui;margin:2em}div{display:flex;flex-wrap:wrap;gap:1em;align-items:start}figure{margin:0}img{max-inline-size:20em;max-block-size:24em;border:1px solid}</style>
<h1>Consentry, in pictures</h1>${names.map(section).join('')}`,
);
console.log(`\n${files.length} pictures: ${OUT}index.html`);
