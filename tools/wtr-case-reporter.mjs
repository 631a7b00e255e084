import { writeReport } from './test-reports.mjs';

const casesOf = (group, { tests = [], suites = [] }) => [
  ...tests.map(({ name, passed, skipped, error }) => ({
    group,
    name,
    outcome: skipped ? 'skipped' : passed ? 'passed' : 'failed',
    reason: error?.message,
  })),
  ...suites.flatMap((suite) => casesOf(group, suite)),
];

function sessionCases({ browser, testFile, testResults, passed, errors }) {
  const group = browser.name.toLowerCase().replace('webkitgtk', 'webkit');
  const cases = casesOf(group, testResults ?? {});
  // A file that cannot be loaded, or that throws outside its cases, has no case to fail.
  if (passed || cases.some(({ outcome }) => outcome === 'failed')) return cases;
  return [...cases, { group, name: testFile, outcome: 'failed', reason: errors?.[0]?.message }];
}

/** A reporter of @web/test-runner that writes each case in each browser for `npm test` to count. */
export const caseReporter = () => ({
  stop({ sessions }) {
    writeReport('browser', sessions.flatMap(sessionCases));
  },
});
