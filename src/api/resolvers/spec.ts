import { PlatformError } from '../../../graph/errors.ts';
import type { Standing } from '../../specs/approvals/decide.ts';
import type { PartEvidence } from '../../specs/evidence.ts';
import { normativeHash, normativeOf } from '../../specs/normative.ts';
import type { Criterion, Nfr } from '../../specs/spec.ts';
import type { SpecAtHand } from '../../specs/spec-at-hand.ts';
import type { SpecResolvers } from '../generated/resolvers.ts';
import { withoutFolders } from '../specs.ts';

const standing = async (spec: SpecAtHand): Promise<Standing | undefined> => {
  const found = await spec.standing();
  return found instanceof PlatformError ? undefined : found;
};

async function parts<P extends Criterion | Nfr, M extends object>(
  { file, evidence }: SpecAtHand,
  stated: readonly P[],
  more: (part: P) => M,
): Promise<readonly (M & Pick<P, 'id' | 'text'> & { readonly line: number } & Checked)[]> {
  const known = new Map((await evidence())?.parts.map((part) => [part.id, part]));
  return stated.map((part) => ({
    id: part.id,
    text: part.text,
    line: file.spanOf(part.at).line,
    ...checked(known.get(part.id)),
    ...more(part),
  }));
}

interface Checked {
  readonly evidence: PartEvidence['level'] | undefined;
  readonly checkedBy: readonly string[];
  readonly missing: readonly string[];
}

const checked = (found: PartEvidence | undefined): Checked => ({
  evidence: found?.level,
  checkedBy: found?.by ?? [],
  missing: found?.missing ?? [],
});

export const Spec: SpecResolvers = {
  path: ({ shown }) => shown,
  repo: (spec) => spec.repo(),
  version: ({ file }) => file.spec?.version,
  status: (spec) => spec.status(),
  async problem(spec, _, context) {
    const found = await spec.standing();
    return found instanceof PlatformError ? withoutFolders(context, spec.file.path, found.message) : undefined;
  },
  hash: ({ file: { spec } }) => spec && normativeHash(normativeOf(spec)),
  description: ({ file }) => file.spec?.description,
  why: ({ file }) => file.spec?.why,
  roles: async (spec) => (await standing(spec))?.state.roles ?? [],
  approvals: async (spec) => (await standing(spec))?.log.entries ?? [],
  logProblems: async (spec) =>
    ((await standing(spec))?.log.problems ?? []).flatMap(({ isHint, line, message }) =>
      isHint ? [] : [`${line === undefined ? '' : `line ${line}: `}${message}`],
    ),
  approvedVersion: async (spec) => (await standing(spec))?.state.approved?.version,
  async change(spec) {
    const { approved, change } = (await standing(spec))?.state ?? {};
    return approved && change && { ...change, from: approved.version };
  },
  criteria: (spec) => parts(spec, spec.file.spec?.criteria ?? [], ({ priority }) => ({ priority })),
  nfrs: (spec) => parts(spec, spec.file.spec?.nfrs ?? [], ({ category }) => ({ category })),
  questions: ({ file }) =>
    (file.spec?.questions ?? []).map(({ id, text, about, options, answer, waived }) => ({
      id,
      text,
      about,
      options,
      answer: answer ?? waived,
    })),
  findings: (spec) => spec.findings(),
  content: ({ file }) => file.text,
};
