import { diffSpecs, type SpecDiff } from '../diff-specs.ts';
import type { Identity } from '../git-history.ts';
import { normativeHash, normativeOf, type Normative } from '../normative.ts';
import type { Spec } from '../spec.ts';
import { bumped, compareVersions } from '../version.ts';
import { isIntact, type ApprovalLog, type Entry } from './log.ts';
import { isAmong, rolesOf, type ApprovalRules, type Role } from './rules.ts';

export type Lifecycle = 'draft' | 'in_review' | 'approved' | 'superseded';

export interface RoleState extends Role {
  /** Who approved this very state of the spec. */
  readonly approvedBy: readonly Identity[];
  /** Who wants changes of it. */
  readonly refusedBy: readonly Identity[];
}

/** The last state of a spec that was approved. */
export interface ApprovedState {
  readonly version: string;
  readonly hash: string;
  readonly at: string;
  readonly content: Normative;
}

export interface SpecState {
  readonly status: Lifecycle;
  readonly version: string;
  readonly hash: string;
  readonly roles: readonly RoleState[];
  readonly approved?: ApprovedState;
  /** What changed since then, and the least version that it may have. */
  readonly change?: SpecDiff & { readonly version: string };
  /** The log cannot be relied on: nothing counts as approved. */
  readonly isTampered: boolean;
}

/**
 * Where a spec stands, from the spec, its log and the rules. Nothing of it is stored: an approval is of one normative hash and one
 * version, so that a spec which says something else is in review again, whoever edited it and however.
 */
export function stateOf(spec: Spec, log: ApprovalLog, rules: ApprovalRules, isSuperseded = false): SpecState {
  const content = normativeOf(spec);
  const hash = normativeHash(content);
  const roles = rolesOf(spec, rules);
  const entries = isIntact(log) ? log.entries : [];
  const now = votesOn(entries, { hash, version: spec.version }, roles, rules);
  const approved = lastApproved(entries, spec, rules);
  const isApproved = isComplete(now);
  return {
    status: isSuperseded ? 'superseded' : isApproved ? 'approved' : log.entries.length > 0 ? 'in_review' : 'draft',
    version: spec.version,
    hash,
    roles: now,
    ...(approved ? { approved, change: changeSince(approved, content, entries) } : {}),
    isTampered: !isIntact(log),
  };
}

/** A spec that nobody has to approve is approved by nobody. */
const isComplete = (roles: readonly RoleState[]): boolean =>
  roles.length > 0 && roles.every(({ atLeast, approvedBy, refusedBy }) => approvedBy.length >= atLeast && refusedBy.length === 0);

interface Subject {
  readonly hash: string;
  readonly version: string;
}

/** The last word of each person on one state of a spec. */
function votesOn(
  entries: readonly Entry[],
  { hash, version }: Subject,
  roles: readonly Role[],
  rules: ApprovalRules,
): readonly RoleState[] {
  return roles.map((role) => {
    const last = new Map<string, Entry>();
    for (const entry of entries)
      if (entry.role === role.name && entry.hash === hash && entry.version === version && mayCount(entry, role, rules))
        last.set(entry.by.email.toLowerCase(), entry);
    const by = (action: Entry['action']): readonly Identity[] =>
      [...last.values()].filter((entry) => entry.action === action).map((entry) => entry.by);
    return { ...role, approvedBy: by('approve'), refusedBy: by('request-changes') };
  });
}

const mayCount = ({ by, engine }: Entry, { people }: Role, rules: ApprovalRules): boolean =>
  (isAmong(people, by.email) || isAmong(rules.former, by.email)) && !isEngine(by, engine, rules);

/** Whether an identity is a program: one that the rules name, or the one that wrote the spec. */
export function isEngine(by: Identity, engine: Entry['engine'], rules: Pick<ApprovalRules, 'engines'>): boolean {
  const names = [engine?.by, engine?.model, engine?.engine === 'human' ? undefined : engine?.engine];
  const own = names.flatMap((name) => (name === undefined || name === '' ? [] : [name.toLowerCase()]));
  const [email, name] = [by.email.toLowerCase(), by.name.toLowerCase()];
  return isAmong(rules.engines, by.email) || own.some((one) => one === email || one === name || one === `${name} <${email}>`);
}

function lastApproved(entries: readonly Entry[], spec: Spec, rules: ApprovalRules): ApprovedState | undefined {
  const contents = new Map(entries.flatMap(({ hash, content }) => (content ? [[hash, content] as const] : [])));
  const subjects = new Map(
    entries.flatMap((entry) => (entry.action === 'approve' ? [[`${entry.hash} ${entry.version}`, entry] as const] : [])),
  );
  const found = [...subjects.values()].flatMap(({ hash, version }) => {
    const content = contents.get(hash);
    if (!content) return [];
    const roles = rolesOf({ ...spec, ...linksOf(content) }, rules);
    const votes = entries.filter((entry) => entry.hash === hash && entry.version === version && entry.action === 'approve');
    if (!isComplete(votesOn(entries, { hash, version }, roles, rules))) return [];
    return [{ version, hash, content, at: votes.at(-1)!.at }];
  });
  return found.toSorted((a, b) => compareVersions(b.version, a.version))[0];
}

/** The policies that a content was constrained by. */
function linksOf({ links }: Normative): Pick<Spec, 'links' | 'criteria'> {
  const parsed = links.map((link) => {
    const [target = '', rel = ''] = link.split(' ').toReversed();
    return { at: [], rel, target };
  });
  return { links: parsed, criteria: [] };
}

function changeSince(
  { content: before, version, hash }: ApprovedState,
  after: Normative,
  entries: readonly Entry[],
): SpecDiff & { readonly version: string } {
  const now = normativeHash(after);
  const said = entries.filter((entry) => entry.hash === now && now !== hash).flatMap(({ sameMeaning = [] }) => sameMeaning);
  const diff = diffSpecs(before, after, { sameMeaning: new Set(said) });
  return { ...diff, version: bumped(version, diff.bump) };
}
