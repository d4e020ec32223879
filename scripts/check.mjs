// @ts-check
/** Everything that can be said about the code without running it. Runs all steps, so that one run shows all problems. */
import { spawnSync } from 'node:child_process';

/** @type {readonly (readonly [name: string, command: string])[]} */
const STEPS = [
  ['types', 'tsc --noEmit -p tsconfig.test.json'],
  ['types of the sample', 'tsc -p examples/image-upload && tsc -p examples/image-upload/apps/web-client'],
  ['lint', 'oxlint --type-aware --deny-warnings'],
  ['format', 'oxfmt --check'],
  ['directions', 'node scripts/check-directions.mjs'],
  ['dead code', 'knip'],
  ['generated files', 'node scripts/check-generated.mjs'],
  ['package', 'publint --strict'],
];

const wanted = process.argv.slice(2);
const failed = STEPS.filter(([name, command]) => {
  if (wanted.length > 0 && !wanted.includes(name)) return false;
  const started = Date.now();
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return status !== 0;
});
if (failed.length > 0) console.error(`check failed: ${failed.map(([name]) => name).join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
