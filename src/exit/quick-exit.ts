import { warn } from '../core/log.js';
import { closestTo, make, report, whenParsed } from '../core/natives.js';
import { guardBack, noteExit } from './back-guard.js';
import { createShield } from './shield.js';

const TARGETS = ['https://www.bbc.co.uk/weather', 'https://www.metoffice.gov.uk/'];
/** Milliseconds in which several presses count as one wish. */
const WINDOW = 2000;
/** Milliseconds the first and the second target may take. */
const PATIENCE = [3000, 6000];
/**
 * Once leaving, no key or press may stop the navigation or reach the page: Escape also means "stop loading". Nor may the
 * page ask whether to leave, or say to anybody that it was left.
 */
const SWALLOWED =
  'keydown keyup keypress click auxclick pointerdown touchstart contextmenu submit beforeunload beforeinput pagehide visibilitychange'.split(
    ' ',
  );

/** The targets that are https addresses of other sites, then the defaults. Tells what it dropped. */
const validTargets = (wanted: readonly string[]): string[] => [
  ...wanted.filter((target) => {
    const { protocol, host } = make('a', { href: target });
    const isValid = protocol === 'https:' && host !== location.host;
    if (!isValid) warn('data-quick-exit: not https elsewhere', target);
    return isValid;
  }),
  ...TARGETS,
];

const isEscape = (event: KeyboardEvent): boolean =>
  event.key === 'Escape' &&
  event.isTrusted &&
  event.keyCode !== 229 &&
  !(event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey);

/** Runs each step whatever becomes of the one before it: nothing may keep somebody on the page. */
function attempt(...steps: (() => void)[]): void {
  for (const step of steps) {
    try {
      step();
    } catch {
      // The next step matters more than this error, and a report could tell somebody of the exit.
    }
  }
}

function silence(element: Element): void {
  // Removed from the page, a playing element goes on playing.
  if (element instanceof HTMLMediaElement) element.pause();
  element.remove();
}

/** Hides the page, or shows it again. A modal dialog is visible whatever its ancestors are. */
const hide = (visibility: 'hidden' | '') =>
  document
    .querySelectorAll<HTMLElement>(':root,dialog')
    .forEach(({ style }) => style.setProperty('visibility', visibility, 'important'));

/** Leaves nothing that shows, sounds or asks, and no address for the target to read. */
const CLEAN = [
  () => hide('hidden'),
  // A frame of another origin could still ask whether to leave; media would go on being heard.
  () => document.querySelectorAll('link[rel~=icon],iframe,object,embed,audio,video').forEach(silence),
  () => speechSynthesis.cancel(),
  () => document.head.append(make('link', { rel: 'icon', href: 'data:,' })),
  () => document.head.append(make('meta', { name: 'referrer', content: 'no-referrer' })),
];

/**
 * Shows the safety bar, now that the key works: the page's own, or one that is fetched. Where there is no keyboard to
 * press, the style sheet hides the hint.
 */
async function showBar(target: string, presses: number): Promise<void> {
  if (!document.querySelector('[data-consentry-exit-bar]')) {
    (await import('./bar.js')).insertExitBar(target, presses);
  }
  const hint = document.querySelector<HTMLElement>('[data-consentry-exit-hint]');
  if (hint) hint.hidden = false;
}

/**
 * Arms the exit: Escape and every `[data-consentry-exit]` link leave the site at once, in this tab, without a trace in
 * the tab's history. It depends on nothing else of ours and never throws.
 *
 * @param targets - Where to go: https addresses of other sites, the second for when the first does not answer.
 * @param presses - How often Escape is pressed, within two seconds: 1 to 3.
 * @param title - What the tab is called while the target loads. Default: the target's host.
 */
export function armQuickExit(targets: readonly string[], presses: number, title?: string): void {
  const [first, second] = validTargets(targets) as [string, string];
  const cover = createShield();
  let isLeaving = false;
  let count = 0;
  let since = 0;

  function go() {
    if (isLeaving) return;
    let isGone = false;
    const leave = () => {
      if (isGone) return;
      isGone = true;
      attempt(
        ...CLEAN,
        () => location.replace(first),
        () => (document.activeElement as HTMLElement | null)?.blur(),
      );
      setTimeout(() => location.replace(second), PATIENCE[0]);
      setTimeout(() => location.replace('about:blank'), PATIENCE[1]);
    };
    isLeaving = true;
    attempt(cover, () => (document.title = title ?? (first.split('/')[2] as string)), noteExit);
    // Paint the shield, then go; a hidden tab paints nothing, so the timer goes without it.
    setTimeout(leave, 50);
    requestAnimationFrame(() => setTimeout(leave));
  }

  /** Whether this press is the one that leaves. */
  function isEnough(): boolean {
    const now = performance.now();
    count = now - since > WINDOW ? 1 : count + 1;
    since = now;
    return count >= presses;
  }

  const stop = (event: Event) => {
    // To prevent that is to ask.
    if (event.type !== 'beforeunload') event.preventDefault();
    event.stopImmediatePropagation();
  };
  const hear = (event: Event) => {
    const { type } = event;
    if (isLeaving) return stop(event);
    const isPress = type.endsWith('click') && (event as MouseEvent).button !== 2;
    const leaves =
      (type === 'keydown' && isEscape(event as KeyboardEvent) && isEnough()) ||
      (isPress && closestTo(event, '[data-consentry-exit]'));
    if (!leaves) return;
    stop(event);
    go();
  };
  const arm = () => {
    for (const type of SWALLOWED) addEventListener(type, hear, { capture: true, passive: false });
  };
  arm();
  // `document.open` takes every listener off the window.
  new MutationObserver(arm).observe(document, { childList: true });
  guardBack(hide, go);
  whenParsed(() => void showBar(first, presses).catch(report));
}
