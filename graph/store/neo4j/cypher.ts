/**
 * Every statement this adapter sends. Values always travel as parameters; labels and relationship types come from
 * {@link NODE_KINDS} and {@link EDGE_TYPES} only. docs/reference/neo4j.md explains the graph to people who query it.
 *
 * A row (claim, relationship, unit state) belongs to the generations `since <= g < until`; one without `until` is open.
 * Rows are created, closed, and deleted once no reader may see them; nothing else in them ever changes. That is what
 * lets readers of a published generation run beside a writer without a lock.
 */
import { WORD_SETS, type WordSet } from '../../model/chunk.ts';
import type { EdgeFilter, NodeFilter } from '../store.ts';
import { EDGE_TYPES, type EdgeType } from '../../model/edge.ts';
import { NODE_KINDS, type NodeKind } from '../../model/node.ts';

const label = (kind: NodeKind): string => {
  if (!NODE_KINDS.includes(kind)) throw new TypeError(`Not a node kind: ${kind}`);
  return kind;
};
const types = (wanted: readonly EdgeType[]): string => {
  for (const type of wanted) if (!EDGE_TYPES.includes(type)) throw new TypeError(`Not an edge type: ${type}`);
  return wanted.join('|');
};

/** True for rows that the reader's generation `$g` contains. */
const visible = (row: string): string => `${row}.since <= $g AND (${row}.until IS NULL OR ${row}.until > $g)`;
const exists = (node: string): string => `EXISTS { (${node})<-[x:CLAIMS]-() WHERE ${visible('x')} }`;
/** The claim that names a node is the first as claims are merged. */
const first = (node: string, unit: string, claim: string): string =>
  `NOT EXISTS { (${node})<-[x:CLAIMS]-(other:Unit)
    WHERE (x.standing < ${claim}.standing OR x.standing = ${claim}.standing AND other.rank < ${unit}.rank) AND ${visible('x')} }`;

/* Schema */

const SEARCH_INDEX = 'specgraph_search';
/** Each set of chunks is a property and an index of its own: Lucene keeps statistics by field. */
const chunkIndex = (set: WordSet): string => `specgraph_${termsProperty(set)}`;
export const termsProperty = (set: WordSet): string => `terms_${set.replace('-', '_')}`;
/** Collections of texts that full text is ranked in: claims, which a node is found by, and each set of chunks. */
export const COLLECTIONS = ['claims', ...WORD_SETS] as const;
export const SCHEMA: readonly string[] = [
  'CREATE CONSTRAINT specgraph_key IF NOT EXISTS FOR (m:Specgraph) REQUIRE m.key IS UNIQUE',
  'CREATE CONSTRAINT specgraph_node_id IF NOT EXISTS FOR (n:Node) REQUIRE n.id IS UNIQUE',
  'CREATE CONSTRAINT specgraph_unit_id IF NOT EXISTS FOR (u:Unit) REQUIRE u.id IS UNIQUE',
  'CREATE INDEX specgraph_node_key IF NOT EXISTS FOR (n:Node) ON (n.key)',
  'CREATE INDEX specgraph_node_file IF NOT EXISTS FOR (n:Node) ON (n.file)',
  'CREATE INDEX specgraph_node_name IF NOT EXISTS FOR (n:Node) ON (n.name)',
  'CREATE INDEX specgraph_claim_file IF NOT EXISTS FOR ()-[c:CLAIMS]-() ON (c.file)',
  'CREATE INDEX specgraph_claim_name IF NOT EXISTS FOR ()-[c:CLAIMS]-() ON (c.name)',
  'CREATE INDEX specgraph_claim_kind IF NOT EXISTS FOR ()-[c:CLAIMS]-() ON (c.kind)',
  'CREATE CONSTRAINT specgraph_vector_key IF NOT EXISTS FOR (v:Vector) REQUIRE v.key IS UNIQUE',
  'CREATE INDEX specgraph_vector_space IF NOT EXISTS FOR (v:Vector) ON (v.space)',
  'CREATE INDEX specgraph_chunk_path IF NOT EXISTS FOR (c:Chunk) ON (c.path)',
  'CREATE INDEX specgraph_chunk_set IF NOT EXISTS FOR (c:Chunk) ON (c.set)',
  `CREATE FULLTEXT INDEX ${SEARCH_INDEX} IF NOT EXISTS FOR ()-[c:CLAIMS]-() ON EACH [c.terms]
   OPTIONS { indexConfig: { \`fulltext.analyzer\`: 'whitespace' } }`,
  ...WORD_SETS.map(
    (set) => `CREATE FULLTEXT INDEX ${chunkIndex(set)} IF NOT EXISTS FOR (c:Chunk) ON EACH [c.${termsProperty(set)}]
   OPTIONS { indexConfig: { \`fulltext.analyzer\`: 'whitespace' } }`,
  ),
];
export const AWAIT_INDEXES = 'CALL db.awaitIndexes(300)';

export const READ_META = `MATCH (m:Specgraph {key: 'meta'}) RETURN m.schema AS schema, m.generation AS generation`;
export const CREATE_META = `
MERGE (m:Specgraph {key: 'meta'}) ON CREATE SET m.schema = $schema, m.generation = 0, m.settled = 0, m.horizon = 0, m.vectors = 0
MERGE (:Specgraph {key: 'writer'})`;

/* Reading; `$g` is the pinned generation */

export const READ_HORIZON = `MATCH (m:Specgraph {key: 'meta'}) RETURN m.horizon AS horizon`;

const CLAIMS_OF_NODE = `
MATCH (n)<-[c:CLAIMS]-(u:Unit) WHERE ${visible('c')}
WITH n, collect([u.id, c.data]) AS claims ORDER BY n.key
RETURN n.id AS id, claims`;

export const GET_NODES = `UNWIND $ids AS id MATCH (n:Node {id: id}) ${CLAIMS_OF_NODE}`;

export const ALL_NODES = `
MATCH (n:Node) WHERE n.key > $after AND ${exists('n')}
WITH n ORDER BY n.key LIMIT $limit
${CLAIMS_OF_NODE}`;

export function findNodes(filter: NodeFilter): string {
  const conditions = [
    filter.file === undefined ? '' : ' AND c.file = $file',
    filter.name === undefined ? '' : ' AND c.name = $name',
    filter.kinds === undefined ? '' : ' AND c.kind IN $kinds',
    filter.repo === undefined ? '' : ' AND c.repo = $repo',
  ].join('');
  if (conditions === '') return ALL_NODES;
  return `
MATCH (u:Unit)-[c:CLAIMS]->(n:Node)
WHERE n.key > $after${conditions} AND ${visible('c')} AND ${first('n', 'u', 'c')}
WITH n ORDER BY n.key LIMIT $limit
${CLAIMS_OF_NODE}`;
}

/** Sizes of all collections of texts, in the order of {@link COLLECTIONS}. */
export const TEXT_SIZES = `
UNWIND range(0, ${COLLECTIONS.length - 1}) AS at
MATCH (s:UnitState) WHERE ${visible('s')}
RETURN at, sum(s.texts[at]) AS texts, sum(s.words[at]) AS words ORDER BY at`;

const matchingClaims = (words: string): string => `
CALL db.index.fulltext.queryRelationships('${SEARCH_INDEX}', ${words}) YIELD relationship AS c, score
WITH c, score WHERE ${visible('c')}`;
const matchingChunks = (set: WordSet, words: string): string => `
CALL db.index.fulltext.queryNodes('${chunkIndex(set)}', ${words}) YIELD node AS c, score
MATCH (c)<-[:HOLDS]-(s:UnitState) WHERE ${visible('s')}`;

const QUOTED_TERM = `'"' + term + '"'`;
/** How many texts of a collection have each of `$terms`. The index would also count what no reader sees any more. */
export const countHolding = (set: WordSet | 'claims'): string => `
UNWIND $terms AS term
CALL (term) {${set === 'claims' ? matchingClaims(QUOTED_TERM) : matchingChunks(set, QUOTED_TERM)}
  RETURN count(*) AS holding
}
RETURN term, holding`;

/**
 * Of what is found, best first, the first `$limit` and all that may be among these by exact figures; nothing that is below
 * `$least`: `score` is Lucene's.
 */
const CANDIDATES = `
WITH collect(found) AS candidates, collect(score) AS scores
WITH candidates, coalesce(scores[$limit - 1] * $sure, 0.0) AS last
UNWIND candidates AS found
WITH found WHERE found.score >= last AND found.score >= $least`;

/** With all texts of a node that answer. */
export const searchClaims = (isFiltered: boolean): string => `${matchingClaims('$words')}
WITH endNode(c) AS n, max(score) AS score, collect(c.terms) AS texts${
  isFiltered
    ? `
WHERE EXISTS {
  MATCH (n)<-[f:CLAIMS]-(u:Unit)
  WHERE ${visible('f')} AND ($repo IS NULL OR f.repo = $repo) AND ($kinds IS NULL OR f.kind IN $kinds) AND ${first('n', 'u', 'f')}
}`
    : ''
}
WITH {id: n.id, score: score, texts: texts} AS found, score ORDER BY score DESC${CANDIDATES}
RETURN found.id AS id, found.texts AS texts`;

export const ALL_CHUNKS = `
MATCH (c:Chunk {set: $set})<-[:HOLDS]-(s:UnitState) WHERE ${visible('s')} AND ($repo IS NULL OR s.repo = $repo)
RETURN s.repo AS repo, c.content AS content`;
export const searchChunks = (set: WordSet): string => `${matchingChunks(set, '$words')} AND ($repo IS NULL OR s.repo = $repo)
WITH {chunk: c, repo: s.repo, score: score} AS found, score ORDER BY score DESC${CANDIDATES}
RETURN found.repo AS repo, found.chunk.content AS content, found.chunk.${termsProperty(set)} AS text`;

/** Under what the vector of a meaning is kept. */
const VECTOR_KEY = `$space + ' ' + c.meaning`;
export const SET_VECTORS = `
MATCH (c:Chunk {set: $set})<-[:HOLDS]-(s:UnitState) WHERE ${visible('s')} AND c.meaning IS NOT NULL
MATCH (v:Vector {key: ${VECTOR_KEY}})
RETURN elementId(c) AS key, s.repo AS repo, v.bytes AS bytes ORDER BY c.meaning, c.key`;
export const CHUNKS_BY_ELEMENT = `
UNWIND $keys AS key
MATCH (c:Chunk)<-[:HOLDS]-(s:UnitState) WHERE elementId(c) = key AND ${visible('s')}
RETURN key, s.repo AS repo, c.content AS content`;
export const SPACES = `MATCH (v:Vector) RETURN DISTINCT v.space AS space`;
export const READ_VECTORS = `
UNWIND $meanings AS meaning
MATCH (v:Vector {key: $space + ' ' + meaning})
RETURN meaning, v.bytes AS bytes`;
export const CHUNKS_WITHOUT_VECTOR = `
MATCH (c:Chunk {set: $set})<-[:HOLDS]-(s:UnitState)
WHERE ${visible('s')} AND c.meaning IS NOT NULL AND NOT EXISTS { (:Vector {key: ${VECTOR_KEY}}) }
RETURN s.repo AS repo, c.content AS content`;
export const FILE_TEXT = `
MATCH (c:Chunk {path: $path})<-[:HOLDS]-(s:UnitState) WHERE ${visible('s')} AND s.repo = $repo
RETURN c.text AS text, c.content AS content ORDER BY s.unit LIMIT 1`;

const EDGE_EXISTS = `${visible('r')} AND ${exists('a')} AND ${exists('b')}
  AND (r.via IS NULL OR EXISTS { (:Node {id: r.via})<-[x:CLAIMS]-() WHERE ${visible('x')} })`;
/** An edge as a list of its values; several rows where several units state it. */
const EDGE = `[r.unit, a.id, type(r), b.id, r.via, r.tier, r.confidence, r.rule, r.sites]`;

/** For filters with `from` or `to`. */
export function findEdges(filter: EdgeFilter): string {
  return `
MATCH (a:Node)-[r:${types(filter.types ?? EDGE_TYPES)}]->(b:Node)
WHERE ${filter.from ? 'a.id IN $from AND ' : ''}${filter.to ? 'b.id IN $to AND ' : ''}${EDGE_EXISTS}
WITH a, b, type(r) AS type, r.via AS via, collect(${EDGE}) AS stated
ORDER BY a.key, type, b.key, coalesce(via, '') LIMIT $limit
UNWIND stated AS edge
RETURN edge`;
}

/** Relationships that start at the next `$limit` nodes; `last` is the page key. */
export const ALL_EDGES = `
MATCH (a:Node) WHERE a.key > $after
WITH a ORDER BY a.key LIMIT $limit
WITH collect(a) AS page
CALL (page) {
  UNWIND page AS a
  MATCH (a)-[r:${types(EDGE_TYPES)}]->(b:Node) WHERE ${EDGE_EXISTS}
  RETURN collect(${EDGE}) AS edges
}
RETURN page[-1].key AS last, edges`;

export const REPOSITORIES = `MATCH (s:UnitState) WHERE ${visible('s')} RETURN DISTINCT s.repo AS repo`;
export const UNITS = `
MATCH (s:UnitState) WHERE s.repo = $repo AND ${visible('s')}
RETURN s.unit AS id, s.repo AS repo, s.worker AS worker, s.path AS path, s.hash AS hash, s.state AS state, s.keys AS keys`;
export const DIAGNOSTICS = `
MATCH (u:Unit)-[:STATES]->(s:UnitState) WHERE size(s.diagnostics) > 0 AND ${visible('s')}
WITH u, s ORDER BY u.key
UNWIND s.diagnostics AS diagnostic
WITH s.unit AS unit, diagnostic SKIP $skip LIMIT $limit
RETURN unit, diagnostic`;
export const COUNT_NODES = `
MATCH (u:Unit)-[c:CLAIMS]->(n:Node) WHERE ${visible('c')} AND ${first('n', 'u', 'c')}
RETURN c.kind AS kind, count(*) AS count`;
export const COUNT_EDGES = `
MATCH (a:Node)-[r:${types(EDGE_TYPES)}]->(b:Node) WHERE ${EDGE_EXISTS}
WITH DISTINCT a, b, type(r) AS type, r.via AS via
RETURN type, count(*) AS count`;
export const COUNT_DIAGNOSTICS = `
MATCH (s:UnitState) WHERE ${visible('s')} RETURN sum(size(s.diagnostics)) AS count`;

export const READ_SNAPSHOT = `
MATCH (s:Snapshot {generation: $g}) RETURN s.bytes AS bytes ORDER BY s.part`;
export const DROP_SNAPSHOTS = `
MATCH (m:Specgraph {key: 'meta'}) SET m.snapshot = $g
WITH m WHERE m.generation = $g
CALL (m) { MATCH (s:Snapshot) DETACH DELETE s }
RETURN m.generation AS generation`;
export const CREATE_SNAPSHOT_PART = 'CREATE (:Snapshot {generation: $g, part: $part, bytes: $bytes})';

/* Writing. The writer holds the lock on the `writer` node in an open transaction; its batches are fenced by `owner`. */

export const LOCK_WRITER = `MATCH (w:Specgraph {key: 'writer'}) SET w.locked = true RETURN w.key AS key`;

export const TAKE_OVER = `
MATCH (m:Specgraph {key: 'meta'}) SET m.writer = $owner, m.batch = 0
SET m.horizon = CASE WHEN m.generation > 1 THEN m.generation - 1 ELSE 0 END
RETURN m.generation AS generation, m.settled AS settled`;

/** First statement of every batch: locks, checks that nobody took over, and says whether a retry already committed. */
export const FENCE = `
MATCH (m:Specgraph {key: 'meta'}) SET m.fence = $owner
WITH m WHERE m.writer = $owner
WITH m, m.batch = $batch AS done
SET m.batch = $batch
RETURN done`;

export const PUBLISH = `
MATCH (m:Specgraph {key: 'meta'}) SET m.fence = $owner
WITH m WHERE m.writer = $owner AND (m.generation = $previous OR m.publisher = $owner)
SET m.generation = $next, m.publisher = $owner
RETURN m.generation AS generation`;

export const SETTLED = `MATCH (m:Specgraph {key: 'meta'}) SET m.settled = $g`;

/* What the units state now */

export const OPEN_CLAIMS = `
UNWIND $units AS unit
MATCH (u:Unit {id: unit})-[c:CLAIMS]->(n:Node) WHERE c.until IS NULL
RETURN unit, n.id AS id, c.data AS data, elementId(c) AS row`;
export const OPEN_EDGES = `
UNWIND $units AS unit
MATCH (:Unit {id: unit})-[:STATES]->(s:UnitState) WHERE s.until IS NULL
UNWIND s.sources AS source
MATCH (a:Node {id: source})-[r:${types(EDGE_TYPES)}]->(b:Node) WHERE r.unit = unit AND r.until IS NULL
RETURN unit, ${EDGE} AS edge, elementId(r) AS row`;

/* Batches of rows */

export const CLOSE_STATES = `
UNWIND $units AS unit
MATCH (:Unit {id: unit})-[:STATES]->(s:UnitState) WHERE s.until IS NULL
SET s.until = $next`;
/** `sources` are the nodes that relationships of the unit start at, so that they are found again without an index. */
export const CREATE_STATES = `
UNWIND $rows AS row
MERGE (u:Unit {id: row.unit}) ON CREATE SET u.key = row.key, u.rank = row.rank
CREATE (u)-[:STATES]->(s:UnitState)
SET s = row.state, s.since = $next`;
/** They live as long as the state that holds them. */
export const CREATE_CHUNKS = `
UNWIND $rows AS row
MATCH (:Unit {id: row.unit})-[:STATES]->(s:UnitState {since: $next})
CREATE (s)-[:HOLDS]->(c:Chunk)
SET c = row.properties`;
export const CLOSE_RELATIONSHIPS = `
UNWIND $rows AS row
MATCH ()-[r]->() WHERE elementId(r) = row
SET r.until = $next`;
export const CREATE_NODES = `
UNWIND $rows AS row
MERGE (n:Node {id: row.id}) ON CREATE SET n.key = row.key`;
/** Nodes that are new with this generation are given at once what {@link describeNodes} would give them later. */
export const createDescribedNodes = (kind: NodeKind): string => `
UNWIND $rows AS row
MERGE (n:Node {id: row.id}) ON CREATE SET n:${label(kind)}, n = row, n.described = $next`;
export const CREATE_CLAIMS = `
UNWIND $rows AS row
MATCH (u:Unit {id: row.unit})
MATCH (n:Node {id: row.id})
CREATE (u)-[c:CLAIMS]->(n)
SET c = row.properties, c.since = $next`;
export const createEdges = (type: EdgeType): string => `
UNWIND $rows AS row
MATCH (a:Node {id: row.from})
MATCH (b:Node {id: row.to})
CREATE (a)-[r:${types([type])}]->(b)
SET r = row.properties, r.since = $next`;

/* Readable labels and properties of `:Node`, brought up to date after publication */

export const UNSETTLED_UNITS = `
MATCH (s:UnitState) WHERE s.since > $settled OR s.until > $settled
RETURN DISTINCT s.unit AS unit`;
export const UNSETTLED_NODES = `
UNWIND $units AS unit
MATCH (:Unit {id: unit})-[c:CLAIMS]->(n:Node) WHERE c.since > $settled OR c.until > $settled
WITH DISTINCT n WHERE n.described IS NULL OR n.described < $g OR COUNT { (n)<-[:CLAIMS]-() } > 1
OPTIONAL MATCH (n)<-[c:CLAIMS]-(u:Unit) WHERE ${visible('c')}
RETURN n.id AS id, labels(n) AS labels, collect(CASE WHEN c IS NULL THEN null ELSE [u.id, c.data] END) AS claims`;
export const CLEAR_NODES = `
UNWIND $ids AS id
MATCH (n:Node {id: id})
REMOVE n:${NODE_KINDS.map(label).join(':')}
SET n = {id: n.id, key: n.key}`;
export const describeNodes = (kind: NodeKind): string => `
UNWIND $rows AS row
MATCH (n:Node {id: row.id})
SET n:${label(kind)}, n = row, n.described = $g`;

/* What a crashed writer left (generation `$next` and later) and what no reader may see any more (up to `$horizon`) */

export const SWEEPABLE_UNITS = `
MATCH (s:UnitState) WHERE s.since >= $next OR s.until >= $next OR s.until <= $horizon
RETURN DISTINCT s.unit AS unit`;
const dead = (row: string): string => `(${row}.since >= $next OR coalesce(${row}.until <= $horizon, false))`;
const reopenOrDelete = (row: string): string => `
FOREACH (x IN CASE WHEN NOT gone AND ${row}.until >= $next THEN [${row}] ELSE [] END | REMOVE x.until)
FOREACH (x IN CASE WHEN gone THEN [${row}] ELSE [] END | ${row === 's' ? 'DETACH ' : ''}DELETE x)`;
const sweepEdges = `
UNWIND $units AS unit
MATCH (:Unit {id: unit})-[:STATES]->(s:UnitState)
UNWIND s.sources AS source
WITH DISTINCT unit, source
MATCH (a:Node {id: source})-[r:${types(EDGE_TYPES)}]->(b:Node)
WHERE r.unit = unit AND (r.until IS NOT NULL OR r.since >= $next)
WITH a, r, b, ${dead('r')} AS gone
${reopenOrDelete('r')}
WITH [a, b] AS ends UNWIND ends AS n
WITH DISTINCT n WHERE NOT EXISTS { (n)--() }
DELETE n`;
const sweepClaims = `
UNWIND $units AS unit
MATCH (:Unit {id: unit})-[c:CLAIMS]->(n:Node)
WHERE c.until IS NOT NULL OR c.since >= $next
WITH c, n, ${dead('c')} AS gone
${reopenOrDelete('c')}
WITH DISTINCT n WHERE NOT EXISTS { (n)--() }
DELETE n`;
const sweepChunks = `
UNWIND $units AS unit
MATCH (:Unit {id: unit})-[:STATES]->(s:UnitState)-[:HOLDS]->(c:Chunk)
WHERE ${dead('s')}
DETACH DELETE c`;
const sweepStates = `
UNWIND $units AS unit
MATCH (u:Unit {id: unit})-[:STATES]->(s:UnitState)
WITH u, s, ${dead('s')} AS gone
${reopenOrDelete('s')}
WITH DISTINCT u WHERE NOT EXISTS { (u)--() }
DELETE u`;
/** In this order: states say where the rows of their unit are. */
export const SWEEP: readonly string[] = [sweepEdges, sweepClaims, sweepChunks, sweepStates];

/* Vectors: no part of a generation */

export const READ_VECTOR_STATE = `MATCH (m:Specgraph {key: 'meta'}) RETURN m.vectors AS vectors`;
export const SAVE_VECTORS = `
UNWIND $rows AS row
MERGE (v:Vector {key: $space + ' ' + row.meaning}) SET v.space = $space, v.meaning = row.meaning, v.bytes = row.bytes`;
export const VECTORS_SAVED = `MATCH (m:Specgraph {key: 'meta'}) SET m.vectors = m.vectors + 1`;
export const DROP_OTHER_VECTORS = `
MATCH (m:Specgraph {key: 'meta'})
OPTIONAL MATCH (c:Chunk)<-[:HOLDS]-(s:UnitState) WHERE c.meaning IS NOT NULL AND (s.until IS NULL OR s.until > m.generation)
WITH collect(DISTINCT c.meaning) AS held
MATCH (v:Vector) WHERE v.space <> $space OR NOT v.meaning IN held
DELETE v`;

/* Another schema version's graph */

const wipe = (name: string): string => `MATCH (n:${name}) WITH n LIMIT $limit DETACH DELETE n RETURN count(*) AS deleted`;
export const WIPE: readonly string[] = ['Chunk', 'Vector', 'Unit', 'UnitState', 'Node', 'Snapshot'].map(wipe);
export const SCHEMA_NAMES = `
SHOW INDEXES YIELD name, owningConstraint WHERE name STARTS WITH 'specgraph_'
RETURN name, owningConstraint IS NOT NULL AS isConstraint`;
export const DROP_CONSTRAINT = 'DROP CONSTRAINT $name IF EXISTS';
export const DROP_INDEX = 'DROP INDEX $name IF EXISTS';
export const DROP_META = 'MATCH (m:Specgraph) DETACH DELETE m';
