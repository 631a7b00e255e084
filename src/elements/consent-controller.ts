import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Consent } from '../create-consent.js';
import { onLanguage } from '../messages/index.js';

export interface ConsentHost extends ReactiveControllerHost, HTMLElement {
  consent?: Consent | undefined;
}

/** The consent of the page, for elements that were given none of their own. */
export let provided: Consent | undefined;

/** Gives the page's consent to its elements, those that come later included. False where they have it already. */
export function provide(consent: Consent): boolean {
  const isNew = consent !== provided;
  provided = consent;
  return isNew;
}

/** Renders its element again whenever the consent or the language changes, for as long as it is in the page. */
export class ConsentController implements ReactiveController {
  protected readonly host: ConsentHost;
  readonly #run: ((consent: Consent) => void) | undefined;
  #consent: Consent | undefined;
  #stops: (() => void)[] = [];

  /** `run` is told of each change before the element renders. */
  constructor(host: ConsentHost, run?: (consent: Consent) => void) {
    this.host = host;
    this.#run = run;
    host.addController(this);
  }

  hostConnected(): void {
    this.host.consent ??= provided;
    this.host.requestUpdate();
  }

  hostUpdate(): void {
    const { consent } = this.host;
    if (consent === this.#consent) return;
    this.hostDisconnected();
    this.#consent = consent;
    if (!consent) return;
    const change = () => {
      this.#run?.(consent);
      this.host.requestUpdate();
    };
    this.#stops = [consent.subscribe(change), onLanguage(change)];
  }

  hostDisconnected(): void {
    this.#stops.forEach((stop) => stop());
    this.#consent = undefined;
  }
}
