import type { Choices } from '../core/choices.js';
import type { Category, Config } from '../core/config.js';
import type { Consent } from '../create-consent.js';
import { enEmbed } from '../messages/en-embed.js';
import { isFramed } from './place.js';
import { serviceName } from './service-name.js';
import { wordsOf } from './words.js';

/** The texts of the placeholder. */
export const words = wordsOf<keyof typeof enEmbed>(enEmbed);

/** The categories that a frame needs. */
const needsOf = ({ dataset }: HTMLIFrameElement): string[] => dataset.consent?.match(/\S+/g) ?? [];

/** Whether what a frame needs is known not to be granted. */
export const isHeld = (frame: HTMLIFrameElement, { state, isGranted }: Consent): boolean =>
  state.ready && !isGranted(needsOf(frame), frame.dataset.service);

/** What a visitor is told of a held frame, and can do about it. */
export interface HeldFrame {
  /** Who shows it: the name of its service, or its host where the site declares none. */
  readonly name: string;
  /** The names of the categories that it needs. */
  readonly categories: unknown[];
  /** What shows it from now on, and whether that is this service alone. */
  readonly grants: Choices;
  readonly isAlone: boolean;
  /** Whether any answer shows it on this page. */
  readonly canShow: boolean;
  /** Where a link leads, and the host there; empty where that is no web page. */
  readonly url: string;
  readonly host: string;
}

/** Whether a route of this page keeps something off, whatever the visitor chooses. */
const isClosed = ({ sensitive }: Config, ids: readonly string[]): boolean =>
  sensitive.some(({ path, deny }) => {
    const [here, start] = [location.pathname.toLowerCase(), path.toLowerCase()];
    const isHere = start.endsWith('*') ? here.startsWith(start.slice(0, -1)) : here === start;
    return isHere && deny.some((id) => ids.includes(id));
  });

/** The site's own name of a category before ours. */
const nameOf = ({ id, name }: Category): unknown => {
  const key = `${id}.name` as keyof typeof enEmbed;
  return name ?? (Object.hasOwn(enEmbed, key) ? words(key) : id);
};

/** Reads an address as a link does, which never throws; the host is empty where it leads to no web page. */
function read(address = ''): { url: string; host: string } {
  const { protocol, hostname, href } = Object.assign(document.createElement('a'), { href: address });
  return { url: href, host: /^https?:$/.test(protocol) ? hostname.replace(/^www\./, '') : '' };
}

/** Reads what stands on a held frame: `data-href` is where its link leads, where that is not its own address. */
export function readFrame(frame: HTMLIFrameElement, { config }: Consent): HeldFrame {
  const { dataset } = frame;
  const ids = needsOf(frame);
  const known = config.categories.filter(({ id }) => ids.includes(id));
  const service = config.services.find(({ id }) => id === dataset.service);
  const [id, ...others] = ids;
  const alone = service?.category === id && !others.length ? service : undefined;
  const { host } = read(dataset.src);
  return {
    name: service ? serviceName(service) : host,
    categories: known.flatMap((category, index) => (index ? [', ', nameOf(category)] : [nameOf(category)])),
    grants: Object.fromEntries((alone ? [alone.id] : ids).map((each) => [each, 'granted' as const])),
    isAlone: !!alone,
    canShow: !!host && !!ids.length && known.length === ids.length && !isClosed(config, ids) && !isFramed(),
    ...read(dataset.href ?? dataset.src),
  };
}
