import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMap, isSeq, type Document, type YAMLMap } from 'yaml';
import { refOf } from '../../../graph/model/id.ts';
import { git } from '../../diff/git.ts';
import type { SpecState } from '../../specs/approvals/state.ts';
import { diffSpecs } from '../../specs/diff-specs.ts';
import { parseSpec, writeSpec } from '../../specs/format-spec.ts';
import { normativeOf } from '../../specs/normative.ts';
import { readSpec } from '../../specs/read-spec.ts';
import type { Spec } from '../../specs/spec.ts';
import { bumped, compareVersions } from '../../specs/version.ts';
import type { BuiltPart, CriterionBinding, Proposals, SpecEdit } from './feedback.ts';

export interface SpecToChange {
  /** Path in the repository. */
  readonly path: string;
  readonly text: string;
  readonly spec: Spec;
  readonly state: SpecState | undefined;
}

type SpecProposal = NonNullable<Proposals['spec']>;

/**
 * What a spec should say after it was built: which tests verify each criterion, what it is about in the contracts, that an edited criterion is
 * another revision, and the version that this asks for. Undefined where it says so already.
 */
export async function proposeSpec(
  { path, text, spec, state }: SpecToChange,
  criteria: readonly CriterionBinding[],
  built: readonly BuiltPart[],
): Promise<SpecProposal | undefined> {
  const document = parseSpec(text);
  const does: SpecEdit[] = [
    ...addTests(document, spec, criteria),
    ...addLinks(document, spec, built),
    ...addRevisions(document, spec, state),
  ];
  if (does.length === 0) return undefined;
  const after = readSpec(writeSpec(document), path).spec;
  const from = state?.approved;
  const diff = after && from ? diffSpecs(from.content, normativeOf(after)) : undefined;
  const least = diff && from ? bumped(from.version, diff.bump) : undefined;
  if (least !== undefined && compareVersions(spec.version, least) < 0) {
    document.setIn(['specVersion'], least);
    does.push({ text: `specVersion: ${least}, for what was edited`, edges: [] });
  }
  return { path, does, diff: await unifiedDiff(path, text, writeSpec(document)) };
}

const FLOW = { flow: true } as const;

/** Tests are named by their file: titles change more often. */
function addTests(document: Document, spec: Spec, criteria: readonly CriterionBinding[]): readonly SpecEdit[] {
  return [...spec.criteria, ...spec.nfrs].flatMap(({ id, at, verify }) => {
    const files = new Set(criteria.find((one) => one.id === id)?.tests.map(({ file }) => `test:${file}`));
    const known = new Set(verify.flatMap(({ ref }) => (ref === undefined ? [] : [ref.replace(/#.*$/s, '')])));
    const fresh = [...files].filter((ref) => !known.has(ref));
    const item = document.getIn(at, true);
    if (fresh.length === 0 || !isMap(item)) return [];
    for (const ref of fresh) {
      const list: unknown = item.get('verify', true);
      if (!isSeq(list)) item.set('verify', document.createNode([{ kind: 'test', ref }], FLOW));
      else {
        const open = list.items.find((one): one is YAMLMap => isMap(one) && one.get('kind') === 'test' && !one.has('ref'));
        if (open) open.set('ref', ref);
        else list.add(document.createNode({ kind: 'test', ref }, FLOW));
      }
    }
    const to = `spec:${spec.feature}/${id}`;
    return [{ text: `${id}: verified by ${fresh.join(', ')}`, edges: fresh.map((from) => ({ from, type: 'VERIFIES', to })) }];
  });
}

function addLinks(document: Document, spec: Spec, built: readonly BuiltPart[]): readonly SpecEdit[] {
  const known = new Set([...spec.links, ...spec.criteria.flatMap(({ links }) => links)].map(({ target }) => target));
  return built.flatMap(({ kind, state, name, evidence }) => {
    const place = evidence.at(-1);
    if (!['operation', 'event', 'table'].includes(kind) || (state !== 'there' && state !== 'different') || !place) return [];
    const target = refOf(place.node);
    if (target.startsWith('hand-off:') || known.has(target)) return [];
    known.add(target);
    const link = document.createNode({ rel: 'implements', target }, FLOW);
    const list = document.get('links', true);
    if (isSeq(list)) list.add(link);
    else document.set('links', document.createNode([link]));
    const edges = [{ from: `spec:${spec.feature}`, type: 'SPECIFIES', to: target }] as const;
    return [{ text: `links: is about ${target}, planned as ${name}`, edges }];
  });
}

/** A criterion that was edited since it was approved is another revision of it, so that tests can say which one they prove. */
function addRevisions(document: Document, spec: Spec, state: SpecState | undefined): readonly SpecEdit[] {
  const edited = new Set(state?.change?.changes.filter(({ kind }) => kind !== 'added' && kind !== 'removed').map(({ part }) => part));
  return spec.criteria.flatMap(({ id, rev, at }) => {
    const item = document.getIn(at, true);
    if (!edited.has(id) || rev !== undefined || !isMap(item)) return [];
    item.set('rev', 2);
    return [{ text: `${id}: rev 2, as it was edited since its approval`, edges: [] }];
  });
}

/** As `git diff` writes it, so that `git apply` takes it. */
async function unifiedDiff(path: string, before: string, after: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'specgraph-diff-'));
  try {
    await writeFile(join(folder, 'before'), before);
    await writeFile(join(folder, 'after'), after);
    const told = await git(folder, ['diff', '--no-index', '--no-color', '--no-ext-diff', '--', 'before', 'after']).catch(
      (error: unknown) => {
        const { code, stdout } = error as { readonly code?: unknown; readonly stdout?: Buffer };
        if (code === 1 && stdout) return stdout; // says that they differ
        throw error;
      },
    );
    const rows = told.toString('utf8').split('\n');
    const start = rows.findIndex((row) => row.startsWith('@@'));
    return [`--- a/${path}`, `+++ b/${path}`, ...rows.slice(Math.max(0, start))].join('\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
