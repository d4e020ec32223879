import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Edge } from '../../../../graph/model/edge.ts';
import { declarationId, moduleId, sectionId } from '../../../../graph/model/id.ts';
import type { Node } from '../../../../graph/model/node.ts';
import { openStore } from '../../../../graph/store/registry.ts';
import type { GraphStore } from '../../../../graph/store/store.ts';
import { chunksOf } from '../../../../ingest/chunks.ts';
import { createCurrentGraph, type CurrentGraph } from '../../../../src/current-graph.ts';
import type { Embedder } from '../../../../src/retrieval/embedder.ts';
import { publish, REPO, replace, unitOf } from '../../../contract/facts.ts';

/** A file, what is in it, and the commit that holds it. */
export interface Leaf {
  readonly text: string;
  readonly parts?: readonly Node[];
  readonly edges?: readonly Edge[];
  readonly commit?: string;
}

/** A graph in a store of its own, made of texts and of what tests say stands in them. */
export interface Shelf extends AsyncDisposable {
  readonly store: GraphStore;
  readonly graph: CurrentGraph;
  put(leaves: Readonly<Record<string, Leaf>>): Promise<void>;
}

export async function shelve(leaves: Readonly<Record<string, Leaf>>): Promise<Shelf> {
  const folder = mkdtempSync(path.join(tmpdir(), 'specgraph shelf '));
  const store = await openStore(path.join(folder, 'graph.db'), { create: true });
  const graph = createCurrentGraph(store);
  const put: Shelf['put'] = async (some) => {
    const units = Object.entries(some).map(([file, { text, parts = [], edges = [], commit }]) => {
      const nodes = [whole(file, text), ...parts];
      return replace(unitOf(file, { nodes, edges: [...edges], chunks: chunksOf(file, text, nodes, commit) }));
    });
    await publish(store, ...units);
  };
  await put(leaves);
  return {
    store,
    graph,
    put,
    async [Symbol.asyncDispose]() {
      await graph.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const span = (line: number, endLine: number) => ({ line, col: 1, endLine, endCol: 2 });

const whole = (file: string, text: string): Node => ({
  ...{ id: moduleId(REPO, file), kind: 'Module', name: path.basename(file), repo: REPO, file, props: { language: 'typescript' } },
  span: span(1, Math.max(1, text.split('\n').length)),
});

export const declared = (file: string, name: string, line: number, endLine = line): Node => ({
  ...{ id: declarationId(REPO, file, name), kind: 'Function', name, repo: REPO, file, span: span(line, endLine), props: {} },
});

export const section = (file: string, name: string, line: number, endLine = line): Node => ({
  ...{ id: sectionId(REPO, file, name.toLowerCase().replaceAll(/\W+/g, '-')), kind: 'Section', name, repo: REPO, file },
  ...{ span: span(line, endLine), props: { headings: [name] } },
});

/** Words are its directions, so that texts with the same words are near each other. Remembers what it was asked. */
export function toyEmbedder(space = 'toy:64'): Embedder & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    space,
    asked,
    async embed(texts, { signal } = {}) {
      signal?.throwIfAborted();
      asked.push(...texts);
      return texts.map(toyVector);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

const DIMENSIONS = 64;

export function toyVector(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? ['nothing']) {
    let at = 7;
    for (const letter of word) at = (at * 31 + letter.charCodeAt(0)) % DIMENSIONS;
    vector[at]! += 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((each) => each / length);
}
