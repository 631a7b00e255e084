import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/core/check.js';
import { optOutOf, rowsOf } from '../../src/elements/catalogue.js';
import { en } from '../../src/messages/en.js';
import { enEmbed } from '../../src/messages/en-embed.js';
import { enPanel } from '../../src/messages/en-panel.js';
import { languages } from '../../src/messages/index.js';
import { vendors } from '../../src/services/registry.js';

const english: Record<string, string> = { ...en, ...enEmbed, ...enPanel };
const texts = new Map<string, Record<string, string>>();
for (const [code, load] of languages) texts.set(code, (await load()).messages);
const welsh = texts.get('cy')!;
const isDuration = (key: string) => /^(up to |until |\d)/.test(key);
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('messages', () => {
  it('B8 takes sentences of a site in each language that it speaks, and in no other', () => {
    expect(LANGUAGES).toEqual(['en', ...languages.keys()]);
  });

  it('B8 speaks Welsh and ten of the languages most spoken in England and Wales beside English', () => {
    expect([...texts.keys()]).toEqual(['cy', 'pl', 'ro', 'pa', 'ur', 'bn', 'gu', 'ar', 'pt', 'es', 'uk']);
  });

  it('G14 calls categories in the place of a frame what the preferences call them', () => {
    const shared = Object.entries(enEmbed).filter(([key]) => Object.hasOwn(enPanel, key));
    expect(shared.map(([key]) => key)).toEqual(['preferences.name', 'analytics.name', 'marketing.name']);
    expect(Object.fromEntries(shared)).toEqual(
      Object.fromEntries(shared.map(([key]) => [key, (enPanel as Record<string, string>)[key]])),
    );
  });

  describe.each([...texts])('in %s', (_code, translated) => {
    it('B8 says everything, and nothing more', () => {
      const keys = Object.keys(translated);
      expect(keys.filter((key) => !isDuration(key)).sort()).toEqual(Object.keys(english).sort());
      expect(keys.filter(isDuration).sort()).toEqual(Object.keys(welsh).filter(isDuration).sort());
    });

    it('B8 leaves no text in English, and none empty', () => {
      const left = Object.entries(translated).filter(([key, text]) => !text.trim() || text === (english[key] ?? key));
      expect(left).toEqual([]);
    });

    it('B8 puts the same in its places as English', () => {
      const wrong = Object.keys(english).filter(
        (key) => placeholders(translated[key] ?? '').join() !== placeholders(english[key] ?? '').join(),
      );
      expect(wrong).toEqual([]);
    });
  });

  it('H6 holds text only', () => {
    for (const text of [english, ...texts.values()].flatMap(Object.values)) expect(text).not.toMatch(/[<>&]/);
  });

  it('B1 has the reference wording', () => {
    expect(en.ask).toBe(
      "We use some essential cookies to make our website work. We'd like to set additional cookies so we can remember your preferences and understand how you use our site.",
    );
    expect(en.problem).toBe('Sorry, there was a technical problem. Please try again.');
    expect(en.saved.replace('{page}', en.page)).toBe(
      'Your cookie preferences have been saved. You can update your cookie settings at any time on the cookies page.',
    );
  });
});

/** Where a Welsh sentence is published, letter by letter. */
const ONS = '[ONS](https://cy.ons.gov.uk/)';
const CENSUS = '[Cyfrifiad](https://cyfrifiad.gov.uk/cwcis)';
const PUBLISHED: Record<string, string> = {
  accept: ONS,
  reject: ONS,
  hide: ONS,
  settings: CENSUS,
  cookie: CENSUS,
  why: CENSUS,
  '2 years': CENSUS,
};

const WELSH_PAGE = `# The Welsh

What the banner, the preferences, the embeds and the cookie tables say in Welsh, for whoever reviews it. A sentence with a
source is published there, letter by letter. Each other one is a draft that nobody has reviewed: have it read before you
publish it, and replace it by its name in \`messages\`. The safety bar that is added where a page brings none has three more
drafts, in \`src/exit/bar.ts\`; a page's own bar says what you write.

The table is written from the messages: \`npx vitest run test/unit/messages.test.ts --update\`.

| Name | English | Welsh | Source |
| --- | --- | --- | --- |
${Object.entries(welsh)
  .map(([key, text]) => `| \`${key}\` | ${english[key] ?? key} | ${text} | ${PUBLISHED[key] ?? 'draft'} |`)
  .join('\n')}
`;

it('B8 lists each Welsh sentence, with where it is published or as a draft', async () => {
  expect(Object.keys(PUBLISHED).filter((key) => !Object.hasOwn(welsh, key))).toEqual([]);
  await expect(WELSH_PAGE).toMatchFileSnapshot('../../docs/welsh.md');
});

describe('catalogue', () => {
  it.each(vendors.map((vendor) => [vendor.id, vendor] as const))(
    'B5 knows every cookie of %s, in each language',
    (_id, vendor) => {
      for (const { name, purpose, duration } of rowsOf(vendor)) {
        expect(english[purpose ?? ''], name).toBeTruthy();
        for (const translated of texts.values()) expect(translated[duration ?? ''], name).toBeTruthy();
      }
    },
  );

  it.each(vendors.map((vendor) => [vendor.id, vendor] as const))('B4 says what %s receives', (id) => {
    expect(english[`${id}.purpose`]).toBeTruthy();
  });

  it.each(vendors.map((vendor) => [vendor.id, vendor] as const))('W7 knows where to opt out of %s', (_id, vendor) => {
    expect(optOutOf(vendor)).toMatch(/^https:\/\//);
  });

  it('B5 lists cookies that only the vendor can delete as theirs', () => {
    const parties = Object.fromEntries(vendors.flatMap(rowsOf).map(({ name, party }) => [name, party]));
    expect(parties).toMatchObject({ IDE: 'doubleclick.net', fr: 'facebook.com', _ga: undefined });
  });

  it('B5 puts the words of the site before its own', () => {
    const cookies = [{ name: '_ga', purpose: 'Ours', duration: 'A day', party: 'x.example' }];
    const [row] = rowsOf({ id: 'x', name: 'X', category: 'analytics', cookies });
    expect(row).toMatchObject({ party: 'x.example', declared: { purpose: 'Ours', duration: 'A day' } });
  });
});
