import { specId, specPartId } from '../../graph/model/id.ts';
import type { ChangeKind, DetectedChange } from '../../graph/query/change.ts';
import { native } from '../../ingest/workers/spec/native.ts';
import { diffSpecs, type SpecChange, type SpecChangeKind } from '../specs/diff-specs.ts';
import { normativeOf } from '../specs/normative.ts';
import { readSpec } from '../specs/read-spec.ts';
import type { Criterion, Nfr, Spec } from '../specs/spec.ts';

/** A spec of specgraph's own format; other things are called `*.spec.yaml`, too. */
export const isSpec = (path: string, text: string): boolean => native.claims(path) && native.recognises?.(text) === true;

/** Something that a spec demands of a thing by its name, and did not before. */
export interface NewDemand {
  /** The part that demands it. */
  readonly from: string;
  /** A name in the grammar of docs/reference/names.md, or a bare one. */
  readonly ref: string;
  readonly file: string;
  readonly line: number;
}

/** How two versions of a spec differ. */
export interface SpecChanges {
  readonly asked: readonly DetectedChange[];
  /** Of specs that were not there before: the graph holds nothing of them. */
  readonly unasked: readonly DetectedChange[];
  readonly demands: readonly NewDemand[];
  /** Why a version could not be compared. */
  readonly unread?: string;
}

interface Version {
  readonly path: string;
  readonly text: string;
}

/** What changes of meaning are to the graph. `changed` is neither more nor less: the criterion demands something else. */
const KIND: Readonly<Record<SpecChangeKind, ChangeKind>> = {
  added: 'add',
  removed: 'remove',
  tightened: 'tighten',
  loosened: 'loosen',
  changed: 'behaviour',
  reworded: 'reword',
};
/** Links by which a part demands something of what it names. */
const DEMANDING: ReadonlySet<string> = new Set(['implements', 'affects', 'dependsOn', 'conflictsWith', 'refines']);

/** The parts of a spec that differ between two versions of its file, in meaning: form, tests and records aside. */
export function specChanges(repo: string, before: Version | undefined, after: Version | undefined): SpecChanges {
  const [was, is] = [before, after].map((version) => version && { ...version, file: readSpec(version.text, version.path) });
  const [old, now] = [was?.file.spec, is?.file.spec];
  const unread = [was, is].find((version) => version && !version.file.spec);
  if (unread)
    return { asked: [], unasked: [], demands: [], unread: `holds no spec that can be read: ${firstProblem(unread.file.diagnostics)}` };
  const lineOf = (part: Criterion | Nfr): number => is?.file.spanOf(part.at).line ?? 1;
  const file = (was ?? is)?.path ?? '';
  const of = (part: string | undefined, feature: string, change: ChangeKind, detail: string): DetectedChange => ({
    id: part === undefined ? specId(repo, feature) : specPartId(repo, feature, part),
    file,
    declaration: part === undefined ? feature : `${feature}/${part}`,
    change,
    detail,
  });
  if (!old || !now) {
    const [gone, come] = [
      old && [of(undefined, old.feature, 'remove', 'spec removed')],
      now && [of(undefined, now.feature, 'add', 'new spec')],
    ];
    const parts = old ? partsOf(old).map(({ id, text }) => of(id, old.feature, 'remove', text)) : [];
    return {
      asked: [...(gone ?? []), ...parts],
      unasked: come ?? [],
      demands: now ? demandsOf(repo, now, partsOf(now), file, lineOf) : [],
    };
  }
  const { changes } = diffSpecs(normativeOf(old), normativeOf(now));
  const ids = new Set(partsOf(old).map(({ id }) => id));
  const asked = changes.map((change) => {
    const isPart = ids.has(change.part) && change.kind !== 'added';
    const isNew = change.kind === 'added' && partsOf(now).some(({ id }) => id === change.part);
    if (isPart) return of(change.part, old.feature, KIND[change.kind], told(change));
    // A spec gains a part; of what it says as a whole something is said otherwise.
    if (isNew) return of(undefined, old.feature, 'add', `${change.part}: ${told(change)}`);
    return of(
      undefined,
      old.feature,
      WHOLE[change.part] ?? (change.kind === 'reworded' ? 'reword' : 'behaviour'),
      `${change.part}: ${told(change)}`,
    );
  });
  const renamed =
    old.feature === now.feature ? [] : partsOf(old).map(({ id }) => of(id, old.feature, 'rename', `is ${now.feature}/${id} now`));
  const changed = new Set(changes.filter(({ kind }) => kind !== 'removed' && kind !== 'reworded').map(({ part }) => part));
  const known = new Set(demandsOf(repo, old, partsOf(old), file, lineOf).map(({ from, ref }) => `${from}\n${ref}`));
  const demands = demandsOf(
    repo,
    now,
    partsOf(now).filter(({ id }) => changed.has(id)),
    file,
    lineOf,
  ).filter(({ from, ref }) => !known.has(`${from}\n${ref}`));
  return { asked: [...asked, ...renamed], unasked: [], demands };
}

/** Another feature is another name for the whole. */
const WHOLE: Readonly<Record<string, ChangeKind>> = { feature: 'rename' };

const partsOf = ({ criteria, nfrs }: Spec): readonly (Criterion | Nfr)[] => [...criteria, ...nfrs];

function demandsOf(
  repo: string,
  { feature }: Spec,
  parts: readonly (Criterion | Nfr)[],
  file: string,
  lineOf: (part: Criterion | Nfr) => number,
): readonly NewDemand[] {
  return parts.flatMap((part) => {
    const links = 'links' in part ? part.links.flatMap(({ rel, target }) => (DEMANDING.has(rel) ? [target] : [])) : [];
    const contracts = part.verify.flatMap(({ kind, ref }) => (kind === 'contract' && ref !== undefined ? [ref] : []));
    const system = 'ears' in part && part.ears?.system !== undefined ? [part.ears.system] : [];
    const from = specPartId(repo, feature, part.id);
    return [...new Set([...system, ...links, ...contracts])].map((ref) => ({ from, ref, file, line: lineOf(part) }));
  });
}

const LONGEST = 200;
const told = ({ reason, before, after, kind }: SpecChange): string => {
  const text = kind === 'added' ? after : kind === 'removed' ? before : undefined;
  return text === undefined ? reason : `${reason}: ${text.slice(0, LONGEST)}`;
};

const firstProblem = (
  diagnostics: readonly { readonly message: string; readonly span?: { readonly line: number } | undefined }[],
): string => {
  const [first] = diagnostics;
  const { message, span } = first ?? { message: 'it is empty' };
  return `${span ? `line ${span.line}: ` : ''}${message}`;
};
