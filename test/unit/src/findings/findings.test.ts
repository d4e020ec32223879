import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Check, Finding } from '../../../../graph/query/findings/finding.ts';
import { readBaseline, writeBaseline } from '../../../../src/findings/baseline.ts';
import { sarifOf } from '../../../../src/findings/sarif.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CHECK: Check = { code: 'call-of-nothing', severity: 'error', title: 'A client calls nothing.', find: async () => [] };
const FINDING: Finding = {
  code: 'call-of-nothing',
  severity: 'error',
  message: 'GET /userz is called, but nothing answers it.',
  id: 'shop//http:#GET /userz',
  file: 'src/a b.ts',
  span: { line: 3, col: 5, endLine: 3, endCol: 6 },
  related: [],
  fingerprint: 'abc',
};

describe('findings for machines', () => {
  it('are a SARIF log with rule, place and fingerprint', () => {
    const log = sarifOf([FINDING], [CHECK], '1.0.0') as {
      readonly runs: readonly { readonly tool: object; readonly results: readonly object[] }[];
    };
    expect(log.runs[0]!.results).toEqual([
      {
        ruleId: 'call-of-nothing',
        level: 'error',
        message: { text: FINDING.message },
        partialFingerprints: { 'specgraph/v1': 'abc' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'src/a%20b.ts' },
              region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 6 },
            },
            logicalLocations: [{ fullyQualifiedName: 'shop//http:#GET /userz' }],
          },
        ],
      },
    ]);
  });

  it('are known once they stand in a baseline', async () => {
    const file = path.join(folder, 'baseline.json');
    await writeBaseline(file, [FINDING]);
    expect(await readBaseline(file)).toEqual(new Set(['abc']));
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(7);
  });

  it('come with an error that says what to do when the baseline is none', async () => {
    const file = path.join(folder, 'broken.json');
    writeFileSync(file, '{"findings": 3}');
    await expect(readBaseline(file)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(readBaseline(path.join(folder, 'none.json'))).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
