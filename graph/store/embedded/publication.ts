import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PlatformError } from '../../errors.ts';
import { CHUNK_SETS, isWholeFile, isWordSet, type Chunk, type WordSet } from '../../model/chunk.ts';
import type { GraphDelta, UnitDelta } from '../../model/delta.ts';
import { EDGE_CODE, type Edge } from '../../model/edge.ts';
import { KIND_CODE, standingOf, type Node } from '../../model/node.ts';
import { TIER_CODE } from '../../model/provenance.ts';
import { claimsOf, unitRank } from '../claims.ts';
import type { Publication } from '../store.ts';
import type { Database } from './database.ts';
import { guarded } from './faults.ts';
import { CLAIM_COLUMNS, columnsOf, nodeOf, type ClaimColumns } from './rows.ts';
import { createIndexes, dropIndexes, requireSchema, TEXT_TABLES, termsTable } from './schema.ts';
import { chunkTextOf, searchTextOf } from '../search-text.ts';

/** Share of all units. */
const MUCH = 0.25;

/**
 * Writes the next generation on a connection that holds the write lock, in one transaction: SQLite's lock is what makes
 * publishing a compare-and-set, and its rollback what discards everything else.
 */
export function createPublication(location: string, database: Database, onClosed: () => void): Publication {
  requireSchema(location, database);
  const [published] = database.get<readonly [number]>('SELECT generation FROM meta')!;
  const generation = published + 1;
  const ids = createInterner(database);
  /** Ids that lost a claim or an edge and may be needed no more. */
  const loosened = new Set<number>();
  let replaced = 0;
  // Filling an empty store: everything is written first and indexed at the end.
  let indexed = database.get('SELECT 1 FROM ids LIMIT 1') !== undefined;
  if (!indexed) dropIndexes(database);

  function index(): void {
    if (!indexed) createIndexes(database);
    indexed = true;
  }

  function apply(delta: GraphDelta): void {
    if (delta.op === 'remove') removeUnit(delta.unit);
    else replaceUnit(delta.delta);
  }

  function removeUnit(id: string): void {
    const [unit] = database.get<readonly [number]>('SELECT key FROM units WHERE id = ?', id) ?? [];
    if (unit === undefined) return;
    index();
    const claims = database.all<readonly [key: number, node: number, id: string, ...ClaimColumns]>(
      `SELECT c.key, c.node, ids.id, ${columnsOf('c', CLAIM_COLUMNS)} FROM claims c JOIN ids ON ids.key = c.node WHERE c.unit = ? ORDER BY c.key`,
      unit,
    );
    for (const [key, node, nodeId, ...columns] of claims) {
      forgetText('search', key, searchTextOf(nodeOf(nodeId, columns)));
      loosened.add(node);
    }
    for (const ends of database.all<readonly number[]>('SELECT from_node, to_node, via_node FROM edges WHERE unit = ?', unit)) {
      for (const end of ends) loosened.add(end);
    }
    const chunks = database.all<readonly [key: number, set: number, terms: Uint8Array]>(
      'SELECT c.key, c.chunk_set, t.bytes FROM chunks c JOIN terms t ON t.chunk = c.key WHERE c.unit = ? ORDER BY c.key',
      unit,
    );
    for (const [key, set, terms] of chunks) forgetText(termsTable(CHUNK_SETS[set] as WordSet), key, inflateRawSync(terms).toString());
    database.run('DELETE FROM terms WHERE chunk IN (SELECT key FROM chunks WHERE unit = ?)', unit);
    database.run('DELETE FROM chunks WHERE unit = ?', unit);
    database.run('DELETE FROM texts WHERE unit = ?', unit);
    database.run('DELETE FROM claims WHERE unit = ?', unit);
    database.run('DELETE FROM edges WHERE unit = ?', unit);
    database.run('DELETE FROM diagnostics WHERE unit = ?', unit);
    database.run('DELETE FROM units WHERE key = ?', unit);
  }

  /** The words must be those that were indexed; their order does not matter. */
  function forgetText(table: string, row: number, words: string): void {
    database.run(`INSERT INTO ${table} (${table}, rowid, terms) VALUES ('delete', ?, ?)`, row, words);
  }

  function replaceUnit({ unit, nodes, edges, diagnostics, chunks = [] }: UnitDelta): void {
    removeUnit(unit.id);
    replaced++;
    const { id, repo, worker, path, hash, state, keys } = unit;
    const [key] = database.get<readonly [number]>(
      'INSERT INTO units (id, repo, worker, path, hash, state, keys, rank) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING key',
      ...[id, repo, worker, path, hash, state, keys, unitRank(id)],
    )!;
    for (const node of claimsOf(id, nodes).values()) insertClaim(key, node);
    for (const edge of edges) insertEdge(key, edge);
    for (const chunk of chunks) insertChunk(key, chunk);
    diagnostics.forEach((diagnostic, position) => {
      database.run('INSERT INTO diagnostics (unit, position, content) VALUES (?, ?, ?)', key, position, JSON.stringify(diagnostic));
    });
  }

  function insertClaim(unit: number, node: Node): void {
    const { span } = node;
    const [key] = database.get<readonly [number]>(
      `INSERT INTO claims (node, unit, ${CLAIM_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key`,
      ...[ids.keyOf(node.id), unit, KIND_CODE[node.kind], node.name, node.repo ?? null, node.file ?? null],
      ...(span ? [span.line, span.col, span.endLine, span.endCol] : [null, null, null, null]),
      standingOf(node),
      JSON.stringify(node.props),
    )!;
    database.run('INSERT INTO search (rowid, terms) VALUES (?, ?)', key, searchTextOf(node));
  }

  function insertEdge(unit: number, edge: Edge): void {
    database.run(
      'INSERT INTO edges (unit, from_node, type, to_node, via_node, tier, confidence, rule, sites) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      unit,
      ids.keyOf(edge.from),
      EDGE_CODE[edge.type],
      ids.keyOf(edge.to),
      edge.via === undefined ? 0 : ids.keyOf(edge.via),
      TIER_CODE[edge.tier],
      edge.confidence,
      edge.rule ?? null,
      JSON.stringify(edge.sites),
    );
  }

  function insertChunk(unit: number, chunk: Chunk): void {
    const { set, heading: _, text, ...found } = chunk;
    const [key] = database.get<readonly [number]>(
      'INSERT INTO chunks (unit, chunk_set, meaning, content) VALUES (?, ?, ?, ?) RETURNING key',
      ...[unit, CHUNK_SETS.indexOf(set), found.meaning ?? null, JSON.stringify(found)],
    )!;
    if (!isWordSet(set)) return;
    const terms = chunkTextOf(chunk);
    database.run(`INSERT INTO ${termsTable(set)} (rowid, terms) VALUES (?, ?)`, key, terms);
    database.run('INSERT INTO terms (chunk, bytes) VALUES (?, ?)', key, deflateRawSync(terms.split(' ').sort().join(' ')));
    if (!isWholeFile(chunk)) return;
    const [path = ''] = found.files;
    database.run(
      'INSERT INTO texts (unit, path, commit_id, bytes) VALUES (?, ?, ?, ?)',
      unit,
      path,
      found.commit ?? null,
      deflateRawSync(text),
    );
  }

  /** Full text that was written piece by piece is searched faster in one; worth it after much of it was written. */
  function mergeText(): void {
    const [units] = database.get<readonly [number]>('SELECT count(*) FROM units')!;
    if (replaced < MUCH * units) return;
    for (const table of TEXT_TABLES) database.run(`INSERT INTO ${table} (${table}) VALUES ('optimize')`);
  }

  function finish(): void {
    index();
    mergeText();
    for (const key of loosened) {
      database.run(
        `DELETE FROM ids WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM claims WHERE node = ?1) AND NOT EXISTS (SELECT 1 FROM edges WHERE from_node = ?1)
           AND NOT EXISTS (SELECT 1 FROM edges WHERE to_node = ?1) AND NOT EXISTS (SELECT 1 FROM edges WHERE via_node = ?1 AND via_node <> 0)`,
        key,
      );
    }
    database.run('DELETE FROM snapshots');
    database.run('UPDATE meta SET generation = ?', generation);
    database.exec('COMMIT');
  }

  let open = true;
  function close(): void {
    open = false;
    if (database.inTransaction) database.exec('ROLLBACK');
    onClosed();
  }
  function requireOpen(): void {
    if (!open) throw new PlatformError('INTERNAL', `Generation ${generation} of ${location} is already published or aborted.`);
  }

  return {
    generation,
    async apply(deltas) {
      requireOpen();
      guarded(location, () => {
        database.exec('SAVEPOINT apply');
        try {
          for (const delta of deltas) apply(delta);
          database.exec('RELEASE apply');
        } catch (error) {
          database.exec('ROLLBACK TO apply; RELEASE apply');
          ids.forget();
          // The rollback may have taken back the indexes as well as the rows.
          indexed = database.get("SELECT 1 FROM sqlite_schema WHERE name = 'ids_by_id'") !== undefined;
          index();
          throw error;
        }
      });
    },
    async publish() {
      requireOpen();
      try {
        guarded(location, finish);
      } finally {
        close();
      }
      return generation;
    },
    async abort() {
      if (open) close();
    },
    async [Symbol.asyncDispose]() {
      if (open) close();
    },
  };
}

interface Interner {
  keyOf(id: string): number;
  /** To be called when keys may have been taken back. */
  forget(): void;
}

function createInterner(database: Database): Interner {
  const keys = new Map<string, number>();
  // An empty table has no index yet, and nothing to be found.
  const startedEmpty = database.get('SELECT 1 FROM ids LIMIT 1') === undefined;
  let mayBeStored = !startedEmpty;
  const lastKey = (): number => database.get<readonly [number | null]>('SELECT max(key) FROM ids')![0] ?? 0;
  let last = lastKey();
  return {
    keyOf(id) {
      const known = keys.get(id);
      if (known !== undefined) return known;
      let [key] = (mayBeStored && database.get<readonly [number]>('SELECT key FROM ids WHERE id = ?', id)) || [];
      if (key === undefined) {
        key = ++last;
        database.run('INSERT INTO ids (key, id) VALUES (?, ?)', key, id);
      }
      keys.set(id, key);
      return key;
    },
    forget() {
      keys.clear();
      mayBeStored = true;
      last = lastKey();
    },
  };
}
