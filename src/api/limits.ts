import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  getVariableValues,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { PlatformError, messageOf } from '../../graph/errors.ts';

/** What one request may ask for. */
export const LIMITS = {
  /** Bytes of a request's body. */
  bodyBytes: 256 * 1024,
  /** Lexical tokens of a document. */
  tokens: 2_000,
  /** Nested fields. */
  depth: 12,
  /** Renamed fields, fragments expanded. */
  aliases: 30,
  /** Objects that can be returned, by {@link sizeOf}. */
  cost: 10_000,
  /** Items of one page. */
  page: 200,
  /** Edges of one entity that can be paged through in one direction. */
  edges: 10_000,
  /** Milliseconds until a request is given up. */
  requestMilliseconds: 30_000,
  /** Ingests that wait for their turn. */
  queuedJobs: 16,
  /** Jobs whose outcome is remembered. */
  keptJobs: 100,
} as const;

/** Items that a list without a page size is taken to have. */
const ASSUMED_ITEMS = 10;

/** Fields that compute before they return, in the currency of objects. */
const EXTRA_COST: Readonly<Record<string, number>> = {
  'Query.impact': 50,
  'Query.path': 50,
  'Query.search': 50,
  'Query.files': 50,
  'Query.retrieve': 200,
  'Query.similar': 50,
  'Query.related': 50,
  'Query.impactOfDiff': 500,
  'Query.spec': 50,
  'Query.specs': 50,
  'Query.specDiff': 50,
  // Each asks Git for the versions of its log.
  'SpecConnection.nodes': 10,
  'SpecEdge.node': 10,
};

export interface Size {
  readonly depth: number;
  readonly aliases: number;
  /**
   * The most objects the operation can return: each object counts 1, times the pages (`first`) it stands on. Scalars are
   * free: their number is bounded by the document's length.
   */
  readonly cost: number;
}

/**
 * Measures a valid operation. Linear in the document: every fragment is measured once, however often it is spread.
 * Introspection is left out; graphql-js bounds it.
 */
export function sizeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Size>();

  const ofFragment = (name: string): Size => {
    let size = measured.get(name);
    if (!size) {
      const fragment = fragments.get(name)!;
      size = ofSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value) as GraphQLCompositeType);
      measured.set(name, size);
    }
    return size;
  };

  const ofField = (node: FieldNode, parent: GraphQLCompositeType): Size => {
    const aliases = node.alias ? 1 : 0;
    const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (!field) return { depth: 0, aliases, cost: 0 }; // __typename, __schema, __type
    const given = argumentsOf(() => getArgumentValues(field, node, variables))['first'];
    const type = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(type)) return { depth: 1, aliases, cost: 0 };
    const inner = ofSelections(node.selectionSet, type);
    const paged = parent.name.endsWith('Connection');
    const items = typeof given === 'number' ? Math.max(given, 1) : isListType(getNullableType(field.type)) && !paged ? ASSUMED_ITEMS : 1;
    return {
      depth: 1 + inner.depth,
      aliases: aliases + inner.aliases,
      cost: (EXTRA_COST[`${parent.name}.${field.name}`] ?? 0) + items * (1 + inner.cost),
    };
  };

  const ofSelections = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType): Size =>
    selections
      .map((selection) => {
        switch (selection.kind) {
          case Kind.FIELD:
            return ofField(selection, parent);
          case Kind.FRAGMENT_SPREAD:
            return ofFragment(selection.name.value);
          case Kind.INLINE_FRAGMENT:
            return ofSelections(selection.selectionSet, parent);
        }
      })
      .reduce(
        (sum, { depth, aliases, cost }) => ({
          depth: Math.max(sum.depth, depth),
          aliases: sum.aliases + aliases,
          cost: sum.cost + cost,
        }),
        { depth: 0, aliases: 0, cost: 0 },
      );

  return ofSelections(operation.selectionSet, schema.getRootType(operation.operation)!);
}

/**
 * Throws `LIMIT_EXCEEDED` for an operation that asks for too much, and `BAD_INPUT` for arguments that do not fit, before
 * anything is executed. `given` are the variables of the request; when they do not fit their types, execution says so.
 */
export function checkOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): void {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (!coerced) return;
  const size = sizeOf(schema, document, operation, coerced);
  for (const [name, hint] of HINTS) {
    if (size[name] <= LIMITS[name]) continue;
    throw new PlatformError('LIMIT_EXCEEDED', `The query has a ${name} of ${size[name]}; at most ${LIMITS[name]} is allowed. ${hint}`, {
      details: { limit: name, allowed: LIMITS[name], found: size[name] },
    });
  }
}

const HINTS: readonly (readonly [keyof Size, string])[] = [
  ['depth', 'Ask for fewer levels, then go on from the ids.'],
  ['aliases', 'Send several requests.'],
  ['cost', 'Ask for smaller pages or fewer levels.'],
];

/** A null variable passes validation for `argument: Int! = 1`, and fails here. */
function argumentsOf(read: () => Record<string, unknown>): Record<string, unknown> {
  try {
    return read();
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', messageOf(cause), { cause });
  }
}
