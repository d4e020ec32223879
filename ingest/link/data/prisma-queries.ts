import type { Expr, TableKey } from '../../keys.ts';
import type { DataColumn, DataQuery, QueryCall } from './data-query.ts';

const READS = /^(findMany|findFirst|findFirstOrThrow|findUnique|findUniqueOrThrow|count|aggregate|groupBy|exists)$/;
const WRITES = /^(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)$/;
/** Keys under which nothing is written, though data stands around them. */
const LOOKS_UP = /^(where|connect|disconnect|select|include|omit|orderBy)$/;
/** Keys under which the given data stands. */
const DATA = /^(data|create|update|createMany|connectOrCreate|upsert|set)$/;
const DEEPEST = 8;

/** `prisma.order.findMany({ where: { userId }, select: { id: true } })`, by the models of the Prisma schema. */
export function prismaQuery({ repo, raw, args, tables }: QueryCall): DataQuery | undefined {
  const [step] = raw.steps;
  const accessor = raw.members.at(-1);
  if (!step || accessor === undefined || (!READS.test(step.name) && !WRITES.test(step.name))) return undefined;
  const model = tables.model(repo, accessor);
  if (!model) return undefined;
  const given = raw.steps.length === 1 ? args[0] : step.args[0];
  const found: DataColumn[] = [];
  const written = new Map<string, { name: string; write: boolean }>();
  const isWrite = WRITES.test(step.name);
  written.set(model.name, { name: model.name, write: isWrite });
  const whole = new Set(isWhole(step.name, given) ? [model.name] : []);
  const visit = (expr: Expr | undefined, of: TableKey, write: boolean, depth: number): void => {
    if (!expr || depth > DEEPEST) return;
    if (expr.is === 'list') for (const item of expr.items) visit(item, of, write, depth + 1);
    if (expr.is === 'text') {
      const column = of.properties?.[expr.text]; // `by: ['state']`
      if (column !== undefined) found.push({ table: of.name, name: column });
    }
    if (expr.is !== 'object') return;
    for (const [name, entry] of Object.entries(expr.entries)) {
      const other = of.relations && Object.hasOwn(of.relations, name) ? of.relations[name] : undefined;
      const column = of.properties && Object.hasOwn(of.properties, name) ? of.properties[name] : undefined;
      if (other !== undefined) {
        const related = tables.model(repo, other);
        if (!related) continue;
        if (!written.has(related.name)) written.set(related.name, { name: related.name, write: false });
        if (isRelationWhole(entry)) whole.add(related.name);
        visit(entry, related, write, depth + 1);
      } else if (column !== undefined) found.push({ table: of.name, name: column, ...(write ? { write } : {}) });
      else visit(entry, of, !LOOKS_UP.test(name) && (write || DATA.test(name)), depth + 1); // `where`, `AND`, `some`, `_sum`
    }
  };
  visit(given, model, false, 0);
  for (const { table, write } of found) {
    const known = table === undefined ? undefined : written.get(table);
    if (known && write) known.write = true;
  }
  return {
    library: 'prisma',
    tables: [...written.values()],
    columns: found,
    ...(whole.size > 0 ? { whole: [...whole] } : {}),
    confidence: 0.95,
  };
}

/** Keys under which related rows are only looked for, or tied. */
const TIES = ['some', 'every', 'none', 'is', 'isNot', 'connect', 'disconnect', 'set', 'delete', 'deleteMany'];
/** Keys under which related rows are written. */
const WRITTEN = ['create', 'createMany', 'update', 'updateMany', 'upsert', 'connectOrCreate'];

/** Related rows come back, or are written, as they are. */
function isRelationWhole(entry: Expr): boolean {
  if (entry.is !== 'object') return true;
  const has = (name: string): boolean => Object.hasOwn(entry.entries, name);
  if (WRITTEN.some(has)) return isWhole('create', entry);
  return !has('select') && !TIES.some(has);
}

/** Rows come back as they are, or are written from a value that was made elsewhere. */
function isWhole(method: string, given: Expr | undefined): boolean {
  const entries = given?.is === 'object' ? given.entries : {};
  if (/^find|AndReturn$/.test(method)) return !entries.select;
  const data = [entries.data, entries.create, entries.update].filter((entry) => entry !== undefined);
  const items = data.flatMap((entry) => (entry.is === 'list' ? entry.items : [entry]));
  return WRITES.test(method) && items.some((item) => item.is !== 'object' || item.spread === true);
}
