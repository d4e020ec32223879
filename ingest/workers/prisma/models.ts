import type {
  ConfigBlock,
  FieldDeclaration,
  ModelDeclaration,
  PrismaType,
  SchemaArgument,
  SchemaAttribute,
  SchemaDeclaration,
  SchemaExpression,
} from '@loancrate/prisma-schema-parser';
import type { ColumnFacts } from '../../keys.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface ModelColumn extends Stretch {
  /** As the database calls it. */
  readonly name: string;
  /** As the client does. */
  readonly property: string;
  readonly facts: ColumnFacts;
}

export interface Relation extends Stretch {
  readonly columns: readonly string[];
  /** The table; the model where another file declares it. Likewise for the columns. */
  readonly to: string;
  readonly references: readonly string[];
}

export interface Model extends Stretch {
  readonly name: string;
  readonly table: string;
  readonly view: boolean;
  readonly doc?: string;
  readonly columns: readonly ModelColumn[];
  readonly relations: readonly Relation[];
  /** Fields that lead to another model, whichever side holds the key. */
  readonly links: readonly { readonly property: string; readonly model: string }[];
}

export interface Models {
  readonly models: readonly Model[];
  readonly enums: readonly (Stretch & { readonly name: string; readonly values: readonly string[] })[];
  readonly provider?: Stretch & { readonly name: string };
}

const SCALARS = new Set(['String', 'Boolean', 'Int', 'BigInt', 'Float', 'Decimal', 'DateTime', 'Json', 'Bytes']);

/** Tables and columns of the declarations of a schema, under the names that `@@map` and `@map` give them. */
export function readModels(declarations: readonly SchemaDeclaration[]): Models {
  const named = declarations.filter(
    (declaration): declaration is ModelDeclaration => declaration.kind === 'model' || declaration.kind === 'view',
  );
  const known = new Map(named.map((declaration) => [declaration.name.value, declaration]));
  const values = new Set(
    declarations.flatMap((declared) =>
      declared.kind === 'enum' || declared.kind === 'type' || declared.kind === 'typeAlias' ? [declared.name.value] : [],
    ),
  );
  const docs = docsOf(declarations);
  const source = declarations.find((declaration): declaration is ConfigBlock => declaration.kind === 'datasource');
  const provider = source?.members.find((member) => member.kind === 'config' && member.name.value === 'provider');
  const technology = provider?.kind === 'config' ? textOf(provider.value) : undefined;
  return {
    models: named.map((declaration) => modelOf(declaration, known, values, docs.get(declaration))),
    enums: declarations.flatMap((declaration) =>
      declaration.kind === 'enum'
        ? [
            {
              name: declaration.name.value,
              values: declaration.members.flatMap((member) =>
                member.kind === 'enumValue' ? [mapped(member.attributes) ?? member.name.value] : [],
              ),
              ...stretch(declaration),
            },
          ]
        : [],
    ),
    ...(technology === undefined || !source
      ? {}
      : { provider: { name: technology === 'postgres' ? 'postgresql' : technology, ...stretch(source) } }),
  };
}

function modelOf(
  declaration: ModelDeclaration,
  known: ReadonlyMap<string, ModelDeclaration>,
  values: ReadonlySet<string>,
  doc: string | undefined,
): Model {
  const fields = declaration.members.filter((member) => member.kind === 'field');
  const blocks = declaration.members.filter((member) => member.kind === 'blockAttribute');
  const keys = listArgument(attribute(blocks, 'id'));
  const docs = docsOf(declaration.members);
  const isRelation = (field: FieldDeclaration): boolean => {
    const type = typeName(field.type);
    if (known.has(type)) return true;
    if (SCALARS.has(type) || values.has(type) || field.type.kind === 'unsupported') return false;
    // Declared in another file: a model, unless it could only be an enumerated type.
    return (
      attribute(field.attributes, 'relation') !== undefined ||
      ((field.type.kind === 'list' || field.type.kind === 'optional') && !attribute(field.attributes, 'default'))
    );
  };
  const columns = fields.filter((field) => !isRelation(field)).map((field) => columnOf(field, keys, docs.get(field)));
  return {
    name: declaration.name.value,
    table: tableOf(declaration),
    view: declaration.kind === 'view',
    ...(doc === undefined ? {} : { doc }),
    ...stretch(declaration),
    columns,
    relations: fields.filter(isRelation).flatMap((field) => relationOf(field, declaration, known)),
    links: fields.filter(isRelation).map((field) => ({ property: field.name.value, model: typeName(field.type) })),
  };
}

function tableOf(declaration: ModelDeclaration): string {
  const blocks = declaration.members.filter((member) => member.kind === 'blockAttribute');
  const schema = textOf(argument(attribute(blocks, 'schema'), 'name', 0));
  const table = mapped(blocks) ?? declaration.name.value;
  return schema === undefined || /^(?:public|dbo|main)$/.test(schema) ? table : `${schema}.${table}`;
}

function columnOf(field: FieldDeclaration, keys: readonly string[], doc: string | undefined): ModelColumn {
  const { attributes = [], type } = field;
  const primaryKey = attribute(attributes, 'id') !== undefined || keys.includes(field.name.value);
  const native = attributes.find(({ path }) => path.value[0] === 'db');
  const written = native
    ? `${native.path.value[1] ?? ''}${native.args?.length ? `(${native.args.map(shown).join(', ')})` : ''}`
    : typeName(type);
  const preset = attribute(attributes, 'default')?.args?.[0];
  const facts: ColumnFacts = {
    type: type.kind === 'list' ? `${written}[]` : written,
    nullable: type.kind === 'optional',
    ...(primaryKey ? { primaryKey } : {}),
    ...(preset === undefined ? {} : { default: shown(preset) }),
    ...(doc === undefined ? {} : { doc }),
  };
  return { name: mapped(attributes) ?? field.name.value, property: field.name.value, facts, ...stretch(field) };
}

function relationOf(field: FieldDeclaration, owner: ModelDeclaration, known: ReadonlyMap<string, ModelDeclaration>): readonly Relation[] {
  const relation = attribute(field.attributes, 'relation');
  const columns = listArgument(relation, 'fields');
  if (columns.length === 0) return [];
  const target = known.get(typeName(field.type));
  const references = listArgument(relation, 'references');
  return [
    {
      columns: columns.map((column) => columnName(owner, column)),
      to: target ? tableOf(target) : typeName(field.type),
      references: target ? references.map((column) => columnName(target, column)) : references,
      ...stretch(field),
    },
  ];
}

function columnName(model: ModelDeclaration, property: string): string {
  const field = model.members.find((member) => member.kind === 'field' && member.name.value === property);
  return (field?.kind === 'field' ? mapped(field.attributes) : undefined) ?? property;
}

const typeName = (type: PrismaType): string => {
  if (type.kind === 'typeId') return type.name.value;
  return type.kind === 'unsupported' ? `Unsupported(${type.type.value})` : typeName(type.type);
};

function stretch({
  name,
  location,
}: {
  readonly name: { readonly location?: { readonly start: { readonly offset: number } } };
  readonly location?: { readonly end: { readonly offset: number } };
}): Stretch {
  const start = name.location?.start.offset ?? 0;
  return { start, end: location?.end.offset ?? start };
}

const attribute = <T extends SchemaAttribute>(attributes: readonly T[] | undefined, name: string): T | undefined =>
  attributes?.find(({ path }) => path.value.length === 1 && path.value[0] === name);

/** The argument of that name, or without a name at that position. */
function argument(found: SchemaAttribute | undefined, name: string, position?: number): SchemaExpression | undefined {
  const args: readonly SchemaArgument[] = found?.args ?? [];
  for (const arg of args) if (arg.kind === 'namedArgument' && arg.name.value === name) return arg.expression;
  const unnamed = position === undefined ? undefined : args[position];
  return unnamed?.kind === 'namedArgument' ? undefined : unnamed;
}

const textOf = (value: SchemaExpression | undefined): string | undefined =>
  value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
const mapped = (attributes: readonly SchemaAttribute[] | undefined): string | undefined =>
  textOf(argument(attribute(attributes, 'map'), 'name', 0));

/** Names in `[a, b(sort: Desc)]`. */
function listArgument(found: SchemaAttribute | undefined, name = 'fields'): readonly string[] {
  const list = argument(found, name, 0);
  if (list?.kind !== 'array') return [];
  return list.items.flatMap((item) =>
    item.kind === 'path' ? [item.value.join('.')] : item.kind === 'functionCall' ? [item.path.value.join('.')] : [],
  );
}

function shown(value: SchemaArgument): string {
  if (value.kind === 'namedArgument') return `${value.name.value}: ${shown(value.expression)}`;
  if (value.kind === 'literal') return String(value.value);
  if (value.kind === 'path') return value.value.join('.');
  if (value.kind === 'array') return `[${value.items.map(shown).join(', ')}]`;
  return `${value.path.value.join('.')}(${(value.args ?? []).map(shown).join(', ')})`;
}

/** What `///` comments say of the declaration or field that they stand before. */
function docsOf<T extends { readonly kind: string }>(members: readonly T[]): ReadonlyMap<T, string> {
  const docs = new Map<T, string>();
  for (const [index, member] of members.entries()) {
    const block: { readonly kind: string; readonly comments?: readonly { readonly kind: string; readonly text: string }[] } | undefined =
      members[index - 1];
    if (block?.kind !== 'commentBlock') continue;
    const text = (block.comments ?? []).flatMap((comment) => (comment.kind === 'docComment' ? [comment.text.trim()] : [])).join(' ');
    if (text !== '') docs.set(member, text.slice(0, 300));
  }
  return docs;
}
