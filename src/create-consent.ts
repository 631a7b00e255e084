import { allOf } from './core/choices.js';
import { type ConfigInput, readConfig } from './core/config.js';
import { type ChooseOptions, type ConsentCore, createConsentCore } from './core/consent.js';
import { readCookie } from './core/cookie.js';
import type { ConsentRecord } from './core/record.js';
import type { Stop } from './core/store.js';
import { VERSION } from './core/version.js';
import { connectGate, type Gate } from './gate/gate.js';
import { head } from './core/journal.js';
import { connectGoogleConsent } from './services/google-consent.js';
import { vendors } from './services/registry.js';
import { connectVendors } from './services/vendors.js';
import { connectSweep } from './sweep/sweep.js';

export interface ConsentOptions {
  /** The nonce of the page's scripts: held scripts need the same one, and the vendors' libraries get it. */
  readonly nonce?: string;
  /** Shows the preferences; the elements provide it. Focus goes back to `opener` when they are closed. */
  readonly openPreferences?: (consent: Consent, opener?: HTMLElement) => Promise<void>;
}

/** What the SDK knows of itself on this page: for analysts, scripts and tests. */
export interface ConsentReport {
  readonly sdk: string;
  readonly state: ConsentCore['state'];
  readonly tags: ReturnType<Gate['tags']>;
}

/** Consent for one page. Whatever starts something returns what stops it. */
export interface Consent extends ConsentCore {
  /** Grants every category. */
  acceptAll(options?: ChooseOptions): Promise<ConsentRecord>;
  /** Denies every category that is not essential. */
  rejectAll(options?: ChooseOptions): Promise<ConsentRecord>;
  /** Denies all that is granted and leaves unasked what was never asked. */
  withdraw(options?: ChooseOptions): Promise<ConsentRecord>;
  /** Calls `start` each time everything named becomes granted; what it returns is called when that ends. */
  onGranted(categories: string | readonly string[], start: () => void | Stop): Stop;
  /** Calls `run` each time something named stops being granted, and at once where it is not. */
  onDenied(categories: string | readonly string[], run: () => void): Stop;
  /** Looks for held tags in a shadow root; those of the document are found without it. */
  scan(root: ParentNode): void;
  /** The visitor's own copy: every record of this device, oldest first. */
  receipt(): Promise<ConsentRecord[]>;
  openPreferences(opener?: HTMLElement): Promise<void>;
  report(): ConsentReport;
}

/** Tells each side of a change of whether everything named is granted; says nothing before that is known. */
function onTurn(
  consent: ConsentCore,
  categories: string | readonly string[],
  tell: (isGranted: boolean) => void,
): Stop {
  const ids = typeof categories === 'string' ? [categories] : categories;
  let was: boolean | undefined;
  return consent.subscribe(({ ready }) => {
    const is = consent.isGranted(ids);
    if (!ready || is === was) return;
    was = is;
    tell(is);
  });
}

const fetchAsking = () => import('./asking.js');

/**
 * Reads the stored decision and the page, and holds what needs consent. A configuration that nobody has decided under
 * yet is checked before anything opens or anybody is asked.
 */
export function createConsent(input: ConfigInput, { nonce = '', openPreferences }: ConsentOptions = {}): Consent {
  const config = readConfig(input, vendors);
  const prepare = async () => {
    const asking = await fetchAsking();
    asking.checkConfig(input, () => config);
    return asking;
  };
  const core = createConsentCore(config, { readCookie, readJournal: head, prepare });

  // The order is the data's: Google hears of a grant before its library is asked for, and the sweep comes last.
  if (config.googleAnalytics || config.doubleclick) connectGoogleConsent(core);
  connectVendors(core, vendors, nonce);
  const gate = connectGate(core, nonce);
  connectSweep(core);

  const consent: Consent = Object.assign(core, {
    acceptAll: (options?: ChooseOptions) => core.choose(allOf(core.state.choices, 'granted'), options),
    rejectAll: (options?: ChooseOptions) => core.choose(allOf(core.state.choices, 'denied'), options),
    async withdraw(options?: ChooseOptions) {
      await core.ready;
      const granted = Object.entries(core.state.choices).filter(([, choice]) => choice === 'granted');
      return core.choose(allOf(Object.fromEntries(granted), 'denied'), options);
    },
    onGranted(categories: string | readonly string[], start: () => void | Stop) {
      let stop: void | Stop;
      return onTurn(core, categories, (isGranted) => {
        if (isGranted) stop = start();
        else stop?.();
      });
    },
    onDenied: (categories: string | readonly string[], run: () => void) =>
      onTurn(core, categories, (isGranted) => void (isGranted || run())),
    scan: gate.scan,
    receipt: async () => (await fetchAsking()).receipt(),
    openPreferences: async (opener?: HTMLElement) => openPreferences?.(consent, opener),
    report: () => ({ sdk: VERSION, state: core.state, tags: gate.tags() }),
  });
  return consent;
}
