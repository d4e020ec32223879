import type { CallKey, Expr, GraphqlUseKey, LinkKeys, Published } from '../../keys.ts';
import { clientsOf, parseGraphql } from '../../parse/graphql-uses.ts';
import { linesOf } from '../../parse/lines.ts';

/** Packages that have a tag, or function, for documents: `gql`, `graphql`. */
const CLIENTS =
  /^(?:graphql-tag|@apollo\/client(?:\/.*)?|apollo-boost|graphql-request|urql|@urql\/.+|gatsby|react-relay|@apollo\/react-.+)$/;
const TAG = /^(?:gql|graphql|default)$/;
const DOCUMENT = /\b(?:query|mutation|subscription|fragment)\b|^\s*\{/;
/** Longer ones are no documents that people write. */
const LONGEST = 50_000;

/** What queries within code use: ``gql`query { user { name } }` ``. Those of one declaration are one document. */
export function usesInCode(keys: LinkKeys): readonly Published<GraphqlUseKey>[] {
  return keys.of('call').flatMap(({ repo, file, value }) => {
    const text = documentOf(value);
    if (text === undefined) return [];
    const document = parseGraphql(text);
    if (!('kind' in document)) return [];
    const lines = linesOf(text);
    return clientsOf(document).flatMap(({ uses }) =>
      uses.map(({ at, ...use }): Published<GraphqlUseKey> => {
        const { line, col } = lines.at(at);
        // The text begins somewhere on the line of its tag; further lines stand as they are.
        const place = line === 1 ? { line: value.line, col: value.col } : { line: value.line + line - 1, col };
        return { repo, file, value: { key: 'graphql-use', from: value.from, ...use, ...place } };
      }),
    );
  });
}

function documentOf({ callee, args }: CallKey): string | undefined {
  if (callee.is !== 'external' || !CLIENTS.test(callee.package) || !TAG.test(callee.path.at(-1) ?? '')) return undefined;
  const text = args[0] && textOf(args[0]);
  return text !== undefined && text.length <= LONGEST && DOCUMENT.test(text) ? text : undefined;
}

/** Fragments that are put in by name, `${PERSON}`, are known by name; there is nothing in their place. */
function textOf(expr: Expr): string | undefined {
  if (expr.is === 'text') return expr.text;
  return expr.is === 'join' ? expr.parts.map((part) => (part.is === 'text' ? part.text : '')).join('') : undefined;
}
