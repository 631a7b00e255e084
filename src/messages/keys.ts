import type { en } from './en.js';
import type { enEmbed } from './en-embed.js';
import type { enPanel } from './en-panel.js';

/** How long a cookie is kept: its English text is its key in the messages. */
export type Duration =
  | '10 seconds'
  | '30 seconds'
  | '1 minute'
  | '15 minutes'
  | '20 hours'
  | '24 hours'
  | '2 weeks'
  | '90 days'
  | '180 days'
  | '400 days'
  | '6 months'
  | '13 months'
  | '1 year'
  | '2 years'
  | '5 years'
  | 'up to 1 year'
  | 'up to 2 years'
  | 'until you clear your browser';

/** Names of what a visitor can read. */
export type Key = keyof typeof en | keyof typeof enPanel | keyof typeof enEmbed | Duration;

/** Every visible sentence in one language. `{…}` stands for what is put in: a name, a number, a link. */
export type Messages = Readonly<Record<Key, string>>;
