import type { Expr, LinkKeys } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { chainOf, type Chain } from './chain.ts';
import { defaultOf, targetOf, textOf, type Entity, type MappedColumn } from './entity.ts';
import { snakeCase } from './names.ts';
import { snakeRepos } from './naming-strategy.ts';
import { qualified } from '../../parse/sql-names.ts';
import { lastName } from '../../../graph/model/id.ts';

const TABLE = /^(pg|mysql|sqlite|singlestore|gel|cockroach|mssql)(Table|View|MaterializedView)$/;
const CREATOR = /^(pg|mysql|sqlite|singlestore|gel|cockroach|mssql)TableCreator$/;
const SCHEMA = /^(pg|mysql|singlestore|gel|cockroach|mssql)Schema$/;
const isDrizzle = (expr: Expr): boolean => expr.is === 'external' && expr.package.startsWith('drizzle-orm');

/** Tables that Drizzle's constants declare: `export const users = pgTable('users', { id: serial('id') })`. */
export function drizzleEntities(keys: LinkKeys): readonly Entity[] {
  const { reduce } = evaluatorOf(keys);
  const snake = snakeRepos(keys);
  const places = new Map(keys.of('value').map(({ value }) => [value.id, value.at]));
  return keys.of('value').flatMap(({ repo, file, value: { id, value } }): Entity[] => {
    if (value?.is !== 'call') return [];
    const callee = reduce(value.callee);
    const made = tableMade(chainOf(callee, value.args));
    if (!made) return [];
    const [line, col] = places.get(id) ?? [1, 1];
    const given = value.args[1];
    const literal = given?.is === 'function' ? given.returns : given;
    const columns = literal?.is === 'object' ? literal : undefined;
    return [
      {
        library: 'drizzle',
        repo,
        id,
        name: lastName(id),
        table: made,
        explicit: true,
        at: { file, line, col },
        columns: Object.entries(columns?.entries ?? {}).flatMap(([property, entry]) => {
          const [row, column] = columns?.at?.[property] ?? [line, col];
          return columnOf(property, entry, snake.has(repo), { id, at: { file, line: row, col: column } });
        }),
        relations: new Map(),
        ...(columns && !columns.spread ? {} : { open: true as const }),
      },
    ];
  });
}

/** The name of the table that a chain makes: of `pgTable`, of what `pgTableCreator` made, of a schema's `table`. */
function tableMade({ base, members, steps }: Chain): string | undefined {
  if (!isDrizzle(base)) return undefined;
  const [first, second] = steps;
  const name = textOf(first?.args[0]);
  if (first && TABLE.test(first.name) && members.length === 0) return name;
  if (!first || !second) return undefined;
  const table = textOf(second.args[0]);
  if (table === undefined) return undefined;
  if (SCHEMA.test(first.name) && /^(table|view|materializedView)$/.test(second.name)) return qualified(name, table);
  if (!CREATOR.test(first.name) || second.name !== '') return undefined;
  const creator = first.args[0];
  const written = creator?.is === 'function' ? creator.returns : undefined;
  if (written?.is !== 'join') return undefined;
  // `(name) => `shop_${name}``
  return written.parts.map((part) => (part.is === 'text' ? part.text : table)).join('');
}

function columnOf(property: string, expr: Expr, isSnake: boolean, where: Pick<MappedColumn, 'id' | 'at'>): readonly MappedColumn[] {
  if (expr.is !== 'call') return [];
  const { steps } = chainOf(expr.callee, expr.args);
  const [first] = steps;
  const explicit = textOf(first?.args[0]);
  const step = (name: string): readonly Expr[] | undefined => steps.find((each) => each.name === name)?.args;
  const target = targetOf(step('references')?.[0]);
  const preset = defaultOf(step('default')?.[0]);
  return [
    {
      ...where,
      name: explicit ?? (isSnake ? snakeCase(property) : property),
      property,
      explicit: explicit !== undefined,
      ...(first && first.name !== '' ? { type: first.name } : {}),
      ...(step('notNull') || step('primaryKey') ? {} : { nullable: true as const }),
      ...(step('primaryKey') ? { primaryKey: true as const } : {}),
      ...(preset === undefined ? {} : { default: preset }),
      ...(target && 'id' in target
        ? { references: { entity: target.id, ...(target.path?.[0] === undefined ? {} : { property: target.path[0] }) } }
        : {}),
    },
  ];
}
