import type { randomly } from './randomly.js';

/** When what is made here was decided. */
export const DECIDED = Date.UTC(2026, 10, 15);

/** A value of the consent cookie, told under the notice of 1 November 2026. */
export const valueOf = (pairs: string, { time = DECIDED, notice = '2026-11-01' } = {}) =>
  ['1', time.toString(36), 's'.repeat(22), 'R-_'.padEnd(22, '0'), notice, 'z9a', pairs].join('~');

/** Makes `Cookie` headers that are a few changes away from one that grants something. */
export function cookieHeaders({ below, pick, some }: ReturnType<typeof randomly>): () => string {
  const ids = ['preferences', 'analytics', 'marketing', 'google-analytics', 'doubleclick', 'facebook-pixel'];
  const parts = [
    '~',
    '.',
    '_',
    '_g',
    '_d',
    '.analytics_g',
    '.marketing_d',
    '1',
    'a',
    'G',
    '-',
    '%',
    '=',
    '"',
    ' ',
    ',',
  ];
  const breaks = [';', '; ', '; consentry=', 'consentry=', '; xconsentry=', '; Consentry=', 'analytics_g', '; _ga=1'];

  const edit = (text: string) => {
    const [from, to] = [below(text.length + 1), below(text.length + 1)].sort((one, other) => one - other) as [number, number]; // prettier-ignore
    return pick([
      () => text.slice(0, from) + pick([...parts, ...breaks]) + text.slice(from),
      () => text.slice(0, from) + pick(parts) + text.slice(from + 1),
      () => text.slice(0, from) + text.slice(Math.min(to, from + 5)),
      () => `${text}; consentry=${text.slice(from)}`,
    ])();
  };
  return () => {
    const notice = pick(['2026-11-01', '2026-11-01', '2026-11-01', '2026-11-02', '2026-11-011']);
    const pairs = [pick(ids), ...some(3, () => pick(ids))].map((id) => `${id}_${pick('ggdu')}`).join('.');
    const header = `${pick(['', '_ga=GA1.1; '])}consentry=${valueOf(pairs, { notice })}${pick(['', '; _fbp=fb.1'])}`;
    return Array.from({ length: below(3) })
      .reduce<string>(edit, header)
      .trim();
  };
}
