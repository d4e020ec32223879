import type { Expr } from '../../keys.ts';
import { isDataPackage } from '../../known-packages.ts';
import { readQuery } from '../../parse/sql.ts';
import { originOf } from '../origin.ts';
import type { DataColumn, DataQuery, QueryCall } from './data-query.ts';
import type { Tables } from './tables.ts';
import { lastName } from '../../../graph/model/id.ts';

const QUERY =
  /^\s*(?:--[^\n]*\n\s*|\/\*(?:[^*]|\*(?!\/)){0,2000}\*\/\s*)*\(?\s*(?:select\b[^]*?\bfrom\b|insert\s+(?:ignore\s+|or\s+\w+\s+)?into\b|update\b[^]+?\bset\b|delete\s+from\b|with\s+[^]+?\bas\b|merge\s+into\b|replace\s+into\b|truncate\b)/i;
/** Methods that take SQL, whatever they belong to. */
const TAKES_SQL =
  /^(query|execute|exec|raw|run|all|get|each|prepare|one|oneOrNone|many|manyOrNone|any|none|first|maybeOne|sql|stream|\$(query|execute)Raw(Unsafe)?|unsafe|queryRaw|executeSql|queryOne|queryMany|fetch\w*)$/i;

/** SQL in the arguments of a call: a text, a template with a tag, `{ text: … }`. */
export function sqlQuery({ value, reduced, raw, args, tables, repo }: QueryCall): DataQuery | undefined {
  for (const [index, argument] of args.entries()) {
    const written = value.args[index] ?? argument;
    const sql = sqlIn(written, argument, tables, 0);
    if (sql === undefined || !QUERY.test(sql)) continue;
    const origin = originOf(reduced.base);
    const isData = origin !== undefined && isDataPackage(origin.package);
    const called = raw.steps.at(-1)?.name;
    const isTaking = TAKES_SQL.test(called || (raw.base.is === 'declared' ? lastName(raw.base.id) : ''));
    const query = readQuery(sql);
    if (query.tables.length === 0) continue;
    // "Select a seat from the plan" is no query.
    if (!isData && !isTaking && !query.tables.some(({ name }) => tables.find(repo, name))) continue;
    const outputs = query.outputs.flatMap(({ name, at }) => {
      const column = query.columns
        .filter((each) => each.at <= at)
        .reduce<(typeof query.columns)[number] | undefined>((best, each) => (best && best.at >= each.at ? best : each), undefined);
      return column && (column.at === at || isAlias(sql, column.at + column.name.length, at)) ? [{ name, column: columnOf(column) }] : [];
    });
    return {
      library: 'sql',
      tables: query.tables,
      columns: query.columns.filter(({ name }) => name !== '*').map(columnOf),
      outputs,
      all: query.columns.flatMap(({ name, table }) => (name === '*' && table !== undefined ? [table] : [])),
      loose: query.problem !== undefined,
      confidence: (isData ? 0.95 : 0.85) * (query.problem === undefined ? 1 : 0.9),
    };
  }
  return undefined;
}

const columnOf = ({ table, among, name, write }: DataColumn): DataColumn => ({
  name,
  ...(table === undefined ? {} : { table }),
  ...(among ? { among } : {}),
  ...(write ? { write } : {}),
});

/** Only a cast and `AS` stand between a column and what it is called in the result. */
const isAlias = (sql: string, from: number, to: number): boolean =>
  to - from < 60 && /^["`\]]?\s*(::\s*\w+(\[\])?\s*)?(as\s+)?["`[]?$/i.test(sql.slice(from, to));

/** The SQL that an argument is, holes as `${…}`; names of tables and columns that stand in holes written out. */
function sqlIn(written: Expr, reduced: Expr, tables: Tables, depth: number): string | undefined {
  if (depth > 3) return undefined;
  if (reduced.is === 'text') return reduced.text;
  if (written.is === 'join') return joined(written, reduced, tables, depth);
  if (reduced.is === 'join') return joined(reduced, reduced, tables, depth);
  if (written.is === 'call') {
    const inner = reduced.is === 'call' ? reduced : written;
    return written.args[0] && sqlIn(written.args[0], inner.args[0] ?? written.args[0], tables, depth + 1);
  }
  if (reduced.is === 'object')
    for (const name of ['text', 'sql', 'query', 'statement']) {
      const entry = Object.hasOwn(reduced.entries, name) ? reduced.entries[name] : undefined;
      if (entry) return sqlIn(entry, entry, tables, depth + 1);
    }
  return undefined;
}

function joined(written: Extract<Expr, { is: 'join' }>, reduced: Expr, tables: Tables, depth: number): string {
  const parts = written.parts.some(({ is }) => is === 'declared') ? written.parts : reduced.is === 'join' ? reduced.parts : written.parts;
  return parts
    .map((part) => {
      if (part.is === 'text') return part.text;
      if (part.is === 'literal') return part.text;
      const entity = part.is === 'declared' ? tables.entity(part.id) : undefined;
      if (!entity) return (part.is === 'call' ? sqlIn(part, part, tables, depth + 1) : undefined) ?? '${x}';
      const column = part.is === 'declared' && part.path ? entity.columns.find(({ property }) => property === part.path?.[0]) : undefined;
      const table = entity.table
        .split('.')
        .map((name) => `"${name}"`)
        .join('.');
      return column ? `${table}."${column.name}"` : table;
    })
    .join('');
}
