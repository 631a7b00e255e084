import { html } from 'lit';

/** Whether `url` leads to a web page: nothing else may stand in a link, `javascript:` least of all. */
const isWebUrl = (url: string): boolean =>
  /^https?:$/.test(Object.assign(document.createElement('a'), { href: url }).protocol);

/** A link to a web page; only its text where `url` leads to anything else. */
export const link = (url: string, text: unknown): unknown =>
  isWebUrl(url) ? html`<a part="link" href=${url} rel="noreferrer">${text}</a>` : text;
