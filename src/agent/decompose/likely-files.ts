import { PART_KINDS } from '../../../graph/model/chunk.ts';
import { compare } from '../../../graph/model/edge.ts';
import { refOf } from '../../../graph/model/id.ts';
import { dependentsOf } from '../../../graph/query/edges-of.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';
import { rounded, search } from '../../retrieval/search.ts';
import type { Spec } from '../../specs/spec.ts';
import type { Grounding, StepContext, ThingRole } from '../model.ts';
import { fileKindOf, type FileKind } from './file-kind.ts';
import type { RepoFiles } from './repo-files.ts';
import { wishOf, type SpecPart } from './spec-parts.ts';

/** A file that the feature probably changes, or makes. */
export interface LikelyFile {
  readonly path: string;
  readonly isNew: boolean;
  readonly kind: FileKind;
  /** 0–1: its share of the most likely one. */
  readonly score: number;
  readonly reason: string;
  /** By criterion and NFR that it has to do with: its share of the file that has most to do with it, 0–1. */
  readonly parts: ReadonlyMap<string, number>;
  /** Id of the thing in it that is nearest. */
  readonly node?: string;
}

/** What criteria by themselves, things that the request was grounded in, and code at work on those add to what all of the spec says. */
const WEIGHTS = { whole: 1, part: 0.5, thing: 0.5, servant: 0.3 } as const;
/** Files looked at, of the whole and of each part. */
const WHOLE = 200;
const PART = 40;
/** Parts that are searched for by themselves: a spec with more is about much, and the first ones tell what. */
const MOST_PARTS = 24;
/** Roles of things that are changed where they stand; decisions are obeyed, not changed. */
const CHANGED: ReadonlySet<ThingRole> = new Set<ThingRole>(['operation', 'schema', 'event', 'entity', 'config', 'code', 'document']);

/** How likely files of the repository are to change, most likely first, not cut off; and tests apart, the nearest to the whole first. */
export async function likelyFiles(
  spec: Pick<Spec, 'description'>,
  parts: readonly SpecPart[],
  grounding: Grounding,
  { graph, repo, meant }: StepContext,
  files: RepoFiles,
): Promise<{ readonly likely: readonly LikelyFile[]; readonly nearTests: readonly string[] }> {
  const texts = new Set([wishOf(spec.description), ...parts.map(({ text }) => text)]);
  const ask = async (query: string, limit: number) =>
    search(graph, { query, limit, kinds: undefined, repo, given: undefined }, await meant(query));
  const whole = await ask([...texts].join('\n'), WHOLE);
  const sums = new Map<string, { score: number; node?: string; reason: string; parts: Map<string, number> }>();
  const found = (path: string, reason: string) => {
    const known = sums.get(path) ?? { score: 0, reason, parts: new Map<string, number>() };
    sums.set(path, known);
    return known;
  };
  for (const { path, score, commit } of whole.files) {
    const file = found(path, commit === undefined ? 'its text is near to what is asked for' : `commit ${commit} did something alike`);
    file.score += (WEIGHTS.whole * score) / (whole.files[0]?.score ?? 1);
  }
  for (const part of parts.slice(0, MOST_PARTS)) {
    const near = texts.size === 1 ? whole : await ask(part.text, PART);
    for (const { path, score } of near.files) {
      const file = found(path, `its text is near to ${part.id}`);
      file.parts.set(part.id, rounded(score / (near.files[0]?.score ?? 1)));
    }
  }
  for (const file of sums.values()) file.score += WEIGHTS.part * Math.max(0, ...file.parts.values());
  const top = Math.max(0, ...grounding.things.map(({ score }) => score));
  const grounded = new Set<string>();
  for (const { role, score, evidence, reason, id } of grounding.things) {
    if (!CHANGED.has(role) || top <= 0 || grounded.has(evidence.file)) continue;
    grounded.add(evidence.file);
    const file = found(evidence.file, reason);
    file.score += WEIGHTS.thing * (score / top);
    file.node ??= id;
    for (const path of servantsOf(await graph.snapshot(), id, files)) {
      if (grounded.has(path)) continue;
      grounded.add(path);
      found(path, `serves or uses what the request is about: ${refOf(id)}`).score += WEIGHTS.servant * (score / top);
    }
  }
  for (const { node } of whole.hits) {
    const file = node.file === undefined ? undefined : sums.get(node.file);
    if (file && PART_KINDS.has(node.kind)) file.node ??= node.id;
  }
  const ranked = Array.from(sums, ([path, file]) => ({ path, ...file })).flatMap(({ path, ...file }) => {
    const known = files.byPath.get(path);
    const kind = known && fileKindOf(known);
    return kind === undefined || kind === 'test' ? [] : [{ path, kind, ...file }];
  });
  const best = Math.max(...ranked.map(({ score }) => score));
  const likely = ranked
    .map((file): LikelyFile => ({ ...file, isNew: false, score: rounded(file.score / best) }))
    .sort((a, b) => b.score - a.score || compare(a.path, b.path));
  return { likely, nearTests: whole.files.map(({ path }) => path).filter((path) => files.byPath.get(path)?.isTest === true) };
}

/** Files of the code that handles an operation, sends or takes an event, queries a table or stands for it. */
function servantsOf(graph: Snapshot, id: string, { holds }: RepoFiles): readonly string[] {
  const at = graph.indexOf(id);
  if (at < 0) return [];
  const work = ['HANDLES', 'PUBLISHES', 'SUBSCRIBES', 'QUERIES', 'MAPS_TO'] as const;
  const served = [at, ...dependentsOf(graph, at, 'REALIZES')];
  const workers = served.flatMap((node) => dependentsOf(graph, node, ...work)).filter((node) => holds(node));
  return [...new Set(workers.flatMap((node) => graph.fileText(node) ?? []))].sort(compare);
}
