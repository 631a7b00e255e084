import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';
import type { ConfigInput } from '../../../src/core/config.js';
import type { Consent } from '../../../src/create-consent.js';
import { createConsent } from '../../../src/create-consent.js';
import { connect, openPreferences } from '../../../src/elements/index.js';

declare const axe: { run(context: Element, options?: RunOptions): Promise<AxeResults> };

/** A force with the three vendors, whose libraries this server does not have. */
export const FORCE: ConfigInput = {
  noticeUrl: '/cookies',
  noticeVersion: '1',
  controller: 'The Chief Constable of Northmoor Police',
  googleAnalytics: { ids: ['G-ABC1234567'], src: '/no-gtag.js' },
  doubleclick: { ids: ['DC-1234567'], src: '/no-gtag.js' },
  facebookPixel: { ids: ['123456789012345'], src: '/no-fbevents.js' },
};

/** Consent for this page, its elements connected. */
export async function start(config: Partial<ConfigInput> = {}): Promise<Consent> {
  const consent = createConsent({ ...FORCE, ...config }, { openPreferences });
  await consent.ready;
  connect(consent);
  return consent;
}

/** Waits until `find` finds something. */
export async function until<T>(find: () => T): Promise<NonNullable<T>> {
  for (const end = performance.now() + 20_000; performance.now() < end;) {
    const found = find();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never happened: ${String(find)}`);
}

type Rendered = HTMLElement & { shadowRoot: ShadowRoot; updateComplete: Promise<boolean> };

/** Adds an element to the end of the page and waits until it renders. */
export function write(html: string): HTMLElement {
  const template = document.createElement('template');
  template.innerHTML = html;
  const element = template.content.firstElementChild as HTMLElement;
  document.body.append(template.content);
  return element;
}

const rendered = (tag: string) => () => {
  const element = document.querySelector<Rendered>(tag);
  return element?.shadowRoot?.querySelector('.root, .message') ? element : undefined;
};

export const bannerOf = () => document.querySelector<Rendered>('consentry-banner');
export const banner = () => until(rendered('consentry-banner'));
export const preferences = () => until(rendered('consentry-preferences'));
export const declaration = () => until(rendered('consentry-declaration'));
export const embed = () => until(rendered('consentry-embed'));

/** The button of that text in an element. */
export function button(element: Rendered, text: string): HTMLButtonElement {
  const found = [...element.shadowRoot.querySelectorAll('button')].find((each) => each.textContent?.trim() === text);
  if (!found) throw new Error(`no button "${text}" in ${element.localName}`);
  return found;
}

/** The radio button or checkbox of that name, and of that value where it has one. */
export function control(element: Rendered, name: string, value?: 'granted' | 'denied'): HTMLInputElement {
  const all = [...element.shadowRoot.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
  const found = all.find((each) => !value || each.value === value);
  if (!found) throw new Error(`no control ${name} ${value}`);
  return found;
}

/** Waits until a button can be pressed: no question grants anything as soon as it is seen. */
export const enabled = (element: Element) => until(() => element.ariaDisabled !== 'true');

/** Clicks with the real mouse, once the element can be pressed. */
export async function click(element: Element): Promise<void> {
  await enabled(element);
  await clickAtOnce(element);
}

/** Clicks with the real mouse, whatever the element says of itself. */
export async function clickAtOnce(element: Element): Promise<void> {
  element.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = element.getBoundingClientRect();
  await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
}

export const press = (key: string) => sendKeys({ press: key });

/** The element that has the focus, in whatever shadow root it stands. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** What an element says, white space collapsed. */
export const textOf = (element: Rendered | null): string =>
  (element?.shadowRoot.querySelector('.root')?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** Waits for the element that says that a choice was kept, or was not. */
export const alertOf = (element: Rendered) =>
  until(() => element.shadowRoot.querySelector<HTMLElement>('[role=alert]'));

/** What axe finds wrong, and contrast that it cannot tell: text in the colour of its background is one of these. */
export async function violations(element: Element): Promise<string[]> {
  const { violations: wrong, incomplete } = await axe.run(element, { resultTypes: ['violations', 'incomplete'] });
  return [...wrong, ...incomplete.filter(({ id }) => id === 'color-contrast')].flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}

/** Makes each write to the journal fail until the returned function is called. */
export function breakJournal(): () => void {
  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function () {
    this.transaction.abort();
    return {} as IDBRequest<IDBValidKey>;
  };
  return () => void (IDBObjectStore.prototype.add = add);
}

const forget = () =>
  new Promise<unknown>((resolve) => {
    const request = indexedDB.deleteDatabase('consentry');
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });

/** A window of 320 pixels, or the narrowest that the browser has. */
export async function narrow(): Promise<void> {
  await setViewport({ width: 320, height: 640 }).catch(() => setViewport({ width: 447, height: 640 }));
  await until(() => innerWidth < 640);
  // WebKitGTK tells of its new size a frame before it lays the page out for it.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

const OURS =
  'consentry-banner,consentry-preferences,consentry-declaration,consentry-message,consentry-embed,[data-test]';

function empty(): void {
  for (const element of [...document.body.children]) {
    if (element.matches(OURS)) element.remove();
  }
}

export async function reset(): Promise<void> {
  empty();
  for (const cookie of document.cookie.split('; ')) document.cookie = `${cookie.split('=')[0]}=;path=/;max-age=0`;
  await forget();
  // Where all of a page went, somebody who is undecided has been asked again.
  empty();
  document.documentElement.lang = 'en';
  document.documentElement.style.colorScheme = 'light';
  await setViewport({ width: 1024, height: 768 });
}
