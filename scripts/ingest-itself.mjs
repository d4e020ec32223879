// @ts-check
/** Ingests this repository with the built command line and asks a question whose answer is known. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'specgraph-itself-'));
try {
  const report = specgraph('ingest', '.');
  assert.equal(report.repo, 'specgraph');
  assert.ok(report.files > 100, `only ${report.files} files were found`);

  const { generation, nodes, edges } = specgraph('stats');
  assert.equal(generation, report.generation);
  assert.ok(nodes.Function > 100 && edges.CALLS > 500, `too little in the graph: ${JSON.stringify({ nodes, edges })}`);

  const question = ['impact', 'graph/model/id.ts#parseId', '--change'];
  const removed = specgraph(...question, 'remove');
  assert.equal(removed.verdict, 'breaking');
  assert.ok(
    removed.impacted.some((/** @type {any} */ item) => item.file === 'graph/query/target.ts' && item.effect === 'breaks'),
    'graph/query/target.ts calls parseId, and was not found',
  );
  assert.ok(
    removed.tests.some((/** @type {any} */ test) => test.file === 'test/unit/graph/model/id.test.ts'),
    'the tests of parseId were not selected',
  );
  assert.notEqual(specgraph(...question, 'add-optional-parameter').verdict, 'breaking');
  console.log(`${report.files} files in ${(report.milliseconds / 1000).toFixed(1)} s; removing parseId is ${removed.verdict}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {...string} args */
function specgraph(...args) {
  const command = ['dist/src/cli/main.js', ...args, '--store', join(folder, 'graph.db'), '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(status, 0, `specgraph ${args.join(' ')} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
