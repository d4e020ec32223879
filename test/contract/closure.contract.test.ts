import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnitDelta } from '../../graph/model/delta.ts';
import type { EdgeType } from '../../graph/model/edge.ts';
import type { Node } from '../../graph/model/node.ts';
import { closure, type WalkOptions } from '../../graph/query/walk.ts';
import { loadSnapshotOf } from '../../graph/snapshot/load.ts';
import { closureQueries, type ClosureAnswers, type ClosureQuestion } from './closure-queries.ts';
import { edge, functionNode, publish, reading, replace, unitOf } from './facts.ts';
import { graph } from './random-graph.ts';
import { storeFixtures, type StoreFixture } from './stores.ts';

const question: fc.Arbitrary<ClosureQuestion> = fc.record({
  direction: fc.constantFrom<WalkOptions['direction']>('dependents', 'dependencies'),
  types: fc.subarray<EdgeType>(['CALLS', 'READS', 'USES_TYPE', 'CONTAINS'], { minLength: 1 }),
  maxDepth: fc.integer({ min: 1, max: 8 }),
});

for (const fixture of storeFixtures) {
  const numRuns = fixture.name === 'embedded' ? 60 : 6;

  describe.skipIf(fixture.skipReason !== undefined)(`closures: ${fixture.name}`, () => {
    it("of the snapshot are those of the database's own query language", () =>
      fc.assert(
        fc.asyncProperty(graph, question, async (units, asked) => {
          const { walked, queried } = await bothAnswers(fixture, units, units, asked);
          expect(walked).toEqual(queried);
        }),
        { numRuns },
      ));

    // Negative control: were the comparison blind, the snapshot of another graph would pass it too.
    it('are told apart when one edge is missing', async () => {
      const [first, second, third] = ['first', 'second', 'third'].map((name) => functionNode(`src/${name}.ts`, name)) as [Node, Node, Node];
      const units = [
        unitOf('src/first.ts', { nodes: [first], edges: [edge(first.id, second.id)] }),
        unitOf('src/second.ts', { nodes: [second], edges: [edge(second.id, third.id)] }),
        unitOf('src/third.ts', { nodes: [third] }),
      ];
      const wrong = units.with(1, unitOf('src/second.ts', { nodes: [second] }));
      const asked: ClosureQuestion = { direction: 'dependents', types: ['CALLS'], maxDepth: 5 };
      const right = await bothAnswers(fixture, units, units, asked);
      expect(right.walked[third.id]).toEqual({ [third.id]: 0, [second.id]: 1, [first.id]: 2 });
      expect(right.walked).toEqual(right.queried);
      const { walked, queried } = await bothAnswers(fixture, units, wrong, asked);
      expect(walked).not.toEqual(queried);
    });
  });
}

/** Closures from every node: of the snapshot of one graph, and of the database holding another, which is usually the same. */
async function bothAnswers(
  fixture: StoreFixture,
  walkedUnits: readonly UnitDelta[],
  queriedUnits: readonly UnitDelta[],
  asked: ClosureQuestion,
): Promise<{ readonly walked: ClosureAnswers; readonly queried: ClosureAnswers }> {
  const place = await fixture.emptyPlace();
  const store = await place.open();
  try {
    await publish(store, ...walkedUnits.map(replace));
    const snapshot = await reading(store, (reader) => loadSnapshotOf(store, reader));
    if (queriedUnits !== walkedUnits) await publish(store, ...queriedUnits.map(replace));
    const starts = Array.from({ length: snapshot.nodeCount }, (_, node) => snapshot.id(node));
    const queried = await closureQueries[fixture.name]!(place.location, starts, asked);
    const walked = Object.fromEntries(
      starts.map((start, node) => {
        const { nodes, distance } = closure(snapshot, [node], asked);
        return [start, Object.fromEntries(Array.from(nodes, (reached) => [snapshot.id(reached), distance[reached]!]))];
      }),
    );
    return { walked, queried };
  } finally {
    await store.close();
    await place.remove();
  }
}
