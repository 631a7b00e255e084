import type { ConsentCore } from '../core/consent.js';

/** What everything of a page's own needs; a policy of the server stays in force beside this one. */
const OWN = "'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

/** A declared host as a source of a content security policy: `*.` leaves the host itself out there. */
const sourcesOf = (host: string): string[] => {
  const [source = ''] = host.split('?');
  return source.startsWith('*.') ? [source, source.slice(2)] : [source];
};

/** Marks the seal in the page: what is granted now takes effect on the next load. */
export const SEAL = 'meta[data-consentry-seal]';

/**
 * Lets the page reach no more hosts than its own, those of its cookie domain and those of services still granted, for the
 * rest of its life: the policy cannot be taken back.
 */
export function seal({ config, isGranted }: ConsentCore): void {
  const granted = config.services.filter(({ id, category }) => isGranted([category], id));
  const hosts = [
    ...(config.cookieDomain ? [`*.${config.cookieDomain}`] : []),
    ...granted.flatMap(({ hosts = [] }) => hosts),
  ].flatMap(sourcesOf);
  const content = ['default-src', OWN, ...hosts].join(' ');
  const meta = Object.assign(document.createElement('meta'), { httpEquiv: 'Content-Security-Policy', content });
  meta.dataset.consentrySeal = '';
  document.head.append(meta);
}
