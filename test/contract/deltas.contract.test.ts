import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphDelta } from '../../graph/model/delta.ts';
import { dump, publish, remove, replace } from './facts.ts';
import { graph } from './random-graph.ts';
import { storeFixtures, type StoreFixture } from './stores.ts';

for (const fixture of storeFixtures) {
  // A round trip to a server costs more than a file.
  const numRuns = fixture.name === 'embedded' ? 40 : 4;

  describe.skipIf(fixture.skipReason !== undefined)(`deltas: ${fixture.name}`, () => {
    it('of distinct units give the same graph in any order, in one publication or in many', () =>
      fc.assert(
        fc.asyncProperty(
          graph.chain((units) => fc.tuple(fc.constant(units), fc.shuffledSubarray([...units], { minLength: units.length }))),
          async ([units, shuffled]) => {
            const inOrder = await dumpAfter(fixture, [units.map(replace)]);
            const oneByOne = await dumpAfter(
              fixture,
              shuffled.map((unit) => [replace(unit)]),
            );
            expect(oneByOne).toEqual(inOrder);
          },
        ),
        { numRuns },
      ));

    it('applied twice are as applied once', () =>
      fc.assert(
        fc.asyncProperty(graph, async (units) => {
          const deltas = units.map(replace);
          expect(await dumpAfter(fixture, [deltas, deltas])).toEqual(await dumpAfter(fixture, [deltas]));
        }),
        { numRuns },
      ));

    it('leave nothing behind of what was replaced or removed', () =>
      fc.assert(
        fc.asyncProperty(graph, graph, fc.nat({ max: 4 }), async (before, after, removed) => {
          const kept = after.filter((_, index) => index !== removed);
          const incremental = await dumpAfter(fixture, [before.map(replace), [remove(after[removed]!.unit.path), ...kept.map(replace)]]);
          expect(incremental).toEqual(await dumpAfter(fixture, [kept.map(replace)]));
        }),
        { numRuns },
      ));
  });
}

/** The graph after publishing each list of deltas, from nothing. */
async function dumpAfter(fixture: StoreFixture, publications: readonly (readonly GraphDelta[])[]): Promise<readonly string[]> {
  const place = await fixture.emptyPlace();
  const store = await place.open();
  try {
    for (const deltas of publications) await publish(store, ...deltas);
    return await dump(store);
  } finally {
    await store.close();
    await place.remove();
  }
}
