import { Kind } from 'graphql';
import { sectionId, documentId } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import type { Diagnostic } from '../../../graph/model/provenance.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import type { GraphqlUseKey } from '../../keys.ts';
import { clientsOf, parseGraphql, type GraphqlClient } from '../../parse/graphql-uses.ts';
import { linesOf, type Lines } from '../../parse/lines.ts';
import { repeatedDefinitions } from './repeated.ts';
import { readSchema } from './schema.ts';
import { schemaName } from './schema-name.ts';

/** GraphQL schemas, and the queries of clients; `link/graphql.ts` joins the two. */
export const graphqlFormat: SourceFormat = {
  name: 'graphql',
  version: 3,
  claims: (path) => /\.(?:graphqls?|gql)$/i.test(path),
  read,
};

function read(source: Source): SourceFacts {
  const { repo, path, text } = source;
  const lines = linesOf(text);
  const document = parseGraphql(text);
  if (!('kind' in document))
    return { nodes: [], edges: [], diagnostics: isBare(text) ? [] : [failure(path, document.message, lines, document.at)] };
  const clients = clientsOf(document);
  const client = clients.map((each) => clientDocument(repo, path, each, lines));
  const hasSchema = document.definitions.some(({ kind }) => kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FRAGMENT_DEFINITION);
  const schema = hasSchema ? readSchema(repo, schemaName(source, document), path, document, lines) : { nodes: [], edges: [], keys: [] };
  const nodes = new Map<string, Node>();
  for (const node of [...schema.nodes, ...client.map((each) => each.node)]) if (!nodes.has(node.id)) nodes.set(node.id, node);
  return {
    nodes: [...nodes.values()],
    edges: schema.edges,
    diagnostics: repeatedDefinitions(document, path, lines),
    keys: [...schema.keys, ...client.flatMap(({ keys }) => keys)],
  };
}

/** Nothing but comments is no document to the parser, and no mistake either. */
const isBare = (text: string): boolean => text.replaceAll(/#[^\n]*|\uFEFF|[\s,]/g, '') === '';

function failure(file: string, message: string, lines: Lines, at: number): Diagnostic {
  const text = `Is not valid GraphQL: ${message} Nothing of the file is known until that is corrected.`;
  return { code: 'parse-failure', severity: 'error', message: text, file, span: lines.span(at, at) };
}

/** An operation or fragment is a document of its own within its file; one without a name is the file's. */
function clientDocument(
  repo: string,
  path: string,
  { kind, name, start, end, uses }: GraphqlClient,
  lines: Lines,
): { readonly node: Node; readonly keys: readonly GraphqlUseKey[] } {
  const title = kind === 'fragment' ? `fragment ${name ?? ''}` : name;
  const id = title === undefined ? documentId(repo, path) : sectionId(repo, path, title);
  return {
    node: {
      id,
      kind: 'Document',
      name: name ?? path,
      repo,
      file: path,
      span: lines.span(start, end),
      props: { title: `${kind} ${name ?? ''}`.trim() },
    },
    keys: uses.map(({ at, ...use }) => ({ key: 'graphql-use', from: id, ...use, ...lines.at(at) })),
  };
}
