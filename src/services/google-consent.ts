import { GOOGLE_TYPES } from '../core/config.js';
import type { ConsentCore } from '../core/consent.js';
import { report } from '../core/natives.js';
import type { State } from '../core/state.js';
import { page } from './page.js';

/** A `gtag` of the page may be anything. */
function tell(...command: unknown[]): void {
  try {
    (page.gtag as (...command: unknown[]) => void)(...command);
  } catch (error) {
    report(error);
  }
}

/**
 * Tells Google's tags the state of consent: all denied at once, then one full `update` and one event for a stored
 * decision and for each change. Saving what is in force already says nothing.
 */
export function connectGoogleConsent(consent: ConsentCore): void {
  if (!Array.isArray(page.dataLayer)) page.dataLayer = [];
  if (typeof page.gtag !== 'function') {
    page.gtag = function () {
      // Google reads commands from `arguments` objects only and drops an array without a word.
      (page.dataLayer as unknown[]).push(arguments);
    };
  }
  const { categories } = consent.config;
  const isOn = (id: string) => consent.isGranted([id]);
  const signals = () =>
    Object.fromEntries(
      GOOGLE_TYPES.map((type) => [
        type,
        type === 'security_storage' || categories.some(({ id, google }) => google?.includes(type) && isOn(id))
          ? 'granted'
          : 'denied',
      ]),
    );
  const { ads_data_redaction, url_passthrough, ...reach } = consent.config.google ?? {};
  tell('consent', 'default', { ...signals(), ...reach });
  for (const [setting, isOn] of Object.entries({ ads_data_redaction, url_passthrough })) {
    if (isOn) tell('set', setting, isOn);
  }

  // Before anything is read every choice is unasked, which is what the default says. A sensitive route changes no choice.
  const inForce = ({ choices, before = choices }: State) => JSON.stringify([before, signals()]);
  let told = inForce(consent.state);
  consent.subscribe((state) => {
    const { decision, event, before } = state;
    const now = inForce(state);
    if (now === told) return;
    told = now;
    tell('consent', 'update', signals());
    // What closes is told of at once; the event of a choice follows what opens with it.
    if (before) return;
    (page.dataLayer as unknown[]).push({
      event: 'consentry',
      consentry: {
        action: event ?? 'stored',
        noticeVersion: decision?.notice,
        categories: Object.fromEntries(categories.map(({ id }) => [id, isOn(id)])),
      },
    });
  });
}
