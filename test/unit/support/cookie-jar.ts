interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
}

/**
 * Stands for the browser's cookies, by RFC 6265 as far as a page at the top of its host can tell; the environment of
 * these tests refuses the empty `domain` that every browser takes for none. `refuses` says which writes are lost.
 */
export function installCookieJar() {
  const jar = { cookies: [] as Cookie[], writes: [] as string[], refuses: (() => false) as (text: string) => boolean };
  Object.defineProperty(Document.prototype, 'cookie', {
    configurable: true,
    get: () => jar.cookies.map(({ name, value }) => (name ? `${name}=${value}` : value)).join('; '),
    set(text: string) {
      jar.writes.push(text);
      if (jar.refuses(text)) return;
      const [pair = '', ...attributes] = text.split(';');
      const [, name = '', value = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(pair) ?? [];
      const {
        domain = '',
        path = '/',
        expires,
      } = Object.fromEntries(attributes.map((attribute) => attribute.split('='))) as Record<string, string>;
      const others = jar.cookies.filter((each) => each.name !== name || each.domain !== domain || each.path !== path);
      const isGone = expires !== undefined && Date.parse(expires) <= Date.now();
      jar.cookies = isGone ? others : [...others, { name, value, domain, path }];
    },
  });
  return jar;
}
