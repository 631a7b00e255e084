// @vitest-environment node
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const built = join(import.meta.dirname, '../../dist/esm/index.js');
const source = join(import.meta.dirname, '../../src/index.ts');

/** Imports a module in a Node of its own, and says what that left behind. */
const importing = (file: string) => `
  const before = Reflect.ownKeys(globalThis);
  const timers = process.getActiveResourcesInfo();
  const { ConfigError, createConsent, ...others } = await import(${JSON.stringify(pathToFileURL(file).href)});
  let error;
  try { createConsent({}); } catch (thrown) { error = thrown; }
  console.log(JSON.stringify({
    added: Reflect.ownKeys(globalThis).filter((key) => !before.includes(key)).map(String),
    left: process.getActiveResourcesInfo().filter((each) => /Timeout|Immediate/.test(each) && !timers.includes(each)),
    exported: ['ConfigError', 'createConsent', ...Object.keys(others)].sort(),
    isConfigError: error instanceof ConfigError,
  }));`;

test('H10 is inert when it is imported in Node', async () => {
  // The built file, which `npm run build` makes; without it this test has nothing to judge.
  expect(existsSync(built), 'dist/esm/index.js: run npm run build').toBe(true);
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', importing(built)]);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    added: [],
    left: [],
    exported: ['ConfigError', 'ConsentChangeEvent', 'ConsentRecordEvent', 'createConsent'],
    isConfigError: true,
  });
});

test('H10 exports the same names from its source', async () => {
  const names = Object.keys((await import(source)) as object);
  expect(names.sort()).toEqual(['ConfigError', 'ConsentChangeEvent', 'ConsentRecordEvent', 'createConsent']);
});
