import type { Service } from '../core/service.js';

const VENDORS: Readonly<Record<string, string>> = {
  'google-analytics': 'Google Analytics',
  doubleclick: 'Google DoubleClick',
  'facebook-pixel': 'Facebook Pixel',
  'google-tag-manager': 'Google Tag Manager',
  'google-tag-manager-ads': 'Google Tag Manager',
};

/** What visitors read of a service. */
export const serviceName = ({ id, name }: Service): string => name ?? VENDORS[id] ?? id;
