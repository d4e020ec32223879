import { describe, expect, it } from 'vitest';
import { readTrees } from '../../../../ingest/parse/tree.ts';

describe('readTrees', () => {
  it('leaves out maps and lists as keys, which name nothing', () => {
    const { trees } = readTrees('? { a: 1 }\n: x\n? [b]\n: y\nname: kept\n', 'a.yaml');
    expect(trees.map(({ value }) => value)).toEqual([{ name: 'kept' }]);
  });

  it.each(['a.yaml', 'a.json'])('gives places in %s as if there were no byte order mark', (file) => {
    const text = '{ "a": 1,\n "b": 2 }';
    const [[marked], [bare]] = [readTrees(`\uFEFF${text}`, file).trees, readTrees(text, file).trees];
    for (const path of [[], ['a'], ['b']]) expect(marked?.spanOf(path)).toEqual(bare!.spanOf(path));
    expect(bare!.spanOf(['b'])).toMatchObject({ line: 2, col: 2 });
  });

  it.each([
    ['a.json', '{ "a": [1, 2', 'error'],
    ['a.json', '', 'error'],
    ['a.yaml', 'a: &x [*x, *x]\nb: *nowhere\n', 'error'],
    ['a.yaml', 'a: 1\nb: "no end\n', 'warning'],
  ])('says of %s with %j how much is lost', (file, text, severity) => {
    const { trees, diagnostics } = readTrees(text, file);
    expect(diagnostics[0]).toMatchObject({ code: 'parse-failure', severity });
    expect(trees.length === 0).toBe(severity === 'error');
  });

  it.each([
    ['templates that are no YAML', '{{ - '.repeat(400)],
    ['keys within keys', `${'? '.repeat(300)}a`],
    ['brackets', '[{'.repeat(2000)],
    ['maps within maps, a line each', '\n{'.repeat(20_000)],
    ['a list of a million items', `[${'a,'.repeat(1_000_000)}]`],
    ['brackets that nothing opened', `a: 1\n${']'.repeat(5000)}`],
  ])('takes bounded time over %s', (_, text) => {
    const started = Date.now();
    readTrees(`${text}\n`, 'a.yaml');
    expect(Date.now() - started).toBeLessThan(3000);
  });
});
