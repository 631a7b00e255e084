/*
 * What is fetched once something is granted: a visitor who refused does without.
 */
import { createServicesAt } from './gate/hosts.js';
import type { Lent } from './gate/lent.js';
import { connectRecall } from './gate/recall.js';
import { createReleaser, type Releaser } from './gate/release.js';
import { seal } from './gate/seal.js';
import { connectSockets } from './gate/sockets.js';
import { banish } from './gate/tags.js';
import { isLibrary } from './services/library.js';
import { keepConsentAhead } from './services/queue.js';
import { vendorSteps } from './services/registry.js';
import { startVendors } from './services/start-vendors.js';

/**
 * Tells once of each address of a granted service that the page's content security policy refuses, also before this file
 * came where the browser keeps such reports, as Chromium and WebKit do.
 */
function tellRefusals({ consent, warn }: Lent): void {
  const servicesAt = createServicesAt(consent.config.services);
  const framed = (url: string) =>
    consent.config.services.filter(
      (service) =>
        servicesAt(url).includes(service) || service.hosts?.some((host) => url.split('/')[2] === host.split(/[/?]/)[0]),
    );
  const told = new Set<string>();
  const tell = (directive: string, url: string, disposition: string) => {
    // Of a frame the browser names no more than the origin.
    const services = directive === 'frame-src' ? framed(url) : servicesAt(url);
    const isGranted = services.some(({ id, category }) => consent.isGranted([category], id));
    const text = `${directive} ${url}`;
    // A policy that only reports refuses nothing.
    if (disposition === 'report' || !isGranted || told.has(text)) return;
    told.add(text);
    warn('refused by policy', text);
  };
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, disposition }) =>
    tell(effectiveDirective, blockedURI, disposition),
  );
  if (typeof ReportingObserver !== 'function') return;
  new ReportingObserver(
    (reports) => {
      for (const { body } of reports) {
        const { effectiveDirective, blockedURL, disposition } = body as unknown as Record<string, string>;
        tell(String(effectiveDirective), String(blockedURL), String(disposition));
      }
    },
    { types: ['csp-violation'], buffered: true },
  ).observe();
}

/** Seals the page at the first withdrawal. */
function sealOnWithdrawal({ consent }: Lent): void {
  const { services, onWithdraw } = consent.config;
  if (!onWithdraw) return;
  const granted = () => services.filter(({ id, category }) => consent.isGranted([category], id));
  let before = granted();
  const stop = consent.subscribe(() => {
    const now = granted();
    if (before.some((service) => !now.includes(service))) {
      seal(consent);
      setTimeout(() => stop());
    }
    before = now;
  });
}

/** Starts the configured vendors and releases held tags, now and at each change. */
export function connectGranted(lent: Lent): Releaser {
  tellRefusals(lent);
  keepConsentAhead(lent.consent);
  if (lent.consent.config.guard !== false) connectSockets(lent);
  startVendors({ ...lent, banish }, vendorSteps);
  sealOnWithdrawal(lent);
  const releaser = createReleaser(lent);
  connectRecall(lent, releaser, isLibrary);
  return releaser;
}
