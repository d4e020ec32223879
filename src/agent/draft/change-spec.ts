import { parseSpec, formatSpec } from '../../specs/format-spec.ts';
import { likeness, renamedParts } from '../../specs/keyed-lists.ts';
import { compareTexts } from '../../specs/meaning/compare-texts.ts';
import { contentOf } from '../../specs/meaning/words.ts';
import { readSpec } from '../../specs/read-spec.ts';
import { isSound, type Spec, type SpecFile } from '../../specs/spec.ts';
import { sha256 } from '../../specs/normative.ts';
import type { DraftCriterion, Evidence, StepContext } from '../model.ts';
import type { TreePath } from '../../../ingest/parse/tree.ts';

/** A spec that is there already. */
export interface Existing {
  readonly path: string;
  /** With all its ids, as the draft starts from it. */
  readonly text: string;
  readonly spec: Spec;
  /** Lines of a part as the graph has them. */
  readonly evidenceOf: (id: string, at: TreePath) => Evidence;
}

/** The spec of a feature that is there already. */
export async function existingSpec(
  feature: string,
  requestText: string,
  { graph: { reader }, repo }: StepContext,
): Promise<Existing | undefined> {
  const nodes = await reader.find({ kinds: ['Spec'], repo }, { limit: 1000 });
  const found = nodes.find(
    (node) => node.kind === 'Spec' && node.props.format === 'specgraph' && isFeature(node.name, feature, requestText),
  );
  if (found?.file === undefined) return undefined;
  const stored = await reader.text(repo, found.file);
  return stored && existingIn(stored.text, found.file, stored.commit, `${repo}//spec:${found.name}`);
}

/** The same name, or the same words: `uploadProfileImage` is a request for `imageUpload`. */
function isFeature(name: string, feature: string, requestText: string): boolean {
  if (name.toLowerCase() === feature.toLowerCase()) return true;
  if (
    name.length > 5 &&
    new RegExp(`(?<![\\w/])(?:spec:)?${name.replace(/[^\w-]/g, '\\W')}(?![\\w])`).test(requestText) &&
    /[a-z][A-Z]|[-_]/.test(name)
  )
    return true;
  const [there, asked] = [wordsOf(name), wordsOf(feature)];
  return there.length > 1 && there.every((word) => asked.includes(word)) && asked.length <= there.length + 1;
}

const wordsOf = (name: string): readonly string[] => contentOf(name.replace(/(?<=[a-z0-9])(?=[A-Z])|[-_]/g, ' ').toLowerCase());

function existingIn(source: string, path: string, commit: string | undefined, node: string): Existing | undefined {
  const { text } = formatSpec(source, path);
  const file = readSpec(text, path);
  if (!file.spec || !isSound(file)) return undefined;
  const original = readSpec(source, path);
  return {
    path,
    text,
    spec: file.spec,
    evidenceOf: (id, at) =>
      evidence(original, { path, source, node: id === '' ? node : `${node}/${id}`, at, sha: commit ?? sha256(source) }),
  };
}

interface Place {
  readonly path: string;
  readonly source: string;
  readonly node: string;
  readonly at: TreePath;
  readonly sha: string;
}

/** The lines of a part in the file that people wrote, from its text to the end of that. */
function evidence(file: SpecFile, { path, source, node, at, sha }: Place): Evidence {
  const rows = source.split('\n');
  const inner = file.spanOf([...at, 'text']);
  const span = inner.line === 1 && inner.col === 1 ? file.spanOf(at) : inner;
  const lines = rows.slice(span.line - 1, span.endLine);
  if (lines.length > 0) lines[lines.length - 1] = lines.at(-1)!.slice(0, span.endCol - 1);
  if (lines.length > 0) lines[0] = lines[0]!.slice(span.col - 1);
  const raw = lines.join('\n');
  const quote = raw.trim();
  const from = span.line + (raw.slice(0, raw.indexOf(quote)).match(/\n/g)?.length ?? 0);
  return { node, file: path, line: from, endLine: from + (quote.match(/\n/g)?.length ?? 0), sha, quote };
}

/** Share of their words that two criteria have in common when one is the other with another figure. */
const LEAST_LIKE = 0.6;

/**
 * The criteria of a spec with those that are asked for now: what it says already stays as it is, what it says with another figure takes
 * the new one under the old id, the rest is added.
 */
export function changedCriteria({ spec, evidenceOf }: Existing, asked: readonly DraftCriterion[]): readonly DraftCriterion[] {
  const kept = spec.criteria.map(({ id, text, ears, priority, verify, at }): DraftCriterion => ({
    id,
    text,
    basis: 'quoted',
    evidence: [evidenceOf(id, at)],
    ...(ears ? { ears } : {}),
    priority,
    verify,
  }));
  const added: DraftCriterion[] = [];
  for (const fresh of asked) {
    const said = [...spec.nfrs, ...kept].some(({ text }) => isSaid(text, fresh.text)) || isStory(spec, fresh.text);
    if (said) continue;
    const index = kept.findIndex(({ text }) => isOfOtherFigure(text, fresh.text));
    if (index < 0) added.push(fresh);
    else kept[index] = { ...fresh, id: kept[index]!.id, verify: kept[index]!.verify.length > 0 ? kept[index]!.verify : fresh.verify };
  }
  return [...kept, ...added];
}

const bare = (text: string): string => text.replace(/^the [\w-]+ shall (?:ensure that )?/i, '').replace(/\.$/, '');

/** What is asked for is the feature itself: its name and story say so. */
function isStory({ feature, description }: Spec, asked: string): boolean {
  const there = new Set([...wordsOf(feature), ...contentOf(description), ...contentOf('provide let support')]);
  return !/\d|\b(?:not|only|never|if|when|while)\b/i.test(asked) && contentOf(bare(asked)).every((word) => there.has(word));
}

/** The same, apart from who has to do it. */
function isSaid(there: string, asked: string): boolean {
  const kind = compareTexts(bare(there), bare(asked)).kind;
  return kind === 'same' || kind === 'reworded';
}

function isOfOtherFigure(there: string, asked: string): boolean {
  const figures = (text: string): string => (text.match(/\d[\d.,]*/g) ?? []).join(' ');
  const words = (text: string): string => bare(text).replace(/\d[\d.,]*/g, ' ');
  return (
    figures(there) !== '' &&
    figures(asked) !== '' &&
    figures(there) !== figures(asked) &&
    likeness(words(there), words(asked)) >= LEAST_LIKE
  );
}

/** On rework, what is said in other words keeps the id that people have talked about. */
export function withIdsOf<P extends { readonly id: string; readonly text: string }>(before: readonly P[], now: readonly P[]): readonly P[] {
  const renamed = renamedParts(
    before,
    now.map((part) => ({ ...part, hasId: false })),
  );
  return now.map((part) => ({ ...part, id: renamed.get(part.id) ?? part.id }));
}

/** The pointers of what a spec says already where it comes from. */
export const citedIn = (base: string): ReadonlySet<string> => {
  const claims: unknown = (parseSpec(base).toJS() as { readonly provenance?: unknown } | null)?.provenance;
  return new Set(
    (Array.isArray(claims) ? (claims as readonly unknown[]) : []).flatMap((item) => {
      const claim = typeof item === 'object' && item !== null ? (item as { readonly claim?: unknown }).claim : undefined;
      return typeof claim === 'string' ? [claim] : [];
    }),
  );
};
