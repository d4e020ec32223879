import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PlatformError } from '../../../graph/errors.ts';
import { compare } from '../../../graph/model/edge.ts';
import { refOf } from '../../../graph/model/id.ts';
import { git } from '../../diff/git.ts';
import { standingIfAny, type Standing } from '../../specs/approvals/decide.ts';
import { logPath } from '../../specs/approvals/log.ts';
import { readSound } from '../../specs/spec-files.ts';
import { outdatedCitations } from '../citations/outdated-citation.ts';
import { createSources } from '../citations/source-texts.ts';
import { boundCriteria } from '../feedback/bound-criteria.ts';
import { builtOperations } from '../feedback/built-operations.ts';
import { builtFiles, builtParts } from '../feedback/built-parts.ts';
import { changedLines, type ChangedLines } from '../feedback/changed-lines.ts';
import { driftedLimits } from '../feedback/drifted-limits.ts';
import type { Drift, Feedback, Proposals } from '../feedback/feedback.ts';
import { threadOfSpec } from '../feedback/pack-of-spec.ts';
import { proposeAdrs } from '../feedback/propose-adrs.ts';
import { proposeSpec } from '../feedback/propose-spec.ts';
import { quoteLine } from '../feedback/quote-line.ts';
import { takenDecisions } from '../feedback/taken-decisions.ts';
import type { StepContext } from '../model.ts';

export interface FeedbackOrder {
  /** Path of the spec in the repository. */
  readonly spec: string;
  /** A revision to compare with, instead of the commit of the approval. */
  readonly since?: string;
}

/**
 * What became of a spec, from the graph as it is ingested, Git, the approvals and the hand-off. Nothing is written; the same state gives the
 * same answer. Throws `BAD_INPUT` for a spec that was never approved where no revision is given, and where the graph is older than the files.
 */
export async function feedback({ spec: path, since: given }: FeedbackOrder, context: StepContext): Promise<Feedback> {
  const { root, repo, specs, graph } = context;
  const file = await readSound(join(root, path));
  const { spec, text } = file;
  const standing = await standingIfAny(join(root, path));
  const approval = approvalOf(standing);
  const revision = given ?? approval?.commit;
  if (revision === undefined)
    throw new PlatformError('BAD_INPUT', `${path} was never approved, so there is nothing to compare with. Give a revision with --since.`);
  if (revision.includes('..'))
    throw new PlatformError('BAD_INPUT', `${revision} is a range. Give the one revision that the files are compared with.`);
  const textOf = async (at: string): Promise<string | undefined> => (await graph.reader.text(repo, at))?.text;
  const changed = withoutSpecs(await changedLines(root, revision, async (at) => (await textOf(at))?.split('\n').length ?? 0), specs);
  const since = (await git(root, ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])).toString('utf8').trim();
  await mustBeCurrent(changed, context);

  const thread = await threadOfSpec({ root, specs }, path);
  const criteria = await boundCriteria(spec, context);
  const isNew = ({
    file: at = '',
    span,
  }: {
    readonly file?: string | undefined;
    readonly span?: { readonly line: number } | undefined;
  }): boolean => changed.get(at)?.added.has(span?.line ?? 0) === true;
  const exists = (at: string): Promise<boolean> =>
    stat(join(root, at)).then(
      () => true,
      () => false,
    );
  const built = thread
    ? [
        ...(await builtOperations(thread, isNew, context)),
        ...(await builtParts(thread, context)),
        ...(await builtFiles(thread, criteria, exists)),
      ]
    : [];
  const planned = new Set(built.flatMap(({ state, evidence }) => (state === 'there' ? evidence.slice(1).map(({ node }) => node) : [])));
  const decisions = await takenDecisions(changed, since, planned, context);
  const drift: readonly Drift[] = [
    ...editsOf(standing, path, file),
    ...(await driftedLimits(spec, changed, context)),
    ...(await citationsOf(text, path, context)),
  ];
  const proposal = await proposeSpec({ path, text, spec, state: standing?.state }, criteria, built);
  const adrs = await proposeAdrs(decisions, { feature: spec.feature, version: spec.version, since }, context);
  context.signal?.throwIfAborted();
  return {
    spec: path,
    feature: spec.feature,
    version: spec.version,
    status: standing?.state.status ?? 'draft',
    ...(thread ? { thread: thread.id } : {}),
    since,
    built,
    decisions,
    criteria,
    drift,
    proposals: { ...(proposal ? { spec: proposal } : {}), adrs, graph: edgesOf(proposal, adrs) },
    notes: [
      ...(thread ? [] : ['No thread wrote this spec, so there is no plan to compare with.']),
      ...(thread && thread.pack.size === 0 ? [`Nothing was handed off by ${thread.id} yet, so there is no plan to compare with.`] : []),
      ...(standing?.state.isTampered ? [`${logPath(path)} cannot be relied on: see \`specgraph spec log ${path}\`.`] : []),
    ],
  };
}

/** The entry of the log that made the last approved state so. */
const approvalOf = (standing: Standing | undefined): Standing['log']['entries'][number] | undefined =>
  standing?.log.entries.findLast(({ action, hash }) => action === 'approve' && hash === standing.state.approved?.hash);

/** Specs, their logs and threads are what is looked at, not what was built. */
const withoutSpecs = (changed: ReadonlyMap<string, ChangedLines>, specs: string): ReadonlyMap<string, ChangedLines> =>
  new Map([...changed].filter(([path]) => specs === '' || !path.startsWith(`${specs}/`)));

/** Lines of the graph and lines of Git have to be of one text. */
async function mustBeCurrent(changed: ReadonlyMap<string, ChangedLines>, { graph: { reader }, root, repo }: StepContext): Promise<void> {
  const sources = createSources({ reader, repo, root });
  for (const path of changed.keys()) {
    const stored = await reader.text(repo, path);
    if (stored && (await sources.written(path)) !== stored.text)
      throw new PlatformError('BAD_INPUT', `${path} was changed after it was ingested. Run \`specgraph ingest\` first.`);
  }
}

function editsOf(
  standing: Standing | undefined,
  path: string,
  { spec, text, spanOf }: Awaited<ReturnType<typeof readSound>>,
): readonly Drift[] {
  return (standing?.state.change?.changes ?? []).map(({ part, kind, reason, before, after }): Drift => {
    const at = [...spec.criteria, ...spec.nfrs].find(({ id }) => id === part)?.at;
    const said = [before === undefined ? '' : ` It was "${before}".`, after === undefined ? '' : ` It is "${after}".`].join('');
    return {
      kind: 'spec-edited',
      part,
      message: `${part} was ${kind} since ${standing?.state.approved?.version ?? ''} was approved: ${reason}.${said}`,
      evidence: at ? [quoteLine(`spec:${spec.feature}/${part}`, path, text, spanOf(at).line)] : [],
    };
  });
}

async function citationsOf(text: string, path: string, { graph: { reader }, repo, root }: StepContext): Promise<readonly Drift[]> {
  const found: Drift[] = [];
  for (const { part, message, node, span } of await outdatedCitations(text, path, createSources({ reader, repo, root }))) {
    const stored = node?.file === undefined ? undefined : await reader.text(repo, node.file);
    const now = node?.file !== undefined && stored ? [quoteLine(node.id, node.file, stored.text, node.span?.line ?? 1, stored.commit)] : [];
    found.push({ kind: 'citation', part, message, evidence: [quoteLine(`spec:${part}`, path, text, span.line), ...now] });
  }
  return found;
}

/** What the graph would say with the proposals. */
function edgesOf(spec: Proposals['spec'], adrs: Proposals['adrs']): Proposals['graph'] {
  const fromSpec = (spec?.does ?? []).flatMap(({ edges }) => edges);
  const fromAdrs = adrs.flatMap(({ path, about }) =>
    about.map((node) => ({ from: `doc:${path}`, type: 'MENTIONS' as const, to: refOf(node) })),
  );
  return [...fromSpec, ...fromAdrs].toSorted((a, b) => compare(a.from, b.from) || compare(a.type, b.type) || compare(a.to, b.to));
}
