import { describe, expect, it } from 'vitest';
import { groupOf } from '../../../../graph/model/chunk.ts';

describe('the group of a file', () => {
  it.each([
    'src/cart.ts',
    'lib/latest.js',
    'cmd/contest.go',
    'db/schema.prisma',
    'app/specification.py',
    'src/attestation/sign.ts',
    'Main.java',
  ])('is code: %s', (path) => expect(groupOf(path)).toBe('code'));

  it.each([
    'src/cart.test.ts',
    'test/cart.ts',
    'src/__tests__/cart.tsx',
    'e2e/login.ts',
    'runtime-tests/deno/a.ts',
    'benchmarks/router.mjs',
    'examples/basic/index.js',
    'tests/test_cart.py',
    'pkg/test_cart.py',
    'pkg/cart_test.go',
    'src/test/java/CartTest.java',
    'src/button.stories.tsx',
  ])('is test: %s', (path) => expect(groupOf(path)).toBe('test'));

  it.each(['README.md', 'specs/cart.yaml', 'test/data.json', 'openapi.yaml', 'Dockerfile', ''])('is text: %s', (path) =>
    expect(groupOf(path)).toBe('text'),
  );
});
