import { describe, expect, it } from 'vitest';
import { testFiles } from '../../../../../src/agent/decompose/test-files.ts';
import { repoOf, type Leaf } from './trees.ts';

const testsOf = async (...leaves: readonly (Leaf | string)[]) => testFiles((await repoOf(leaves)).files);
const placeOf = async (path: string, ...leaves: readonly (Leaf | string)[]) => (await testsOf(path, ...leaves)).placeFor(path)?.path;

describe('testFiles', () => {
  it('finds the test that is called as a file', async () => {
    const tests = await testsOf('src/cart.service.ts', 'src/cart.service.spec.ts', 'src/mail.ts');
    expect(tests.of('src/cart.service.ts')).toBe('src/cart.service.spec.ts');
    expect(tests.of('src/mail.ts')).toBeUndefined();
  });

  it('finds it in the mirrored folder, and not that of another package', async () => {
    const tests = await testsOf('a/src/cart.ts', 'a/test/cart.test.ts', 'b/lib/deep/cart.ts', 'a/package.json', 'b/package.json');
    expect(tests.of('a/src/cart.ts')).toBe('a/test/cart.test.ts');
    expect(tests.of('b/lib/deep/cart.ts')).toBeUndefined();
  });

  it('takes the test of a folder for the files in it that it imports, and for its index', async () => {
    const tests = await testsOf(
      ...['src/jwk/jwk.ts', 'src/jwk/index.ts', 'src/etag/index.ts', 'src/etag/digest.ts'],
      { path: 'src/jwk/index.test.ts', imports: ['src/jwk/jwk.ts'] },
      { path: 'src/etag/etag.test.ts', imports: ['src/etag/index.ts'] },
    );
    expect(tests.of('src/jwk/jwk.ts')).toBe('src/jwk/index.test.ts');
    expect(tests.of('src/jwk/index.ts')).toBe('src/jwk/index.test.ts');
    expect(tests.of('src/etag/index.ts')).toBe('src/etag/etag.test.ts');
    expect(tests.of('src/etag/digest.ts')).toBeUndefined();
  });

  it.each([
    ['beside', 'src/mail.test.ts', ['src/cart.ts', 'src/cart.test.ts']],
    ['in a folder beside', 'src/__tests__/mail.spec.ts', ['src/cart.ts', 'src/__tests__/cart.spec.ts']],
    ['mirrored', 'test/deep/mail.test.ts', ['src/shop/cart.ts', 'test/shop/cart.test.ts'], 'src/deep/mail.ts'],
    ['flat', 'tests/mail.test.ts', ['src/shop/cart.ts', 'tests/cart.test.ts'], 'src/deep/mail.ts'],
    ['as a component', 'src/mail.test.tsx', ['src/cart.ts', 'src/cart.test.ts'], 'src/mail.tsx'],
  ])('places a new test %s, as others are', async (_, expected, others, path = 'src/mail.ts') => {
    expect(await placeOf(path, ...others)).toBe(expected);
  });

  it('goes by the package of the file before all others', async () => {
    const leaves = [
      'a/package.json',
      'b/package.json',
      'a/src/x.ts',
      'a/src/x.test.ts',
      'a/src/y.ts',
      'a/src/y.test.ts',
      'b/src/z.ts',
      'b/test/z.spec.ts',
    ];
    expect(await placeOf('b/src/mail.ts', ...leaves)).toBe('b/test/mail.spec.ts');
  });

  it('places it beside where there are no tests at all, and says that nothing is the example', async () => {
    expect((await testsOf('src/mail.ts')).placeFor('src/mail.ts')).toEqual({ path: 'src/mail.test.ts' });
  });

  it('makes no rule of a coincidence', async () => {
    const functional = Array.from({ length: 20 }, (_, at) => ({ path: `test/issues/${at}/issue-${at}.ts`, holds: ['TestFile' as const] }));
    expect(
      await placeOf('src/mail.ts', 'src/connection.ts', { path: 'test/functional/connection.ts', holds: ['TestFile'] }, ...functional),
    ).toBeUndefined();
  });

  it('knows whether files have tests as a rule', async () => {
    expect((await testsOf('src/a.ts', 'src/a.test.ts', 'src/b.ts')).areUsual).toBe(true);
    expect((await testsOf('src/a.ts', 'src/a.test.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts')).areUsual).toBe(false);
  });
});
