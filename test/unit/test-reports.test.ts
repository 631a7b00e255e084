// @vitest-environment node
import { expect as playwrightExpect } from '@playwright/test';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { outcomeOf } from '../../tools/test-reports.mjs';

/** What Playwright says of a comparison that fails. */
function reasonOf(received: unknown, wanted: unknown) {
  try {
    playwrightExpect(received).toEqual(wanted);
  } catch (error) {
    return stripVTControlCharacters((error as Error).message);
  }
  throw new Error('expected a comparison that fails');
}

test('a second try decides about what did not come', () => {
  expect(outcomeOf('flaky', ['Error: Timeout 5000ms exceeded'])).toBe('late');
  expect(outcomeOf('flaky', [reasonOf([], ['/one.js'])])).toBe('late');
  expect(outcomeOf('flaky', [reasonOf(['/one.js'], ['/one.js', '/two.js'])])).toBe('late');
  expect(outcomeOf('flaky', ["TypeError: Cannot read properties of null (reading '_name')"])).toBe('late');
});

test('a second try forgives nothing that came and should not have', () => {
  expect(outcomeOf('flaky', [reasonOf(['/one.js'], [])])).toBe('failed at first');
  expect(outcomeOf('flaky', [reasonOf([[]], [])])).toBe('failed at first');
  expect(outcomeOf('flaky', [reasonOf([[]], ['/one.js'])])).toBe('failed at first');
  expect(outcomeOf('flaky', [reasonOf(['/two.js'], ['/one.js'])])).toBe('failed at first');
  expect(outcomeOf('flaky', [reasonOf(false, true)])).toBe('failed at first');
  expect(outcomeOf('flaky', ["TypeError: Cannot read properties of null (reading 'url')"])).toBe('failed at first');
  expect(outcomeOf('flaky', ['Error: Timeout 5000ms exceeded', reasonOf(['/one.js'], [])])).toBe('failed at first');
  expect(outcomeOf('unexpected', ['Error: Timeout 5000ms exceeded'])).toBe('unexpected');
});
