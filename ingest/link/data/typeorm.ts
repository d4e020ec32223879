import { type NodeId, lastName } from '../../../graph/model/id.ts';
import type { DecoratedKey, Expr, LinkKeys, Published, TypeName } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { defaultOf, entryOf, isTrue, targetOf, textOf, type Entity, type MappedColumn, type Place } from './entity.ts';
import { camelCase, capitalised, snakeCase } from './names.ts';
import { snakeRepos } from './naming-strategy.ts';
import { qualified } from '../../parse/sql-names.ts';

/** What the decorators of one package are called, and how it names what has no name. */
interface Dialect {
  readonly library: string;
  readonly packages: RegExp;
  readonly entity: RegExp;
  readonly column: RegExp;
  readonly primary: RegExp;
  /** Own a foreign key; `one` only where a join column says so. */
  readonly manyToOne: RegExp;
  readonly oneToOne: RegExp;
  readonly toMany: RegExp;
  /** Options in which the column's name stands. */
  readonly columnName: readonly string[];
  readonly tableName: readonly string[];
  /** Without being told, as in TypeORM with `SnakeNamingStrategy`. */
  readonly snake: boolean;
}

const DIALECTS: readonly Dialect[] = [
  {
    library: 'typeorm',
    packages: /^typeorm$/,
    entity: /^(Entity|ViewEntity|ChildEntity)$/,
    column:
      /^(Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn|ObjectIdColumn|ViewColumn|VirtualColumn|TreeLevelColumn)$/,
    primary: /^(Primary|ObjectId)/,
    manyToOne: /^(ManyToOne|TreeParent)$/,
    oneToOne: /^OneToOne$/,
    toMany: /^(OneToMany|ManyToMany|TreeChildren)$/,
    columnName: ['name'],
    tableName: ['name'],
    snake: false,
  },
  {
    library: 'mikro-orm',
    packages: /^@mikro-orm\//,
    entity: /^Entity$/,
    column: /^(Property|PrimaryKey|SerializedPrimaryKey|Enum|Formula)$/,
    primary: /PrimaryKey$/,
    manyToOne: /^(ManyToOne)$/,
    oneToOne: /^OneToOne$/,
    toMany: /^(OneToMany|ManyToMany)$/,
    columnName: ['fieldName', 'name', 'joinColumn'],
    tableName: ['tableName', 'collection'],
    snake: true,
  },
];

type Decorated = Published<DecoratedKey>;

/** Classes that TypeORM and MikroORM map by decorators. */
export function decoratedEntities(keys: LinkKeys): readonly Entity[] {
  return DIALECTS.flatMap((dialect) => entitiesOf(keys, dialect));
}

function entitiesOf(keys: LinkKeys, dialect: Dialect): readonly Entity[] {
  const { reduce } = evaluatorOf(keys);
  const nameIn = ({ value: { decorator } }: Decorated): string | undefined =>
    decorator.is === 'external' && dialect.packages.test(decorator.package) ? decorator.path.at(-1) : undefined;
  const decorated = keys.of('decorated').filter((key) => nameIn(key) !== undefined);
  if (decorated.length === 0) return [];
  /** Decorators of the properties of each class, by class and property. */
  const properties = new Map<NodeId, Map<string, Decorated[]>>();
  for (const key of decorated) {
    if (key.value.on !== 'property') continue;
    const owner = key.value.id.slice(0, key.value.id.lastIndexOf('.'));
    const known = properties.get(owner) ?? new Map<string, Decorated[]>();
    properties.set(owner, known.set(lastName(key.value.id), [...(known.get(lastName(key.value.id)) ?? []), key]));
  }
  const bases = new Map<NodeId, readonly NodeId[]>();
  for (const { value } of keys.of('type'))
    bases.set(value.id, [...(bases.get(value.id) ?? []), ...(value.bases ?? []).flatMap(({ id }) => id ?? [])]);
  const snake = snakeRepos(keys);

  /** A class with what it inherits, the base first. */
  const lineage = (id: NodeId, depth = 0): readonly NodeId[] =>
    depth > 8 ? [] : [...new Set([...(bases.get(id) ?? []).flatMap((base) => lineage(base, depth + 1)), id])];

  const columnsOf = (
    owner: NodeId,
    isSnake: boolean,
    prefix: string,
    depth: number,
  ): { columns: MappedColumn[]; relations: Map<string, NodeId> } => {
    const columns: MappedColumn[] = [];
    const relations = new Map<string, NodeId>();
    for (const type of lineage(owner))
      for (const [property, list] of properties.get(type) ?? []) {
        const found = readProperty(property, list, isSnake, prefix, depth);
        columns.push(...found.columns);
        if (found.target !== undefined) relations.set(property, found.target);
      }
    return { columns, relations };
  };

  const readProperty = (property: string, list: readonly Decorated[], isSnake: boolean, prefix: string, depth: number) => {
    const named = (pattern: RegExp): Decorated | undefined => list.find((key) => pattern.test(nameIn(key) ?? ''));
    const column = named(dialect.column) ?? named(/^Embedded$/);
    const one = named(dialect.manyToOne) ?? named(dialect.oneToOne);
    const many = named(dialect.toMany);
    const join = named(/^JoinColumn$/);
    const cased = (name: string): string => (isSnake ? snakeCase(name) : name);
    const place = ({ file, value }: Decorated): Place => ({ file, line: value.line, col: value.col });
    const columns: MappedColumn[] = [];
    if (column) {
      const args = column.value.args.map(reduce);
      const options = args.find((argument) => argument.is === 'object');
      const [embedded] = args[0]?.is === 'function' || nameIn(column) === 'Embedded' ? typesOf(column.value) : [];
      if (embedded !== undefined && properties.has(embedded) && depth < 3) {
        const own = entryOf(options, 'prefix');
        const before = own?.is === 'literal' && own.text === 'false' ? prefix : `${prefix}${textOf(own) ?? property} `;
        const inner = columnsOf(embedded, isSnake, before, depth + 1);
        return { columns: inner.columns.map((each) => ({ ...each, property: `${property}.${each.property}` })), target: undefined };
      }
      const explicit = textOf(entryOf(options, ...dialect.columnName));
      const type = typeText(args[0]) ?? typeText(entryOf(options, 'type'));
      const isPrimary = dialect.primary.test(nameIn(column) ?? '') || isTrue(entryOf(options, 'primary'));
      const preset = defaultOf(entryOf(options, 'default'));
      columns.push({
        // Parts of the name of an embedded column are put together as its words are.
        name: prefix === '' ? (explicit ?? cased(property)) : together(`${prefix}${explicit ?? property}`, isSnake),
        property,
        id: column.value.id,
        explicit: explicit !== undefined,
        ...(type === undefined ? {} : { type }),
        ...(isTrue(entryOf(options, 'nullable')) ? { nullable: true as const } : {}),
        ...(isPrimary ? { primaryKey: true as const } : {}),
        ...(preset === undefined ? {} : { default: preset }),
        at: place(column),
      });
    }
    const relation = one ?? many;
    const target = relation && (typesOf(relation.value)[0] ?? idOf(targetOf(relation.value.args[0])));
    const owns = named(dialect.manyToOne) !== undefined || (one && (join !== undefined || ownsOne(dialect, one)));
    if (one && owns) {
      const joinOptions = join?.value.args.map(reduce)[0];
      for (const each of joinOptions?.is === 'list' ? joinOptions.items : [joinOptions]) {
        const referenced = textOf(entryOf(each, 'referencedColumnName'));
        const explicit =
          textOf(entryOf(each, 'name')) ??
          textOf(
            entryOf(
              one.value.args.map(reduce).find((argument) => argument.is === 'object'),
              ...(dialect.snake ? dialect.columnName : []),
            ),
          );
        const of = referenced ?? (target === undefined ? 'id' : primaryOf(target));
        columns.push({
          name: explicit ?? (isSnake ? snakeCase(`${property}_${of}`) : camelCase(`${property}_${of}`)),
          property,
          id: one.value.id,
          explicit: explicit !== undefined,
          at: place(join ?? one),
          ...(isTrue(
            entryOf(
              one.value.args.map(reduce).find((argument) => argument.is === 'object'),
              'nullable',
            ),
          )
            ? { nullable: true as const }
            : {}),
          ...(target === undefined
            ? {}
            : { references: { entity: target, ...(referenced === undefined ? {} : { property: referenced }) } }),
        });
      }
    }
    return { columns, target };
  };

  /** The property that is the primary key of an entity. */
  const primaryOf = (id: NodeId): string => {
    for (const type of lineage(id))
      for (const [property, list] of properties.get(type) ?? [])
        if (list.some((key) => dialect.primary.test(nameIn(key) ?? ''))) return property;
    return 'id';
  };

  const entities = decorated.flatMap((key): Entity[] => {
    const { repo, file, value } = key;
    const kind = nameIn(key) ?? '';
    if (value.on !== 'class' || !dialect.entity.test(kind)) return [];
    const args = value.args.map(reduce);
    const options = args.find((argument) => argument.is === 'object');
    const name = value.name ?? lastName(value.id);
    const explicit = textOf(entryOf(options, ...dialect.tableName)) ?? (kind === 'ChildEntity' ? undefined : textOf(args[0]));
    const isSnake = dialect.snake || snake.has(repo);
    // A child shares the table of the entity it extends.
    const parent =
      kind === 'ChildEntity'
        ? lineage(value.id).find((id) => decorated.some((each) => each.value.id === id && nameIn(each) === 'Entity'))
        : undefined;
    const parentKey = parent === undefined ? undefined : decorated.find((each) => each.value.id === parent && nameIn(each) === 'Entity');
    const inherited =
      parentKey &&
      (textOf(
        entryOf(
          parentKey.value.args.map(reduce).find((argument) => argument.is === 'object'),
          'name',
        ),
      ) ??
        textOf(parentKey.value.args.map(reduce)[0]));
    const table = explicit ?? inherited ?? snakeCase(parent === undefined ? name : lastName(parent));
    return [
      {
        library: dialect.library,
        repo,
        id: value.id,
        name,
        table: qualified(textOf(entryOf(options, 'schema')), table),
        explicit: explicit !== undefined || inherited !== undefined,
        at: { file, line: value.line, col: value.col },
        ...columnsOf(value.id, isSnake, '', 0),
      },
    ];
  });
  const tableOf = new Map(entities.map((entity) => [entity.id, entity]));
  return [
    ...entities,
    ...decorated.flatMap((key) => (nameIn(key) === 'JoinTable' ? joinTable(key, tableOf, properties, reduce, snake.has(key.repo)) : [])),
  ];
}

/** The table between two entities that are related many to many; the property that owns it stands for it. */
function joinTable(
  { repo, file, value }: Decorated,
  entities: ReadonlyMap<NodeId, Entity>,
  properties: ReadonlyMap<NodeId, ReadonlyMap<string, readonly Decorated[]>>,
  reduce: (expr: Expr) => Expr,
  isSnake: boolean,
): readonly Entity[] {
  const dot = value.id.lastIndexOf('.');
  const [owner, property] = [entities.get(value.id.slice(0, dot)), value.id.slice(dot + 1)];
  const other = entities.get(owner?.relations.get(property) ?? '');
  if (!owner || !other || !properties.has(owner.id)) return [];
  const options = value.args.map(reduce)[0];
  const explicit = textOf(entryOf(options, 'name')) ?? textOf(options);
  const at = { file, line: value.line, col: value.col };
  const column = (side: Entity, option: string, taken?: string): MappedColumn => {
    const primary = side.columns.find(({ primaryKey }) => primaryKey);
    const given = textOf(entryOf(entryOf(options, option), 'name'));
    const derived = isSnake
      ? snakeCase(`${bare(side.table)}_${primary?.name ?? 'id'}`)
      : camelCase(`${bare(side.table)}_${primary?.name ?? 'id'}`);
    // Between an entity and itself, the second one is numbered.
    const name = given ?? (derived === taken ? `${derived.replace(/(_?id)$/i, '')}_2`.replace(/_2$/, isSnake ? '_id_2' : 'Id_2') : derived);
    return { name, property, id: value.id, explicit: given !== undefined, at, references: { entity: side.id } };
  };
  const first = column(owner, 'joinColumn');
  const columns = [first, column(other, 'inverseJoinColumn', first.name)];
  const table = explicit ?? snakeCase(`${bare(owner.table)}_${property}_${bare(other.table)}`);
  return [
    {
      library: owner.library,
      repo,
      id: value.id,
      name: table,
      table: qualified(textOf(entryOf(options, 'schema')) ?? schemaOf(owner.table), table),
      explicit: explicit !== undefined,
      at,
      columns,
      relations: new Map(),
    },
  ];
}

const bare = (table: string): string => table.slice(table.lastIndexOf('.') + 1);
const schemaOf = (table: string): string | undefined => (table.includes('.') ? table.slice(0, table.lastIndexOf('.')) : undefined);

/** MikroORM's owner says so in its options; TypeORM's has a join column. */
const ownsOne = (dialect: Dialect, key: Decorated): boolean =>
  dialect.snake && key.value.args.some((argument) => entryOf(argument, 'owner', 'inversedBy', 'joinColumn', 'fieldName') !== undefined);

const together = (name: string, isSnake: boolean): string => {
  const [first = '', ...rest] = name.split(' ');
  return isSnake ? snakeCase([first, ...rest].join('_')) : first + rest.map(capitalised).join('');
};

const idOf = (target: ReturnType<typeof targetOf>): NodeId | undefined =>
  target && 'id' in target && !target.path ? target.id : undefined;

/** Declarations of the repository that the type of a property is made of, wrappers of packages looked through. */
function typesOf({ type = [] }: Pick<DecoratedKey, 'type'>): readonly NodeId[] {
  const ids = (names: readonly TypeName[]): readonly NodeId[] =>
    names.flatMap(({ id, args = [] }) => (id === undefined ? args.flatMap(ids) : [id]));
  return ids(type);
}

/** `'varchar'`, `String`, `{ type: 'jsonb' }`. */
function typeText(expr: Expr | undefined): string | undefined {
  if (expr?.is === 'text') return expr.text;
  return expr?.is === 'external' && expr.package === 'global' ? expr.path.at(-1) : undefined;
}
