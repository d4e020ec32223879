import { SqlReader } from './sql-reader.ts';
import type { SqlToken } from './sql-tokens.ts';
import type { Query, QueryColumn, QueryTable } from './sql-query.ts';

const KEYWORDS = new Set(
  (
    'all alter analyze and any as asc at between both by call case cast collate conflict cross current current_date current_time ' +
    'current_timestamp default delete desc describe distinct div do duplicate each else end escape except exists explain false fetch ' +
    'filter first following for force from full group grouping having high_priority if ignore ilike in index inner insert intersect ' +
    'interval into is isnull join key last lateral leading left like limit lock locked low_priority matched merge minus mod ' +
    'natural next no not nothing notnull null nulls of off offset on only or order outer output over partition preceding quick range ' +
    'recursive regexp replace returning right rlike rollup row rows select separator set share show similar skip some sql_calc_found_rows ' +
    'straight_join table tablesample then ties time timestamp to top trailing true truncate unbounded union unique unknown update ' +
    'use using values view wait when where window with within without xor zone date day hour minute second month year week quarter ' +
    'int integer bigint text varchar char boolean numeric decimal json jsonb uuid signed unsigned binary source target nolock'
  ).split(' '),
);
const AFTER_TABLE =
  /^(?:partition|tablesample|final|force|use|ignore|with|where|set|on|using|join|left|right|inner|outer|full|cross|natural|group|order|limit|having|union|when|values|select|default|returning|for|straight_join|offset|fetch|window|output|lateral|except|intersect|as)$/i;
const BEFORE_TABLE = /^(?:from|join|into|update|straight_join)$/i;

/**
 * Tables and columns of a query by its words, for what no parser takes: tables after FROM, JOIN, INTO, UPDATE and MERGE;
 * columns that an alias qualifies, that are inserted or set, or that can only be of the one table there is.
 */
export function readLoosely(tokens: readonly SqlToken[]): Query {
  const derived = derivedNames(tokens);
  const tables: QueryTable[] = [];
  const aliases = new Map<string, string>();
  const named = new Set<number>();
  const written: QueryColumn[] = [];
  let last: string | undefined;
  const sources = (sql: SqlReader, write: boolean): void => {
    do {
      while (sql.takesAny('only', 'lateral', 'ignore', 'low_priority'));
      const from = sql.position;
      const table = sql.table();
      if (!table || (sql.sees('(') && !write)) return;
      const isReal = !derived.has(table.name) && !KEYWORDS.has(table.name);
      for (let index = from; index < sql.position; index++) named.add(index);
      sql.takes('as');
      const next = sql.peek();
      const alias =
        next && (next.kind === 'name' || (next.kind === 'word' && !AFTER_TABLE.test(next.value))) ? sql.identifier() : undefined;
      if (alias) named.add(sql.position - 1);
      if (!isReal) continue;
      last = table.name;
      tables.push({ name: table.name, at: table.start, ...(write ? { write: true } : {}) });
      aliases.set(table.name.slice(table.name.lastIndexOf('.') + 1), table.name);
      if (alias) aliases.set(alias.name, table.name);
    } while (sql.takes(','));
  };
  for (const [index, { kind, value }] of tokens.entries()) {
    if (kind !== 'word') continue;
    const word = value.toLowerCase();
    const before = tokens[index - 1]?.value.toLowerCase() ?? '';
    if (BEFORE_TABLE.test(word)) {
      // `extract(day from x)`, `is distinct from y`, `for update`, `on duplicate key update`, `do update set`.
      if (word === 'from' && (before === 'distinct' || tokens[index - 2]?.value === '(')) continue;
      if (word === 'update' && /^(?:for|key|do|then|no)$/.test(before)) continue;
      const sql = new SqlReader(tokens, index + 1);
      const write = word === 'into' || word === 'update' || (word === 'from' && before === 'delete');
      sources(sql, write);
      if (word === 'into' && sql.sees('(') && !sql.sees('(', 'select') && last !== undefined)
        for (const { name, start } of sql.columns()) written.push({ table: last, name, at: start, write: true });
    } else if (word === 'using' && tokens[index + 1]?.value !== '(' && /^(?:merge|delete)$/i.test(tokens[0]?.value ?? '')) {
      sources(new SqlReader(tokens, index + 1), false);
    } else if (word === 'truncate') {
      const sql = new SqlReader(tokens, index + 1);
      sql.takes('table');
      sources(sql, true);
    }
  }
  const target = tables.find(({ write }) => write)?.name;
  if (target !== undefined) {
    aliases.set('excluded', target);
    written.push(...assigned(tokens, target, aliases));
  }
  const isWritten = new Set(written.map(({ at }) => at));
  const read = columnsRead(tokens, aliases, named, new Set(tables.map(({ name }) => name)), derived.size > 0).filter(
    ({ at }) => !isWritten.has(at),
  );
  return { tables, columns: [...written, ...read].sort((a, b) => a.at - b.at), outputs: [] };
}

/** `WITH a AS (…), b (x, y) AS (…)`. */
function derivedNames(tokens: readonly SqlToken[]): ReadonlySet<string> {
  const found = new Set<string>();
  if (!/^with$/i.test(tokens[0]?.value ?? '')) return found;
  const sql = new SqlReader(tokens, 1);
  sql.takes('recursive');
  do {
    const name = sql.identifier();
    if (sql.sees('(')) sql.skip();
    if (!name || !sql.takes('as')) break;
    found.add(name.name);
    sql.takesAny('materialized', 'not materialized');
    if (sql.sees('(')) sql.skip();
  } while (sql.takes(','));
  return found;
}

/** Columns before the `=` of SET a = 1, t.b = 2, and of ON DUPLICATE KEY UPDATE. */
function assigned(tokens: readonly SqlToken[], target: string, aliases: ReadonlyMap<string, string>): readonly QueryColumn[] {
  const found: QueryColumn[] = [];
  for (const [index, { kind, value }] of tokens.entries()) {
    const word = kind === 'word' ? value.toLowerCase() : '';
    if (word !== 'set' && !(word === 'update' && tokens[index - 1]?.value.toLowerCase() === 'key')) continue;
    const sql = new SqlReader(tokens, index + 1);
    do {
      const path = sql.path();
      const at = sql.last?.start ?? 0;
      if (!path || !sql.takes('=')) break;
      const alias = path.parts.at(-2);
      const table = alias === undefined ? target : aliases.get(alias);
      const name = path.parts.at(-1)!;
      if (table !== undefined) found.push({ table, name, at, write: true });
      while (!sql.done && !sql.sees(',') && !/^(?:where|from|returning|when|output|limit|order)$/i.test(sql.peek()!.value)) sql.skip();
    } while (sql.takes(','));
  }
  return found;
}

function columnsRead(
  tokens: readonly SqlToken[],
  aliases: ReadonlyMap<string, string>,
  named: ReadonlySet<number>,
  tables: ReadonlySet<string>,
  hasDerived: boolean,
): readonly QueryColumn[] {
  const found: QueryColumn[] = [];
  const [only] = tables;
  const isSimple = tables.size === 1 && !hasDerived && !/\bfrom\s*\(/i.test(tokens.map(({ value }) => value).join(' '));
  for (let index = 0; index < tokens.length; index++) {
    const { kind, value, start } = tokens[index]!;
    const before = tokens[index - 1];
    if (kind === 'sign' && value === '*' && only !== undefined && isSelectStar(tokens, index)) {
      if (before?.value !== '.') for (const table of tables) found.push({ table, name: '*', at: start });
      continue;
    }
    if ((kind !== 'word' && kind !== 'name') || named.has(index) || before?.value === '.') continue;
    const dotted = tokens[index + 1]?.value === '.' ? tokens[index + 2] : undefined;
    const name = kind === 'name' ? value : value.toLowerCase();
    if (dotted) {
      const table = aliases.get(name);
      if (table === undefined || tokens[index + 3]?.value === '(') continue;
      if (dotted.kind === 'name' || dotted.kind === 'word' || dotted.value === '*')
        found.push({ table, name: dotted.kind === 'name' ? dotted.value : dotted.value.toLowerCase(), at: dotted.start });
    } else if (isSimple && only !== undefined && !(kind === 'word' && (KEYWORDS.has(name) || isNoColumn(tokens, index)))) {
      if (kind === 'name' && /^as$/i.test(before?.value ?? '')) continue;
      found.push({ table: only, name, at: start });
    }
  }
  return found;
}

const isSelectStar = (tokens: readonly SqlToken[], index: number): boolean =>
  /^(?:select|distinct|all|,|returning)$/i.test(tokens[index - 1]?.value ?? '') &&
  /^(?:from|,|into|)$/i.test(tokens[index + 1]?.value ?? '');

/** A function, a type, an alias, or an interval's unit. */
function isNoColumn(tokens: readonly SqlToken[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  if (after?.value === '(' && after.kind === 'sign') return true;
  if (after?.kind === 'text') return true;
  if (before === undefined) return true;
  if (before.kind === 'sign') return before.value === ')' || (before.value === ':' && tokens[index - 2]?.value === ':');
  // A word after a value or a column is an alias.
  return before.kind !== 'word' || !KEYWORDS.has(before.value.toLowerCase()) || /^(?:as|end|null|true|false|collate)$/i.test(before.value);
}
