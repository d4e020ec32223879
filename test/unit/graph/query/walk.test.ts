import { describe, expect, it } from 'vitest';
import type { Edge } from '../../../../graph/model/edge.ts';
import { shortestPath } from '../../../../graph/query/path.ts';
import { closure, type WalkOptions } from '../../../../graph/query/walk.ts';
import type { Snapshot } from '../../../../graph/snapshot/csr.ts';
import { edge, functionNode } from '../../../contract/facts.ts';
import { snapshotOf } from '../snapshot/snapshots.ts';

const id = (name: string): string => functionNode(`src/${name}.ts`, name).id;
const calls = (from: string, to: string, more: Partial<Edge> = {}): Edge => edge(id(from), id(to), more);

/** web → api → user → database, api → order → database, order → mail → order (a cycle), and a loner. */
const shop = (): Promise<Snapshot> =>
  snapshotOf(
    ['web', 'api', 'user', 'order', 'mail', 'database', 'loner'].map((name) => functionNode(`src/${name}.ts`, name)),
    [
      calls('web', 'api', { type: 'IMPORTS' }),
      calls('api', 'user'),
      calls('api', 'order'),
      calls('user', 'database', { tier: 'flow', confidence: 0.5, sites: [{ line: 8, col: 2, file: 'src/generated.ts' }] }),
      calls('order', 'database', { via: id('mail') }),
      calls('order', 'mail'),
      calls('mail', 'order'),
    ],
  );

function distances(snapshot: Snapshot, starts: readonly string[], options: WalkOptions): Record<string, number> {
  const { nodes, distance } = closure(
    snapshot,
    starts.map((name) => snapshot.indexOf(id(name))),
    options,
  );
  return Object.fromEntries(Array.from(nodes, (node) => [snapshot.nameText(node), distance[node]!]));
}

describe('closure', () => {
  it('walks against the arrows for dependents and along them for dependencies', async () => {
    const snapshot = await shop();
    expect(distances(snapshot, ['user'], { direction: 'dependents' })).toEqual({ user: 0, api: 1, web: 2 });
    expect(distances(snapshot, ['user'], { direction: 'dependencies' })).toEqual({ user: 0, database: 1 });
  });

  it('takes the shortest way and survives cycles', async () => {
    expect(distances(await shop(), ['mail'], { direction: 'dependents' })).toEqual({ mail: 0, order: 1, api: 2, web: 3 });
  });

  it('starts at several nodes, also at the same twice', async () => {
    expect(distances(await shop(), ['user', 'mail', 'user'], { direction: 'dependents' })).toEqual({
      user: 0,
      mail: 0,
      api: 1,
      order: 1,
      web: 2,
    });
  });

  it('follows the types asked for, no further than asked', async () => {
    const snapshot = await shop();
    expect(distances(snapshot, ['user'], { direction: 'dependents', types: ['CALLS'] })).toEqual({ user: 0, api: 1 });
    expect(distances(snapshot, ['web'], { direction: 'dependencies', maxDepth: 2 })).toEqual({ web: 0, api: 1, user: 2, order: 2 });
    expect(distances(snapshot, ['web'], { direction: 'dependencies', types: [] })).toEqual({ web: 0 });
  });
});

describe('shortestPath', () => {
  const steps = async (from: string, to: string): Promise<readonly string[] | undefined> =>
    shortestPath(await shop(), id(from), id(to))?.map((hop) => `${hop.from.split('#')[1]} ${hop.edge} ${hop.to.split('#')[1]}`);

  it('leads from the dependent to what it depends on, and back', async () => {
    expect(await steps('web', 'mail')).toEqual(['web IMPORTS api', 'api CALLS order', 'order CALLS mail']);
    expect(await steps('mail', 'web')).toEqual(['mail CALLS order', 'order CALLS api', 'api IMPORTS web']);
  });

  it('is undefined where nothing connects, and empty at the same place', async () => {
    expect(await steps('loner', 'web')).toBeUndefined();
    expect(await steps('user', 'order')).toBeUndefined();
    expect(await steps('web', 'absent')).toBeUndefined();
    expect(await steps('web', 'web')).toEqual([]);
  });

  it('shows where each hop is seen, and how sure it is', async () => {
    const [hop] = shortestPath(await shop(), id('user'), id('database'))!;
    expect(hop).toEqual({
      from: id('user'),
      to: id('database'),
      edge: 'CALLS',
      file: 'src/generated.ts',
      line: 8,
      col: 2,
      tier: 'flow',
      confidence: 0.5,
      rule: 'dependency',
    });
    const [back] = shortestPath(await shop(), id('database'), id('order'))!;
    expect(back).toMatchObject({
      from: id('database'),
      to: id('order'),
      via: id('mail'),
      file: 'src/order.ts',
      line: 4,
      rule: 'dependent',
    });
  });
});
