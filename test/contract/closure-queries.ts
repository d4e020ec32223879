import neo4j from 'neo4j-driver';
import { EDGE_CODE, type EdgeType } from '../../graph/model/edge.ts';
import type { WalkOptions } from '../../graph/query/walk.ts';
import { openDatabase } from '../../graph/store/embedded/database.ts';
import { connectNeo4j } from './stores.ts';

export interface ClosureQuestion {
  readonly direction: WalkOptions['direction'];
  readonly types: readonly EdgeType[];
  readonly maxDepth: number;
}

/** For each start, the nodes reached and their distance, by id. */
export type ClosureAnswers = Readonly<Record<string, Readonly<Record<string, number>>>>;

type ClosureQuery = (location: string, starts: readonly string[], question: ClosureQuestion) => Promise<ClosureAnswers>;

/** Closures in the query language of each store, written without the product's queries so that the two can disagree. */
export const closureQueries: Readonly<Record<string, ClosureQuery>> = {
  async embedded(location, starts, { direction, types, maxDepth }) {
    const [near, far] = direction === 'dependencies' ? ['from_node', 'to_node'] : ['to_node', 'from_node'];
    const query = `
      WITH RECURSIVE
        shown AS (
          SELECT ${near} AS near, ${far} AS far FROM edges
          WHERE type IN (SELECT value FROM json_each(?1)) AND from_node IN (SELECT node FROM claims) AND to_node IN (SELECT node FROM claims)
            AND (via_node = 0 OR via_node IN (SELECT node FROM claims))
        ),
        reached (node, distance) AS (
          SELECT key, 0 FROM ids WHERE id = ?2
          UNION
          SELECT shown.far, reached.distance + 1 FROM reached JOIN shown ON shown.near = reached.node WHERE reached.distance < ?3
        )
      SELECT ids.id, min(distance) FROM reached JOIN ids ON ids.key = reached.node GROUP BY ids.id`;
    const database = openDatabase(location, { readOnly: true, busyMilliseconds: 1000 });
    try {
      const codes = JSON.stringify(types.map((type) => EDGE_CODE[type]));
      return Object.fromEntries(
        starts.map((start) => [start, Object.fromEntries(database.all<readonly [string, number]>(query, codes, start, maxDepth))]),
      );
    } finally {
      database.close();
    }
  },

  async neo4j(location, starts, { direction, types, maxDepth }) {
    const [head, tail] = direction === 'dependencies' ? ['', '>'] : ['<', ''];
    const claimed = (node: string): string => `EXISTS { (${node})<-[c:CLAIMS]-() WHERE c.since <= g AND coalesce(c.until > g, true) }`;
    const query = `
      MATCH (m:Specgraph {key: 'meta'}) WITH m.generation AS g
      UNWIND $starts AS start
      MATCH (s:Node {id: start})
      MATCH path = SHORTEST 1 (s) ((a:Node)${head}-[r:${types.join('|')}]-${tail}(b:Node)
        WHERE r.since <= g AND coalesce(r.until > g, true) AND ${claimed('a')} AND ${claimed('b')}
          AND (r.via IS NULL OR EXISTS { (v:Node {id: r.via}) WHERE ${claimed('v')} })){0,${maxDepth}} (t:Node)
      RETURN start, t.id AS reached, length(path) AS distance`;
    const driver = connectNeo4j(location);
    try {
      const { records } = await driver.executeQuery(query, { starts }, { routing: neo4j.routing.READ });
      const answers: Record<string, Record<string, number>> = Object.fromEntries(starts.map((start) => [start, {}]));
      for (const record of records)
        answers[record.get('start') as string]![record.get('reached') as string] = Number(record.get('distance'));
      return answers;
    } finally {
      await driver.close();
    }
  },
};
