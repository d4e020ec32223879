import type { Expr } from '../../keys.ts';
import { originOf } from '../origin.ts';
import type { DataColumn, DataQuery, QueryCall } from './data-query.ts';
import type { Entity } from './entity.ts';
import { entityOf } from './record-queries.ts';

const OPENS = /^(from|into|table|selectFrom|insertInto|updateTable|deleteFrom|mergeInto|replaceInto|using|crossJoin|joinRaw)$/;
const JOINS = /^(\w*[jJ]oin|\w*JoinAndSelect|\w*JoinAndMapOne|\w*JoinAndMapMany)$/;
const WRITES =
  /^(insert|update|delete|del|truncate|increment|decrement|insertInto|updateTable|deleteFrom|mergeInto|replaceInto|insertGraph|upsertGraph|patch|patchAndFetchById|insertAndFetch|updateAndFetchById|deleteById|softDelete|restore)$/;
const SELECTS =
  /^(select|addSelect|column|columns|distinct|distinctOn|pluck|count|countDistinct|min|max|sum|avg|groupBy|addGroupBy|orderBy|addOrderBy|having|andHaving|orHaving|where|andWhere|orWhere|whereNot|whereIn|orWhereIn|whereNotIn|whereNull|whereNotNull|whereBetween|whereLike|whereILike|whereRef|on|onRef|andOn|returning|first|onConflict|merge|increment|decrement)$/;
const ROWS =
  /^(insert|update|values|set|patch|merge|insertAndFetch|insertGraph|upsertGraph|patchAndFetchById|updateAndFetchById|doUpdateSet)$/;
const BUILDERS = /^(knex|kysely|objection|typeorm|@nestjs\/typeorm|@mikro-orm\/.+)$/;
const REFERENCE = /^(?:([\w$]+(?:\.[\w$]+)?)\.)?([\w$]+|\*)(?:\s+as\s+\w+)?$/i;
const SOURCE = /^([\w$]+(?:\.[\w$]+)?)(?:\s+(?:as\s+)?(\w+))?$/i;

/** Builders that name tables and columns by texts: Knex, Kysely, Objection, TypeORM's query builder. */
export function builderQuery(call: QueryCall): DataQuery | undefined {
  const { reduced, raw, tables, repo } = call;
  const origin = originOf(reduced.base);
  const isBuilder = origin !== undefined && BUILDERS.test(origin.package);
  const owner = entityOf(call);
  const isEntity =
    owner !== undefined && raw.steps.some(({ name }) => /^(createQueryBuilder|query|relatedQuery|from|into|update)$/.test(name));
  /** Tables by what the query calls them. */
  const sources = new Map<string, { readonly table: string; readonly entity?: Entity }>();
  const columns: DataColumn[] = [];
  let library = origin?.package ?? 'builder';
  let write = false;
  let isSure = isBuilder;
  const open = (text: string): void => {
    const [, table, alias] = SOURCE.exec(text) ?? [];
    if (table === undefined) return;
    const entity = isBuilder && origin?.package !== 'typeorm' ? undefined : tables.entityNamed(repo, table);
    sources.set(alias ?? table, { table: entity?.table ?? table, ...(entity ? { entity } : {}) });
  };
  if (owner && isEntity) {
    const { entity } = owner;
    ({ library } = entity);
    isSure = true;
    const alias = owner.steps.flatMap(({ name, args }) =>
      /^(createQueryBuilder|from|alias)$/.test(name) ? args.flatMap((argument) => (argument.is === 'text' ? [argument.text] : [])) : [],
    )[0];
    sources.set(alias ?? entity.name, { table: entity.table, entity });
  }
  // Arguments as they are written, names as they turn out: `this.db('orders')` calls the builder itself.
  const steps =
    reduced.steps.length === raw.steps.length
      ? raw.steps.map((step, index) => ({ ...step, name: reduced.steps[index]!.name }))
      : reduced.steps;
  // What is opened late, `db.select('id').from('orders')`, is there for what stands before.
  for (const [index, { name, args }] of steps.entries()) {
    const first = args[0] && call.reduce(args[0]);
    if (name === '' && first?.is === 'text' && /^[\w$.]+(\s+as\s+\w+)?$/i.test(first.text)) open(first.text);
    else if (OPENS.test(name)) {
      for (const text of textsIn(first)) open(text);
      if (/^(selectFrom|insertInto|updateTable|deleteFrom)$/.test(name)) isSure = true;
    } else if (JOINS.test(name)) {
      const target = first?.is === 'text' ? first.text : undefined;
      const alias = args[1] && call.reduce(args[1]);
      const dot = target?.indexOf('.') ?? -1;
      const from = target === undefined || dot < 0 ? undefined : sources.get(target.slice(0, dot));
      const related = from?.entity?.relations.get(target?.slice(dot + 1) ?? '');
      const entity = related === undefined ? (args[0]?.is === 'declared' ? tables.entity(args[0].id) : undefined) : tables.entity(related);
      if (entity) sources.set(alias?.is === 'text' ? alias.text : entity.name, { table: entity.table, entity });
      else if (target !== undefined && !from) open(target);
    }
    if (WRITES.test(name) && !(name === 'update' && index === 0 && !isEntity && !isBuilder)) write = true;
  }
  const only = new Set([...sources.values()].map(({ table }) => table));
  if (sources.size === 0) return undefined;
  if (!isSure && ![...only].some((table) => tables.find(repo, table) !== undefined && steps.length > 1)) return undefined;
  const refer = (text: string, isWrite: boolean): void => {
    const [, alias, name] = REFERENCE.exec(text.trim()) ?? [];
    if (name === undefined || name === '*') return;
    if (alias !== undefined) {
      const source = sources.get(alias) ?? sources.get(alias.slice(alias.lastIndexOf('.') + 1));
      if (source) columns.push(columnOf(source, name, isWrite));
    } else if (only.size === 1) for (const source of [...sources.values()].slice(0, 1)) columns.push(columnOf(source, name, isWrite));
    else columns.push({ among: [...only], name, ...(isWrite ? { write: true } : {}) });
  };
  for (const { name, args } of steps) {
    const given = args.map(call.reduce);
    if (ROWS.test(name))
      for (const row of given.flatMap((argument) => (argument.is === 'list' ? argument.items : [argument])))
        if (row.is === 'object') for (const key of Object.keys(row.entries)) refer(key, true);
    if (ROWS.test(name) && given.length === 2 && given[0]?.is === 'text') refer(given[0].text, true);
    if (isEntity && owner?.entity.library === 'typeorm') {
      for (const text of given.flatMap(textsIn)) fragments(text, sources, columns);
      continue;
    }
    if (!SELECTS.test(name) && !JOINS.test(name)) continue;
    const [first, ...others] = given;
    if (JOINS.test(name)) {
      // Only what names a table is a column here: the rest may be a value.
      for (const text of others.flatMap(textsIn)) if (text.includes('.')) refer(text, false);
      continue;
    }
    if (first?.is === 'object')
      for (const key of Object.keys(first.entries))
        refer(first.entries[key]?.is === 'text' && /^(select|columns?)$/.test(name) ? (textsIn(first.entries[key])[0] ?? key) : key, false);
    for (const text of textsIn(first)) refer(text, false);
    if (/^(select|columns?|distinct|groupBy|returning|pluck)$/.test(name)) for (const text of others.flatMap(textsIn)) refer(text, false);
    if (/^(whereRef|on|onRef|andOn)$/.test(name)) for (const text of others.flatMap(textsIn)) if (text.includes('.')) refer(text, false);
  }
  return {
    library,
    tables: [...only].map((table, index) => ({ name: table, ...(write && index === 0 ? { write } : {}) })),
    columns,
    all: [...only],
    confidence: isSure ? 0.95 : 0.7,
  };
}

function columnOf({ table, entity }: { readonly table: string; readonly entity?: Entity }, name: string, write: boolean): DataColumn {
  const mapped = entity?.columns.find(({ property }) => property === name)?.name ?? name;
  return { table, name: mapped, ...(write ? { write } : {}) };
}

/** `'u.email = :email AND u.active'`: parts of SQL in which aliases stand for entities. */
function fragments(
  text: string,
  sources: ReadonlyMap<string, { readonly table: string; readonly entity?: Entity }>,
  columns: DataColumn[],
): void {
  for (const [, alias = '', name = ''] of text.matchAll(/\b([A-Za-z_]\w{0,60})\.([A-Za-z_]\w{0,60})\b/g)) {
    const source = sources.get(alias);
    const mapped = source?.entity?.columns.find(({ property, name: column }) => property === name || column === name);
    if (source && mapped) columns.push({ table: source.table, name: mapped.name });
  }
}

const textsIn = (expr: Expr | undefined): readonly string[] =>
  expr?.is === 'text' ? [expr.text] : expr?.is === 'list' ? expr.items.flatMap(textsIn) : [];
