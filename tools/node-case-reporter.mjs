// A reporter of `node --test` that writes each case for `npm test` to count.
import { writeReport } from './test-reports.mjs';

const outcome = ({ type, data }) => {
  if (data.skip !== undefined || data.todo !== undefined) return 'skipped';
  return type === 'test:pass' ? 'passed' : 'failed';
};

export default async function* report(events) {
  const cases = [];
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    if (event.data.details?.type === 'suite') continue;
    const reason = event.data.details?.error?.cause?.message;
    cases.push({ group: 'webkit', name: event.data.name, outcome: outcome(event), reason });
  }
  writeReport('webkit', cases);
  yield '';
}
