// @ts-check
/**
 * Bar 2. node bench/tests.mjs [REPOSITORY]
 * Which test files run and fail when a function throws, against the tests that impact selects, import closure and the
 * closure of scip-typescript's references. The throw runs of the oracle are completed first when they are missing.
 */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PRODUCT, chosen, openHarness, readLines, run } from './harness.mjs';

const harness = openHarness();
for (const name of chosen(['jotai'])) {
  const truth = path.join(harness, 'truth', `test.${name}.jsonl`);
  const complete = existsSync(truth) && readLines(truth).every(({ failing }) => failing !== null);
  if (!complete) run(`node test-oracle.mjs ${name} --n 40 --throw-runs 60`, { cwd: harness, stdio: 'inherit' });
  const answers = path.join(harness, 'answers');
  rmSync(path.join(answers, `specgraph.test.${name}.jsonl`), { force: true });
  run(`node baselines.mjs ${name} --tools imports,scip --truth ${truth} --suffix test.`, { cwd: harness });
  run(`node product.mjs ${name} --specgraph ${JSON.stringify(PRODUCT)} || true`, { cwd: harness });
  for (const tool of ['specgraph', 'imports', 'scip-closure']) {
    const score = run(`node score.mjs --truth ${truth} --answers ${path.join(answers, `${tool}.test.${name}.jsonl`)} --distance all`, { cwd: harness });
    console.log(`${tool.padEnd(14)} ${score.split('\n').find((line) => line.startsWith('ALL'))?.slice(4).trim()}`);
  }
}
