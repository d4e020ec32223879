// @ts-check
/** Prints `N passed, N failed`: the tests of the last run, and as failed also the CI steps given as the argument. */
import { existsSync, readFileSync } from 'node:fs';

const RESULTS = '.cache/vitest.json';
const failedSteps = Number(process.argv[2] ?? 0);
const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : undefined;
const passed = results?.numPassedTests ?? 0;
const skipped = results?.numPendingTests ?? 0;
const brokenFiles = results?.testResults.filter(
  (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
);
const failed = (results?.numFailedTests ?? 0) + (brokenFiles?.length ?? 0) + failedSteps;

if (results === undefined) console.error(`No ${RESULTS}: the tests did not run.`);
if (skipped > 0) console.log(`${skipped} tests were skipped.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
