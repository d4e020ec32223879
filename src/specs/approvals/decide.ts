import { dirname } from 'node:path';
import { PlatformError } from '../../../graph/errors.ts';
import { diffSpecs } from '../diff-specs.ts';
import { headOf, type Identity } from '../git-history.ts';
import { normativeHash, normativeOf } from '../normative.ts';
import { isOpen, isProposed, type Question, type Spec } from '../spec.ts';
import { specFiles, readSound, readText } from '../spec-files.ts';
import { bumped, compareVersions } from '../version.ts';
import { append, isIntact, openLog, type ApprovalLog, type Entry, type NewEntry } from './log.ts';
import { isAmong, rolesOf, rulesFor, type ApprovalRules } from './rules.ts';
import { isEngine, stateOf, type SpecState } from './state.ts';

/** Who decides. `engine` is a program, whatever it calls itself: it may submit, and decides nothing. */
export interface Actor extends Identity {
  readonly kind: 'person' | 'engine';
}

export interface Decision {
  readonly by: Actor;
  readonly at: Date;
  readonly comment?: string;
}

export interface Vote extends Decision {
  /** Absent: all that the person may approve as. */
  readonly role?: string;
  /** Parts that mean what they meant in the version approved before. */
  readonly sameMeaning?: readonly string[];
  /** Normative hash of what was read: the decision is about that, and refused when the spec says something else by now. */
  readonly hash?: string;
}

/** A spec with all that says where it stands. */
export interface Standing {
  readonly path: string;
  readonly spec: Spec;
  readonly log: ApprovalLog;
  readonly rules: ApprovalRules;
  readonly state: SpecState;
}

/** Throws BAD_INPUT for a spec that is not sound, APPROVAL_REFUSED where nothing says who may approve it. */
export async function standingOf(path: string): Promise<Standing> {
  const { spec } = await readSound(path);
  const [log, rules] = [await openLog(path, spec.feature), await rulesFor(path)];
  return { path, spec, log, rules, state: stateOf(spec, log, rules, await isSuperseded(path, spec)) };
}

/** Undefined where nothing says yet who may approve the spec. Throws BAD_INPUT as above. */
export async function standingIfAny(path: string): Promise<Standing | undefined> {
  try {
    return await standingOf(path);
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'APPROVAL_REFUSED') return undefined;
    throw error;
  }
}

/** Another spec of the folder that is approved says that it takes the place of this one. */
async function isSuperseded(path: string, { feature, version }: Spec): Promise<boolean> {
  for (const other of await specFiles([dirname(path)])) {
    if (!(await readText(other)).includes('supersedes')) continue; // most say nothing of the kind: reading them well takes long
    const file = await readSound(other).catch(() => undefined);
    const [, named, until] = /^SPEC-([^@]+)@(\S+)$/.exec(file?.spec.supersedes ?? '') ?? [];
    if (!file || named !== feature || until === undefined || file.spec.feature === feature || compareVersions(version, until) > 0) continue;
    const state = stateOf(file.spec, await openLog(other, file.spec.feature), await rulesFor(other));
    if (state.status === 'approved') return true;
  }
  return false;
}

const refuse = (message: string, details?: Readonly<Record<string, unknown>>): PlatformError =>
  new PlatformError('APPROVAL_REFUSED', message, details ? { details } : {});

/** Asks for the review of a draft. Throws APPROVAL_REFUSED for what cannot be reviewed. */
export async function submit(path: string, decision: Decision): Promise<Standing> {
  const standing = await standingOf(path);
  relyOn(standing);
  if (standing.state.status === 'draft') await write(standing, decision, [{ action: 'submit' }]);
  return standingOf(path);
}

/**
 * Approves the spec as it stands, in all roles that the person has, or in one. Throws APPROVAL_REFUSED where that may not be: for an
 * engine, somebody whom the rules do not name, a draft, open questions, or a version that is less than what changed asks for.
 */
export async function approve(path: string, vote: Vote): Promise<Standing> {
  const standing = await standingOf(path);
  const roles = rolesFor(standing, vote);
  const { spec, state, log } = standing;
  if (state.status === 'draft') throw refuse(`${path} is a draft. Ask for its review with \`specgraph spec submit ${path}\` first.`);
  const open = spec.questions.filter(isOpen);
  const list = (questions: readonly Question[]): string => questions.map(({ id }) => id).join(', ');
  if (open.length > 0) {
    const proposed = open.filter(isProposed);
    const told =
      proposed.length > 0
        ? ` Only a model answered ${list(proposed)}: accept that (of a thread: \`specgraph agent resume THREAD --accept ${proposed[0]?.id ?? ''}\`), or correct it and put your name in its \`answeredBy\`.`
        : '';
    throw refuse(`${path} has open questions: ${list(open)}. Give each an \`answer\`, or \`waived\` with the reason.${told}`);
  }
  const { sameMeaning = [] } = vote;
  if (state.approved) {
    const said = log.entries.filter(({ hash }) => hash === state.hash).flatMap((entry) => entry.sameMeaning ?? []);
    const diff = diffSpecs(state.approved.content, normativeOf(spec), { sameMeaning: new Set([...said, ...sameMeaning]) });
    const least = bumped(state.approved.version, diff.bump);
    if (compareVersions(spec.version, least) < 0) {
      const why = diff.changes.filter(({ bump }) => bump === diff.bump).map(({ part, kind, reason }) => `${part} is ${kind} (${reason})`);
      throw refuse(
        `${path} is ${spec.version}, but what changed since ${state.approved.version} makes it at least ${least}: ${why.slice(0, 5).join('; ')}. Set specVersion to "${least}".`,
        { version: least, bump: diff.bump, changes: diff.changes },
      );
    }
  }
  await write(
    standing,
    vote,
    roles.map((role) => ({ action: 'approve', role, ...(sameMeaning.length > 0 ? { sameMeaning: [...sameMeaning] } : {}) })),
  );
  return standingOf(path);
}

/** Wants changes of the spec as it stands: it is not approved until the same person approves it, or it says something else. */
export async function requestChanges(path: string, vote: Vote & { readonly comment: string }): Promise<Standing> {
  const standing = await standingOf(path);
  const roles = rolesFor(standing, vote);
  if (standing.state.status === 'draft')
    throw refuse(`${path} is a draft. Ask for its review with \`specgraph spec submit ${path}\` first.`);
  await write(
    standing,
    vote,
    roles.map((role) => ({ action: 'request-changes', role })),
  );
  return standingOf(path);
}

function relyOn({ path, spec, log, state }: Standing): void {
  if (!isIntact(log)) {
    const problem = log.problems.find(({ isHint }) => !isHint);
    throw refuse(
      `${log.path} cannot be relied on: ${problem?.line === undefined ? '' : `line ${problem.line}: `}${problem?.message} Restore it from Git.`,
    );
  }
  if (state.status === 'superseded') throw refuse(`${path} is superseded. Decide about the spec that took its place.`);
  const unnamed = [...spec.criteria, ...spec.nfrs].filter(({ hasId }) => !hasId);
  if (unnamed.length > 0) throw refuse(`${unnamed.length} parts of ${path} have no id. Run \`specgraph spec fmt ${path}\` first.`);
}

function rolesFor(standing: Standing, { by, role, hash }: Vote): readonly string[] {
  relyOn(standing);
  const { path, spec, rules, state } = standing;
  const roles = rolesOf(spec, rules);
  if (by.kind === 'engine' || isEngine(by, spec.generated, rules))
    throw refuse(`${by.name} <${by.email}> is an engine, and engines do not decide about ${path}. Ask one of: ${peopleOf(roles)}.`);
  const own = roles.filter(({ name, people }) => isAmong(people, by.email) && (role === undefined || name === role));
  if (own.length > 0 && hash !== undefined && hash !== state.hash)
    throw refuse(`${path} says something else than what you read. Read it again; it has the hash ${state.hash} now.`, { hash: state.hash });
  if (own.length > 0) return own.map(({ name }) => name);
  const what = role === undefined ? path : `${path} as ${role}`;
  throw refuse(`The rules do not let ${by.name} <${by.email}> decide about ${what}. Ask one of: ${peopleOf(roles)}.`);
}

const peopleOf = (roles: SpecState['roles'] | ReturnType<typeof rolesOf>): string =>
  roles.map(({ name, people }) => `${people.join(', ') || 'nobody'} (${name})`).join('; ') || 'nobody';

async function write(
  { path, spec, log }: Standing,
  { by, at, comment }: Decision,
  entries: readonly (Pick<Entry, 'action'> & Partial<Pick<Entry, 'role' | 'sameMeaning'>>)[],
): Promise<void> {
  const content = normativeOf(spec);
  const commit = await headOf(dirname(path));
  const common: Omit<NewEntry, 'action'> = {
    feature: spec.feature,
    version: spec.version,
    hash: normativeHash(content),
    by: { name: by.name, email: by.email },
    at: at.toISOString(),
    ...(commit === undefined ? {} : { commit }),
    ...(comment === undefined || comment === '' ? {} : { comment }),
    ...(spec.generated ? { engine: { ...spec.generated } } : {}),
  };
  await append(
    log,
    content,
    entries.map((entry) => ({ ...common, ...entry })),
  );
}
