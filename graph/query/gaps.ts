import { EDGE_CODE } from '../model/edge.ts';
import { parseId } from '../model/id.ts';
import { KIND_CODE } from '../model/node.ts';
import { NODE_FLAGS, type Snapshot } from '../snapshot/csr.ts';
import { moduleOf } from './module-of.ts';

/**
 * The gaps that may hide a dependent of a declaration: a member of its name reached through `any`, a computed access to
 * the type that declares it, an import that did not resolve and may mean its module, a module that imports its own and
 * does not parse or is too large; of what is no code, a document of the repository that was not read and is of a format
 * in which such things are referred to. Gap nodes, in id order.
 */
export function gapsOnTheWay(graph: Snapshot, target: number): readonly number[] {
  const { kind, name, parent, flags, file, viaOffsets, viaEdges, inOffsets, inEdges, edgeType, edgeFrom, edgeTo } = graph;
  const found = new Set<number>();
  const owner = parent[target]!;
  const isMember = owner >= 0 && kind[owner] !== KIND_CODE.Module && kind[owner] !== KIND_CODE.Namespace;
  if (isMember) {
    for (let i = viaOffsets[owner]!; i < viaOffsets[owner + 1]!; i++) {
      const edge = viaEdges[i]!;
      if (edgeType[edge] === EDGE_CODE.AFFECTED_BY_GAP) found.add(edgeTo[edge]!);
    }
  }
  const module = moduleOf(graph, target);
  const { repo, scheme = '' } = parseId(graph.id(target)) ?? {};
  const formats = module < 0 ? REFERRED_TO_IN[scheme] : undefined;
  const importers = new Set<number>([module]);
  if (module >= 0) {
    for (let i = inOffsets[module]!; i < inOffsets[module + 1]!; i++) {
      const edge = inEdges[i]!;
      if (edgeType[edge] === EDGE_CODE.IMPORTS || edgeType[edge] === EDGE_CODE.RE_EXPORTS) importers.add(edgeFrom[edge]!);
    }
  }
  const stem = graph
    .fileText(target)
    ?.replace(/(\/index)?\.[cm]?[jt]sx?$/, '')
    .split('/')
    .at(-1);
  const exported = (flags[target]! & NODE_FLAGS.exported) !== 0 || isMember;
  for (const { gap, reason, detail } of gapNodes(graph)) {
    if (reason === 'any-receiver') {
      if (isMember && name[gap] === name[target]) found.add(gap);
    } else if (reason === 'unresolved-import') {
      if (
        exported &&
        stem !== undefined &&
        detail
          .split('/')
          .at(-1)
          ?.replace(/\.[cm]?[jt]sx?$/, '') === stem
      )
        found.add(gap);
    } else if (reason === 'dynamic-import') {
      if (exported && mayLoad(detail, graph.fileText(target))) found.add(gap);
    } else if (reason === 'parse-failure' || reason === 'too-large' || reason === 'unreadable') {
      for (const importer of importers) if (importer >= 0 && file[importer] === file[gap]) found.add(gap);
      if (formats?.has(detail) && parseId(graph.id(gap))?.repo === repo) found.add(gap);
    }
  }
  return [...found].sort((a, b) => a - b);
}

const CONFIGURATION = ['compose', 'kubernetes', 'helm', 'dotenv', 'dockerfile', 'github-actions', 'terraform', 'pulumi'];
const SCHEMAS = ['openapi', 'asyncapi', 'json-schema'];

/** By the scheme of a thing's id, the formats of documents in which such things are referred to. */
const REFERRED_TO_IN: Readonly<Partial<Record<string, ReadonlySet<string>>>> = {
  api: new Set([...SCHEMAS, 'protobuf', 'spec']),
  schema: new Set(SCHEMAS),
  event: new Set([...SCHEMAS, 'spec']),
  gql: new Set(['graphql']),
  table: new Set(['sql', 'prisma']),
  db: new Set(['sql', 'prisma']),
  env: new Set(CONFIGURATION),
  svc: new Set([...CONFIGURATION, 'backstage', 'spec']),
  res: new Set([...CONFIGURATION, 'backstage']),
  spec: new Set(['spec']),
  policy: new Set(['policy', 'spec']),
};

/** Whether a computed specifier, `./locales/${name}.js`, may mean a file: what is literal at its start stands in the path. */
function mayLoad(expression: string, path: string | undefined): boolean {
  const literal = /[`'"](?<start>[^`'"$]+)/.exec(expression)?.groups?.['start']?.replace(/^(\.{1,2}\/)+/, '');
  return literal !== undefined && literal !== '' && path !== undefined && `/${path}`.includes(`/${literal}`);
}

interface GapNode {
  readonly gap: number;
  readonly reason: string;
  readonly detail: string;
}

const gapCache = new WeakMap<Snapshot, readonly GapNode[]>();

function gapNodes(graph: Snapshot): readonly GapNode[] {
  let gaps = gapCache.get(graph);
  if (!gaps) {
    const found: GapNode[] = [];
    graph.kind.forEach((kind, gap) => {
      if (kind === KIND_CODE.Gap) found.push({ gap, ...splitDescriptor(graph.id(gap)) });
    });
    gapCache.set(graph, (gaps = found));
  }
  return gaps;
}

function splitDescriptor(id: string): Omit<GapNode, 'gap'> {
  const descriptor = id.slice(id.indexOf('#') + 1);
  const colon = descriptor.indexOf(':');
  return colon < 0 ? { reason: descriptor, detail: '' } : { reason: descriptor.slice(0, colon), detail: descriptor.slice(colon + 1) };
}
