import { type ConfigInput, readConfig } from './core/config.js';
import { type ChooseOptions, type ConsentCore, createConsentCore } from './core/consent.js';
import { readCookie } from './core/cookie.js';
import { head } from './core/journal.js';
import { entries, log } from './core/log.js';
import { ignore } from './core/natives.js';
import { beforePush } from './core/push.js';
import type { ConsentRecord } from './core/record.js';
import type { Followed } from './core/routes.js';
import type { Stop } from './core/store.js';
import { connectGate } from './gate/gate.js';
import { connectGuard } from './gate/guard.js';
import { createBlockedBy } from './gate/hosts.js';
import type { ConsentReport } from './report.js';
import { connectGoogleConsent } from './services/google-consent.js';
import { keepVendorsCalls } from './services/keep-calls.js';
import { vendors } from './services/registry.js';
import { connectSweep } from './sweep/sweep.js';

export interface ConsentOptions {
  /** The nonce of the page's scripts: held scripts need the same one, and the vendors' libraries get it. */
  readonly nonce?: string;
  /** Shows the preferences; the elements provide it. Focus goes back to `opener` when they are closed. */
  readonly openPreferences?: (consent: Consent, opener?: HTMLElement) => Promise<void>;
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
  scan(root: Node & ParentNode): void;
  /** Lets one held frame show what it holds until the visitor chooses again, whatever the consent. */
  showOnce(frame: HTMLIFrameElement): Promise<void>;
  /** The visitor's own copy: every record of this device, oldest first. */
  receipt(): Promise<ConsentRecord[]>;
  openPreferences(opener?: HTMLElement): Promise<void>;
  /** What the SDK knows of itself on this page: for analysts, scripts and tests. */
  report(): Promise<ConsentReport>;
}

/** Tells each side of a change of whether everything named is granted; says nothing before that is known. */
const onTurn = (
  { subscribe, isGranted }: ConsentCore,
  categories: string | readonly string[],
  tell: (isGranted: boolean) => void,
): Stop => {
  let was: boolean | undefined;
  return subscribe(({ ready }) => {
    const is = isGranted([categories].flat());
    if (ready && is !== was) tell((was = is));
  });
};

/**
 * Reads the stored decision and the page, and holds what needs consent. A configuration that nobody has decided under
 * yet is checked before anything opens or anybody is asked.
 */
export function createConsent(input: ConfigInput, { nonce = '', openPreferences }: ConsentOptions = {}): Consent {
  const config = readConfig(input, vendors);
  const prepare = async () => {
    const asking = await import('./asking.js');
    asking.check(input, config);
    return asking;
  };
  const core = createConsentCore(config, {
    readCookie,
    readJournal: head,
    prepare,
    followRoutes: async (enter) => {
      const followed: Partial<Followed> = {};
      // At once: what changes the address later may keep the function that it finds now.
      beforePush((url) => followed.go?.(url));
      const { followRoutes } = await import('./core/routes.js');
      return Object.assign(followed, followRoutes(config.sensitive, enter, log)).closed;
    },
    // Whoever needs it is told of its failure.
    expect: () => void gate.open().catch(ignore),
  });
  const { subscribe, choose } = core;

  // The order is the data's: Google hears of a grant before its library is asked for, and the sweep comes last.
  if (config.googleAnalytics || config.doubleclick || config.googleTagManager) connectGoogleConsent(core);
  keepVendorsCalls(core, vendors);
  const blockedBy = config.guard === false ? ignore : createBlockedBy(core);
  const gate = connectGate(core, nonce, blockedBy, async (lent) => (await import('./granted.js')).connectGranted(lent));
  connectGuard(core, blockedBy, gate);
  connectSweep(core);
  subscribe(({ choices }) => log('choices', choices));

  const consent: Consent = Object.assign(core, {
    acceptAll: (options?: ChooseOptions) => choose('accept', options),
    rejectAll: (options?: ChooseOptions) => choose('reject', options),
    withdraw: (options?: ChooseOptions) => choose('withdraw', options),
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
    showOnce: async (frame: HTMLIFrameElement) => (await gate.open()).showOnce(frame),
    receipt: async () => (await import('./asking.js')).receipt(),
    openPreferences: async (opener?: HTMLElement) => openPreferences?.(consent, opener),
    report: async () => (await import('./report.js')).report(core, gate, entries),
  });
  return consent;
}
