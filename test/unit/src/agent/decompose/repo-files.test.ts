import { describe, expect, it } from 'vitest';
import { fileKindOf } from '../../../../../src/agent/decompose/file-kind.ts';
import { repoFiles } from '../../../../../src/agent/decompose/repo-files.ts';
import { clipped, wishOf } from '../../../../../src/agent/decompose/spec-parts.ts';
import { snapshotOf } from '../../../graph/snapshot/snapshots.ts';
import { repoOf, treeOf, type Leaf } from './trees.ts';

const kindOf = async (leaf: Leaf | string, ...others: readonly (Leaf | string)[]) => {
  const { files } = await repoOf([leaf, ...others]);
  return fileKindOf(files.byPath.get(typeof leaf === 'string' ? leaf : leaf.path)!);
};

describe('repoFiles', () => {
  it('keeps apart repositories whose paths are the same', async () => {
    const shop = treeOf(['src/a.ts', { path: 'src/b.ts', imports: ['src/a.ts'] }]);
    const text = JSON.stringify(treeOf([{ path: 'src/c.ts', imports: ['src/a.ts'] }, 'src/a.ts'])).replaceAll('shop', 'zoo');
    const zoo = JSON.parse(text) as typeof shop;
    const files = repoFiles(await snapshotOf([...shop.nodes, ...zoo.nodes], [...shop.edges, ...zoo.edges]), 'shop');
    expect([...files.byPath.keys()].sort()).toEqual(['src/a.ts', 'src/b.ts']);
    expect([...files.byPath.get('src/a.ts')!.importers]).toEqual(['src/b.ts']);
  });

  it('knows the nearest package', async () => {
    const { files } = await repoOf(['package.json', 'a/package.json', 'a/b/package.json']);
    expect(['x.ts', 'a/src/x.ts', 'a/b/x.ts', 'ab/x.ts'].map((path) => files.packageOf(path))).toEqual(['', 'a', 'a/b', '']);
  });
});

describe('fileKindOf', () => {
  it.each<[string, Leaf | string, string | undefined]>([
    ['code', 'src/cart.ts', 'code'],
    ['a test', 'src/cart.spec.ts', 'test'],
    ['a contract', { path: 'openapi.yaml', holds: ['Api', 'Operation'] }, 'contract'],
    ['a contract in code', { path: 'src/router.ts', holds: ['Operation'] }, 'code'],
    ['a migration', { path: 'src/migrations/1-cart.ts', holds: ['Migration'] }, 'data'],
    ['a Prisma schema', 'prisma/schema.prisma', 'data'],
    ['a compose file', 'compose.yaml', 'infrastructure'],
    ['settings', '.env.example', 'infrastructure'],
    ['a document', 'docs/cart.md', 'docs'],
    ['a decision', { path: 'docs/adr/1.md', holds: ['Adr'] }, undefined],
    ['a policy', { path: 'policies/p.yaml', holds: ['Policy'] }, undefined],
    ['a log of changes', 'CHANGELOG.md', undefined],
    ['how to contribute', 'docs/CONTRIBUTING.md', undefined],
    ['a lock', 'package-lock.json', undefined],
    ['an example', 'examples/shop/cart.ts', undefined],
  ])('%s', async (_, leaf, kind) => expect(await kindOf(leaf, 'src/other.ts')).toBe(kind));

  it('takes examples for code where there is nothing else', async () => expect(await kindOf('examples/shop/cart.ts')).toBe('code'));
});

describe('wishOf', () => {
  it.each([
    ['As a user, I want to upload a picture, so I can personalize my account.', 'upload a picture.'],
    ['As an admin I need a list of all orders so that nothing is lost', 'a list of all orders'],
    ['Add WEBP', 'Add WEBP'],
    ['', ''],
  ])('%s', (story, wish) => expect(wishOf(story)).toBe(wish));
});

describe('clipped', () => {
  it('cuts between words, in one line', () => {
    expect(clipped('The  total\nis rounded.', 80)).toBe('The total is rounded');
    expect(clipped('The total is rounded to cents', 20)).toBe('The total is…');
    expect(clipped('😀'.repeat(20), 10)).toBe('😀😀😀😀…');
  });
});
