import { inflateRawSync } from 'node:zlib';
import { PlatformError } from '../../errors.ts';
import { CHUNK_SETS, type ChunkSet } from '../../model/chunk.ts';
import type { UnitRecord } from '../../model/delta.ts';
import { compare, compareEdges, EDGE_CODE, EDGE_TYPES, type Edge, type EdgeType } from '../../model/edge.ts';
import { KIND_CODE, NODE_KINDS, type Node, type NodeKind } from '../../model/node.ts';
import { MEANT_SETS } from '../../model/meaning.ts';
import type { Diagnostic } from '../../model/provenance.ts';
import { mergeClaims } from '../claims.ts';
import { orderedChunks, rankedChunks, storedChunk } from '../rank.ts';
import type { ChunkHit, EdgeFilter, GraphReader, NodeFilter, Page } from '../store.ts';
import type { Database, SqlValue } from './database.ts';
import { guarded } from './faults.ts';
import { CLAIM_COLUMNS, columnsOf, EDGE_COLUMNS, edgeOf, nodeOf, type ClaimColumns, type EdgeColumns } from './rows.ts';
import { requireSchema, termsTable } from './schema.ts';
import { comparable } from '../bm25.ts';
import { termsAskedFor, wordsAskedFor } from '../search-text.ts';
import { nearestIn, vectorTable, type VectorTable } from '../vectors.ts';

/** Nodes per batch of a full read, and sources of edges per batch. */
const BATCH = 2000;
const MOST_ROWS = 10_000;

const EXISTS = (key: string): string => `EXISTS (SELECT 1 FROM claims existing WHERE existing.node = ${key})`;
const EDGE_SHOWS = `${EXISTS('e.from_node')} AND ${EXISTS('e.to_node')} AND (e.via_node = 0 OR ${EXISTS('e.via_node')})`;
/** Holds for the claim that names its node: the first as claims are merged. */
const NAMES_NODE = `NOT EXISTS (SELECT 1 FROM claims other WHERE other.node = c.node AND other.key <> c.key
  AND (other.standing, (SELECT rank FROM units WHERE key = other.unit), other.key)
    < (c.standing, (SELECT rank FROM units WHERE key = c.unit), c.key))`;

/** From one space to the next in the index: `DISTINCT` reads every vector. */
const SPACES = `WITH RECURSIVE known (space) AS (SELECT min(space) FROM vectors
  UNION ALL SELECT (SELECT min(space) FROM vectors v WHERE v.space > known.space) FROM known WHERE known.space IS NOT NULL)
  SELECT space FROM known WHERE space IS NOT NULL`;

type ClaimRow = readonly [node: number, unit: number, ...ClaimColumns];
type EdgeRow = readonly [key: number, unit: number, from: number, to: number, via: number, ...EdgeColumns];
const EDGE_ROW = `e.key, e.unit, e.from_node, e.to_node, e.via_node, ${columnsOf('e', EDGE_COLUMNS)}`;

interface MatchOptions {
  readonly condition?: string;
  readonly values?: readonly SqlValue[];
  readonly key?: readonly [column: string, join: string];
}

/** Reads one generation through a connection, which it pins with a transaction until it is disposed. */
export function createReader(location: string, database: Database, release: () => void): GraphReader {
  database.exec('BEGIN');
  requireSchema(location, database);
  const [generation] = database.get<readonly [number]>('SELECT generation FROM meta')!;

  let unitIds: ReadonlyMap<number, string> | undefined;
  const unitIdOf = (key: number): string => {
    unitIds ??= new Map(database.all<readonly [number, string]>('SELECT key, id FROM units'));
    return unitIds.get(key)!;
  };

  let allIds: ReadonlyMap<number, string> | undefined;
  /** Ids of all nodes that exist, by key, ordered by id. */
  const existing = (): ReadonlyMap<number, string> => {
    allIds ??= new Map(
      database
        .all<readonly [number, string]>(`SELECT key, id FROM ids WHERE ${EXISTS('ids.key')}`)
        .toSorted(([, a], [, b]) => compare(a, b)),
    );
    return allIds;
  };

  /** Nodes by key, claims merged. */
  function nodesByKey(keys: readonly number[], idOf: (key: number) => string): ReadonlyMap<number, Node> {
    const rows = database.all<ClaimRow>(
      `SELECT c.node, c.unit, ${columnsOf('c', CLAIM_COLUMNS)} FROM json_each(?) k CROSS JOIN claims c ON c.node = k.value ORDER BY c.key`,
      JSON.stringify(keys),
    );
    return new Map(
      Array.from(
        groups(rows, ([node]) => node),
        ([key, claims]) => [
          key,
          mergeClaims(claims.map(([, unit, ...columns]) => ({ unit: unitIdOf(unit), node: nodeOf(idOf(key), columns) }))),
        ],
      ),
    );
  }

  /** Nodes in the order of the rows. */
  function nodesOf(rows: readonly (readonly [key: number, id: string, ...unknown[]])[]): Node[] {
    const ids = new Map(rows.map(([key, id]) => [key, id]));
    const nodes = nodesByKey([...ids.keys()], (key) => ids.get(key)!);
    return rows.map(([key]) => nodes.get(key)!);
  }

  /** Edges in order; where units state the same edge, the one of the first unit. */
  function edgesOf(rows: readonly EdgeRow[], idOf: (key: number) => string, limit: number): Edge[] {
    const sorted = rows
      .map((row) => {
        const [key, unit, from, to, via, type] = row;
        return { row, key, unit, from: idOf(from), type: EDGE_TYPES[type]!, to: idOf(to), via: via === 0 ? undefined : idOf(via) };
      })
      .sort((a, b) => compareEdges(a, b) || compare(unitIdOf(a.unit), unitIdOf(b.unit)) || a.key - b.key);
    const edges: Edge[] = [];
    let last: (typeof sorted)[number] | undefined;
    for (const stated of sorted) {
      if (edges.length === limit) break;
      if (!last || compareEdges(last, stated) !== 0) {
        const [, , , , , ...columns] = stated.row;
        edges.push(edgeOf(stated.from, stated.to, stated.via, columns));
      }
      last = stated;
    }
    return edges;
  }

  function* nodeBatches(): Generator<readonly Node[]> {
    const ids = existing();
    for (const keys of chunks([...ids.keys()], BATCH)) {
      const nodes = guarded(location, () => nodesByKey(keys, (key) => ids.get(key)!));
      yield keys.map((key) => nodes.get(key)!);
    }
  }

  function* edgeBatches(): Generator<readonly Edge[]> {
    const ids = existing();
    for (const keys of chunks([...ids.keys()], BATCH)) {
      const rows = guarded(location, () =>
        database.all<EdgeRow>(`SELECT ${EDGE_ROW} FROM json_each(?) k CROSS JOIN edges e ON e.from_node = k.value`, JSON.stringify(keys)),
      );
      const shown = rows.filter(([, , , to, via]) => ids.has(to) && (via === 0 || ids.has(via)));
      const bySource = groups(shown, ([, , from]) => from);
      yield keys.flatMap((key) => edgesOf(bySource.get(key) ?? [], (end) => ids.get(end)!, Infinity));
    }
  }

  function filteredEdges({ from, to, types }: EdgeFilter, limit: number): readonly Edge[] {
    if (!from && !to) {
      const edges: Edge[] = [];
      for (const batch of edgeBatches()) {
        edges.push(...batch.filter(({ type }) => !types || types.includes(type)));
        if (edges.length >= limit) break;
      }
      return edges.slice(0, limit);
    }
    const among = (column: string): string => `e.${column} IN (SELECT ids.key FROM json_each(?) k CROSS JOIN ids ON ids.id = k.value)`;
    const conditions = [
      ...(from ? [among('from_node')] : []),
      ...(to ? [among('to_node')] : []),
      ...(types ? ['e.type IN (SELECT value FROM json_each(?))'] : []),
    ];
    const rows = database.all<EdgeRow>(
      `SELECT ${EDGE_ROW} FROM edges e WHERE ${conditions.join(' AND ')} AND ${EDGE_SHOWS}`,
      ...(from ? [JSON.stringify(from)] : []),
      ...(to ? [JSON.stringify(to)] : []),
      ...(types ? [JSON.stringify(types.map((type) => EDGE_CODE[type]))] : []),
    );
    const ids = idsOf(new Set(rows.flatMap(([, , ...ends]) => ends.slice(0, 3) as number[])));
    return edgesOf(rows, (key) => ids.get(key)!, limit);
  }

  const idsOf = (keys: ReadonlySet<number>): ReadonlyMap<number, string> =>
    new Map(
      database.all<readonly [number, string]>(
        'SELECT ids.key, ids.id FROM json_each(?) k CROSS JOIN ids ON ids.key = k.value',
        JSON.stringify([...keys]),
      ),
    );

  function foundNodes(filter: NodeFilter, { limit, after }: Page): readonly Node[] {
    const conditions: string[] = [];
    const values: SqlValue[] = [];
    const where = (condition: string, value: SqlValue | undefined): void => {
      if (value === undefined) return;
      conditions.push(condition);
      values.push(value);
    };
    where('ids.id > ?', after);
    where('c.kind IN (SELECT value FROM json_each(?))', kindCodes(filter.kinds));
    where('c.repo = ?', filter.repo);
    where('c.file = ?', filter.file);
    where('c.name = ?', filter.name);
    // A name or a file leads to few nodes; without, walk the ids in order.
    const tables = filter.name !== undefined || filter.file !== undefined ? 'claims c CROSS JOIN ids' : 'ids CROSS JOIN claims c';
    return nodesOf(
      database.all<readonly [number, string]>(
        `SELECT ids.key, ids.id FROM ${tables} WHERE ids.key = c.node AND ${[...conditions, NAMES_NODE].join(' AND ')} ORDER BY ids.id LIMIT ?`,
        ...values,
        Math.min(limit, MOST_ROWS),
      ),
    );
  }

  /**
   * What answers best to any of the words, and its score, best first: at most `limit`, and those that are as good as the last of them.
   * Only these are worth a look into other tables. A condition on the rows of the text has its parameters from ?3 on; `key` says
   * what a row is the text of, where that is not itself: the best one counts.
   */
  function bestMatches(
    table: string,
    words: readonly string[],
    limit: number,
    { condition = 'TRUE', values = [], key = ['m.row', ''] }: MatchOptions = {},
  ): readonly { readonly key: number; readonly score: number }[] {
    if (words.length === 0 || limit < 1) return [];
    const match = words.map((word) => `"${word}"`).join(' OR ');
    const [column, join] = key;
    for (let most = 2 * limit; ; most *= 2) {
      const rows = database.all<readonly [key: number, score: number]>(
        `SELECT ${column}, m.score FROM
           (SELECT rowid AS row, -bm25(${table}) AS score FROM ${table} WHERE ${table} MATCH ?1 AND ${condition} ORDER BY score DESC LIMIT ?2) m
           ${join} ORDER BY m.score DESC`,
        ...[match, most, ...values],
      );
      const best = new Map<number, number>();
      for (const [found, score] of rows) if (!best.has(found)) best.set(found, comparable(score));
      const scores = [...best.values()];
      const least = scores[limit - 1] ?? -Infinity;
      if (rows.length < most || comparable(rows.at(-1)![1]) < least)
        return Array.from(best, ([found, score]) => ({ key: found, score })).filter(({ score }) => score >= least);
    }
  }

  /** The best of chunks by key, with what else is known of them, best first. */
  function chunkHits(found: readonly { readonly key: number; readonly score: number }[], limit: number): readonly ChunkHit[] {
    const rows = database.all<readonly [number, string, string]>(
      `SELECT c.key, u.repo, c.content FROM json_each(?) k CROSS JOIN chunks c ON c.key = k.value JOIN units u ON u.key = c.unit`,
      JSON.stringify(found.map(({ key }) => key)),
    );
    const chunks = new Map(rows.map(([key, repo, content]) => [key, storedChunk(repo, content)]));
    return rankedChunks(
      found.map(({ key, score }) => ({ ...chunks.get(key)!, score })),
      limit,
    );
  }

  const tables = new Map<string, VectorTable<number>>();
  /** Read once, then compared with every question. */
  function vectorsOf(space: string, set: ChunkSet): VectorTable<number> {
    const known = tables.get(`${set} ${space}`);
    if (known) return known;
    const rows = database.all<readonly [number, string, Uint8Array]>(
      `SELECT c.key, u.repo, v.bytes FROM chunks c JOIN units u ON u.key = c.unit JOIN vectors v ON v.space = ? AND v.meaning = c.meaning
         WHERE c.chunk_set = ? ORDER BY c.meaning, c.key`,
      ...[space, CHUNK_SETS.indexOf(set)],
    );
    const table = vectorTable(rows.map(([key, repo, bytes]) => ({ key, repo, bytes })));
    tables.set(`${set} ${space}`, table);
    return table;
  }

  /** Every read goes through here: the reader must be open, and SQLite's errors become ours. */
  let open = true;
  const read = <T>(operation: () => T): T => {
    if (!open) throw new PlatformError('INTERNAL', `The reader of generation ${generation} of ${location} is closed.`);
    return guarded(location, operation);
  };

  return {
    generation,
    get: async (ids) =>
      read(() => {
        const rows = database.all<readonly [number, string]>(
          `SELECT DISTINCT ids.key, ids.id FROM json_each(?) k CROSS JOIN ids ON ids.id = k.value WHERE ${EXISTS('ids.key')}`,
          JSON.stringify(ids),
        );
        return new Map(nodesOf(rows).map((node) => [node.id, node]));
      }),
    find: async (filter, page) => read(() => foundNodes(filter, page)),
    edges: async (filter, limit) => read(() => filteredEdges(filter, limit)),
    search: async (query, { limit, kinds, repo }) =>
      read(() => {
        const condition = `EXISTS (SELECT 1 FROM claims hit JOIN claims c ON c.node = hit.node WHERE hit.key = search.rowid AND ${NAMES_NODE}
          AND (?3 IS NULL OR c.kind IN (SELECT value FROM json_each(?3))) AND (?4 IS NULL OR c.repo = ?4))`;
        const isFiltered = kinds !== undefined || repo !== undefined;
        const found = bestMatches('search', wordsAskedFor(query), limit, {
          key: ['hit.node', 'JOIN claims hit ON hit.key = m.row'],
          ...(isFiltered && { condition, values: [kindCodes(kinds) ?? null, repo ?? null] }),
        });
        const ids = idsOf(new Set(found.map(({ key }) => key)));
        const best = found
          .map(({ key, score }) => [key, ids.get(key)!, score] as const)
          .sort(([, a, aScore], [, b, bScore]) => bScore - aScore || compare(a, b))
          .slice(0, limit);
        const nodes = nodesOf(best);
        return best.map(([, , score], index) => ({ node: nodes[index]!, score }));
      }),
    chunks: async (query, { set, limit, repo, above = -Infinity }) =>
      read(() => {
        const table = termsTable(set);
        const condition = `EXISTS (SELECT 1 FROM chunks c JOIN units u ON u.key = c.unit WHERE c.key = ${table}.rowid AND u.repo = ?3)`;
        const found = bestMatches(table, termsAskedFor(query), limit, repo === undefined ? {} : { condition, values: [repo] });
        return chunkHits(
          found.filter(({ score }) => score > above),
          limit,
        );
      }),
    allChunks: async (set, repo) =>
      read(() => {
        const rows = database.all<readonly [string, string]>(
          'SELECT u.repo, c.content FROM chunks c JOIN units u ON u.key = c.unit WHERE c.chunk_set = ?1 AND (?2 IS NULL OR u.repo = ?2)',
          ...[CHUNK_SETS.indexOf(set), repo ?? null],
        );
        return orderedChunks(rows.map(([owner, content]) => storedChunk(owner, content)));
      }),
    nearest: async (vector, { space, set, ...options }) =>
      read(() => chunkHits(nearestIn(vectorsOf(space, set), vector, options), options.limit)),
    spaces: async () => read(() => database.all<readonly [string]>(SPACES).map(([space]) => space)),
    vectors: async (space, meanings) =>
      read(
        () =>
          new Map(
            database
              .all<readonly [string, Uint8Array]>(
                'SELECT v.meaning, v.bytes FROM json_each(?) k CROSS JOIN vectors v ON v.space = ? AND v.meaning = k.value',
                ...[JSON.stringify(meanings), space],
              )
              .map(([meaning, bytes]) => [meaning, new Int8Array(bytes)]),
          ),
      ),
    withoutVector: async (space) =>
      read(() => {
        const rows = database.all<readonly [number, string, string]>(
          `SELECT c.chunk_set, u.repo, c.content FROM chunks c JOIN units u ON u.key = c.unit WHERE c.meaning IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.space = ? AND v.meaning = c.meaning)`,
          space,
        );
        return MEANT_SETS.flatMap((set) =>
          orderedChunks(rows.filter(([code]) => CHUNK_SETS[code] === set).map(([, owner, content]) => storedChunk(owner, content))),
        );
      }),
    text: async (repo, path) =>
      read(() => {
        const [commit, bytes] =
          database.get<readonly [string | null, Uint8Array]>(
            'SELECT t.commit_id, t.bytes FROM texts t JOIN units u ON u.key = t.unit WHERE t.path = ? AND u.repo = ? ORDER BY u.id LIMIT 1',
            ...[path, repo],
          ) ?? [];
        return bytes && { text: inflateRawSync(bytes).toString('utf8'), ...(commit ? { commit } : {}) };
      }),
    repositories: async () =>
      read(() => database.all<readonly [string]>('SELECT DISTINCT repo FROM units ORDER BY repo').map(([repo]) => repo)),
    units: async (repo) =>
      read(() =>
        database
          .all<readonly [string, string, string, string, string, string, string]>(
            'SELECT id, repo, worker, path, hash, state, keys FROM units WHERE repo = ? ORDER BY id',
            repo,
          )
          .map(([id, repository, worker, path, hash, state, keys]): UnitRecord => ({
            id,
            repo: repository,
            worker,
            path,
            hash,
            state,
            keys,
          })),
      ),
    diagnostics: async ({ limit, after }) =>
      read(() =>
        database
          .all<readonly [string, string]>(
            'SELECT u.id, d.content FROM diagnostics d JOIN units u ON u.key = d.unit ORDER BY u.id, d.position LIMIT ? OFFSET ?',
            Math.min(limit, MOST_ROWS),
            Number(after ?? 0),
          )
          .map(([unit, content]) => ({ ...(JSON.parse(content) as Diagnostic), unit })),
      ),
    counts: async () =>
      read(() => {
        const nodes = database.all<readonly [number, number]>(`SELECT c.kind, count(*) FROM claims c WHERE ${NAMES_NODE} GROUP BY c.kind`);
        const edges = database.all<readonly [number, number]>(
          `SELECT e.type, count(*) FROM (SELECT DISTINCT from_node, type, to_node, via_node FROM edges) e WHERE ${EDGE_SHOWS} GROUP BY e.type`,
        );
        return {
          nodes: byName(nodes, NODE_KINDS),
          edges: byName(edges, EDGE_TYPES),
          diagnostics: database.get<readonly [number]>('SELECT count(*) FROM diagnostics')![0],
        };
      }),
    async *allNodes() {
      read(existing);
      for (const batch of nodeBatches()) yield batch;
    },
    async *allEdges() {
      read(existing);
      for (const batch of edgeBatches()) yield batch;
    },
    loadSnapshot: async () =>
      read(() => database.get<readonly [Uint8Array]>('SELECT bytes FROM snapshots WHERE generation = ?', generation)?.[0]),
    async [Symbol.asyncDispose]() {
      if (!open) return;
      open = false;
      database.exec('ROLLBACK');
      release();
    },
  };
}

const kindCodes = (kinds: readonly NodeKind[] | undefined): string | undefined =>
  kinds && JSON.stringify(kinds.map((kind) => KIND_CODE[kind]));

const byName = <K extends NodeKind | EdgeType>(
  counts: readonly (readonly [code: number, count: number])[],
  names: readonly K[],
): Partial<Record<K, number>> =>
  Object.fromEntries(counts.map(([code, count]) => [names[code]!, count] as const).toSorted(([a], [b]) => compare(a, b))) as Partial<
    Record<K, number>
  >;

function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Rows that share a key, in the order given. */
function groups<T>(rows: readonly T[], keyOf: (row: T) => number): ReadonlyMap<number, readonly T[]> {
  const grouped = new Map<number, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = grouped.get(key);
    if (group) group.push(row);
    else grouped.set(key, [row]);
  }
  return grouped;
}
