// @ts-check
/**
 * Bar 2. node bench/tests.mjs [REPOSITORY]
 * Which test files run and fail when a function throws, against the tests that impact selects, import closure and the
 * closure of scip-typescript's references. The throw runs of the oracle are completed first when they are missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PRODUCT, openHarness, readArguments, readLines, run } from './harness.mjs';

const harness = openHarness();
for (const name of readArguments(['jotai'], {}).names) {
  const truth = path.join(harness, 'truth', `test.${name}.jsonl`);
  const complete = existsSync(truth) && readLines(truth).every(({ failing }) => failing !== null);
  if (!complete) run(`node test-oracle.mjs ${name} --n 40 --throw-runs 60`, { cwd: harness, stdio: 'inherit' });
  const answers = path.join(harness, 'answers');
  rmSync(path.join(answers, `specgraph.test.${name}.jsonl`), { force: true });
  run(`node baselines.mjs ${name} --tools imports,scip --truth ${truth} --suffix test.`, { cwd: harness });
  // exits with 1 for false safe verdicts of bar 1, which are not asked about here
  spawnSync(process.execPath, ['product.mjs', name, '--specgraph', PRODUCT], { cwd: harness, stdio: 'inherit' });
  for (const tool of ['specgraph', 'imports', 'scip-closure']) {
    const score = run(`node score.mjs --truth ${truth} --answers ${path.join(answers, `${tool}.test.${name}.jsonl`)} --distance all`, {
      cwd: harness,
    });
    console.log(
      `${tool.padEnd(14)} ${score
        .split('\n')
        .find((line) => line.startsWith('ALL'))
        ?.slice(4)
        .trim()}`,
    );
  }
}
