import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UnitDelta } from '../../../../graph/model/delta.ts';
import { factsOf, type Edge, type EdgeType, type SiteFact } from '../../../../graph/model/edge.ts';
import type { DeclarationProps, Node, NodeKind } from '../../../../graph/model/node.ts';
import type { Diagnostic } from '../../../../graph/model/provenance.ts';
import type { DiscoveredFile } from '../../../../ingest/worker.ts';
import { createTypescriptWorker } from '../../../../ingest/workers/typescript/worker.ts';

/** Texts by path; a path that ends with `/` is an empty folder. */
export type Sources = Readonly<Record<string, string>>;

const REPOSITORY = 'shop';

/** As most projects have it, without the DOM: parsing its types takes longer than a whole fixture. */
const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    target: 'es2022',
    lib: ['es2022'],
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'preserve',
    experimentalDecorators: true,
    types: [],
  },
});

export interface SeenSite {
  readonly line: number;
  readonly col: number;
  readonly args?: number;
  readonly facts: readonly SiteFact[];
}

/** What the worker states about a fixture, in short names: `src/cart.ts#Cart.add` instead of `shop//code:src/cart.ts#Cart.add`. */
export interface Extracted {
  readonly units: readonly UnitDelta[];
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly diagnostics: readonly Diagnostic[];
  /** `TYPE to`, or `TYPE to via third`, of every edge that starts at `from` and ends elsewhere; of some types only when they are given. */
  from(from: string, ...types: readonly EdgeType[]): readonly string[];
  /** `from TYPE` of every edge that ends at `to`; of some types only when they are given. */
  to(to: string, ...types: readonly EdgeType[]): readonly string[];
  /** The places that state an edge; empty when there is no such edge. */
  sites(from: string, type: EdgeType, to: string, via?: string): readonly SeenSite[];
  node(name: string): Node | undefined;
  /** Properties of a declaration. Throws when it is not there. */
  props(name: string): DeclarationProps;
  /** Names of all nodes of some kinds. */
  names(...kinds: readonly NodeKind[]): readonly string[];
  /** `reason detail` of every gap in the way of `from`. */
  gaps(from: string): readonly string[];
}

const short = (id: string): string => id.replace(`${REPOSITORY}//`, '').replace(/^code:/, '');

/** Writes the sources to a folder of their own, extracts them, and removes them. */
export async function extractFrom(sources: Sources): Promise<Extracted> {
  const hasConfig = Object.keys(sources).some((file) => /(^|\/)[tj]sconfig[^/]*\.json$/.test(file));
  return inFolder(hasConfig ? sources : { 'tsconfig.json': TSCONFIG, ...sources }, (root) => extractFolder(root));
}

/** As {@link extractFrom}, for repositories without a tsconfig. */
export const extractWithoutConfig = async (sources: Sources): Promise<Extracted> => inFolder(sources, extractFolder);

async function inFolder<T>(sources: Sources, use: (root: string) => Promise<T>): Promise<T> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'specgraph-fixture-')));
  try {
    for (const [file, text] of Object.entries(sources)) {
      const absolute = path.join(root, file);
      mkdirSync(file.endsWith('/') ? absolute : path.dirname(absolute), { recursive: true });
      if (!file.endsWith('/')) writeFileSync(absolute, text);
    }
    return await use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function extractFolder(root: string): Promise<Extracted> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => !/(^|\/)node_modules\//.test(file) && statSync(path.join(root, file)).isFile())
    .map((file): DiscoveredFile => ({ path: file, hash: '', size: statSync(path.join(root, file)).size, claimedBy: [] }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const units: UnitDelta[] = [];
  const session = createTypescriptWorker().open({ name: REPOSITORY, root });
  try {
    for await (const unit of session.extract({ files, previous: new Map() }, {})) units.push(unit);
  } finally {
    session[Symbol.dispose]();
  }
  return describeUnits(units);
}

/** Reads deltas in short names. */
export function describeUnits(units: readonly UnitDelta[]): Extracted {
  const nodes = units.flatMap((unit) => unit.nodes);
  const edges = units.flatMap((unit) => unit.edges);
  const wanted = (types: readonly EdgeType[], edge: Edge): boolean => types.length === 0 || types.includes(edge.type);
  const node = (name: string): Node | undefined => nodes.find(({ id }) => short(id) === name);
  return {
    units,
    nodes,
    edges,
    diagnostics: units.flatMap((unit) => unit.diagnostics),
    from: (from, ...types) =>
      edges
        .filter((edge) => short(edge.from) === from && edge.to !== edge.from && wanted(types, edge))
        .map(({ type, to, via }) => `${type} ${short(to)}${via === undefined ? '' : ` via ${short(via)}`}`),
    to: (to, ...types) =>
      edges.filter((edge) => short(edge.to) === to && wanted(types, edge)).map(({ from, type }) => `${short(from)} ${type}`),
    sites: (from, type, to, via) =>
      edges
        .filter((edge) => edge.type === type && short(edge.from) === from && short(edge.to) === to)
        .filter((edge) => via === undefined || (edge.via !== undefined && short(edge.via) === via))
        .flatMap((edge) => edge.sites)
        .map(({ line, col, args, facts }) => ({ line, col, ...(args === undefined ? {} : { args }), facts: factsOf(facts ?? 0) })),
    node,
    props: (name) => {
      const found = node(name);
      if (!found || !('props' in found)) throw new Error(`${name} is not there; there are ${nodes.map(({ id }) => short(id)).join(', ')}`);
      return found.props as DeclarationProps;
    },
    names: (...kinds) => nodes.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => short(id)),
    gaps: (from) =>
      edges.flatMap((edge) => {
        const gap = edge.type === 'AFFECTED_BY_GAP' && short(edge.from) === from && nodes.find(({ id }) => id === edge.to);
        return gap && gap.kind === 'Gap' ? [`${gap.props.reason} ${gap.name}`] : [];
      }),
  };
}
