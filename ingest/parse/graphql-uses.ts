import {
  GraphQLError,
  Kind,
  parse,
  type DocumentNode,
  type OperationDefinitionNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import type { GraphqlUseKey } from '../keys.ts';
import { messageOf } from '../../graph/errors.ts';

/** Tokens of a document: more is an attack, or no document. */
const MOST_TOKENS = 500_000;

/** One operation or fragment of a client document. */
export interface GraphqlClient {
  readonly kind: 'query' | 'mutation' | 'subscription' | 'fragment';
  readonly name?: string;
  readonly start: number;
  readonly end: number;
  /** Without `from`; offsets instead of lines. */
  readonly uses: readonly (Omit<GraphqlUseKey, 'key' | 'from' | 'line' | 'col'> & { readonly at: number })[];
}

export interface GraphqlProblem {
  readonly message: string;
  readonly at: number;
}

/** A document as GraphQL's own parser reads it, or what is wrong with it. */
export function parseGraphql(text: string): DocumentNode | GraphqlProblem {
  try {
    return parse(text, { maxTokens: MOST_TOKENS, allowLegacyFragmentVariables: true });
  } catch (error) {
    const at = error instanceof GraphQLError ? (error.positions?.[0] ?? 0) : 0;
    return { message: messageOf(error), at };
  }
}

const ROOTS = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

/** What the operations and fragments of a document select. Types are for whoever knows the schema. */
export function clientsOf({ definitions }: DocumentNode): readonly GraphqlClient[] {
  return definitions.flatMap((definition): readonly GraphqlClient[] => {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) return [];
    const isFragment = definition.kind === Kind.FRAGMENT_DEFINITION;
    const on = isFragment ? definition.typeCondition.name.value : ROOTS[definition.operation];
    const uses: GraphqlClient['uses'][number][] = [];
    const root = isFragment
      ? ({ root: 'fragment', on, fragment: definition.name.value } as const)
      : ({ root: definition.operation } as const);
    for (const { type, at } of variableTypes(definition)) uses.push({ ...root, path: [on], type, at });
    select(definition.selectionSet, [on], (path, use) => uses.push({ ...root, path, ...use }));
    const name = definition.name?.value;
    return [
      {
        kind: root.root,
        ...(name === undefined ? {} : { name }),
        start: definition.name?.loc?.start ?? definition.loc?.start ?? 0,
        end: definition.loc?.end ?? 0,
        uses,
      },
    ];
  });
}

function variableTypes({
  variableDefinitions = [],
}: OperationDefinitionNode | FragmentDefinitionNode): readonly { readonly type: string; readonly at: number }[] {
  return variableDefinitions.map(({ type }) => ({ type: namedType(type), at: type.loc?.start ?? 0 }));
}

/** `[User!]!` is `User`. */
export const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

type Found = Pick<GraphqlClient['uses'][number], 'at' | 'args' | 'spread'>;

function select({ selections }: SelectionSetNode, path: readonly string[], found: (path: readonly string[], use: Found) => void): void {
  for (const selection of selections) {
    const at = selection.loc?.start ?? 0;
    if (selection.kind === Kind.FRAGMENT_SPREAD) found(path, { at, spread: selection.name.value });
    else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { typeCondition } = selection;
      select(selection.selectionSet, typeCondition ? [...path, `...${typeCondition.name.value}`] : path, found);
    } else {
      const { name, arguments: given = [] } = selection;
      if (name.value.startsWith('__')) continue;
      const inner = [...path, name.value];
      const args = given.map((argument) => argument.name.value);
      found(inner, { at: name.loc?.start ?? at, ...(args.length > 0 ? { args } : {}) });
      if (selection.selectionSet) select(selection.selectionSet, inner, found);
    }
  }
}
