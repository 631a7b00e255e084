import type { ChooseOptions } from '../core/consent.js';
import { ConsentController } from './consent-controller.js';
import { isFramed } from './place.js';

/** Keeps an answer with what is known of how it was given. */
type Choose = (options: ChooseOptions) => Promise<unknown>;

/** SHA-256 of a text, white space collapsed, as base64url; undefined where the browser cannot compute it. */
async function hashOf(text: string): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(text.replace(/\s+/g, ' ').trim());
  // Only secure pages have `subtle`.
  const hash = await (crypto.subtle as SubtleCrypto | undefined)?.digest('SHA-256', bytes);
  const base64 = hash && btoa(String.fromCharCode(...new Uint8Array(hash)));
  return base64?.replace(/\+/g, '-').replace(/\//g, '_').replace('=', '');
}

const refuse: Choose = () => Promise.reject(new Error('framed'));

/** Milliseconds that a question is there before a click on it can be meant for it. */
const NOTICE = 500;

/** Where an element stands between its question and the confirmation that the answer was kept. */
export class AnswerController extends ConsentController {
  phase: 'asking' | 'saving' | 'saved' | 'failed' = 'asking';
  /** Whether the question appeared just now: what appears under a hand is not granted by it. */
  isSudden = true;
  #told: string | undefined;
  #noticeHash: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  // It is told of the box once that is drawn: not while the element is hidden, or the whole page in a tab behind.
  #box = new ResizeObserver(([entry]) => {
    if (!entry?.contentRect.height) return this.#vanish();
    this.#timer ??= setTimeout(() => {
      this.isSudden = false;
      this.host.requestUpdate();
    }, NOTICE);
  });

  override hostConnected(): void {
    super.hostConnected();
    this.#vanish();
    this.#box.disconnect();
    this.#box.observe(this.host);
  }

  /** What the visitor is told stands in `.told`; its hash is ready before anybody can have read it. */
  hostUpdated(): void {
    const told = this.host.shadowRoot?.querySelector('.told')?.textContent;
    if (!told || told === this.#told) return;
    this.#told = told;
    this.#noticeHash = undefined;
    void hashOf(told).then((hash) => {
      if (told === this.#told) this.#noticeHash = hash;
    });
  }

  /** Takes the question away, then shows that the answer was kept, or the question again and that it was not. */
  async keep(choose: Choose): Promise<void> {
    this.enter('saving');
    try {
      await choose({ noticeHash: this.#noticeHash });
      this.enter('saved');
    } catch (error) {
      console.error(error);
      this.enter('failed');
    }
    await this.host.updateComplete;
    this.host.shadowRoot?.querySelector<HTMLElement>('[role=alert]')?.focus();
  }

  /** As `keep`, for what only a person may do, and not where a page of another origin can lead their hand. */
  grant(event: Event, choose: Choose): void {
    if (event.isTrusted && !this.isSudden) void this.keep(isFramed() ? refuse : choose);
  }

  enter(phase: AnswerController['phase']): void {
    this.phase = phase;
    this.host.requestUpdate();
  }

  #vanish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.isSudden = true;
    this.host.requestUpdate();
  }
}
