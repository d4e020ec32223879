import { describe, expect, it } from 'vitest';
import { relatedFiles } from '../../../../graph/query/related-files.ts';
import { snapshotOf } from '../snapshot/snapshots.ts';
import { sceneOf, type Arrow } from './scene.ts';

const ARROWS: readonly Arrow[] = [
  ['code:cart.ts#add', 'CALLS', 'code:total.ts#sum'],
  ['code:cart.ts#add', 'CALLS', 'code:total.ts#round'],
  ['code:cart.ts#add', 'READS', 'code:limits.ts#LIMIT'],
  ['code:total.ts#sum', 'CALLS', 'code:tax.ts#rate'],
  ['code:far.ts#a', 'CALLS', 'code:farther.ts#b'],
];
async function near(path: string, arrows = ARROWS): Promise<readonly (readonly [string, number])[]> {
  const { nodes, edges } = sceneOf(arrows);
  const related = relatedFiles(await snapshotOf(nodes, edges), [{ repo: 'shop', path }]);
  return related.toSorted((a, b) => b.score - a.score).map((file) => [file.path, Math.round(file.score * 1000) / 1000]);
}

describe('related files', () => {
  it('are those that edges connect, in either direction, the more edges the nearer', async () => {
    expect((await near('cart.ts')).map(([path]) => path)).toEqual(['total.ts', 'limits.ts', 'tax.ts']);
    expect((await near('tax.ts')).map(([path]) => path)).toEqual(['total.ts', 'cart.ts', 'limits.ts']);
  });

  it('have shares that add up to less than one', async () => {
    const all = (await near('cart.ts')).reduce((sum, [, score]) => sum + score, 0);
    expect(all).toBeGreaterThan(0.3);
    expect(all).toBeLessThan(1);
  });

  it('are none where nothing is connected, or there is no such file', async () => {
    expect(await near('nowhere.ts')).toEqual([]);
    expect(await near('alone.ts', [['code:alone.ts#a', 'CALLS', 'code:alone.ts#b']])).toEqual([]);
  });

  it('do not depend on the order of what is asked', async () => {
    const { nodes, edges } = sceneOf(ARROWS);
    const graph = await snapshotOf(nodes, edges);
    const files = ['cart.ts', 'far.ts'].map((path) => ({ repo: 'shop', path }));
    expect(relatedFiles(graph, files.toReversed())).toEqual(relatedFiles(graph, files));
  });
});
