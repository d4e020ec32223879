import { compare, EDGE_CODE } from '../../../graph/model/edge.ts';
import { KIND_CODE } from '../../../graph/model/node.ts';
import { dependenciesOf } from '../../../graph/query/edges-of.ts';
import { moduleOf } from '../../../graph/query/module-of.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';
import { fileKindOf, type FileKind } from './file-kind.ts';
import type { LikelyFile } from './likely-files.ts';
import type { RepoFiles } from './repo-files.ts';
import { LIKELY } from './size.ts';

/** Share of the most likely file from which one may have to change; chosen on hono and typeorm, `node bench/decompose.mjs`. */
const MAY_CHANGE = 0.35;
/** The same of what most requests do not touch, whatever words it has in common with them. */
const UNUSUAL: Readonly<Partial<Record<FileKind, number>>> = { docs: 0.4, infrastructure: LIKELY };
/** Files of a small request, and how many more for each criterion after the third, in all. */
const FEW = 10;
const MORE = 2;
const MOST = 24;
const SMALL = 3;
/** What a contract has of what serves it: it changes only where the feature changes what is promised. */
const PROMISED = 0.9;

/** The files that a plan is about: those likely enough, one document at least as likely, and the contracts of what they serve. */
export function selectFiles(likely: readonly LikelyFile[], parts: number, files: RepoFiles, graph: Snapshot): readonly LikelyFile[] {
  const most = Math.min(MOST, FEW + MORE * Math.max(0, parts - SMALL));
  const enough = likely.filter(({ kind, score }) => score >= (UNUSUAL[kind] ?? MAY_CHANGE));
  const chosen = enough.filter(({ kind }) => kind !== 'docs').slice(0, most);
  const documents = enough.filter(({ kind }) => kind === 'docs').slice(0, parts > SMALL ? 2 : 1);
  const known = new Set(chosen.map(({ path }) => path));
  const promised = contractsOf(chosen, files, graph).filter(({ path }) => !known.has(path));
  return [...chosen, ...promised, ...documents].sort((a, b) => b.score - a.score || compare(a.path, b.path));
}

/** The contracts of the operations that files that are likely to change handle. */
function contractsOf(chosen: readonly LikelyFile[], { byPath, holds }: RepoFiles, graph: Snapshot): readonly LikelyFile[] {
  const serving = new Map(
    chosen
      .filter(({ kind, score }) => kind === 'code' && score >= LIKELY)
      .map((file) => [byPath.get(file.path)?.module ?? -1, file] as const),
  );
  const found = new Map<string, LikelyFile>();
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (graph.edgeType[edge] !== EDGE_CODE.HANDLES) continue;
    const server = serving.get(moduleOf(graph, graph.edgeFrom[edge]!));
    if (!server) continue;
    const handled = graph.edgeTo[edge]!;
    for (const operation of [handled, ...dependenciesOf(graph, handled, 'REALIZES')]) {
      const file =
        graph.kind[operation] === KIND_CODE.Operation && holds(operation) ? byPath.get(graph.fileText(operation) ?? '') : undefined;
      if (!file || fileKindOf(file) !== 'contract' || (found.get(file.path)?.score ?? 0) >= PROMISED * LIKELY * server.score) continue;
      const { path, parts, score } = server;
      found.set(file.path, {
        ...{ path: file.path, isNew: false, kind: 'contract', parts, node: graph.id(operation) },
        ...{ score: PROMISED * LIKELY * score, reason: `says what ${path} serves` },
      });
    }
  }
  return [...found.values()];
}
