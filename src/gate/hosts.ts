import type { ConsentCore } from '../core/consent.js';
import type { Service } from '../core/service.js';

/** Which denied service an address belongs to; undefined where it may be reached. */
export type BlockedBy = (address: unknown) => Service | undefined;

/**
 * `*.x.uk` is x.uk and its sub-domains; what follows a host is the start of a path and query, or after `?id=` that of the
 * id asked for, on whatever path and wherever it stands in the query.
 */
function isUnder({ hostname, pathname, search, searchParams }: URL, host: string): boolean {
  if (host.startsWith('*')) return `.${hostname}`.endsWith(host.slice(1));
  // As long as the whole name of the host: x.uk is not x.uk.example.
  return (
    host.length >= hostname.length &&
    [hostname + pathname + search, `${hostname}?id=${searchParams.get('id')}`].some((text) => text.startsWith(host))
  );
}

/**
 * Makes what names the services that an address belongs to: of all declarations that fit it the longest decide. The site's
 * own host needs a path to belong to a service.
 */
export function createServicesAt(services: readonly Service[]): (address: unknown) => Service[] {
  const declared = services
    .flatMap((service) => (service.hosts ?? []).map((host) => ({ service, host })))
    .filter(({ host }) => host !== location.hostname);

  return (address) => {
    let url: URL;
    try {
      url = new URL(String(address), document.baseURI);
    } catch {
      return [];
    }
    const fits = declared.filter(({ host }) => isUnder(url, host));
    return fits
      .filter(({ host }) => fits.every((other) => other.host.length <= host.length))
      .map(({ service }) => service);
  };
}

/** Makes the rule of who may not be reached: where an address belongs to several services, one granted is enough. */
export function createBlockedBy({ config, isGranted }: ConsentCore): BlockedBy {
  const servicesAt = createServicesAt(config.services);
  return (address) => {
    const services = servicesAt(address);
    return services.some(({ id, category }) => isGranted([category], id)) ? undefined : services[0];
  };
}
