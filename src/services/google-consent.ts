import { GOOGLE_TYPES } from '../core/config.js';
import type { ConsentCore } from '../core/consent.js';

interface GooglePage {
  dataLayer?: unknown[];
  gtag?: (...command: unknown[]) => void;
}

/**
 * Tells Google's tags the state of consent: all denied at once, then one full `update` and one event for a stored
 * decision and for each change. Saving what is in force already says nothing.
 */
export function connectGoogleConsent(consent: ConsentCore): void {
  const page = globalThis as GooglePage;
  page.dataLayer ??= [];
  page.gtag ??= function () {
    // Google reads commands from `arguments` objects only and drops an array without a word.
    page.dataLayer?.push(arguments);
  };
  const { categories } = consent.config;
  const signals = (isOn: (category: string) => boolean) =>
    Object.fromEntries(
      GOOGLE_TYPES.map((type) => [
        type,
        type === 'security_storage' || categories.some(({ id, google }) => google?.includes(type) && isOn(id))
          ? 'granted'
          : 'denied',
      ]),
    );
  const isOn = (id: string) => consent.isGranted([id]);
  page.gtag(
    'consent',
    'default',
    signals(() => false),
  );

  let told = '';
  consent.subscribe(({ ready, choices, decision, event }) => {
    const isAnswered = categories.some(({ id, basis }) => basis !== 'essential' && choices[id] !== 'unasked');
    if (!ready || !isAnswered) return;
    const granted = Object.fromEntries(categories.map(({ id }) => [id, isOn(id)]));
    const now = JSON.stringify([granted, choices, decision?.notice]);
    if (now === told) return;
    told = now;
    page.gtag?.('consent', 'update', signals(isOn));
    page.dataLayer?.push({
      event: 'consentry',
      consentry: { action: event ?? 'stored', noticeVersion: decision?.notice, categories: granted },
    });
  });
}
