import type { Expr } from '../../keys.ts';
import type { DataColumn, DataQuery, QueryCall } from './data-query.ts';
import type { Entity } from './entity.ts';

const WRITES = /^(insert|update|delete)$/;
const BEGINS = /^(from|insert|update|delete|innerJoin|leftJoin|rightJoin|fullJoin|crossJoin|execute|all|get|run|values|\$count|query)$/;
const DEEPEST = 8;

/** `db.select().from(orders).where(eq(orders.userId, id))`: the constants of tables say what is meant. */
export function drizzleQuery({ raw, tables, repo }: QueryCall): DataQuery | undefined {
  const entityOf = (expr: Expr | undefined): Entity | undefined => {
    const entity = expr?.is === 'declared' ? tables.entity(expr.id) : undefined;
    return entity?.library === 'drizzle' ? entity : undefined;
  };
  const found = new Map<string, { name: string; write: boolean }>();
  const columns: DataColumn[] = [];
  const note = ({ table }: Entity, write: boolean): void => {
    const known = found.get(table);
    if (known) known.write ||= write;
    else found.set(table, { name: table, write });
  };
  const property = (entity: Entity, name: string, write: boolean): void => {
    const column = entity.columns.find((each) => each.property === name);
    if (column) columns.push({ table: entity.table, name: column.name, ...(write ? { write } : {}) });
  };
  const visit = (expr: Expr, depth: number): void => {
    if (depth > DEEPEST) return;
    const entity = entityOf(expr);
    if (entity && expr.is === 'declared') {
      note(entity, false);
      if (expr.path?.[0] !== undefined) property(entity, expr.path[0], false);
      return;
    }
    if (expr.is === 'call') for (const argument of expr.args) visit(argument, depth + 1);
    else if (expr.is === 'list') for (const item of expr.items) visit(item, depth + 1);
    else if (expr.is === 'join') for (const part of expr.parts) visit(part, depth + 1);
    else if (expr.is === 'object') for (const entry of Object.values(expr.entries)) visit(entry, depth + 1);
    else if (expr.is === 'function' && expr.returns) visit(expr.returns, depth + 1);
  };

  // `db.query.orders.findMany({ columns: { id: true } })`
  const [step] = raw.steps;
  const relational = raw.members.length >= 2 && raw.members.at(-2) === 'query' && step && /^find(Many|First)$/.test(step.name);
  const named = relational ? tables.entityNamed(repo, raw.members.at(-1) ?? '') : undefined;
  if (named?.library === 'drizzle') {
    note(named, false);
    const options = step?.args[0];
    if (options?.is === 'object') {
      const listed = options.entries['columns'];
      if (listed?.is === 'object') for (const name of Object.keys(listed.entries)) property(named, name, false);
      for (const entry of Object.values(options.entries)) visit(entry, 0);
    }
    return { library: 'drizzle', tables: [...found.values()], columns, confidence: 0.95 };
  }
  if (!raw.steps.some(({ name, args }) => BEGINS.test(name) && args.length > 0)) return undefined;
  let target: Entity | undefined;
  for (const { name, args } of raw.steps) {
    const entity = entityOf(args[0]);
    if (entity && WRITES.test(name)) {
      target = entity;
      note(entity, true);
      continue;
    }
    for (const argument of args) visit(argument, 0);
    if (!target || !/^(values|set)$/.test(name)) continue;
    for (const row of args[0]?.is === 'list' ? args[0].items : args)
      if (row.is === 'object') for (const key of Object.keys(row.entries)) property(target, key, true);
  }
  return found.size === 0 ? undefined : { library: 'drizzle', tables: [...found.values()], columns, confidence: 0.95 };
}
