import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'specgraph-directions-'));
  for (const path of ['graph', 'ingest', 'src', 'tsconfig.json', 'package.json', '.dependency-cruiser.mjs', 'scripts']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function checkDirections() {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/check-directions.mjs'], { cwd: copy, encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

describe('the check of import directions', () => {
  const planted: readonly (readonly [rule: string, path: string, text: string])[] = [
    ['graph-is-the-bottom', 'graph/query/planted.ts', "import '../../src/system.ts';\n"],
    ['ingest-below-src', 'ingest/planted.ts', "import type { System } from '../src/system.ts';\nexport type Planted = System;\n"],
    ['neo4j-driver-here-only', 'src/planted.ts', "import 'neo4j-driver';\n"],
    ['ts-morph-here-only', 'graph/query/planted.ts', "import 'ts-morph';\n"],
    ['openai-here-only', 'src/retrieval/planted.ts', "import 'openai';\n"],
    ['langchain-here-only', 'src/agent/planted.ts', "import '@langchain/core/messages';\n"],
    ['models-by-registry', 'src/agent/planted.ts', "import './models/openai.ts';\n"],
    ['minilm-here-only', 'src/retrieval/embedders/planted.ts', "import 'onnxruntime-node';\n"],
    ['mcp-here-only', 'src/cli/planted.ts', "import '@modelcontextprotocol/server';\n"],
    ['servers-do-not-meet', 'src/mcp/planted.ts', "import '../api/limits.ts';\n"],
    ['servers-do-not-know-cli', 'src/mcp/planted.ts', "import '../cli/style.ts';\n"],
    ['workers-are-pure', 'ingest/workers/planted.ts', "import '../../graph/store/store.ts';\n"],
    ['ports-not-adapters', 'src/planted.ts', "import '../graph/store/embedded/embedded.ts';\n"],
    ['not-to-dev-dep', 'src/planted.ts', "import 'fast-check';\n"],
    ['no-unresolvable', 'src/planted.ts', "import './nowhere.ts';\n"],
  ];

  test.each(planted)('reports %s', (rule, path, text) => {
    writeFileSync(join(copy, path), text);
    try {
      const { status, text: report } = checkDirections();
      expect(report).toContain(`${rule}: ${path} -> `);
      expect(status).toBe(1);
    } finally {
      rmSync(join(copy, path));
    }
  });

  test('fails when a layer was not read', () => {
    rmSync(join(copy, 'src'), { recursive: true });
    try {
      writeFileSync(join(copy, 'graph/query/planted.ts'), 'export {};\n');
      expect(checkDirections().status).not.toBe(0);
    } finally {
      rmSync(join(copy, 'graph/query/planted.ts'));
      cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true });
    }
  });
});
