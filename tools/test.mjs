// npm test: every check and every test, from a fresh clone on. The last line says how many passed and failed.
import { stripVTControlCharacters } from 'node:util';
import { ensureBrowsers, ensureDependencies, ensureNginx } from './setup.mjs';
import { dropReport, readReport } from './test-reports.mjs';
import { runScript } from './test-step.mjs';

// The longest suite walks every page in two browsers.
const LIMIT = 75 * 60_000;
// A developer may lack Firefox, WebKitGTK or nginx; in CI what is missing is a failure.
const ci = !['', '0', 'false'].includes(process.env.CI ?? '');
const REQUIRED = ci ? ['chromium', 'firefox', 'webkit', 'nginx'] : ['chromium'];

let passed = 0;
/** @type {string[]} one sentence for each */
const failures = [];
/** @type {string[]} one sentence for each */
const late = [];

function fail(failure) {
  failures.push(failure);
  console.log(`FAILED: ${failure}`);
}

async function step(title, work) {
  console.log(`\n${`== ${title} `.padEnd(80, '=')}`);
  const start = performance.now();
  const result = await work();
  console.log(`-- ${title}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

/** What one case came to, and the beginning of why, without the colours of a terminal. */
function sentence(title, { group, name, outcome, reason = '' }) {
  const why = stripVTControlCharacters(reason).replace(/\s+/g, ' ').trim().slice(0, 400);
  return `${title}, ${group}: ${name} (${outcome})${why && `: ${why}`}`;
}

/** Runs a check, which has no cases: it fails as a whole. Resolves to whether it held. */
const check = (title, script) =>
  step(title, async () => {
    const reason = await runScript(script, LIMIT);
    if (reason) fail(`${title} ${reason}`);
    return !reason;
  });

/** Runs a suite and counts its cases, of which each group must have some. */
const suite = (title, { script, report, groups }) =>
  step(title, async () => {
    dropReport(report);
    const reason = await runScript(script, LIMIT);
    const cases = readReport(report);
    const bad = cases.filter(({ outcome }) => !['passed', 'late'].includes(outcome));
    passed += cases.length - bad.length;
    for (const one of cases) if (one.outcome === 'late') late.push(sentence(title, one));
    for (const one of bad) fail(sentence(title, one));
    const idle = groups.filter((group) => !cases.some((one) => one.group === group));
    for (const group of idle) fail(`${title}: no test ran in ${group}`);
    // Thresholds, faults outside the cases and crashes are no case's.
    if (reason && !bad.length && !idle.length) fail(`${title} ${reason}`);
  });

async function setUp() {
  ensureDependencies();
  const missing = ensureBrowsers({ all: ci });
  const nginx = ensureNginx({ all: ci });
  if (nginx) missing.nginx = nginx;
  for (const [name, advice] of Object.entries(missing)) {
    if (REQUIRED.includes(name)) fail(advice);
  }
  return missing;
}

async function runAll(missing) {
  const engines = (...names) => names.filter((name) => !missing[name]);

  await check('lock file', 'lock:check');
  await check('lint', 'lint');
  await check('types', 'typecheck');
  const built = await check('build', 'build');
  if (built) await check('size', 'size');

  await suite('unit', { script: 'test:unit', report: 'unit', groups: ['unit'] });
  const all = engines('chromium', 'firefox', 'webkit');
  if (all.length) await suite('browser', { script: 'test:browser', report: 'browser', groups: all });

  if (!built) return console.log('\nNot run, because the build failed: size, e2e, package.');
  const playwright = engines('chromium', 'firefox');
  if (playwright.length) await suite('e2e', { script: 'test:e2e', report: 'e2e', groups: playwright });
  if (!missing.webkit)
    await suite('e2e in WebKit', { script: 'test:e2e:webkit', report: 'webkit', groups: ['webkit'] });
  await check('package', 'pack:check');
}

let missing = {};
try {
  missing = await step('set-up', setUp);
  await runAll(missing);
} catch (fault) {
  fail(`the run itself: ${fault.stack}`);
}

console.log('');
for (const one of late) console.log(`passed at the second try: ${one}`);
for (const failure of failures) console.log(`failed: ${failure}`);
for (const [name, advice] of Object.entries(missing)) console.log(`not run with ${name}: ${advice}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length || !passed ? 1 : 0;
