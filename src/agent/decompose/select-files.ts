import { compare, EDGE_CODE } from '../../../graph/model/edge.ts';
import { KIND_CODE } from '../../../graph/model/node.ts';
import { dependenciesOf } from '../../../graph/query/edges-of.ts';
import { moduleOf } from '../../../graph/query/module-of.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';
import { rounded } from '../../retrieval/search.ts';
import { fileKindOf, isApplied, type FileKind } from './file-kind.ts';
import { LIKELY, SURE } from './chance.ts';
import type { LikelyTest } from './habits.ts';
import type { LikelyFile } from './likely-files.ts';
import type { RepoFiles } from './repo-files.ts';

/** Chance from which one may have to change; chosen on hono and typeorm, `node bench/decompose.mjs`. */
const MAY_CHANGE = 0.001;
/** The same once there are a few files to look at. */
const WORTH_A_LOOK = 0.03;
/** The same of what most requests do not touch, whatever words it has in common with them. */
const UNUSUAL: Readonly<Partial<Record<FileKind, number>>> = { docs: 0.04, infrastructure: 0.25 };
/** Files of a small request, and how many more for each criterion after the third, in all. */
const FEW = 10;
const MORE = 2;
const MOST = 24;
const SMALL = 3;
/** Share of the chance of the best file from which a file of a larger spec is owned. */
const NEARLY = 0.5;
/** What a contract has of what serves it: it changes only where the feature changes what is promised. */
const PROMISED = 0.4;

export interface Selected {
  readonly files: readonly LikelyFile[];
  /** By file: the test that is likely to change with it. */
  readonly tests: ReadonlyMap<string, LikelyTest>;
}

/**
 * The files that a plan is about, most likely first, tests among them: those likely enough, what comes along by habit, one document at least
 * as likely, and the contracts of what they serve. A migration is none: what was applied is never edited.
 */
export function selectFiles(
  likely: readonly LikelyFile[],
  parts: number,
  files: RepoFiles,
  graph: Snapshot,
  testsOf: (some: readonly LikelyFile[]) => readonly LikelyTest[],
  alongWith: (sure: readonly LikelyFile[]) => readonly LikelyFile[],
): Selected {
  const most = Math.min(MOST, FEW + MORE * Math.max(0, parts - SMALL));
  const changing = likely.filter(({ path }) => {
    const known = files.byPath.get(path);
    return known && !isApplied(known);
  });
  const first = changing.find(({ kind }) => kind === 'code');
  const enough = changing.filter((file) => file === first || file.score >= (UNUSUAL[file.kind] ?? MAY_CHANGE));
  const sure = enough.filter((file) => file.kind === 'code' && (file === first || file.score >= SURE));
  const others = alongWith(sure).filter(({ path }) => !enough.some((file) => file.path === path));
  const known = enough.filter(({ kind }) => kind !== 'docs');
  const tests = testsOf(known).filter(({ score }) => score >= MAY_CHANGE);
  const byHabit = new Map(tests.map((test) => [test.path, test]));
  // A test that search finds as well is taken once.
  const found = known.filter(({ path, score }) => score > (byHabit.get(path)?.score ?? 0));
  const ranked = [...found, ...tests.filter(({ path }) => !found.some((file) => file.path === path)), ...others]
    .sort((a, b) => b.score - a.score || compare(a.path, b.path))
    .filter(({ score }, at) => at < FEW || score >= WORTH_A_LOOK)
    .slice(0, most);
  const kept = new Set(ranked.map(({ path }) => path));
  const chosen = [...found, ...others].filter(({ path }) => kept.has(path));
  const documents = enough.filter(({ kind, path }) => kind === 'docs' && !kept.has(path)).slice(0, parts > SMALL ? 2 : 1);
  const promised = contractsOf(chosen, files, graph).filter(({ path }) => !kept.has(path));
  // Of many criteria, each says little of a file: what is nearly as likely as the best is owned as well.
  const bar = parts > 1 ? Math.min(SURE, NEARLY * (first?.score ?? 0)) : SURE;
  return {
    files: [...chosen, ...promised, ...documents]
      .map((file) => (file.score < bar && file !== first ? { ...file, isGuess: true } : file))
      .sort((a, b) => b.score - a.score || compare(a.path, b.path)),
    tests: new Map(tests.filter(({ path, tests: tested }) => kept.has(path) && kept.has(tested)).map((test) => [test.tests, test])),
  };
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
      if (!file || fileKindOf(file) !== 'contract' || (found.get(file.path)?.score ?? 0) >= PROMISED * server.score) continue;
      const { path, parts, score } = server;
      found.set(file.path, {
        ...{ path: file.path, isNew: false, kind: 'contract', parts, node: graph.id(operation) },
        ...{ score: rounded(PROMISED * score), reason: `says what ${path} serves` },
      });
    }
  }
  return [...found.values()];
}
