import { describe, expect, it } from 'vitest';
import { optOutOf, rowsOf } from '../../src/elements/catalogue.js';
import { messages as cy } from '../../src/messages/cy.js';
import { en } from '../../src/messages/en.js';
import { enPanel } from '../../src/messages/en-panel.js';
import { vendors } from '../../src/services/registry.js';

const english: Record<string, string> = { ...en, ...enPanel };
const welsh: Record<string, string> = cy;
const isDuration = (key: string) => /^(up to |until |\d)/.test(key);
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('messages', () => {
  it('B8 says everything in Welsh, and nothing more', () => {
    expect(
      Object.keys(welsh)
        .filter((key) => !isDuration(key))
        .sort(),
    ).toEqual(Object.keys(english).sort());
  });

  it('B8 leaves no Welsh text in English', () => {
    const same = Object.keys(english).filter((key) => english[key] === welsh[key]);
    expect(same).toEqual([]);
  });

  it.each(Object.keys(english))('B8 puts the same in its places in both languages: %s', (key) => {
    expect(placeholders(welsh[key] ?? '')).toEqual(placeholders(english[key] ?? ''));
  });

  it('H6 holds text only', () => {
    for (const text of [...Object.values(english), ...Object.values(welsh)]) expect(text).not.toMatch(/[<>&]/);
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

describe('catalogue', () => {
  it.each(vendors.map((vendor) => [vendor.id, vendor] as const))(
    'B5 knows every cookie of %s, in Welsh too',
    (_id, vendor) => {
      for (const { name, purpose, duration } of rowsOf(vendor)) {
        expect(english[purpose ?? ''], name).toBeTruthy();
        expect(welsh[duration ?? ''], name).toBeTruthy();
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
