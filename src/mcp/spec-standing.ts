import { PlatformError } from '../../graph/errors.ts';
import type { NodeOf } from '../../graph/model/node.ts';
import { openRoots } from '../serving/roots.ts';
import { standingOf } from '../specs/approvals/decide.ts';
import type { RoleState, SpecState } from '../specs/approvals/state.ts';
import { inGraph } from '../specs/find-specs.ts';
import { evidenceOf } from '../specs/evidence.ts';
import { statusOf } from '../specs/lifecycle.ts';
import type { Spec } from '../specs/spec.ts';
import { compareVersions } from '../specs/version.ts';
import type { McpContext } from './tool.ts';

/** Where a spec stands, and what is missing until it is approved. */
export interface SpecStanding {
  /** In words; `as written: …` where it cannot be computed. */
  readonly status: string | undefined;
  readonly open: readonly string[];
}

/** From the file of a spec, where it is in the folder that questions may be about, and nothing else is of that feature. */
export async function standingOfSpec({ system, root }: McpContext, node: NodeOf<'Spec'>): Promise<SpecStanding> {
  const { status: written } = node.props;
  const unknown: SpecStanding = { status: written === undefined ? undefined : `as written: ${written}`, open: [] };
  if (node.props.format !== 'specgraph' || node.file === undefined) return unknown;
  try {
    const path = await (await openRoots([root])).resolve(node.file);
    const { spec, state } = await standingOf(path);
    if (spec.feature !== node.name) return unknown;
    const status = statusOf(state, await inGraph(() => evidenceOf(system, path, spec)));
    return { status: status.replace('_', ' '), open: openIn(spec, state) };
  } catch (error) {
    // Not there, not sound, or nothing says who may approve it.
    if (error instanceof PlatformError && ['SOURCE_NOT_FOUND', 'BAD_INPUT', 'APPROVAL_REFUSED'].includes(error.code)) return unknown;
    throw error;
  }
}

function openIn(spec: Spec, { status, roles, change, isTampered }: SpecState): readonly string[] {
  if (status === 'approved' || status === 'superseded') return [];
  const unnamed = [...spec.criteria, ...spec.nfrs].filter(({ hasId }) => !hasId).length;
  const questions = spec.questions.filter(({ answer, waived }) => answer === undefined && waived === undefined);
  return [
    ...(isTampered ? ['the log of approvals cannot be relied on'] : []),
    ...(unnamed > 0 ? [`${unnamed} parts without id`] : []),
    ...(questions.length > 0 ? [`${questions.map(({ id }) => id).join(', ')} unanswered`] : []),
    ...(change && compareVersions(spec.version, change.version) < 0 ? [`version has to be ${change.version} or later`] : []),
    ...(status === 'draft' ? ['nobody asked for its review'] : roles.flatMap(waitsFor)),
  ];
}

const waitsFor = ({ name, people, atLeast, approvedBy, refusedBy }: RoleState): readonly string[] => [
  ...refusedBy.map(({ email }) => `${email} wants changes (${name})`),
  ...(approvedBy.length < atLeast ? [`${name} waits for ${people.join(', ') || 'nobody'}`] : []),
];
