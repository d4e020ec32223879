import type { ColumnFacts, SchemaChange } from '../keys.ts';
import { tableName } from './sql-names.ts';
import { readQuery } from './sql.ts';
import { SqlReader, type SqlName } from './sql-reader.ts';
import { sqlStatements, type SqlToken } from './sql-tokens.ts';

/** A change, and the offsets of the clause that makes it, from the name of what changes on. */
export type DdlChange = SchemaChange & { readonly start: number; readonly end: number };

export interface DdlProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface Ddl {
  readonly changes: readonly DdlChange[];
  readonly problems: readonly DdlProblem[];
}

const MOST_PROBLEMS = 50;

/** What a script says about tables, in its order; statements of other kinds are left out, broken ones named. */
export function readDdl(text: string): Ddl {
  const changes: DdlChange[] = [];
  const problems: DdlProblem[] = [];
  for (const { tokens, cut } of sqlStatements(text)) {
    if (cut && isDdl(tokens)) problems.push({ message: 'The statement is too long to be read.', ...rangeOf(tokens) });
    else for (const part of statementsIn(tokens, text)) read(part, text);
    const body = bodyOf(tokens);
    if (body) readBody(body);
  }
  return { changes, problems: problems.slice(0, MOST_PROBLEMS) };

  function read(tokens: readonly SqlToken[], source: string, base = 0): void {
    const found = readStatement(tokens, source);
    const moved = <T extends { readonly start: number; readonly end: number }>(thing: T): T => ({
      ...thing,
      start: thing.start + base,
      end: thing.end + base,
    });
    if (typeof found === 'string') problems.push(moved({ message: found, ...rangeOf(tokens) }));
    else for (const change of found) changes.push(base === 0 ? change : moved(change));
  }

  /** `DO $$ BEGIN ALTER TABLE …; EXCEPTION … END $$`, as generated migrations have it. */
  function readBody({ value, end }: SqlToken): void {
    const base = text.lastIndexOf(value, end);
    for (const { tokens } of sqlStatements(value)) for (const part of statementsIn(tokens, value)) read(part, value, base);
  }
}

const rangeOf = (tokens: readonly SqlToken[]): { readonly start: number; readonly end: number } => ({
  start: tokens[0]?.start ?? 0,
  end: tokens.at(-1)?.end ?? 0,
});

const bodyOf = (tokens: readonly SqlToken[]): SqlToken | undefined =>
  tokens[0]?.kind === 'word' && /^do$/i.test(tokens[0].value) ? tokens.find(({ kind }) => kind === 'text') : undefined;

const isDdl = (tokens: readonly SqlToken[]): boolean => /^(?:create|alter|drop|rename)$/i.test(tokens[0]?.value ?? '');
const ROUTINE = /^(?:trigger|procedure|proc|function|event|package)$/i;
const AFTER_HEAD = /^(?:table|view|type|unique|index|clustered|nonclustered|or)$/i;
const BEFORE_HEAD = /^(?:begin|then|else|loop)$/i;

/**
 * A statement, and what follows it without a semicolon, as SQL Server allows: DDL that begins a line. Of `IF … CREATE
 * TABLE` and the bodies of blocks, what they do.
 */
function statementsIn(tokens: readonly SqlToken[], text: string): readonly (readonly SqlToken[])[] {
  if (tokens.slice(0, 5).some(({ kind, value }) => kind === 'word' && ROUTINE.test(value)) && isDdl(tokens)) return [tokens];
  const starts: number[] = [0];
  let depth = 0;
  for (const [index, { kind, value, start }] of tokens.entries()) {
    if (kind === 'sign') depth += value === '(' ? 1 : value === ')' ? -1 : 0;
    if (index === 0 || depth > 0 || kind !== 'word' || !/^(?:create|alter|drop)$/i.test(value)) continue;
    if (!AFTER_HEAD.test(tokens[index + 1]?.value ?? '')) continue;
    if (BEFORE_HEAD.test(tokens[index - 1]?.value ?? '') || /\n[ \t]*$/.test(text.slice(Math.max(0, start - 40), start)))
      starts.push(index);
  }
  return starts.map((from, index) => tokens.slice(from, starts[index + 1]));
}

/** Undefined kinds of statements give no changes; a text says what is wrong with one that should have given some. */
function readStatement(tokens: readonly SqlToken[], text: string): readonly DdlChange[] | string {
  const sql = new SqlReader(tokens);
  const head = sql.takesAny('create', 'alter', 'drop', 'rename', 'comment on', 'exec', 'execute');
  if (head === 'create') return readCreate(sql, text);
  if (head === 'alter') return readAlter(sql, text);
  if (head === 'drop') return readDrop(sql);
  if (head === 'comment on') return readComment(sql);
  if (head === 'rename') return sql.takes('table') ? sql.list().flatMap(renamed) : [];
  return head === undefined ? [] : readProcedureCall(sql);
}

const MODIFIERS = [
  'or replace',
  'or alter',
  'global',
  'local',
  'temporary',
  'temp',
  'unlogged',
  'foreign',
  'external',
  'recursive',
  'force',
  'materialized',
  'virtual',
];

function readCreate(sql: SqlReader, text: string): readonly DdlChange[] | string {
  const temporary = sql.sees('temp') || sql.sees('temporary') || sql.sees('local') || sql.sees('global');
  while (sql.takesAny(...MODIFIERS)) if (sql.takes('=')) sql.skip();
  // MySQL: CREATE ALGORITHM = UNDEFINED DEFINER = `root`@`%` SQL SECURITY DEFINER VIEW …
  if (sql.sees('algorithm') || sql.sees('definer') || sql.sees('sql'))
    while (!sql.done && !sql.sees('view') && !sql.sees('trigger')) sql.skip();
  if (sql.takes('view')) return readView(sql, text);
  if (sql.takes('type') || sql.takes('domain')) return readType(sql);
  if (sql.takesAny('unique', 'clustered', 'nonclustered', 'fulltext', 'spatial')) sql.takesAny('clustered', 'nonclustered');
  if (sql.takes('index')) return readIndex(sql);
  // What lives as long as a session is no part of the schema.
  if (!sql.takes('table') || temporary) return [];
  sql.takes('if', 'not', 'exists');
  const table = sql.table();
  if (!table) return sql.sees('#') ? [] : 'CREATE TABLE names no table.';
  const { end } = sql.range();
  const changes: DdlChange[] = [];
  if (sql.takes('partition', 'of')) {
    const parent = sql.table();
    return [
      { op: 'create-table', table: table.name, start: table.start, end },
      ...(parent ? [{ op: 'like-table' as const, table: table.name, to: parent.name, start: parent.start, end: parent.end }] : []),
    ];
  }
  const like = (): void => {
    const from = sql.table();
    if (from) changes.push({ op: 'like-table', table: table.name, to: from.name, start: from.start, end: from.end });
  };
  let closed = true;
  if (sql.takes('like')) like();
  else if (sql.sees('(') && !(sql.peek(1)?.value.toLowerCase() === 'select')) {
    const body = sql.group()!;
    closed = sql.last?.value === ')';
    for (const part of body.list()) changes.push(...readElement(part, table.name, text));
  } else if (!/^(?:as|select|inherits|using|with|\()$/i.test(sql.peek()?.value ?? 'as'))
    return `CREATE TABLE ${table.name} has no columns that can be read.`;
  const doc = readTableOptions(sql, changes, table.name, text);
  return closed
    ? [{ op: 'create-table', table: table.name, start: table.start, end, ...(doc === undefined ? {} : { doc }) }, ...changes]
    : `CREATE TABLE ${table.name} does not end.`;
}

/** What follows the columns: INHERITS, COMMENT, AS SELECT. */
function readTableOptions(sql: SqlReader, changes: DdlChange[], table: string, text: string): string | undefined {
  let doc: string | undefined;
  while (!sql.done) {
    if (sql.takes('inherits')) {
      for (const parent of sql.group()?.list() ?? []) {
        const from = parent.table();
        if (from) changes.push({ op: 'like-table', table, to: from.name, start: from.start, end: from.end });
      }
    } else if (sql.takes('comment')) {
      sql.takes('=');
      if (sql.peek()?.kind === 'text') doc = sql.next()?.value;
    } else if (sql.sees('select') || sql.takes('as')) {
      const from = sql.range();
      const query = readQuery(text.slice(from.start, from.end));
      for (const { name, at } of query.outputs)
        changes.push({ op: 'add-column', table, column: name, start: from.start + at, end: from.start + at + name.length });
      return doc;
    } else sql.skip();
  }
  return doc;
}

const VIEW_TAIL = /\bwith\s+(?:(?:no\s+)?data|(?:local\s+|cascaded\s+)?check\s+option|read\s+only)\s*$/i;

function readView(sql: SqlReader, text: string): readonly DdlChange[] | string {
  sql.takes('if', 'not', 'exists');
  const view = sql.table();
  if (!view) return 'CREATE VIEW names no view.';
  const { end } = sql.range();
  const named = sql.columns();
  while (!sql.done && !sql.sees('as')) sql.skip();
  if (!sql.takes('as')) return `CREATE VIEW ${view.name} has no query.`;
  const from = sql.range();
  const query = readQuery(text.slice(from.start, from.end).replace(VIEW_TAIL, ''));
  const at = (offset: number, name: string): { start: number; end: number } => ({
    start: from.start + offset,
    end: from.start + offset + name.length,
  });
  const columns = named.length > 0 ? named : query.outputs.map(({ name, at: offset }) => ({ name, ...at(offset, name) }));
  return [
    { op: 'create-table', view: true, table: view.name, start: view.start, end },
    ...columns.map(({ name, ...place }) => ({ op: 'add-column' as const, table: view.name, column: name, ...place })),
    ...query.tables.map(({ name, at: offset }) => ({ op: 'uses' as const, table: view.name, to: name, ...at(offset, name) })),
    ...query.columns.flatMap(({ table, among, name, at: offset }) => {
      const to = table ?? among?.[0];
      const uses = { op: 'uses' as const, table: view.name, toColumn: name, ...at(offset, name) };
      return to === undefined ? [] : [{ ...uses, to, ...(table === undefined && among ? { among } : {}) }];
    }),
  ];
}

function readType(sql: SqlReader): readonly DdlChange[] {
  const type = sql.table();
  if (!type || !sql.takes('as', 'enum')) return [];
  const values = (sql.group()?.list() ?? []).flatMap((part) => (part.peek()?.kind === 'text' ? [part.peek()!.value] : []));
  return [{ op: 'enum', table: type.name, values, start: type.start, end: sql.range().end }];
}

function readIndex(sql: SqlReader): readonly DdlChange[] {
  sql.takes('concurrently');
  while (!sql.done && !sql.takes('on')) sql.skip();
  sql.takes('only');
  const table = sql.table();
  if (!table) return [];
  while (!sql.done && !sql.sees('(')) sql.skip();
  return touched(table.name, sql.columns());
}

const touched = (table: string, columns: readonly SqlName[]): readonly DdlChange[] =>
  columns.map(({ name, start, end }) => ({ op: 'touch', table, column: name, start, end }));

/** A column or a constraint of CREATE TABLE and of ALTER TABLE … ADD. */
function readElement(sql: SqlReader, table: string, text: string): readonly DdlChange[] {
  const constraint =
    sql.takes('constraint') && !/^(?:primary|unique|foreign|check)$/i.test(sql.peek()?.value ?? '') ? sql.identifier()?.name : undefined;
  if (sql.takesAny('primary key')) {
    sql.takesAny('clustered', 'nonclustered');
    if (!sql.sees('(')) sql.identifier();
    return sql
      .columns()
      .map(({ name, start, end }) => ({ op: 'alter-column', table, column: name, primaryKey: true, nullable: false, start, end }));
  }
  if (sql.takes('foreign', 'key')) return readForeignKey(sql, table, constraint);
  if (constraint === undefined && sql.takes('like')) {
    const from = sql.table();
    return from ? [{ op: 'like-table', table, to: from.name, start: from.start, end: from.end }] : [];
  }
  if (isKey(sql)) {
    while (!sql.done && !sql.sees('(')) sql.skip();
    return touched(table, sql.columns());
  }
  if (constraint !== undefined || sql.sees('check', '(') || sql.sees('exclude') || sql.sees('period', 'for')) return [];
  return readColumn(sql, table, text);
}

/** `UNIQUE (a)`, `KEY name (a)`, `INDEX USING btree (a)`: no column of that name. */
function isKey(sql: SqlReader): boolean {
  const modified = sql.takesAny('unique key', 'unique index', 'fulltext key', 'fulltext index', 'spatial key', 'spatial index');
  if (modified !== undefined || sql.sees('unique') || sql.sees('fulltext', '(') || sql.sees('spatial', '(')) return true;
  if (!sql.sees('key') && !sql.sees('index')) return false;
  return (
    [1, 2, 3, 4].some((ahead) => sql.peek(ahead)?.value === '(') &&
    !/^(?:var)?char|^(?:int|text|numeric|decimal)/i.test(sql.peek(1)?.value ?? '')
  );
}

function readForeignKey(sql: SqlReader, table: string, constraint: string | undefined): readonly DdlChange[] {
  if (!sql.sees('(')) sql.identifier();
  const columns = sql.columns();
  if (!sql.takes('references')) return touched(table, columns);
  const to = sql.table();
  if (!to) return touched(table, columns);
  const others = sql.columns();
  const named =
    constraint ??
    (columns.length > 0 ? `${table.slice(table.lastIndexOf('.') + 1)}_${columns.map(({ name }) => name).join('_')}_fkey` : undefined);
  return columns.map(({ name, start, end }, index) => ({
    op: 'foreign-key',
    table,
    column: name,
    to: to.name,
    ...(others[index] ? { toColumn: others[index].name } : {}),
    ...(named === undefined ? {} : { constraint: named }),
    start,
    end,
  }));
}

/** Words that end the type of a column. */
const AFTER_TYPE =
  /^(?:not|null|default|primary|unique|references|check|constraint|collate|generated|as|auto_increment|autoincrement|identity|comment|on|character|charset|first|after|key|encode|storage|compression|invisible|visible|virtual|stored|persisted|sparse|using|set|deferrable|initially|with|rowguidcol|columnset)$/i;

function readColumn(sql: SqlReader, table: string, text: string): readonly DdlChange[] {
  sql.takes('if', 'not', 'exists');
  const column = sql.identifier();
  if (!column) return [];
  const { end } = sql.range();
  const { facts, references } = readColumnFacts(sql, text);
  return [
    { op: 'add-column', table, column: column.name, ...facts, start: column.start, end: Math.max(end, column.end) },
    ...references.map(({ to, toColumn, start, constraint }) => ({
      op: 'foreign-key' as const,
      table,
      column: column.name,
      to,
      ...(toColumn === undefined ? {} : { toColumn }),
      constraint: constraint ?? `${table.slice(table.lastIndexOf('.') + 1)}_${column.name}_fkey`,
      start,
      end,
    })),
  ];
}

interface Reference {
  readonly to: string;
  readonly toColumn?: string;
  readonly constraint?: string;
  readonly start: number;
}

function readColumnFacts(sql: SqlReader, text: string): { readonly facts: ColumnFacts; readonly references: readonly Reference[] } {
  const type = readColumnType(sql, text);
  const facts: { -readonly [K in keyof ColumnFacts]: ColumnFacts[K] } = type === undefined ? {} : { type };
  if (type !== undefined && /serial/i.test(type)) facts.nullable = false;
  const references: Reference[] = [];
  let constraint: string | undefined;
  while (!sql.done) {
    const start = sql.range().start;
    if (sql.takes('not', 'null')) facts.nullable = false;
    else if (sql.takes('null')) facts.nullable ??= true;
    else if (sql.takes('primary', 'key')) Object.assign(facts, { primaryKey: true, nullable: false });
    else if (sql.takes('constraint')) constraint = sql.identifier()?.name;
    else if (sql.takes('default')) facts.default = readDefault(sql, text);
    else if (sql.takes('comment') && sql.peek()?.kind === 'text') facts.doc = sql.next()!.value;
    else if (sql.takes('references')) {
      const to = sql.table();
      const [other] = sql.columns();
      if (to)
        references.push({
          to: to.name,
          start,
          ...(other ? { toColumn: other.name } : {}),
          ...(constraint === undefined ? {} : { constraint }),
        });
    } else sql.skip();
  }
  return { facts, references };
}

/** `VARCHAR(255)`, `double precision`, `int[]`, `ENUM('a', 'b')`, as written, in one spacing. */
function readColumnType(sql: SqlReader, text: string): string | undefined {
  const start = sql.range().start;
  let end = start;
  while (
    !sql.done &&
    !(
      AFTER_TYPE.test(sql.peek()!.value) &&
      sql.peek()!.kind === 'word' &&
      !sql.sees('character', 'varying') &&
      !(sql.sees('character') && end === start) &&
      !sql.sees('with', 'time') &&
      !sql.sees('with', 'local')
    ) &&
    !sql.sees('=')
  ) {
    sql.skip();
    end = sql.last?.end ?? end;
  }
  const type = text.slice(start, end).replaceAll(/\s+/g, ' ').trim();
  return type === '' ? undefined : type.slice(0, 200);
}

function readDefault(sql: SqlReader, text: string): string {
  const start = sql.range().start;
  let end = start;
  let first = true;
  while (!sql.done) {
    const token = sql.peek()!;
    if (
      !first &&
      token.kind === 'word' &&
      /^(?:not|null|primary|unique|references|check|constraint|collate|generated|comment|on|first|after|auto_increment|for|default|with|using)$/i.test(
        token.value,
      )
    )
      break;
    sql.skip();
    end = sql.last?.end ?? end;
    first = false;
  }
  return text.slice(start, end).slice(0, 200);
}

const renamed = (part: SqlReader): readonly DdlChange[] => {
  const from = part.table();
  const to = part.takes('to') ? part.table() : undefined;
  return from && to ? [{ op: 'rename-table', table: from.name, to: withSchemaOf(from.name, to.name), start: from.start, end: to.end }] : [];
};

/** `ALTER TABLE billing.orders RENAME TO invoices` stays in its schema. */
const withSchemaOf = (table: string, to: string): string =>
  to.includes('.') || !table.includes('.') ? to : `${table.slice(0, table.lastIndexOf('.') + 1)}${to}`;

function readAlter(sql: SqlReader, text: string): readonly DdlChange[] | string {
  if (sql.takes('type')) return readAlterType(sql);
  while (sql.takesAny('foreign', 'materialized', 'ignore', 'online', 'offline'));
  const isView = sql.takes('view');
  if (!isView && !sql.takes('table')) return [];
  sql.takes('if', 'exists');
  sql.takes('only');
  const table = sql.table();
  if (!table) return 'ALTER TABLE names no table.';
  if (isView && sql.sees('as')) return [];
  sql.takes('*');
  const changes: DdlChange[] = [];
  let verb = '';
  for (const action of sql.list()) {
    // SQL Server repeats no verb: ALTER TABLE t ADD a int, b int; DROP COLUMN a, b.
    const own = action.takesAny('add', 'drop', 'rename', 'alter', 'modify', 'change', 'set schema');
    if (own !== undefined) verb = own;
    else if (!/^(?:add|drop)/.test(verb) || action.peek()?.kind === undefined || isOption(action)) verb = '';
    if (verb !== '') changes.push(...readAction(verb, action, table.name, text));
  }
  return changes;
}

const isOption = (sql: SqlReader): boolean =>
  /^(?:owner|enable|disable|cluster|set|reset|replica|inherit|no|attach|detach|validate|engine|convert|default|charset|auto_increment|order|force|algorithm|lock|comment|with|check|nocheck)$/i.test(
    sql.peek()?.value ?? '',
  );

function readAction(verb: string, sql: SqlReader, table: string, text: string): readonly DdlChange[] {
  const { start, end } = sql.range();
  if (verb === 'add') {
    if (sql.takes('column')) sql.takes('if', 'not', 'exists');
    // MySQL and Oracle: ADD (a int, b int).
    if (sql.sees('('))
      return sql
        .group()!
        .list()
        .flatMap((part) => readElement(part, table, text));
    return readElement(sql, table, text);
  }
  if (verb === 'set schema') {
    const to = sql.identifier();
    return to
      ? [
          {
            op: 'rename-table',
            table,
            to: to.name === 'public' ? table.slice(table.lastIndexOf('.') + 1) : `${to.name}.${table.slice(table.lastIndexOf('.') + 1)}`,
            start,
            end,
          },
        ]
      : [];
  }
  if (verb === 'drop') return readDropAction(sql, table);
  if (verb === 'rename') return readRename(sql, table, start, end);
  if (verb === 'modify' || verb === 'change') {
    sql.takes('column');
    sql.takes('if', 'exists');
    const column = sql.identifier();
    const to = verb === 'change' ? sql.identifier() : column;
    if (!column || !to) return [];
    const altered = readColumnFacts(sql, text).facts;
    return [
      ...(to.name === column.name
        ? []
        : [{ op: 'rename-column' as const, table, column: column.name, to: to.name, start: column.start, end: to.end }]),
      { op: 'alter-column', table, column: to.name, nullable: true, default: null, ...altered, start: to.start, end },
    ];
  }
  sql.takes('column');
  sql.takes('if', 'exists');
  const column = sql.identifier();
  if (!column) return [];
  return [{ op: 'alter-column', table, column: column.name, ...readAlterColumn(sql, text), start: column.start, end }];
}

function readAlterColumn(sql: SqlReader, text: string): ColumnFacts {
  if (sql.takes('set', 'not', 'null')) return { nullable: false };
  if (sql.takes('drop', 'not', 'null')) return { nullable: true };
  if (sql.takes('set', 'default')) return { default: readDefault(sql, text) };
  if (sql.takes('drop', 'default')) return { default: null };
  if (sql.takesAny('set data type', 'type')) {
    const type = readColumnType(sql, text);
    return type === undefined ? {} : { type };
  }
  if (sql.sees('set') || sql.sees('drop') || sql.sees('add') || sql.sees('reset') || sql.sees('restart')) return {};
  // SQL Server: ALTER COLUMN name varchar(20) NOT NULL.
  return readColumnFacts(sql, text).facts;
}

function readDropAction(sql: SqlReader, table: string): readonly DdlChange[] {
  if (sql.takesAny('primary key', 'index', 'key', 'check', 'partition')) return [];
  if (sql.takesAny('constraint', 'foreign key')) {
    sql.takes('if', 'exists');
    const constraint = sql.identifier();
    return constraint ? [{ op: 'drop-constraint', table, constraint: constraint.name, start: constraint.start, end: constraint.end }] : [];
  }
  sql.takes('column');
  sql.takes('if', 'exists');
  const columns = sql.sees('(') ? sql.columns() : [sql.identifier()].filter((name) => name !== undefined);
  return columns.map(({ name, start, end }) => ({ op: 'drop-column', table, column: name, start, end }));
}

function readRename(sql: SqlReader, table: string, start: number, end: number): readonly DdlChange[] {
  if (sql.takesAny('to', 'as')) {
    const to = sql.table();
    return to ? [{ op: 'rename-table', table, to: withSchemaOf(table, to.name), start, end }] : [];
  }
  if (sql.takesAny('constraint', 'index', 'key')) return [];
  if (!sql.takes('column') && sql.peek(1)?.value.toLowerCase() !== 'to') {
    // MySQL: RENAME new_name.
    const to = sql.table();
    return to && sql.done ? [{ op: 'rename-table', table, to: withSchemaOf(table, to.name), start, end }] : [];
  }
  const column = sql.identifier();
  const to = sql.takes('to') ? sql.identifier() : undefined;
  return column && to ? [{ op: 'rename-column', table, column: column.name, to: to.name, start: column.start, end: to.end }] : [];
}

function readAlterType(sql: SqlReader): readonly DdlChange[] {
  const type = sql.table();
  if (!type || !sql.takes('add', 'value')) return [];
  sql.takes('if', 'not', 'exists');
  const value = sql.next();
  return value?.kind === 'text'
    ? [{ op: 'enum', add: true, table: type.name, values: [value.value], start: type.start, end: value.end }]
    : [];
}

function readDrop(sql: SqlReader): readonly DdlChange[] {
  sql.takesAny('materialized', 'foreign', 'temporary');
  if (!sql.takesAny('table', 'view')) return [];
  sql.takes('if', 'exists');
  return sql.list().flatMap((part) => {
    const table = part.table();
    return table ? [{ op: 'drop-table' as const, table: table.name, start: table.start, end: table.end }] : [];
  });
}

function readComment(sql: SqlReader): readonly DdlChange[] {
  const what = sql.takesAny('table', 'column', 'view', 'materialized view');
  if (what === undefined) return [];
  const path = sql.path();
  if (!path || !sql.takes('is')) return [];
  const text = sql.peek();
  const doc = text?.kind === 'text' ? text.value : '';
  const place = { start: path.start, end: text?.end ?? path.end };
  const parts = what === 'column' ? path.parts.slice(0, -1) : path.parts;
  const table = tableName(parts);
  return [{ op: 'comment', table, ...(what === 'column' ? { column: path.parts.at(-1)! } : {}), doc, ...place }];
}

/** SQL Server: EXEC sp_rename 'orders.total', 'amount', 'COLUMN'. */
function readProcedureCall(sql: SqlReader): readonly DdlChange[] {
  const procedure = sql.path();
  if (procedure?.parts.at(-1) !== 'sp_rename') return [];
  const texts = sql.list().flatMap((part) => {
    while (!part.done && part.peek()!.kind !== 'text') part.next();
    return part.peek()?.kind === 'text' ? [part.peek()!] : [];
  });
  const [from, to, kind] = texts;
  if (!from || !to) return [];
  const parts = from.value
    .replaceAll(/[[\]"]/g, '')
    .split('.')
    .map((part) => part.toLowerCase());
  const name = to.value.replaceAll(/[[\]"]/g, '').toLowerCase();
  const place = { start: from.start, end: to.end };
  if (kind?.value.toLowerCase() === 'column')
    return [{ op: 'rename-column', table: tableName(parts.slice(0, -1)), column: parts.at(-1)!, to: name, ...place }];
  if (kind?.value.toLowerCase() === 'index') return [];
  return [{ op: 'rename-table', table: tableName(parts), to: withSchemaOf(tableName(parts), name), ...place }];
}
