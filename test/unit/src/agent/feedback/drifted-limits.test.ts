import { describe, expect, test } from 'vitest';
import { driftedLimits } from '../../../../../src/agent/feedback/drifted-limits.ts';
import type { StepContext } from '../../../../../src/agent/model.ts';
import { readSpec } from '../../../../../src/specs/read-spec.ts';

const SPEC = `feature: letterUpload
specVersion: "1.0"
owner: post
description: As a clerk, I want to scan letters so that nobody has to come by.
acceptance:
  - { id: AC-1, text: "The scanner shall refuse scans of more than 5 MB." }
  - { id: AC-2, text: "The scanner shall answer within 2 seconds." }
  - { id: AC-3, text: "The scanner shall accept at most 20 pages." }
`;

/** What is found in lines that are all new. */
async function drift(text: string, file = 'src/letter/limits.ts', spec = SPEC): Promise<readonly string[]> {
  const read = readSpec(spec, 'letterUpload.spec.yaml').spec!;
  const added = new Set(text.split('\n').map((_, at) => at + 1));
  const context = { graph: { reader: { text: () => Promise.resolve({ text }) } }, repo: 'post' } as unknown as StepContext;
  const found = await driftedLimits(read, new Map([[file, { added, removed: new Set(), isNew: true }]]), context);
  return found.map(({ part, evidence }) => `${part} ${evidence[0]?.line}`);
}

describe('a limit is that of its criterion', () => {
  test.each([
    'const MAX_SCAN_BYTES = 5 * 1024 * 1024;',
    'const MAX_SCAN_BYTES = 5 << 20;',
    'const MAX_SCAN_BYTES = 5_000_000;',
    'maxScanSize: 5 * MEGABYTE,',
    'MAX_SCAN_MB = 5  # megabytes',
    'const MAX_ANSWER_MS = 2000;',
    'const maxPages: number = 20;',
  ])('%s', async (line) => expect(await drift(line)).toEqual([]));
});

describe('a limit has drifted', () => {
  test.each([
    ['const MAX_SCAN_BYTES = 10 * 1024 * 1024;', 'AC-1 1'],
    ['export const maxScanSize: number = 4_000_000;', 'AC-1 1'],
    ['\nMAX_SCAN_MB = 8  # megabytes', 'AC-1 2'],
    ['const ANSWER_TIMEOUT = 5000;', 'AC-2 1'],
    ['const maxPages = 30;', 'AC-3 1'],
    // Of nothing that it names, but in a file of the feature.
    ['maxBytes: 10 * MEGABYTE,', 'AC-1 1'],
  ])('%s', async (line, found) => expect(await drift(line)).toEqual([found]));
});

describe('nothing is said', () => {
  test.each([
    ['of numbers of something else', 'const MAX_STAMP_BYTES = 10 * 1024 * 1024;'],
    ['of a lower bound', 'const MIN_SCAN_BYTES = 10;'],
    ['of factors that are not known', 'const MAX_SCAN_BYTES = 5 * PAGE_SIZE;'],
    ['of calls and texts', 'limit(5, "maxScanBytes = 10 * 1024")'],
    ['of numbers without a side or unit', 'const scan = 7;'],
  ])('%s', async (_, line) => expect(await drift(line)).toEqual([]));

  test('of tests, and of files that are no code', async () => {
    expect(await drift('const MAX_SCAN_BYTES = 10 * 1024 * 1024;', 'test/letter.test.ts')).toEqual([]);
    expect(await drift('maxScanBytes: 10', 'letter.yaml')).toEqual([]);
  });

  test('where several criteria could be meant', async () => {
    const two = `${SPEC}  - { id: AC-4, text: "The scanner shall keep scans of at most 8 MB." }\n`;
    expect(await drift('const MAX_SCAN_BYTES = 10 * 1024 * 1024;', 'src/letter/limits.ts', two)).toEqual([]);
  });
});
