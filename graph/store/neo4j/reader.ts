import { PlatformError } from '../../errors.ts';
import type { ChunkSet } from '../../model/chunk.ts';
import { compare, type Edge, type EdgeType } from '../../model/edge.ts';
import { MEANT_SETS } from '../../model/meaning.ts';
import type { NodeKind, Node } from '../../model/node.ts';
import type { Diagnostic } from '../../model/provenance.ts';
import { orderedChunks, rankedChunks, storedChunk } from '../rank.ts';
import { termsAskedFor, wordsAskedFor } from '../search-text.ts';
import type { GraphReader, StoredChunk } from '../store.ts';
import { nearestIn, vectorTable, type VectorTable } from '../vectors.ts';
import { int, type Connection, type Row } from './connection.ts';
import * as cypher from './cypher.ts';
import { TextRankings } from './ranking.ts';
import { edgesOf, nodeOf, sortKey, unitOf, type EdgeValues } from './rows.ts';

/** Nodes per batch of `allNodes`, and start nodes per batch of `allEdges`. */
const PAGE = 2000;
const IDS_PER_QUERY = 5000;

/** Reads one generation. Each method is one transaction; what it sees is fixed by the generation, not by time. */
export function createReader(connection: Connection, generation: number): GraphReader {
  const query = (statement: string, parameters: Row = {}): Promise<readonly Row[]> =>
    connection.read(async (transaction) => {
      const rows = await transaction.run(statement, { ...parameters, g: int(generation) });
      // Checked after reading: rows are swept only once the horizon that gives them up is committed.
      const [meta] = await transaction.run(cypher.READ_HORIZON);
      if (meta === undefined || (meta['horizon'] as number) > generation) {
        throw new PlatformError(
          'STORE_BUSY',
          `Generation ${generation} of ${connection.location} was replaced more than once while it was read. Run the same command again.`,
          { details: { location: connection.location, generation } },
        );
      }
      return rows;
    });

  const rankings = new TextRankings(query);

  const tables = new Map<string, Promise<VectorTable<string>>>();
  /** Read once, then compared with every question. */
  function vectorsOf(space: string, set: ChunkSet): Promise<VectorTable<string>> {
    const name = `${set} ${space}`;
    let table = tables.get(name);
    if (!table) {
      table = query(cypher.SET_VECTORS, { space, set }).then((rows) =>
        vectorTable(rows.map(({ key, repo, bytes }) => ({ key: key as string, repo: repo as string, bytes: bytes as Int8Array }))),
      );
      table.catch(() => tables.delete(name));
      tables.set(name, table);
    }
    return table;
  }

  async function nodesOf(ids: readonly string[]): Promise<ReadonlyMap<string, Node>> {
    const found = new Map<string, Node>();
    for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
      const rows = await query(cypher.GET_NODES, { ids: [...new Set(ids.slice(at, at + IDS_PER_QUERY))] });
      for (const row of rows) found.set(row['id'] as string, nodeOf(row));
    }
    return found;
  }

  async function* allNodes(): AsyncGenerator<readonly Node[]> {
    for (let after = ''; ;) {
      const page = await query(cypher.ALL_NODES, { after, limit: int(PAGE) });
      if (page.length > 0) yield page.map(nodeOf);
      if (page.length < PAGE) return;
      after = sortKey(page.at(-1)!['id'] as string);
    }
  }

  async function* allEdges(): AsyncGenerator<readonly Edge[]> {
    for (let after = ''; ;) {
      const [page] = await query(cypher.ALL_EDGES, { after, limit: int(PAGE) });
      if (page === undefined || page['last'] === null) return;
      const edges = edgesOf(page['edges'] as readonly EdgeValues[]);
      if (edges.length > 0) yield edges;
      after = page['last'] as string;
    }
  }

  async function firstEdges(types: readonly EdgeType[] | undefined, limit: number): Promise<readonly Edge[]> {
    const edges: Edge[] = [];
    for await (const batch of allEdges()) {
      edges.push(...batch.filter(({ type }) => !types || types.includes(type)));
      if (edges.length >= limit) break;
    }
    return edges.slice(0, limit);
  }

  return {
    generation,
    get: nodesOf,
    async find(filter, { limit, after = '' }) {
      const rows = await query(cypher.findNodes(filter), { ...filter, limit: int(limit), after: sortKey(after) });
      return rows.map(nodeOf);
    },
    async edges(filter, limit) {
      const { from, to, types } = filter;
      if (from?.length === 0 || to?.length === 0 || types?.length === 0) return [];
      if (!from && !to) return firstEdges(types, limit);
      const rows = await query(cypher.findEdges(filter), { from, to, limit: int(limit) });
      return edgesOf(rows.map((row) => row['edge'] as EdgeValues));
    },
    async search(question, { limit, kinds, repo }) {
      const ranking = await rankings.of('claims', wordsAskedFor(question), { limit });
      if (ranking === undefined) return [];
      const rows = await query(cypher.searchClaims(kinds !== undefined || repo !== undefined), {
        ...ranking.parameters,
        kinds: kinds ?? null,
        repo: repo ?? null,
      });
      const best = rows
        .map(({ id, texts }) => ({ id: id as string, score: Math.max(...(texts as readonly string[]).map(ranking.score)) }))
        .sort((a, b) => b.score - a.score || compare(a.id, b.id))
        .slice(0, limit);
      const nodes = await nodesOf(best.map(({ id }) => id));
      return best.flatMap(({ id, score }) => (nodes.has(id) ? [{ node: nodes.get(id)!, score }] : []));
    },
    async chunks(question, { set, limit, repo, above = -Infinity }) {
      const ranking = await rankings.of(set, termsAskedFor(question), { limit, above });
      if (ranking === undefined) return [];
      const rows = await query(cypher.searchChunks(set), { ...ranking.parameters, repo: repo ?? null });
      const hits = rows.map((row) => ({ ...chunkOf(row), score: ranking.score(row['text'] as string) }));
      return rankedChunks(
        hits.filter(({ score }) => score > above),
        limit,
      );
    },
    async allChunks(set, repo) {
      const rows = await query(cypher.ALL_CHUNKS, { set, repo: repo ?? null });
      return orderedChunks(rows.map(chunkOf));
    },
    async nearest(vector, { space, set, ...options }) {
      const near = nearestIn(await vectorsOf(space, set), vector, options);
      const rows = await query(cypher.CHUNKS_BY_ELEMENT, { keys: near.map(({ key }) => key) });
      const content = new Map(rows.map((row) => [row['key'], chunkOf(row)]));
      return rankedChunks(
        near.flatMap(({ key, score }) => (content.has(key) ? [{ ...content.get(key)!, score }] : [])),
        options.limit,
      );
    },
    async spaces() {
      return (await query(cypher.SPACES)).map((row) => row['space'] as string).sort(compare);
    },
    async vectors(space, meanings) {
      const rows = await query(cypher.READ_VECTORS, { space, meanings: [...meanings] });
      return new Map(rows.map((row) => [row['meaning'] as string, row['bytes'] as Int8Array]));
    },
    async withoutVector(space) {
      const sets = await Promise.all(MEANT_SETS.map((set) => query(cypher.CHUNKS_WITHOUT_VECTOR, { space, set })));
      return sets.flatMap((rows) => orderedChunks(rows.map(chunkOf)));
    },
    async text(repo, path) {
      const [row] = await query(cypher.FILE_TEXT, { repo, path });
      if (!row) return undefined;
      const { commit } = storedChunk(repo, row['content'] as string);
      return { text: row['text'] as string, ...(commit === undefined ? {} : { commit }) };
    },
    async repositories() {
      return (await query(cypher.REPOSITORIES)).map((row) => row['repo'] as string).sort(compare);
    },
    async units(repo) {
      return (await query(cypher.UNITS, { repo })).map(unitOf).sort((a, b) => compare(a.id, b.id));
    },
    async diagnostics({ limit, after = '0' }) {
      const rows = await query(cypher.DIAGNOSTICS, { skip: int(Number(after)), limit: int(limit) });
      return rows.map((row) => ({ ...(JSON.parse(row['diagnostic'] as string) as Diagnostic), unit: row['unit'] as string }));
    },
    async counts() {
      const nodes = await query(cypher.COUNT_NODES);
      const edges = await query(cypher.COUNT_EDGES);
      const [diagnostics] = await query(cypher.COUNT_DIAGNOSTICS);
      return {
        nodes: countsOf<NodeKind>(nodes, 'kind'),
        edges: countsOf<EdgeType>(edges, 'type'),
        diagnostics: diagnostics!['count'] as number,
      };
    },
    allNodes,
    allEdges,
    async loadSnapshot() {
      const parts = (await query(cypher.READ_SNAPSHOT)).map((row) => row['bytes'] as Int8Array);
      if (parts.length === 0) return undefined;
      const bytes = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
      let at = 0;
      for (const part of parts) {
        bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
        at += part.byteLength;
      }
      return bytes;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const chunkOf = (row: Row): StoredChunk => storedChunk(row['repo'] as string, row['content'] as string);

const countsOf = <K extends string>(rows: readonly Row[], name: string): Partial<Record<K, number>> =>
  Object.fromEntries(rows.map((row) => [row[name] as K, row['count'] as number] as const).sort(([a], [b]) => compare(a, b))) as Partial<
    Record<K, number>
  >;
