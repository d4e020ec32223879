import { unitId, type GraphDelta, type UnitDelta } from '../../graph/model/delta.ts';
import type { Edge } from '../../graph/model/edge.ts';
import { declarationId } from '../../graph/model/id.ts';
import type { NodeOf } from '../../graph/model/node.ts';
import type { GraphReader, GraphStore } from '../../graph/store/store.ts';
import { dumpOf } from '../../src/dump.ts';

/** Facts of a small shop, for tests that need some graph. */
export const REPO = 'shop';

export const functionNode = (file: string, name: string, props: NodeOf<'Function'>['props'] = {}): NodeOf<'Function'> => ({
  id: declarationId(REPO, file, name),
  kind: 'Function',
  name: name.slice(name.lastIndexOf('.') + 1),
  repo: REPO,
  file,
  span: { line: 3, col: 17, endLine: 5, endCol: 2 },
  props,
});

export const edge = (from: string, to: string, more: Partial<Edge> = {}): Edge => ({
  from,
  type: 'CALLS',
  to,
  tier: 'compiler',
  confidence: 1,
  sites: [{ line: 4, col: 3 }],
  ...more,
});

export const unitOf = (path: string, facts: Partial<Omit<UnitDelta, 'unit'>> = {}, repo = REPO): UnitDelta => ({
  unit: { id: unitId(repo, 'typescript', path), repo, worker: 'typescript', path, hash: `hash of ${path}`, state: '', keys: '' },
  nodes: [],
  edges: [],
  diagnostics: [],
  ...facts,
});

export const replace = (delta: UnitDelta): GraphDelta => ({ op: 'replace', delta });
export const remove = (path: string): GraphDelta => ({ op: 'remove', unit: unitId(REPO, 'typescript', path) });

/** Publishes the deltas, each in a call of its own. */
export async function publish(store: GraphStore, ...deltas: readonly GraphDelta[]): Promise<number> {
  const publication = await store.begin();
  try {
    for (const delta of deltas) await publication.apply([delta]);
    return await publication.publish();
  } finally {
    await publication[Symbol.asyncDispose]();
  }
}

export async function reading<T>(store: GraphStore, read: (reader: GraphReader) => Promise<T>): Promise<T> {
  const reader = await store.reader();
  try {
    return await read(reader);
  } finally {
    await reader[Symbol.asyncDispose]();
  }
}

/** Everything in the store, as `specgraph dump` prints it. */
export const dump = (store: GraphStore): Promise<readonly string[]> => reading(store, (reader) => collect(dumpOf(reader)));

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
