import { WORD_SETS, type WordSet } from '../../model/chunk.ts';
import { SCHEMA_VERSION } from '../store.ts';
import type { Database } from './database.ts';
import { notAStore, otherSchema } from './faults.ts';

/** Marks a SQLite file as ours: `SGph`. */
const APPLICATION_ID = 0x53477068;

/** The full-text table of one set of chunks: SQLite keeps statistics by table. Its rowid is the key of the chunk. */
export const termsTable = (set: WordSet): string => `terms_${set.replace('-', '_')}`;

/** All full-text tables; the rowid of `search` is the key of a claim. */
export const TEXT_TABLES: readonly string[] = ['search', ...WORD_SETS.map(termsTable)];

/**
 * Ids are interned: rows refer to them by key, and an id may be known before a node of that id exists. Kinds, types and
 * tiers are their position in the model's lists. The node of an edge that has no `via` is 0. Full text is words that we split and
 * folded already, with spaces between: the tokenizer `ascii` takes any character beyond ASCII for a part of a word. FTS5 forgets a text
 * when it is told it again; with its option `contentless_delete` it need not be told, but goes on counting it (SQLite 3.53), so that
 * what a word weighs would depend on the past. `terms` has the words of a chunk, sorted, for that.
 */
const TABLES = `
  CREATE TABLE meta (generation INTEGER NOT NULL, vectors INTEGER NOT NULL);
  INSERT INTO meta VALUES (0, 0);
  CREATE TABLE units (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, repo TEXT NOT NULL, worker TEXT NOT NULL,
    path TEXT NOT NULL, hash TEXT NOT NULL, state TEXT NOT NULL, keys TEXT NOT NULL, rank TEXT NOT NULL);
  CREATE TABLE ids (key INTEGER PRIMARY KEY, id TEXT NOT NULL);
  CREATE TABLE claims (key INTEGER PRIMARY KEY, node INTEGER NOT NULL, unit INTEGER NOT NULL, kind INTEGER NOT NULL,
    name TEXT NOT NULL, repo TEXT, file TEXT, line INTEGER, col INTEGER, end_line INTEGER, end_col INTEGER,
    standing INTEGER NOT NULL, props TEXT NOT NULL);
  CREATE TABLE edges (key INTEGER PRIMARY KEY, unit INTEGER NOT NULL, from_node INTEGER NOT NULL, type INTEGER NOT NULL,
    to_node INTEGER NOT NULL, via_node INTEGER NOT NULL, tier INTEGER NOT NULL, confidence REAL NOT NULL, rule TEXT, sites TEXT NOT NULL);
  CREATE TABLE diagnostics (unit INTEGER NOT NULL, position INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (unit, position)) WITHOUT ROWID;
  CREATE TABLE snapshots (generation INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
  CREATE TABLE chunks (key INTEGER PRIMARY KEY, unit INTEGER NOT NULL, chunk_set INTEGER NOT NULL, meaning TEXT, content TEXT NOT NULL);
  CREATE TABLE terms (chunk INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
  CREATE TABLE texts (unit INTEGER NOT NULL, path TEXT NOT NULL, commit_id TEXT, bytes BLOB NOT NULL);
  CREATE TABLE vectors (space TEXT NOT NULL, meaning TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (space, meaning)) WITHOUT ROWID;
  ${TEXT_TABLES.map((table) => `CREATE VIRTUAL TABLE ${table} USING fts5(terms, content = '', tokenize = 'ascii');`).join('\n  ')}
`;

/** Apart from the tables, because filling an empty store is faster without them. */
const INDEXES = [
  'CREATE UNIQUE INDEX ids_by_id ON ids (id)',
  'CREATE INDEX claims_by_node ON claims (node, unit)',
  'CREATE INDEX claims_by_unit ON claims (unit)',
  'CREATE INDEX claims_by_name ON claims (name)',
  'CREATE INDEX claims_by_file ON claims (file)',
  'CREATE INDEX chunks_by_unit ON chunks (unit)',
  'CREATE INDEX chunks_by_set ON chunks (chunk_set)',
  'CREATE INDEX texts_by_unit ON texts (unit)',
  'CREATE INDEX texts_by_path ON texts (path)',
  'CREATE INDEX edges_by_from ON edges (from_node, type, to_node, via_node)',
  'CREATE INDEX edges_by_to ON edges (to_node)',
  'CREATE INDEX edges_by_via ON edges (via_node) WHERE via_node <> 0',
  'CREATE INDEX edges_by_unit ON edges (unit)',
];

export type SchemaState = { readonly kind: 'current' | 'empty' | 'foreign' } | { readonly kind: 'other'; readonly version: number };

/** What the file holds: this version's tables, another version's, nothing yet, or something that is not ours. */
export function schemaState(database: Database): SchemaState {
  const [application] = database.get<readonly [number]>('PRAGMA application_id')!;
  if (application !== APPLICATION_ID) {
    return { kind: database.get('SELECT 1 FROM sqlite_schema LIMIT 1') ? 'foreign' : 'empty' };
  }
  const [version] = database.get<readonly [number]>('PRAGMA user_version')!;
  return version === SCHEMA_VERSION ? { kind: 'current' } : { kind: 'other', version };
}

/** Throws unless the file holds this version's tables: another process may have rebuilt it since it was opened. */
export function requireSchema(location: string, database: Database): void {
  const state = schemaState(database);
  if (state.kind === 'other') throw otherSchema(location, state.version, SCHEMA_VERSION);
  if (state.kind !== 'current') throw notAStore(location);
}

/** Leaves an empty store of this version, in the transaction at hand; another version's content is dropped. */
export function recreateSchema(database: Database): void {
  const tables = database.all<readonly [string]>(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite|_%' ESCAPE '|'",
  );
  for (const [name] of tables) database.exec(`DROP TABLE "${name.replaceAll('"', '""')}"`);
  database.exec(TABLES);
  createIndexes(database);
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`);
}

export function createIndexes(database: Database): void {
  for (const index of INDEXES) database.exec(index);
}

export function dropIndexes(database: Database): void {
  for (const index of INDEXES) database.exec(`DROP INDEX ${index.split(' INDEX ')[1]!.split(' ')[0]!}`);
}
