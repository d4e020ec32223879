import { parse } from 'pgsql-ast-parser';
import { qualified } from './sql-names.ts';
import type { Query, QueryColumn, QueryTable } from './sql-query.ts';
import { isRecord, itemsOf, textOf } from './tree.ts';
import { messageOf } from '../../graph/errors.ts';

/** Stands for a table whose name the text leaves open. */
export const HOLE = '_';

/** Of the parser's nodes only what is looked at: anything may be missing. */
interface Ast {
  readonly [member: string]: unknown;
}

/** What a name before a dot, or a bare column, may stand for at a place of a query. */
interface Scope {
  /** The real table behind an alias; undefined behind that of a subquery, whose columns are stated where they come from. */
  readonly sources: Map<string, string | undefined>;
  /** Names of common table expressions. */
  readonly derived: ReadonlySet<string>;
  readonly outer?: Scope;
}

const listOf = (value: unknown): readonly Ast[] => itemsOf(value).filter(isRecord);
const startOf = (value: unknown): number => {
  const place = isRecord(value) ? value['_location'] : undefined;
  const start = isRecord(place) ? place['start'] : undefined;
  return typeof start === 'number' ? start : 0;
};

/** What a statement of PostgreSQL names; a text says why it is none. `base` is added to offsets. */
export function readParsed(sql: string, base: number): Query | string {
  let statements;
  try {
    statements = parse(sql, { locationTracking: true }) as unknown;
  } catch (error) {
    return messageOf(error).split('\n')[0]!.slice(0, 200);
  }
  const walk = new Walk(sql, base);
  for (const statement of listOf(statements)) walk.statement(statement, { sources: new Map(), derived: new Set() });
  const [first] = listOf(statements);
  return { tables: walk.tables, columns: walk.columns, outputs: first ? walk.outputs(first) : [] };
}

class Walk {
  readonly tables: QueryTable[] = [];
  readonly columns: QueryColumn[] = [];
  readonly #sql: string;
  readonly #base: number;

  constructor(sql: string, base: number) {
    this.#sql = sql;
    this.#base = base;
  }

  statement(node: Ast, scope: Scope): void {
    const { type } = node;
    if (type === 'with' || type === 'with recursive') this.#with(node, scope);
    else if (type === 'select') this.#select(node, scope);
    else if (type === 'insert') this.#insert(node, scope);
    else if (type === 'update') this.#update(node, scope);
    else if (type === 'delete') this.#delete(node, scope);
    else if (type === 'truncate table') for (const table of listOf(node['tables'])) this.#table(table['name'] ?? table, scope, true);
    else this.#children(node, scope); // union, values
  }

  outputs(node: Ast): Query['outputs'] {
    const inner = node['in'] ?? node['left'];
    if (isRecord(inner)) return this.outputs(inner);
    return listOf(node['type'] === 'select' ? node['columns'] : node['returning']).flatMap((column) => {
      const { alias, expr } = column;
      const name = isRecord(alias) ? textOf(alias['name']) : isRecord(expr) && expr['type'] === 'ref' ? textOf(expr['name']) : undefined;
      return name === undefined || name === '*' ? [] : [{ name, at: this.#base + this.#lastAt(column, name) }];
    });
  }

  #with(node: Ast, scope: Scope): void {
    const derived = new Set(scope.derived);
    const inner: Scope = { ...scope, derived };
    if (node['type'] === 'with recursive' && isRecord(node['alias'])) {
      derived.add(textOf(node['alias']['name']) ?? '');
      if (isRecord(node['bind'])) this.statement(node['bind'], inner);
    }
    for (const { alias, statement } of listOf(node['bind'])) {
      if (isRecord(statement)) this.statement(statement, inner);
      if (isRecord(alias)) derived.add(textOf(alias['name']) ?? '');
    }
    if (isRecord(node['in'])) this.statement(node['in'], inner);
  }

  #select(node: Ast, outer: Scope): void {
    const scope: Scope = { sources: new Map(), derived: outer.derived, outer };
    this.#from(listOf(node['from']), scope);
    const { from: _from, type: _type, columns, orderBy, groupBy, having, ...rest } = node;
    this.#children(columns, scope);
    this.#children(rest, scope);
    // Names that the select list gives come before columns here.
    const given = new Set(listOf(columns).flatMap(({ alias }) => (isRecord(alias) ? [textOf(alias['name'])] : [])));
    this.#children({ orderBy, groupBy, having }, scope, given);
  }

  #from(sources: readonly Ast[], scope: Scope): void {
    for (const source of sources) {
      const { type } = source;
      if (type === 'table') this.#table(source['name'], scope, false);
      else {
        const alias = textOf(source['alias']) ?? (isRecord(source['alias']) ? textOf(source['alias']['name']) : undefined);
        const { join: _, alias: _alias, ...inner } = source;
        if (isRecord(inner['statement'])) this.statement(inner['statement'], scope);
        else this.#children(inner, scope);
        scope.sources.set(alias ?? `\0${startOf(source)}`, undefined);
      }
    }
    for (const { join } of sources) {
      if (!isRecord(join)) continue;
      for (const column of listOf(join['using'])) this.#bare(textOf(column['name']) ?? '', startOf(column), scope);
      this.#children(join['on'], scope);
    }
  }

  /** The target of a statement that writes, and the scope in which the rest of it is read. */
  #target(name: unknown, outer: Scope): Scope & { readonly table: string | undefined } {
    const scope: Scope = { sources: new Map(), derived: outer.derived, outer };
    const table = this.#table(name, scope, true);
    return { ...scope, table };
  }

  #insert(node: Ast, outer: Scope): void {
    const scope = this.#target(node['into'], outer);
    const { into: _, columns, insert, onConflict, returning } = node;
    this.#written(listOf(columns), scope.table);
    if (isRecord(insert)) this.statement(insert, outer);
    if (isRecord(onConflict)) {
      scope.sources.set('excluded', scope.table);
      this.#children(onConflict['on'], scope);
      const action = onConflict['do'];
      if (isRecord(action)) this.#sets(listOf(action['sets']), scope.table, scope);
      this.#children(onConflict['where'], scope);
      scope.sources.delete('excluded');
    }
    this.#children(returning, scope);
  }

  #update(node: Ast, outer: Scope): void {
    const scope = this.#target(node['table'], outer);
    if (isRecord(node['from'])) this.#from([node['from']], scope);
    else this.#from(listOf(node['from']), scope);
    this.#sets(listOf(node['sets']), scope.table, scope);
    this.#children({ where: node['where'], returning: node['returning'] }, scope);
  }

  #delete(node: Ast, outer: Scope): void {
    const scope = this.#target(node['from'], outer);
    this.#children({ where: node['where'], returning: node['returning'] }, scope);
  }

  #sets(sets: readonly Ast[], table: string | undefined, scope: Scope): void {
    for (const { column, value } of sets) {
      this.#written(isRecord(column) ? [column] : listOf(column), table);
      this.#children(value, scope);
    }
  }

  #written(columns: readonly Ast[], table: string | undefined): void {
    if (table === undefined) return;
    for (const column of columns) {
      const name = textOf(column['name']);
      if (name !== undefined) this.columns.push({ table, name, at: this.#base + startOf(column), write: true });
    }
  }

  /** Records a table and what it is called in `scope`; undefined when it is a common table expression or left open. */
  #table(name: unknown, scope: Scope, write: boolean): string | undefined {
    if (!isRecord(name)) return undefined;
    const bare = textOf(name['name']) ?? '';
    const schema = textOf(name['schema']);
    const isReal = bare !== HOLE && bare !== '' && (schema !== undefined || !scope.derived.has(bare));
    const table = isReal ? qualified(schema, bare) : undefined;
    scope.sources.set(textOf(name['alias']) ?? bare, table);
    if (table !== undefined) this.tables.push({ name: table, at: this.#base + startOf(name), ...(write ? { write: true } : {}) });
    return table;
  }

  #children(value: unknown, scope: Scope, given?: ReadonlySet<string | undefined>): void {
    if (Array.isArray(value)) {
      for (const item of value) this.#children(item, scope, given);
      return;
    }
    if (!isRecord(value)) return;
    const { type } = value;
    if (type === 'ref') this.#ref(value, scope, given);
    else if (type === 'select' || type === 'with' || type === 'with recursive') this.statement(value, scope);
    else {
      // `count(*)` reads no column.
      const isCall = type === 'call';
      for (const [member, inner] of Object.entries(value)) {
        if (member === '_location' || member === 'alias') continue;
        this.#children(isCall && member === 'args' ? listOf(inner).filter((arg) => arg['name'] !== '*') : inner, scope, given);
      }
    }
  }

  #ref(node: Ast, scope: Scope, given: ReadonlySet<string | undefined> | undefined): void {
    const name = textOf(node['name']) ?? '';
    const qualifier = node['table'];
    if (!isRecord(qualifier)) {
      if (!given?.has(name)) this.#bare(name, startOf(node), scope);
      return;
    }
    const alias = textOf(qualifier['name']) ?? '';
    const schema = textOf(qualifier['schema']);
    const table = schema === undefined ? resolved(alias, scope) : qualified(schema, alias);
    if (table !== undefined) this.columns.push({ table, name, at: this.#base + this.#lastAt(node, name) });
  }

  /** Where the last part of `o.user_id`, or the alias of a column, begins; the parser tells where the whole does. */
  #lastAt(node: Ast, name: string): number {
    const place = node['_location'];
    if (!isRecord(place)) return 0;
    const end = Number(place['end']);
    return Math.max(Number(place['start']), end - name.length - (this.#sql[end - 1] === '"' ? 2 : 0));
  }

  #bare(name: string, at: number, scope: Scope): void {
    if (name === '') return;
    const place = this.#base + at;
    if (name === '*') {
      for (const table of new Set(scope.sources.values())) if (table !== undefined) this.columns.push({ table, name, at: place });
      return;
    }
    // A query over subqueries alone gives what they give; one without sources means those around it.
    for (let around: Scope | undefined = scope; around; around = around.outer) {
      const tables = [...new Set(around.sources.values())];
      const real = tables.filter((table) => table !== undefined);
      if (tables.length === 0) continue;
      if (real.length === 0) return;
      const outer = realAround(around.outer);
      const only = tables.length === 1 && outer.length === 0;
      this.columns.push(only ? { table: real[0]!, name, at: place } : { name, at: place, among: [...new Set([...real, ...outer])] });
      return;
    }
  }
}

/** Real tables of the queries around: a column that an inner table lacks is one of theirs. */
function realAround(scope: Scope | undefined): readonly string[] {
  const found: string[] = [];
  for (let around = scope; around; around = around.outer)
    for (const table of around.sources.values()) if (table !== undefined) found.push(table);
  return found;
}

function resolved(alias: string, scope: Scope): string | undefined {
  for (let around: Scope | undefined = scope; around; around = around.outer)
    if (around.sources.has(alias)) return around.sources.get(alias);
  return undefined;
}
