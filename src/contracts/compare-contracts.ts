import type { Node } from '../../graph/model/node.ts';
import type { ChangeKind, DetectedChange } from '../../graph/query/change.ts';
import type { SourceFormat } from '../../ingest/file-worker.ts';
import { asyncapi } from '../../ingest/workers/asyncapi/asyncapi.ts';
import { graphqlFormat } from '../../ingest/workers/graphql/graphql.ts';
import { openapi } from '../../ingest/workers/openapi/openapi.ts';
import { protobufFormat } from '../../ingest/workers/protobuf/protobuf.ts';
import { compareGraphql } from './compare-graphql.ts';
import { compareOpenapi } from './compare-openapi.ts';
import { askedOf, type ContractChange } from './contract-change.ts';
import { oasdiff } from './oasdiff.ts';

/** One version of a document. */
export interface ContractVersion {
  readonly path: string;
  readonly text: string;
  /** Other files that it may refer to, in the same version as far as they are known. */
  other(path: string): string | undefined;
}

/** Formats of which two versions are compared by what they state. A new one is a line here. */
const FORMATS: readonly SourceFormat[] = [openapi, asyncapi, graphqlFormat, protobufFormat];

/** The format in which a file is a contract; undefined when it is none. */
export const contractFormatOf = (path: string, text: string): SourceFormat | undefined =>
  FORMATS.find(({ claims, recognises }) => claims(path) && (recognises?.(text, path) ?? true));

/** What a contract and its changes are to a graph. */
export interface ComparedContract {
  /** As the graph can be asked about them. */
  readonly asked: readonly DetectedChange[];
  /** As the contract states them, where its format is compared part by part; each with the question that it becomes. */
  readonly stated: readonly { readonly change: ContractChange; readonly asked?: DetectedChange }[];
  /** Changes of schemas that other documents may refer to, where operations are compared with what these are made of. */
  readonly shared: readonly DetectedChange[];
}

/**
 * What differs between two versions of a contract, as the graph can be asked about it. Of a document that is gone all
 * operations are; a new one concerns nobody. OpenAPI is compared by oasdiff as well, and GraphQL by GraphQL
 * Inspector, where they can read both versions.
 */
export async function compareContracts(
  repo: string,
  before: ContractVersion,
  after: ContractVersion | undefined,
): Promise<ComparedContract> {
  const format = contractFormatOf(before.path, before.text);
  if (!format) return { asked: [], stated: [], shared: [] };
  const nodesOf = async (version: ContractVersion | undefined): Promise<readonly Node[]> => {
    if (!version) return [];
    // Ids of a version that was moved are compared as if it had stayed.
    const source = { repo, path: before.path, text: version.text, has: (path: string) => version.other(path) !== undefined };
    return (await format.read({ ...source, other: (path) => version.other(path) })).nodes;
  };
  const [was, is] = await Promise.all([nodesOf(before), nodesOf(after)]);
  if (format === graphqlFormat && after) {
    const asked = await compareGraphql({ text: before.text, nodes: was }, after.text, before.path);
    if (asked) return { asked, stated: [], shared: [] };
  }
  if (format !== openapi) return { asked: compareStated(was, is, before.path), stated: [], shared: [] };
  const reported = after ? await oasdiff(before.text, after.text) : [];
  const stated = compareOpenapi(was, is, reported).map((change) => {
    const asked = askedOf(change, before.path);
    return { change, ...(asked ? { asked } : {}) };
  });
  const shared = compareStated(was.filter(isShared), is.filter(isShared), before.path);
  return { asked: stated.flatMap(({ asked }) => asked ?? []), stated, shared };
}

/** A schema with a name, or a property of one: `#User.email`, not `#GET /users response.200.email`. */
const isShared = ({ kind, id }: Node): boolean =>
  kind === 'Schema' || (kind === 'SchemaProperty' && !/#[A-Z]+ \S+ (request|response)\./.test(id));

const COMPARED: ReadonlySet<Node['kind']> = new Set<Node['kind']>(['Operation', 'Channel', 'Message', 'Schema', 'SchemaProperty']);

/** By id: what is gone, what was renamed out of reach, fields of another type, members that have to be sent now. */
function compareStated(before: readonly Node[], after: readonly Node[], file: string): readonly DetectedChange[] {
  const is = new Map(after.map((node) => [node.id, node]));
  const was = new Map(before.map((node) => [node.id, node]));
  const found: DetectedChange[] = [];
  const report = (node: Node, change: ChangeKind, detail: string): void => {
    found.push({ id: node.id, file, declaration: node.id.slice(node.id.indexOf('#') + 1), change, detail });
  };
  for (const node of before) {
    if (!COMPARED.has(node.kind)) continue;
    const now = is.get(node.id);
    if (!now) {
      if (!ownersOf(node.id).some((owner) => was.has(owner) && !is.has(owner))) report(node, 'remove', `${node.name} was removed`);
      continue;
    }
    if (node.kind !== 'SchemaProperty' || now.kind !== 'SchemaProperty') continue;
    const [a, b] = [node.props, now.props];
    if ((a.type ?? '') !== (b.type ?? '') || (a.format ?? '') !== (b.format ?? ''))
      report(node, 'change-type', `type of ${node.name}: ${typeOf(a)} → ${typeOf(b)}`);
    else if (!a.required && b.required) report(node, 'make-required', `${node.name} is required now`);
    else if (a.required && !b.required) report(node, 'make-optional', `${node.name} may be missing now`);
  }
  for (const node of after) {
    if (node.kind !== 'SchemaProperty' || was.has(node.id) || node.props.required !== true) continue;
    const operation = ownersOf(node.id).flatMap((owner) => was.get(owner) ?? [])[0];
    if (operation?.kind === 'Operation') report(operation, 'add-required-parameter', `${node.name} has to be sent`);
  }
  return found;
}

/** Ids of what something is a part of, innermost first: `#User.address.city` is of `#User.address` and of `#User`. */
function ownersOf(id: string): readonly string[] {
  const start = id.indexOf('#');
  if (start < 0) return [];
  const ends = [...id.slice(start).matchAll(/[.( ]/g)].map(({ index }) => start + index);
  return ends.reverse().map((end) => id.slice(0, end));
}

const typeOf = ({ type, format }: { readonly type?: string | undefined; readonly format?: string | undefined }): string =>
  [type ?? 'any', ...(format === undefined ? [] : [`(${format})`])].join(' ');
