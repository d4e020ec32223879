import { PART_KINDS } from '../../../graph/model/chunk.ts';
import { compare } from '../../../graph/model/edge.ts';
import { refOf } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import { termsOf } from '../../../graph/model/terms.ts';
import { dependentsOf } from '../../../graph/query/edges-of.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';
import type { ChunkHit } from '../../../graph/store/store.ts';
import { oneLine } from '../../visible.ts';
import { rounded, search } from '../../retrieval/search.ts';
import type { Spec } from '../../specs/spec.ts';
import type { Grounding, StepContext, ThingRole } from '../model.ts';
import { chancesOf, either } from './chance.ts';
import { fileKindOf, type FileKind } from './file-kind.ts';
import { baseOf, stemOf, type RepoFiles } from './repo-files.ts';
import { askedOf, wishOf, type SpecPart } from './spec-parts.ts';

/** A file that the feature probably changes, or makes. */
export interface LikelyFile {
  readonly path: string;
  readonly isNew: boolean;
  readonly kind: FileKind;
  /** 0–1: how likely it is to change, see {@link chancesOf}. */
  readonly score: number;
  readonly reason: string;
  /** By criterion and NFR that it has to do with: its share of the file that has most to do with it, 0–1. */
  readonly parts: ReadonlyMap<string, number>;
  /** Id of the thing in it that is nearest. */
  readonly node?: string;
  /** To be looked at, not owned. */
  readonly isGuess?: boolean;
}

/** How likely the best of what the request was grounded in is to change, and code at work on that; it falls with the square of their share of it. */
const GROUNDED = { thing: 0.25, servant: 0.1 } as const;
/** What one criterion by itself says of a file, against what all of them do: some are about what the rest is not. */
const PART_SAYS = 0.5;
/** How likely a file changes whose name is written in a criterion. */
const NAMED = 0.4;
/** Files looked at, of the whole and of each part. */
const WHOLE = 200;
const PART = 40;
/** Parts that are searched for by themselves: a spec with more is about much, and the first ones tell what. */
const MOST_PARTS = 24;
/** Roles of things that are changed where they stand; decisions are obeyed, not changed. */
const CHANGED: ReadonlySet<ThingRole> = new Set<ThingRole>(['operation', 'schema', 'event', 'entity', 'config', 'code', 'document']);

/** Commits that did something alike, of which habits are read. */
const ALIKE = 20;

export interface Likely {
  /** Most likely first, not cut off. */
  readonly likely: readonly LikelyFile[];
  /** Tests, those whose text is nearest to the whole first. */
  readonly nearTests: readonly string[];
  /** Past commits that did something alike. */
  readonly alike: readonly ChunkHit[];
}

/** How likely files of the repository are to change, and why. */
export async function likelyFiles(
  spec: Pick<Spec, 'description'>,
  parts: readonly SpecPart[],
  grounding: Grounding,
  { graph, repo, meant }: StepContext,
  files: RepoFiles,
): Promise<Likely> {
  const texts = new Set([wishOf(spec.description), ...parts.map(({ text }) => askedOf(text))]);
  const ask = async (query: string, limit: number) =>
    search(graph, { query, limit, kinds: undefined, repo, given: undefined }, await meant(query));
  const query = [...texts].join('\n');
  const whole = await ask(query, WHOLE);
  const sums = new Map<string, Found>();
  const found = (path: string) => {
    const known = sums.get(path) ?? { score: 0, reasons: [], parts: new Map<string, number>() };
    sums.set(path, known);
    return known;
  };
  const chances = chancesOf(whole.files);
  for (const { path, commit } of whole.files) {
    const file = found(path);
    file.score = chances.get(path)!;
    if (commit !== undefined) file.commit = commit;
  }
  const ofParts = new Map<string, number>();
  for (const part of parts.slice(0, MOST_PARTS)) {
    const near = texts.size === 1 ? whole : await ask(askedOf(part.text), PART);
    const ofPart = chancesOf(near.files);
    for (const { path, score, commit } of near.files) {
      const file = found(path);
      file.parts.set(part.id, rounded(score / (near.files[0]?.score ?? 1)));
      ofParts.set(path, Math.max(ofParts.get(path) ?? 0, ofPart.get(path)!));
      if (commit !== undefined) file.commit ??= commit;
    }
  }
  if (texts.size > 1) for (const [path, chance] of ofParts) found(path).score = either(found(path).score, PART_SAYS * chance);
  const top = Math.max(0, ...grounding.things.map(({ score }) => score));
  const grounded = new Set<string>();
  for (const { role, score, evidence, reason, id } of grounding.things) {
    if (!CHANGED.has(role) || top <= 0 || grounded.has(evidence.file)) continue;
    grounded.add(evidence.file);
    const file = found(evidence.file);
    file.score = either(file.score, GROUNDED.thing * (score / top) ** 2);
    file.reasons.push(reason);
    file.node ??= id;
    for (const path of servantsOf(await graph.snapshot(), id, files)) {
      if (grounded.has(path)) continue;
      grounded.add(path);
      const servant = found(path);
      servant.score = either(servant.score, GROUNDED.servant * (score / top) ** 2);
      servant.reasons.push(`serves or uses what the request is about: ${refOf(id)}`);
    }
  }
  const words = new Set(termsOf(query));
  for (const { node } of whole.hits) {
    const file = node.file === undefined ? undefined : sums.get(node.file);
    if (!file || !PART_KINDS.has(node.kind)) continue;
    file.node ??= node.id;
    if (termsOf(node.name).some((term) => words.has(term))) file.contains ??= node;
  }
  const likely = Array.from(sums, ([path, { score, parts: near, node, ...why }]): LikelyFile | undefined => {
    const known = files.byPath.get(path);
    const kind = known && fileKindOf(known);
    if (kind === undefined) return undefined;
    const naming = namingPart(path, parts);
    return {
      ...{ path, kind, isNew: false, parts: near },
      score: naming === undefined ? score : either(score, NAMED),
      reason: reasonOf(why, near, parts, naming),
      ...(node === undefined ? {} : { node }),
    };
  })
    .filter((file) => file !== undefined)
    .sort((a, b) => b.score - a.score || compare(a.path, b.path));
  return {
    likely,
    nearTests: whole.files.map(({ path }) => path).filter((path) => files.byPath.get(path)?.isTest === true),
    alike: await graph.reader.chunks(query, { set: 'code-commit', limit: ALIKE, repo }),
  };
}

interface Found {
  score: number;
  node?: string;
  /** Of the grounding. */
  readonly reasons: string[];
  readonly parts: Map<string, number>;
  /** Past commit that did something alike. */
  commit?: string;
  /** What in it is called as the request says. */
  contains?: Node;
}

const MOST_REASONS = 2;
const SHORTEST_NAME = 5;

/** The part that names a file, as people write such names: by its base, or by one of several words. */
function namingPart(path: string, parts: readonly SpecPart[]): SpecPart | undefined {
  const [base, stem] = [baseOf(path), stemOf(path)];
  const isName = stem.length >= SHORTEST_NAME && /[a-z][A-Z]|[-_]/.test(stem);
  return parts.find(({ text }) => {
    const said = askedOf(text);
    return (base.includes('.') && said.includes(base)) || (isName && said.includes(stem));
  });
}

/** The best of what speaks for a file, as evidence that people can look up. */
function reasonOf(
  { reasons, commit, contains }: Pick<Found, 'reasons' | 'commit' | 'contains'>,
  near: ReadonlyMap<string, number>,
  parts: readonly SpecPart[],
  naming: SpecPart | undefined,
): string {
  const nearest = parts.reduce((best, part) => ((near.get(part.id) ?? 0) > (near.get(best?.id ?? '') ?? 0) ? part : best), parts[0]);
  const all = [
    ...(naming === undefined ? [] : [`named in ${naming.id}`]),
    ...reasons,
    ...(contains === undefined ? [] : [`contains ${contains.kind === 'Operation' ? 'the operation ' : ''}${oneLine(contains.name)}`]),
    ...(commit === undefined ? [] : [`commit ${commit} did something alike`]),
    `its text is near to ${nearest === undefined || (near.get(nearest.id) ?? 0) === 0 ? 'what is asked for' : nearest.id}`,
  ];
  return [...new Set(all)].slice(0, MOST_REASONS).join('; ');
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
