import { type NodeId, lastName } from '../../../graph/model/id.ts';
import type { LinkKeys, TypeName } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { originOf } from '../origin.ts';
import { entryOf, isTrue, targetOf, textOf, type Entity, type MappedColumn } from './entity.ts';
import { membersOf } from './members.ts';
import { snakeCase } from './names.ts';
import { snakeRepos } from './naming-strategy.ts';

/** Kysely: `new Kysely<Database>(…)` where `interface Database { orders: OrderTable }`. What the database declares decides. */
export function kyselyEntities(keys: LinkKeys): readonly Entity[] {
  const members = membersOf(keys);
  const databases = new Map<NodeId, string>();
  const note = (repo: string, types: readonly TypeName[] | undefined): void => {
    for (const { package: from, name, args = [] } of types ?? [])
      if (from === 'kysely' && /^(Kysely|Transaction|QueryCreator)$/.test(name ?? ''))
        for (const { id } of args[0] ?? []) if (id !== undefined) databases.set(id, repo);
  };
  for (const { repo, value } of keys.of('call'))
    if (value.created && value.callee.is === 'external' && value.callee.package === 'kysely')
      note(repo, [{ package: 'kysely', name: 'Kysely', args: value.types ?? [] }]);
  for (const { repo, value } of keys.of('value')) {
    if (
      value.value?.is === 'call' &&
      value.value.created &&
      value.value.callee.is === 'external' &&
      value.value.callee.package === 'kysely'
    )
      note(repo, [{ package: 'kysely', name: 'Kysely', args: value.value.types ?? [] }]);
    else if (value.value && 'type' in value.value) note(repo, value.value.type);
  }
  const files = new Map(keys.of('type').map(({ file, value }) => [value.id, file]));
  return [...databases].flatMap(([database, repo]) =>
    [...(members.of(database)?.values() ?? [])].flatMap((table): Entity[] => {
      const [row] = table.type;
      if (!row || table.id === undefined) return [];
      const at = { file: files.get(row.id ?? database) ?? files.get(database) ?? '', line: 1, col: 1 };
      const columns = [...(members.ofNamed(row)?.values() ?? [])].map((member): MappedColumn => ({
        name: member.name,
        property: member.name,
        id: member.id ?? table.id ?? database,
        explicit: true,
        at,
      }));
      return [
        {
          library: 'kysely',
          repo,
          id: row.id ?? table.id,
          name: table.name,
          table: table.name,
          explicit: true,
          at,
          columns,
          relations: new Map(),
        },
      ];
    }),
  );
}

/** Objection: `class Person extends Model { static tableName = 'persons' }`. */
export function objectionEntities(keys: LinkKeys): readonly Entity[] {
  const members = membersOf(keys);
  const { reduce } = evaluatorOf(keys);
  const names = new Map(
    keys.of('value').flatMap((key) => (key.value.id.endsWith('.tableName') && key.value.value ? [[key.value.id, key] as const] : [])),
  );
  return keys.of('type').flatMap(({ value }): Entity[] => {
    const named = names.get(`${value.id}.tableName`);
    const table = named?.value.value && textOf(reduce(named.value.value));
    if (!named || table === undefined || !(value.bases ?? []).length) return [];
    const at = { file: named.file, line: named.value.at?.[0] ?? 1, col: named.value.at?.[1] ?? 1 };
    const columns = [...(members.of(value.id)?.values() ?? [])].flatMap((member): MappedColumn[] =>
      member.id === undefined ||
      /^(tableName|idColumn|modifiers|columnNameMappers|virtualAttributes|jsonSchema|relationMappings|modelPaths|\$)/.test(member.name) ||
      member.type.some(({ id }) => id !== undefined)
        ? []
        : [{ name: member.name, property: member.name, id: member.id, explicit: false, at }],
    );
    return [
      {
        library: 'objection',
        repo: named.repo,
        id: value.id,
        name: lastName(value.id),
        table,
        explicit: true,
        at,
        columns,
        relations: new Map(),
        open: true,
      },
    ];
  });
}

/** TypeORM and MikroORM without decorators: `new EntitySchema<Order>({ name: 'order', columns: { … } })`. */
export function entitySchemas(keys: LinkKeys): readonly Entity[] {
  const { reduce } = evaluatorOf(keys);
  const members = membersOf(keys);
  const snake = snakeRepos(keys);
  return keys.of('value').flatMap(({ repo, file, value: { id, value, at } }): Entity[] => {
    if (value?.is !== 'call' || !value.created) return [];
    const origin = originOf(reduce(value.callee));
    if (!origin || !/^(typeorm|@mikro-orm\/.+)$/.test(origin.package) || origin.steps.at(-1) !== 'EntitySchema') return [];
    const [definition] = value.args;
    const isSnake = origin.package !== 'typeorm' || snake.has(repo);
    const name = textOf(entryOf(definition, 'name')) ?? lastName(id);
    const target = targetOf(entryOf(definition, 'target', 'class'));
    const row = value.types?.[0]?.[0] ?? (target && 'id' in target ? { id: target.id } : undefined);
    const properties = row && members.ofNamed(row);
    const explicit = textOf(entryOf(definition, 'tableName'));
    const place = { file, line: at?.[0] ?? 1, col: at?.[1] ?? 1 };
    const columns = entryOf(definition, 'columns', 'properties');
    return [
      {
        library: origin.package === 'typeorm' ? 'typeorm' : 'mikro-orm',
        repo,
        id: row?.id ?? id,
        name,
        table: explicit ?? snakeCase(name),
        explicit: explicit !== undefined,
        at: place,
        columns: Object.entries(columns?.is === 'object' ? columns.entries : {}).map(([property, entry]): MappedColumn => {
          const given = textOf(entryOf(entry, 'name', 'fieldName'));
          const type = textOf(entryOf(entry, 'type'));
          const [line, col] = (columns?.is === 'object' ? columns.at?.[property] : undefined) ?? [place.line, place.col];
          return {
            name: given ?? (isSnake ? snakeCase(property) : property),
            property,
            id: properties?.get(property)?.id ?? id,
            explicit: given !== undefined,
            ...(type === undefined ? {} : { type }),
            ...(isTrue(entryOf(entry, 'nullable')) ? { nullable: true as const } : {}),
            ...(isTrue(entryOf(entry, 'primary')) ? { primaryKey: true as const } : {}),
            at: { file, line, col },
          };
        }),
        relations: new Map(),
        aliases: [id],
        open: true,
      },
    ];
  });
}
