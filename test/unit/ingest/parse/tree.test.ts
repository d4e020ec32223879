import { describe, expect, it } from 'vitest';
import { readTrees } from '../../../../ingest/parse/tree.ts';

describe('readTrees', () => {
  it('leaves out maps and lists as keys, which name nothing', () => {
    const { trees } = readTrees('? { a: 1 }\n: x\n? [b]\n: y\nname: kept\n', 'a.yaml');
    expect(trees.map(({ value }) => value)).toEqual([{ name: 'kept' }]);
  });

  it.each([
    ['templates that are no YAML', '{{ - '.repeat(400)],
    ['keys within keys', `${'? '.repeat(300)}a`],
    ['brackets', '[{'.repeat(2000)],
  ])('takes bounded time over %s', (_, text) => {
    const started = Date.now();
    readTrees(`${text}\n`, 'a.yaml');
    expect(Date.now() - started).toBeLessThan(3000);
  });
});
