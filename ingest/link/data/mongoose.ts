import { type NodeId, lastName } from '../../../graph/model/id.ts';
import type { Expr, LinkKeys, TypeName } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { originOf } from '../origin.ts';
import { entryOf, isTrue, targetOf, textOf, type Entity, type MappedColumn, type Place } from './entity.ts';
import { membersOf } from './members.ts';
import { plural } from './names.ts';

const collectionOf = (model: string): string => plural(model.toLowerCase());

/** Collections that Mongoose's schemas and models describe, with NestJS's decorators too. */
export function mongooseEntities(keys: LinkKeys): readonly Entity[] {
  return [...schemaEntities(keys), ...classEntities(keys)];
}

interface Model {
  readonly name: string;
  readonly collection?: string;
  readonly alias?: NodeId;
  readonly row?: TypeName;
}

/** `const orderSchema = new Schema({ … })`, `model('Order', orderSchema)`. */
function schemaEntities(keys: LinkKeys): readonly Entity[] {
  const { reduce } = evaluatorOf(keys);
  const members = membersOf(keys);
  /** Models by the schema that they are made of. */
  const models = new Map<NodeId, Model[]>();
  const note = (
    call: { readonly callee: Expr; readonly args: readonly Expr[]; readonly types?: readonly (readonly TypeName[])[] },
    alias: NodeId | undefined,
  ): void => {
    const origin = originOf(reduce(call.callee));
    if (origin?.package !== 'mongoose' || origin.steps.at(-1) !== 'model') return;
    const [name, schema, collection] = call.args;
    const text = textOf(name && reduce(name));
    if (text === undefined || schema?.is !== 'declared') return;
    const explicit = textOf(collection && reduce(collection));
    const row = call.types?.[0]?.[0];
    const model = {
      name: text,
      ...(explicit === undefined ? {} : { collection: explicit }),
      ...(alias === undefined ? {} : { alias }),
      ...(row ? { row } : {}),
    };
    models.set(schema.id, [...(models.get(schema.id) ?? []), model]);
  };
  for (const { value } of keys.of('value')) if (value.value) for (const call of callsIn(value.value)) note(call, value.id);
  for (const { value } of keys.of('call')) note(value, undefined);
  return keys.of('value').flatMap(({ repo, file, value: { id, value, at } }): Entity[] => {
    if (value?.is !== 'call') return [];
    const origin = originOf(reduce(value.callee));
    if (origin?.package !== 'mongoose' || origin.steps.at(-1) !== 'Schema') return [];
    const made = models.get(id)?.toSorted((a, b) => Number(b.alias !== undefined) - Number(a.alias !== undefined))[0];
    const [definition, options] = value.args;
    const explicit = textOf(entryOf(options && reduce(options), 'collection')) ?? made?.collection;
    // A schema that no model is made of is a part of others.
    if (!made && explicit === undefined) return [];
    const name = made?.name ?? lastName(id);
    const place = (property: string): Place => {
      const [line, col] = (definition?.is === 'object' ? definition.at?.[property] : undefined) ?? at ?? [1, 1];
      return { file, line, col };
    };
    const row = value.types?.[0]?.[0] ?? made?.row;
    const rowMembers = row && members.ofNamed(row);
    const columns = definition?.is === 'object' ? fields(definition, id, place, '', 0) : [];
    return [
      {
        library: 'mongoose',
        repo,
        id,
        name,
        table: explicit ?? collectionOf(name),
        explicit: explicit !== undefined,
        at: { file, line: at?.[0] ?? 1, col: at?.[1] ?? 1 },
        // Both the schema and the type it is said to be of stand for the collection.
        columns: [
          ...columns,
          ...columns.flatMap((column) => {
            const member = rowMembers?.get(column.property);
            return member?.id === undefined ? [] : [{ ...column, id: member.id }];
          }),
        ],
        relations: new Map(),
        aliases: [...new Set((models.get(id) ?? []).flatMap(({ alias }) => alias ?? []))],
        open: true,
      },
    ];
  });
}

/** A call and the calls that stand in place among its arguments or around it: `models.User || model('User', schema)`. */
function callsIn(expr: Expr, depth = 0): readonly Extract<Expr, { is: 'call' }>[] {
  if (expr.is !== 'call' || depth > 3) return [];
  return [expr, ...expr.args.flatMap((argument) => callsIn(argument, depth + 1))];
}

function fields(
  definition: Extract<Expr, { is: 'object' }>,
  id: NodeId,
  place: (property: string) => Place,
  prefix: string,
  depth: number,
): readonly MappedColumn[] {
  return Object.entries(definition.entries).flatMap(([property, entry]): readonly MappedColumn[] => {
    const name = `${prefix}${property}`;
    const nested = entry.is === 'object' && !Object.hasOwn(entry.entries, 'type') && Object.keys(entry.entries).length > 0;
    const inner = nested && depth < 3 ? fields(entry, id, () => place(property), `${name}.`, depth + 1) : [];
    const type = typeText(entry);
    return [
      {
        name,
        property: name,
        id,
        explicit: true,
        ...(type === undefined ? {} : { type }),
        ...(isTrue(entryOf(entry, 'required')) ? {} : { nullable: true as const }),
        at: place(property),
      },
      ...inner,
    ];
  });
}

function typeText(entry: Expr): string | undefined {
  const type = entryOf(entry, 'type') ?? entry;
  if (type.is === 'external') return type.path.at(-1);
  return type.is === 'list' ? 'Array' : undefined;
}

/** NestJS: `@Schema() class Order { @Prop() total: number }`. */
function classEntities(keys: LinkKeys): readonly Entity[] {
  const { reduce } = evaluatorOf(keys);
  const members = membersOf(keys);
  const isOf = (decorator: Expr, name: string): boolean =>
    decorator.is === 'external' && /^@(nestjs\/mongoose|typegoose\/typegoose)$/.test(decorator.package) && decorator.path.at(-1) === name;
  const props = new Map(keys.of('decorated').flatMap((key) => (isOf(key.value.decorator, 'Prop') ? [[key.value.id, key] as const] : [])));
  const registered = registeredSchemas(keys);
  return keys.of('decorated').flatMap(({ repo, file, value }): Entity[] => {
    if (value.on !== 'class' || !isOf(value.decorator, 'Schema')) return [];
    const options = value.args[0] && reduce(value.args[0]);
    const name = value.name ?? lastName(value.id);
    const explicit = textOf(entryOf(options, 'collection'));
    // A class that is never registered as a model is a part of others.
    if (explicit === undefined && !registered.has(value.id)) return [];
    const at = { file, line: value.line, col: value.col };
    const columns = [...(members.of(value.id)?.values() ?? [])].flatMap((member): readonly MappedColumn[] => {
      const prop = member.id === undefined ? undefined : props.get(member.id);
      if (!prop || member.id === undefined) return [];
      const given = prop.value.args[0] && reduce(prop.value.args[0]);
      const type = given && typeText(given);
      return [
        {
          name: member.name,
          property: member.name,
          id: member.id,
          explicit: true,
          ...(type === undefined ? {} : { type }),
          ...(isTrue(entryOf(given, 'required')) ? {} : { nullable: true as const }),
          at: { file: prop.file, line: prop.value.line, col: prop.value.col },
        },
      ];
    });
    return [
      {
        library: 'mongoose',
        repo,
        id: value.id,
        name,
        table: explicit ?? collectionOf(registered.get(value.id) ?? name),
        explicit: explicit !== undefined,
        at,
        columns,
        relations: new Map(),
        open: true,
      },
    ];
  });
}

/** Classes that `forFeature([{ name: Order.name, schema }])` or `@InjectModel(Order.name)` names, by the name of their model. */
function registeredSchemas(keys: LinkKeys): ReadonlyMap<NodeId, string> {
  const found = new Map<NodeId, string>();
  const schemaClass = new Map<NodeId, NodeId>();
  for (const { value } of keys.of('value'))
    if (value.value?.is === 'call' && value.value.callee.is === 'external' && value.value.callee.path.at(-1) === 'createForClass') {
      const target = targetOf(value.value.args[0]);
      if (target && 'id' in target) schemaClass.set(value.id, target.id);
    }
  const visit = (expr: Expr, depth: number): void => {
    if (depth > 6) return;
    if (expr.is === 'list') for (const item of expr.items) visit(item, depth + 1);
    else if (expr.is === 'call') for (const argument of expr.args) visit(argument, depth + 1);
    else if (expr.is === 'object') {
      const { name, schema } = expr.entries;
      const of = schema?.is === 'declared' ? schemaClass.get(schema.id) : undefined;
      if (of !== undefined && name?.is === 'text') found.set(of, name.text);
      else if (of !== undefined) found.set(of, name?.is === 'declared' ? lastName(name.id) : lastName(of));
      else for (const entry of Object.values(expr.entries)) visit(entry, depth + 1);
    }
  };
  for (const { value } of keys.of('decorated')) {
    if (value.on === 'class') for (const argument of value.args) visit(argument, 0);
    const [model] = value.args;
    if (
      value.on === 'parameter' &&
      model?.is === 'declared' &&
      model.path?.[0] === 'name' &&
      value.decorator.is === 'external' &&
      value.decorator.path.at(-1) === 'InjectModel' &&
      !found.has(model.id)
    )
      found.set(model.id, lastName(model.id));
  }
  for (const { value } of keys.of('call'))
    if (value.callee.is === 'external' && value.callee.path.at(-1) === 'forFeature') for (const argument of value.args) visit(argument, 0);
  return found;
}
