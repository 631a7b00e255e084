import type { Service } from '../core/service.js';

/**
 * What our own vendors leave on the device, by the service's id. Only what removes or shows it needs the names; the core
 * knows how they begin (`BEGINNINGS` in ../sweep/sweep.ts).
 */
export const TRACES: Readonly<Record<string, Pick<Service, 'cookies' | 'storage'>>> = {
  'google-analytics': {
    cookies: [
      '_ga',
      '_ga_*',
      '_gid',
      '_gat',
      '_gat_*',
      '_dc_gtm_*',
      'AMP_TOKEN',
      '_gali',
      '__utm*',
      { name: 'FPID', httpOnly: true },
      'FPLC',
    ],
  },
  doubleclick: {
    cookies: ['_gcl_*', '_gac_*', 'FPGCL*', '_dcid', '__gads', '__gpi'],
  },
  'facebook-pixel': {
    cookies: ['_fbp', '_fbc'],
    storage: ['_fbp', '_fbc', 'lastExternalReferrer', 'lastExternalReferrerTime'],
  },
};

/** A service with what it leaves on the device: of a site's own one that stands in the configuration. */
export const withTraces = (service: Service): Service =>
  'key' in service ? { ...service, ...TRACES[service.id] } : service;
