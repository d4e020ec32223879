import { type NodeId, lastName } from '../../../graph/model/id.ts';
import type { Expr, LinkKeys } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { originOf } from '../origin.ts';
import { defaultOf, entryOf, isTrue, targetOf, textOf, type Entity, type MappedColumn, type Place } from './entity.ts';
import { membersOf } from './members.ts';
import { plural, snakeCase } from './names.ts';
import { snakeRepos } from './naming-strategy.ts';
import { qualified } from '../../parse/sql-names.ts';

interface Definition {
  readonly repo: string;
  readonly id: NodeId;
  readonly name: string;
  readonly attributes: Expr | undefined;
  readonly options: Expr | undefined;
  readonly at: Place;
}

/** `sequelize.define('User', { … })`, `User.init({ … }, { sequelize })`, and sequelize-typescript's `@Table`. */
export function sequelizeEntities(keys: LinkKeys): readonly Entity[] {
  const { reduce } = evaluatorOf(keys);
  const snake = snakeRepos(keys);
  const members = membersOf(keys);
  const models = new Set(
    keys.of('type').flatMap(({ value }) => ((value.bases ?? []).some((base) => isModel(base.package, base.name)) ? [value.id] : [])),
  );
  const definitions: Definition[] = [];
  for (const {
    repo,
    file,
    value: { id, value, at },
  } of keys.of('value')) {
    if (value?.is !== 'call') continue;
    const path = 'path' in value.callee ? value.callee.path : undefined;
    if (path?.at(-1) !== 'define') continue;
    const origin = originOf(reduce(value.callee));
    const name = textOf(value.args[0]);
    if (name === undefined || (origin ? origin.package !== 'sequelize' : value.args[1]?.is !== 'object' || !hasDataTypes(value.args[1])))
      continue;
    definitions.push({
      repo,
      id,
      name,
      attributes: value.args[1],
      options: value.args[2],
      at: { file, line: at?.[0] ?? 1, col: at?.[1] ?? 1 },
    });
  }
  for (const { repo, file, value } of keys.of('call')) {
    const { callee, args, line, col } = value;
    if (callee.is !== 'declared' || callee.path?.join('.') !== 'init' || (!models.has(callee.id) && !hasDataTypes(args[0]))) continue;
    const name = textOf(entryOf(args[1], 'modelName')) ?? lastName(callee.id);
    definitions.push({ repo, id: callee.id, name, attributes: args[0], options: args[1], at: { file, line, col } });
  }
  const defined = definitions.map(({ repo, id, name, attributes, options, at }): Entity => {
    const reduced = options && reduce(options);
    const isSnake = snake.has(repo) || isTrue(entryOf(reduced, 'underscored'));
    const explicit = textOf(entryOf(reduced, 'tableName'));
    const rows = members.of(id);
    const columns = attributes?.is === 'object' ? Object.entries(attributes.entries) : [];
    return {
      library: 'sequelize',
      repo,
      id,
      name,
      table: qualified(
        textOf(entryOf(reduced, 'schema')),
        explicit ?? (isTrue(entryOf(reduced, 'freezeTableName')) ? name : isSnake ? snakeCase(plural(name)) : plural(name)),
      ),
      explicit: explicit !== undefined,
      at,
      columns: columns.flatMap(([property, entry]): readonly MappedColumn[] => {
        const [line, col] = (attributes?.is === 'object' ? attributes.at?.[property] : undefined) ?? [at.line, at.col];
        const column = attribute(property, entry, isSnake, { id, at: { file: at.file, line, col } });
        const member = rows?.get(property)?.id;
        return [column, ...(member === undefined || member === id ? [] : [{ ...column, id: member }])];
      }),
      relations: new Map(),
      open: true, // `id`, `createdAt` and keys of associations are made up
    };
  });
  return [...defined, ...decorated(keys, snake)];
}

const isModel = (from: string | undefined, name: string | undefined): boolean =>
  name === 'Model' && (from === 'sequelize' || from === 'sequelize-typescript');

/** `{ name: DataTypes.STRING }`, `{ name: { type: DataTypes.STRING } }`. */
function hasDataTypes(attributes: Expr | undefined): boolean {
  if (attributes?.is !== 'object') return false;
  return Object.values(attributes.entries).some((entry) => typeText(entryOf(entry, 'type') ?? entry) !== undefined);
}

/** `DataTypes.STRING(40)` is STRING; also where `DataTypes` is what a model file is given. */
function typeText(expr: Expr): string | undefined {
  const at = expr.is === 'call' ? expr.callee : expr;
  const path = 'path' in at ? (at.path ?? []) : [];
  if (at.is === 'external') return at.package.startsWith('sequelize') ? path.at(-1) : undefined;
  const name = path.at(-1);
  return name !== undefined && /^[A-Z]+$/.test(name) ? name : undefined;
}

function attribute(property: string, entry: Expr, isSnake: boolean, where: Pick<MappedColumn, 'id' | 'at'>): MappedColumn {
  const explicit = textOf(entryOf(entry, 'field'));
  const type = typeText(entryOf(entry, 'type') ?? entry);
  const preset = defaultOf(entryOf(entry, 'defaultValue'));
  const references = targetOf(entryOf(entryOf(entry, 'references'), 'model'));
  const allowNull = entryOf(entry, 'allowNull');
  return {
    ...where,
    name: explicit ?? (isSnake ? snakeCase(property) : property),
    property,
    explicit: explicit !== undefined,
    ...(type === undefined ? {} : { type }),
    ...(allowNull?.is === 'literal' && allowNull.text === 'false' ? {} : { nullable: true as const }),
    ...(isTrue(entryOf(entry, 'primaryKey')) ? { primaryKey: true as const } : {}),
    ...(preset === undefined ? {} : { default: preset }),
    ...(references && 'id' in references ? { references: { entity: references.id } } : {}),
  };
}

/** `@Table class User extends Model { @Column name: string }`. */
function decorated(keys: LinkKeys, snake: ReadonlySet<string>): readonly Entity[] {
  const { reduce } = evaluatorOf(keys);
  const own = keys
    .of('decorated')
    .filter(({ value: { decorator } }) => decorator.is === 'external' && decorator.package === 'sequelize-typescript');
  const nameIn = ({ value: { decorator } }: (typeof own)[number]): string =>
    decorator.is === 'external' ? (decorator.path.at(-1) ?? '') : '';
  return own.flatMap((table): Entity[] => {
    if (table.value.on !== 'class' || nameIn(table) !== 'Table') return [];
    const { repo, file, value } = table;
    const options = value.args[0] && reduce(value.args[0]);
    const isSnake = snake.has(repo) || isTrue(entryOf(options, 'underscored'));
    const name = value.name ?? lastName(value.id);
    const explicit = textOf(entryOf(options, 'tableName'));
    const columns = own.flatMap((key): MappedColumn[] => {
      if (key.value.on !== 'property' || nameIn(key) !== 'Column' || !key.value.id.startsWith(`${value.id}.`)) return [];
      const property = lastName(key.value.id);
      const [given] = key.value.args.map(reduce);
      const foreign = own.find((each) => each.value.id === key.value.id && nameIn(each) === 'ForeignKey');
      const target = foreign && targetOf(foreign.value.args[0]);
      const column = attribute(property, given ?? { is: 'unknown' }, isSnake, {
        id: key.value.id,
        at: { file: key.file, line: key.value.line, col: key.value.col },
      });
      return [{ ...column, ...(target && 'id' in target ? { references: { entity: target.id } } : {}) }];
    });
    const derived = isSnake ? snakeCase(plural(name)) : plural(name);
    return [
      {
        library: 'sequelize',
        repo,
        id: value.id,
        name,
        table: explicit ?? derived,
        explicit: explicit !== undefined,
        at: { file, line: value.line, col: value.col },
        columns,
        relations: new Map(),
        open: true,
      },
    ];
  });
}
