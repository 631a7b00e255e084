import type { Category } from '../core/config.js';
import { enPanel } from '../messages/en-panel.js';
import type { Service } from '../core/service.js';
import { words } from './cookie-table.js';

/** What the messages say of a category or service; undefined of one that only the site knows. */
const known = (key: string): unknown => (Object.hasOwn(enPanel, key) ? words(key as keyof typeof enPanel) : undefined);

/** What visitors read of a category: the site's own words before ours. */
export const nameOf = ({ id, name }: Category): unknown => name ?? known(`${id}.name`) ?? id;

/** What a category or service is for: the site's own words before ours. */
export const purposeOf = ({ id, purpose }: Category | Service): unknown => purpose ?? known(`${id}.purpose`);
