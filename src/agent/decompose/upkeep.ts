import { compare } from '../../../graph/model/edge.ts';
import type { GraphReader } from '../../../graph/store/store.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';
import { SURE } from './chance.ts';
import type { LikelyFile } from './likely-files.ts';
import type { RepoFile, RepoFiles } from './repo-files.ts';
import type { TestFiles } from './test-files.ts';

/** Work that makes the feature's own work safe, with the reason in figures. */
export interface Upkeep {
  readonly kind: 'refactoring' | 'debt';
  readonly file: LikelyFile;
  readonly reason: string;
  /** Of debt: the test to be written. */
  readonly test?: string;
}

/** A hotspot: changed more often than so large a share of the files, imported by more than so large a share, and at least: */
const OFTEN = { share: 0.95, least: 10 } as const;
const WIDELY = { share: 0.9, least: 5 } as const;
/** Parts of a spec from which taking apart a file is not more than what is asked for. */
const WORTH_REFACTORING = 3;
/** Lines from which people lose sight of a file. */
const LONG = 400;

/**
 * At most one file to take apart first and one to put under test first; both are among the most likely to change. To take apart, for a feature
 * of some size: it is long, many depend on it and it changes more often than nearly all (hotspots: Tornhill 2015); to put under test: many
 * depend on it and no test imports it, where files have tests as a rule.
 */
export async function upkeepOf(
  likely: readonly LikelyFile[],
  parts: number,
  files: RepoFiles,
  tests: TestFiles,
  graph: Snapshot,
  reader: GraphReader,
): Promise<readonly Upkeep[]> {
  const worth = likely.filter(({ isNew, kind, score }) => !isNew && kind === 'code' && score >= SURE);
  const found: Upkeep[] = [];
  const code = [...files.byPath.values()].filter(({ module, isTest }) => module >= 0 && !isTest);
  const changes = await changesOf(code, graph, reader);
  const often = quantile([...changes.values()], OFTEN.share);
  const widely = quantile(
    code.map(({ importers }) => importers.size),
    WIDELY.share,
  );
  for (const file of worth) {
    const known = files.byPath.get(file.path);
    if (!known) continue;
    const changed = changes.get(file.path) ?? 0;
    const users = [...known.importers].filter((path) => files.byPath.get(path)?.isTest !== true).length;
    const isWatched = users >= Math.max(WIDELY.least, widely);
    const place = tests.areUsual && !isTested(known, files, tests) ? tests.placeFor(file.path) : undefined;
    if (parts >= WORTH_REFACTORING && isWatched && changed >= Math.max(OFTEN.least, often) && known.lines >= LONG)
      found.push({
        kind: 'refactoring',
        file,
        reason: `changed by ${changed} commits, ${known.lines} lines, imported by ${users} files: take out what the feature changes before it changes`,
      });
    else if (users >= WIDELY.least && place && !files.byPath.has(place.path))
      found.push({
        kind: 'debt',
        file,
        test: place.path,
        reason: `imported by ${users} files and by no test: say what it does now before it changes`,
      });
  }
  return (['refactoring', 'debt'] as const).flatMap((kind) => found.find((upkeep) => upkeep.kind === kind) ?? []);
}

/** A test imports it, or what imports it: a barrel counts as the file. */
function isTested(file: RepoFile, { byPath }: RepoFiles, tests: TestFiles): boolean {
  if (tests.of(file.path) !== undefined) return true;
  const near = [...file.importers].flatMap((path) => [
    path,
    ...(/(?:^|\/)index\.[cm]?[jt]sx?$/.test(path) ? (byPath.get(path)?.importers ?? []) : []),
  ]);
  return near.some((path) => byPath.get(path)?.isTest === true);
}

async function changesOf(code: readonly RepoFile[], graph: Snapshot, reader: GraphReader): Promise<ReadonlyMap<string, number>> {
  const ids = code.map(({ module }) => graph.id(module)).sort(compare);
  const nodes = await reader.get(ids);
  return new Map(
    [...nodes.values()].flatMap((node) =>
      node.kind === 'Module' && node.file !== undefined ? [[node.file, node.props.changes ?? 0]] : [],
    ),
  );
}

/** The value that so large a share of the values does not exceed; 0 of none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
