import { compare, factMask, type Edge } from '../../graph/model/edge.ts';
import { columnId, tableId, type NodeId } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import type { Diagnostic } from '../../graph/model/provenance.ts';
import type { At, CallKey, Expr, LinkKeys, Published, TypeName } from '../keys.ts';
import { builderQuery } from './data/builder-queries.ts';
import { chainOf } from './data/chain.ts';
import type { DataColumn, DataQuery, QueryCall } from './data/data-query.ts';
import { drizzleQuery } from './data/drizzle-queries.ts';
import { membersOf, type Member } from './data/members.ts';
import { camelCase } from './data/names.ts';
import { prismaQuery } from './data/prisma-queries.ts';
import { recordQuery } from './data/record-queries.ts';
import { sqlQuery } from './data/sql-calls.ts';
import { tablesOf, type KnownTable, type Tables } from './data/tables.ts';
import { evaluatorOf, type Evaluator } from './evaluate.ts';
import type { Linker, Links } from './linker.ts';

/** Which tables and columns code asks for, in SQL, by builders and through mappers; and what rows are called in code. */
export const queriesLinker: Linker = { name: 'queries', link };

const READERS: readonly ((call: QueryCall) => DataQuery | undefined)[] = [sqlQuery, drizzleQuery, prismaQuery, recordQuery, builderQuery];
/** Of tables that nothing declares, and columns of them. */
const UNDECLARED = 0.6;
/** Of a row's property whose column the query gives only as one of all. */
const AMONG_ALL = 0.85;

interface Stated {
  readonly nodes: Map<NodeId, Node>;
  readonly edges: Map<string, Edge>;
  readonly diagnostics: Map<string, Diagnostic>;
}

function link(repo: string, keys: LinkKeys): Links {
  const stated: Stated = { nodes: new Map(), edges: new Map(), diagnostics: new Map() };
  const tables = tablesOf(keys);
  const members = membersOf(keys);
  const evaluator = evaluatorOf(keys);
  for (const call of keys.of('call')) {
    if (call.repo !== repo || isMigration(call)) continue;
    for (const seen of callsOf(call, evaluator, tables)) {
      const query = first(READERS, seen);
      if (!query) continue;
      state(repo, seen, query, tables, stated);
      for (const type of rowTypes(seen.value)) {
        const properties = members.ofNamed(type);
        if (properties) stateRow(repo, seen.file, seen.value, query, properties, tables, stated);
      }
    }
  }
  return {
    nodes: [...stated.nodes.values()].sort((a, b) => compare(a.id, b.id)),
    edges: [...stated.edges.values()],
    diagnostics: [...stated.diagnostics].sort(([a], [b]) => compare(a, b)).map(([, diagnostic]) => diagnostic),
  };
}

/** What migrations do is no use of the application's. */
const isMigration = ({ file }: Published<CallKey>): boolean => /(^|\/)(migrations?|migrate)\//i.test(file);

function first(readers: typeof READERS, call: QueryCall): DataQuery | undefined {
  for (const read of readers) {
    const query = read(call);
    if (query && query.tables.length > 0) return query;
  }
  return undefined;
}

/** The call, or what its callers make of it where the name of a table is a parameter. */
function callsOf({ repo, value, file }: Published<CallKey>, evaluator: Evaluator, tables: Tables): readonly QueryCall[] {
  const seen = (from: CallKey, callee: Expr, args: readonly Expr[], where: string): QueryCall => ({
    repo,
    file: where,
    value: from,
    raw: chainOf(value.callee, value.args, value.created),
    reduced: chainOf(callee, args, value.created),
    args,
    tables,
    reduce: evaluator.reduce,
  });
  const args = value.args.map(evaluator.reduce);
  if (!args.some(namesTableByParameter)) return [seen(value, evaluator.reduce(value.callee), args, file)];
  const sites = evaluator.sites({ repo, file, value }, (site) => site.args.filter(({ is }) => is === 'join'));
  return sites
    .filter((site) => site.repo === repo)
    .map((site) => seen({ ...site.call, args: site.args }, site.callee, site.args, site.file));
}

/** `select * from ${table}` where `table` is what callers pass. */
function namesTableByParameter(expr: Expr): boolean {
  if (expr.is !== 'join') return false;
  return expr.parts.some((part, index) => {
    const before = expr.parts[index - 1];
    return part.is === 'parameter' && before?.is === 'text' && /\b(from|join|into|update)\s+["`]?$/i.test(before.text);
  });
}

function state(repo: string, { value, file, reduce }: QueryCall, query: DataQuery, tables: Tables, stated: Stated): void {
  const constants = constantsIn(value.args, reduce);
  // Rows of a type have the columns that their type says.
  const whole = new Set([...(query.whole ?? []), ...(rowTypes(value).length === 0 ? (query.all ?? []) : [])]);
  const add = (to: NodeId, write: boolean, confidence: number, from = value.from, isWhole = false): void => {
    const rule = write ? 'query-write' : 'query-read';
    const key = `${from}\n${to}`;
    const site = { line: value.line, col: value.col, file, ...(isWhole ? { facts: factMask('spread') } : {}) };
    const known = stated.edges.get(key);
    if (!known) {
      stated.edges.set(key, { from, type: 'QUERIES', to, tier: 'heuristic', confidence, rule, sites: [site] });
      return;
    }
    const sites = known.sites.some(({ line, col, file: at }) => line === site.line && col === site.col && at === file)
      ? known.sites
      : [...known.sites, site];
    stated.edges.set(key, {
      ...known,
      confidence: Math.max(known.confidence, confidence),
      rule: known.rule === 'query-write' ? 'query-write' : rule,
      sites,
    });
  };
  for (const { name, write } of query.tables) {
    const known = tables.find(repo, name);
    const to = known?.id ?? undeclared(repo, name, undefined, { file, ...value }, stated);
    add(to, write ?? false, known ? round(query.confidence) : UNDECLARED, value.from, whole.has(name));
  }
  for (const column of query.columns) {
    const to = resolved(repo, file, value, column, tables, stated, query.loose ?? false);
    if (to) add(to.id, column.write ?? false, to.declared ? round(query.confidence) : UNDECLARED);
    if (!to) continue;
    // A list of columns that a constant holds is a part of the query.
    for (const { id, text } of constants)
      if (new RegExp(`(^|[^\\w])${escaped(column.name)}([^\\w]|$)`, 'i').test(text)) add(to.id, false, round(query.confidence * 0.9), id);
  }
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Constants that the text of a query is put together from. */
function constantsIn(written: readonly Expr[], reduce: (expr: Expr) => Expr): readonly { readonly id: NodeId; readonly text: string }[] {
  return written.flatMap((argument) =>
    (argument.is === 'join' ? argument.parts : [argument]).flatMap((part) => {
      if (part.is !== 'declared' || part.path) return [];
      const text = reduce(part);
      return text.is === 'text' ? [{ id: part.id, text: text.text }] : [];
    }),
  );
}

const round = (confidence: number): number => Math.round(confidence * 100) / 100;

/** The column that is meant; undefined where the table has none of that name, or nobody knows which table it is of. */
function resolved(
  repo: string,
  file: string,
  at: At,
  { table, among, name }: DataColumn,
  tables: Tables,
  stated: Stated,
  isQuiet: boolean,
): { readonly id: NodeId; readonly declared: boolean } | undefined {
  const known = (among ?? [table ?? '']).map((each) => tables.find(repo, each));
  for (const each of known) {
    const id = each?.column(name);
    if (id !== undefined) return { id, declared: true };
  }
  if (table !== undefined && !known[0]) return { id: undeclared(repo, table, name, { file, ...at }, stated), declared: false };
  const closed = known.filter((each): each is KnownTable => each !== undefined && !each.open);
  if (!isQuiet && closed.length === known.length && closed[0]) {
    const where = closed.map((each) => each.name).join(', ');
    const message = `The query names the column ${name}, which ${where} does not have. Correct it, or let the schema that declares it be read.`;
    stated.diagnostics.set(`${file}\n${at.line}\n${at.col}\n${where}.${name}`, {
      code: 'unknown-column',
      severity: 'info',
      message,
      file,
      span: { line: at.line, col: at.col, endLine: at.line, endCol: at.col + 1 },
    });
  }
  return undefined;
}

/** A table, or a column of it, that only queries name. */
function undeclared(
  repo: string,
  table: string,
  column: string | undefined,
  { file, line, col }: At & { readonly file: string },
  { nodes, edges }: Stated,
): NodeId {
  const id = column === undefined ? tableId(repo, table) : columnId(repo, table, column);
  const placed = { repo, file, span: { line, col, endLine: line, endCol: col + 1 }, standing: 'mention' as const, props: {} };
  if (!nodes.has(id))
    nodes.set(
      id,
      column === undefined ? { id, kind: 'Table', name: table, ...placed } : { id, kind: 'Column', name: `${table}.${column}`, ...placed },
    );
  const from = tableId(repo, table);
  if (column !== undefined && !edges.has(`${from}\n${id}`))
    edges.set(`${from}\n${id}`, {
      from,
      type: 'CONTAINS',
      to: id,
      tier: 'heuristic',
      confidence: UNDECLARED,
      rule: 'query-read',
      sites: [{ line, col, file }],
    });
  return id;
}

/** Types that rows of the result are taken for: type arguments, `Promise<Row[]>`, `QueryResult<Row>`. */
function rowTypes({ callee, types = [], result }: CallKey): readonly TypeName[] {
  const inner = (type: TypeName): readonly TypeName[] =>
    type.package !== undefined && type.id === undefined ? (type.args ?? []).flat() : [type];
  return [...chainTypes(callee), ...types.flat(), ...(result?.as ?? [])].flatMap(inner);
}

/** Type arguments of the calls that a chain goes on from: `knex<Order>('orders').where(…)`. */
function chainTypes(callee: Expr): readonly TypeName[] {
  if (callee.is === 'member') return chainTypes(callee.of);
  return callee.is === 'call' ? [...chainTypes(callee.callee), ...(callee.types?.flat() ?? [])] : [];
}

/** `MAPS_TO` from the properties of a row's type to the columns that they are selected from. */
function stateRow(
  repo: string,
  file: string,
  value: CallKey,
  query: DataQuery,
  members: ReadonlyMap<string, Member>,
  tables: Tables,
  stated: Stated,
): void {
  const map = (from: NodeId | undefined, to: NodeId, confidence: number): void => {
    if (from === undefined) return;
    const key = `${from}\n${to}`;
    const known = stated.edges.get(key);
    const site = { line: value.line, col: value.col, file };
    if (!known) stated.edges.set(key, { from, type: 'MAPS_TO', to, tier: 'heuristic', confidence, rule: 'row-type', sites: [site] });
    else if (
      known.type === 'MAPS_TO' &&
      !known.sites.some(({ line, col, file: at }) => line === site.line && col === site.col && at === file)
    )
      stated.edges.set(key, { ...known, confidence: Math.max(known.confidence, confidence), sites: [...known.sites, site] });
  };
  const named = (name: string): Member | undefined => members.get(name) ?? members.get(camelCase(name));
  for (const { name, column } of query.outputs ?? []) {
    const to = resolved(repo, file, value, column, tables, stated, true);
    if (to) map(named(name)?.id, to.id, to.declared ? 0.9 : UNDECLARED);
  }
  for (const table of query.all ?? []) {
    const known = tables.find(repo, table);
    for (const { name, id } of members.values()) {
      const to = known?.column(name) ?? known?.column(name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
      if (to !== undefined) map(id, to, AMONG_ALL);
    }
  }
}
