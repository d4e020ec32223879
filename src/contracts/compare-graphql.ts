import { buildASTSchema, type GraphQLSchema } from 'graphql';
import type { Node } from '../../graph/model/node.ts';
import type { ChangeKind, DetectedChange } from '../../graph/query/change.ts';
import { parseGraphql } from '../../ingest/parse/graphql-uses.ts';

/** What GraphQL Inspector reports, as far as it is looked at. */
interface Reported {
  readonly type: string;
  readonly path?: string;
  readonly message: string;
  readonly meta: object;
  readonly criticality: { readonly level: string };
}

/**
 * What GraphQL Inspector says breaks clients between two versions of a schema, as the graph can be asked about it; undefined
 * where it cannot compare them: a version is a piece of a schema that names types of other files.
 */
export async function compareGraphql(
  before: { readonly text: string; readonly nodes: readonly Node[] },
  after: string,
  file: string,
): Promise<readonly DetectedChange[] | undefined> {
  const api = before.nodes.find(({ kind }) => kind === 'Api')?.id;
  const [was, is] = [schemaOf(before.text), schemaOf(after)];
  if (api === undefined || !was || !is) return undefined;
  const { diff } = await import('@graphql-inspector/core');
  const known = new Set(before.nodes.map(({ id }) => id));
  const found = new Map<string, DetectedChange>();
  for (const change of (await diff(was, is)) as readonly Reported[]) {
    const asked = change.criticality.level === 'BREAKING' ? askedOf(change) : undefined;
    const id = asked && `${api}#${asked.declaration}`;
    if (id !== undefined && known.has(id) && !found.has(id)) found.set(id, { id, file, ...asked!, detail: change.message });
  }
  return [...found.values()];
}

function schemaOf(text: string): GraphQLSchema | undefined {
  const document = parseGraphql(text);
  if (!('kind' in document)) return undefined;
  try {
    return buildASTSchema(document, { assumeValidSDL: true });
  } catch {
    return undefined;
  }
}

type Asked = Pick<DetectedChange, 'declaration' | 'change'>;

/** By Inspector's kinds of change; where it knows more than the graph, the type as a whole has changed. */
function askedOf({ type, path, meta }: Reported): Asked | undefined {
  const said = (name: string): string | undefined => {
    const value: unknown = Object.hasOwn(meta, name) ? Reflect.get(meta, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const typeName = said('typeName') ?? said('inputName') ?? said('enumName') ?? said('unionName');
  const field = `${typeName}.${said('fieldName') ?? said('inputFieldName') ?? ''}`;
  switch (type) {
    case 'TYPE_REMOVED':
      return { declaration: said('removedTypeName') ?? '', change: 'remove' };
    case 'FIELD_REMOVED':
      return { declaration: `${typeName}.${said('removedFieldName')}`, change: 'remove' };
    case 'INPUT_FIELD_REMOVED':
      return { declaration: `${typeName}.${said('removedFieldName')}`, change: 'remove' };
    case 'ENUM_VALUE_REMOVED':
      return { declaration: `${typeName}.${said('removedEnumValueName')}`, change: 'remove' };
    case 'FIELD_ARGUMENT_REMOVED':
      return { declaration: `${field}(${said('removedFieldArgumentName')})`, change: 'remove' };
    case 'FIELD_ARGUMENT_ADDED':
      return { declaration: field, change: 'add-required-parameter' };
    case 'FIELD_TYPE_CHANGED':
      return { declaration: field, change: retyped(said('oldFieldType'), said('newFieldType'), 'make-optional') };
    case 'FIELD_ARGUMENT_TYPE_CHANGED':
      return {
        declaration: `${field}(${said('argumentName')})`,
        change: retyped(said('oldArgumentType'), said('newArgumentType'), 'make-required'),
      };
    case 'INPUT_FIELD_TYPE_CHANGED':
      return { declaration: field, change: retyped(said('oldInputFieldType'), said('newInputFieldType'), 'make-required') };
    default: {
      const whole = typeName ?? said('objectTypeName') ?? path?.split('.')[0];
      return whole === undefined ? undefined : { declaration: whole, change: 'change-type' };
    }
  }
}

/** The same type, but for whether it may be null. */
const retyped = (before = '', after = '', nullability: ChangeKind): ChangeKind =>
  before.replaceAll('!', '') === after.replaceAll('!', '') ? nullability : 'change-type';
