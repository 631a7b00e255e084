// What the test runners report to machines, brought into one form: a list of cases, each
// { group, name, outcome, reason? }. A group is an engine, where a runner drives more than one. Every outcome but
// "passed" and "late" is a failure.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const pathOf = (name) => fileURLToPath(new URL(`../test-results/${name}.json`, import.meta.url));

/** Writes a report for `readReport`. */
export function writeReport(name, content) {
  mkdirSync(dirname(pathOf(name)), { recursive: true });
  writeFileSync(pathOf(name), JSON.stringify(content));
}

/** Removes a former run's report, so that it cannot be taken for this run's. */
export const dropReport = (name) => rmSync(pathOf(name), { force: true });

function vitestCases({ testResults }) {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    // A file that cannot be loaded has no case to fail.
    if (!assertionResults.length && status !== 'passed') return [{ group: 'unit', name, outcome: 'failed' }];
    return assertionResults.map((result) => ({
      group: 'unit',
      name: result.fullName,
      outcome: result.status,
      reason: result.failureMessages[0],
    }));
  });
}

/*
 * On a machine that is short of time a second try decides about what was expected and did not come, and about a fault of
 * the driver's own, whose names begin with an underscore. It decides about nothing else: what came and should not have,
 * as after each "nothing arrived", has failed, however it goes the next time.
 */
const LATE =
  /\bTimeout:? \d+ms|Test timeout of \d+ms|NS_BINDING_ABORTED|has been closed|crashed|^TypeError: Cannot read properties of (?:null|undefined) \(reading '_/;

/** Whether a comparison found less than it expected, and nothing besides. */
function isShort(reason) {
  const lines = reason.split('\n');
  const came = lines.filter((line) => line.startsWith('+ ') && !line.startsWith('+ Received'));
  // Where all is missing, the empty list stands for what is left of the list.
  return lines.some((line) => line.startsWith('- Expected')) && came.every((line) => line === '+ Array []');
}

/** What a case came to, from Playwright’s status and why each try failed. */
export function outcomeOf(status, reasons) {
  if (status === 'expected') return 'passed';
  if (status === 'flaky')
    return reasons.every((reason) => LATE.test(reason) || isShort(reason)) ? 'late' : 'failed at first';
  return status;
}

function playwrightCases({ suites, errors }) {
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const cases = suites.flatMap(specs).flatMap(({ title, tests }) =>
    tests.map(({ projectName, status, results }) => {
      // Not `errors`, whose messages quote the lines of the test around.
      const reasons = results.flatMap(({ error }) => stripVTControlCharacters(error?.message ?? '') || []);
      return { group: projectName, name: title, outcome: outcomeOf(status, reasons), reason: reasons[0] };
    }),
  );
  return [...cases, ...errors.map(({ message }) => ({ group: 'e2e', name: message, outcome: 'failed' }))];
}

const READERS = { unit: vitestCases, e2e: playwrightCases };

/** The cases of the last run of a suite; none when the runner wrote no report. */
export function readReport(name) {
  try {
    const report = JSON.parse(readFileSync(pathOf(name), 'utf8'));
    return READERS[name]?.(report) ?? report;
  } catch {
    return [];
  }
}
