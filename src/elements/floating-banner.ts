import { ConsentryBanner } from './banner.js';
import { floatStyles } from './float-styles.js';
import { styles } from './styles.js';

const EXIT_BAR = '[data-consentry-exit-bar]';

/** Pixels between what has the focus and the question over it. */
const GAP = 12;

/** How much of the window's lower edge the safety bar takes. */
function exitSize(): number {
  const bar = document.querySelector(EXIT_BAR);
  if (!bar || getComputedStyle(bar).position !== 'fixed') return 0;
  const { top, bottom, height } = bar.getBoundingClientRect();
  return top > 0 && bottom >= innerHeight - 1 ? height : 0;
}

/**
 * The banner over the page, at its lower edge or in a box. It keeps off what somebody needs: the safety bar stays free,
 * the page's end can be scrolled out from under it, and what gets the focus is brought into sight.
 */
export class FloatingBanner extends ConsentryBanner {
  static override styles = [styles, floatStyles];

  /** What lets the page's end be scrolled up by as much as the question covers. */
  readonly #space = document.createElement('div');
  // In the next frame: what an observer changes at once, some browsers report to the page as an error.
  readonly #sizes = new ResizeObserver(() => requestAnimationFrame(this.#measure));

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('layout', this.consent?.config.layout ?? '');
    this.#space.dataset.consentrySpace = '';
    document.body.append(this.#space);
    this.#sizes.observe(this);
    const bar = document.querySelector(EXIT_BAR);
    if (bar) this.#sizes.observe(bar);
    addEventListener('resize', this.#measure);
    addEventListener('focusin', this.#uncover);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#space.remove();
    this.#sizes.disconnect();
    removeEventListener('resize', this.#measure);
    removeEventListener('focusin', this.#uncover);
  }

  /** Whether it is over the page now: not on a low window. */
  get #isOver(): boolean {
    return getComputedStyle(this).position === 'fixed';
  }

  #measure = (): void => {
    this.style.setProperty('--consentry-exit-block-size', `${exitSize()}px`);
    this.#space.style.blockSize = this.#isOver ? `${this.offsetHeight + GAP}px` : '0';
  };

  #uncover = (event: Event): void => {
    const path = event.composedPath();
    const [target] = path;
    if (!(target instanceof Element) || path.includes(this) || !this.#isOver) return;
    const own = this.getBoundingClientRect();
    const { top, bottom, left, right } = target.getBoundingClientRect();
    if (bottom <= own.top || top >= own.bottom || right <= own.left || left >= own.right) return;
    // What is taller than the room above is shown from its start.
    scrollBy({ top: Math.min(bottom - own.top + GAP, Math.max(top - GAP, 0)), behavior: 'instant' });
  };
}
