import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { PlatformError } from '../../../graph/errors.ts';
import { compare } from '../../../graph/model/edge.ts';
import { readTrees } from '../../../ingest/parse/tree.ts';
import type { Spec } from '../spec.ts';

const People = z.array(z.string().min(1));
const Approvers = z.union([People, z.strictObject({ people: People, atLeast: z.int().min(1).default(1) })]);
const Roles = z.strictObject({ why: Approvers.optional(), how: Approvers.optional() });

/** `approvals.yaml`: who may approve what, kept in Git like everything else. */
export const ApprovalRules = z.strictObject({
  ...Roles.shape,
  /** By the name of a policy, as specs link it; `*` stands for anything. */
  policies: z.record(z.string(), Approvers).default({}),
  /** Other people for some features; `*` stands for anything. The first that fits counts. */
  specs: z.record(z.string(), Roles).default({}),
  /** Identities that are programs: they never approve. */
  engines: People.default([]),
  /** People who approve no more; what they approved stays approved. */
  former: People.default([]),
});
export type ApprovalRules = z.infer<typeof ApprovalRules>;

/** Something that has to be approved, and by whom. */
export interface Role {
  /** `why`, `how`, `policy:<name>` */
  readonly name: string;
  readonly people: readonly string[];
  readonly atLeast: number;
}

export const RULES_FILE = 'approvals.yaml';

/** The rules that hold for a spec: of the nearest `approvals.yaml`, in its folder or one above, up to the top of the repository. */
export async function rulesFor(specPath: string): Promise<ApprovalRules> {
  for (let folder = dirname(resolve(specPath)); ; folder = dirname(folder)) {
    const path = join(folder, RULES_FILE);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return readRules(text, path);
    const isTop = await stat(join(folder, '.git')).then(
      () => true,
      () => false,
    );
    if (isTop || dirname(folder) === folder) break;
  }
  throw new PlatformError(
    'APPROVAL_REFUSED',
    `Nothing says who may approve ${specPath}. Write an ${RULES_FILE} beside it, with \`why: [EMAIL]\` and \`how: [EMAIL]\`.`,
  );
}

/** Throws BAD_INPUT for what is no file of rules. */
export function readRules(text: string, path: string): ApprovalRules {
  const { trees, diagnostics } = readTrees(text, path);
  const [unread] = diagnostics;
  if (unread) throw new PlatformError('BAD_INPUT', `${path}:${unread.span?.line ?? 1}: ${unread.message}`);
  const parsed = ApprovalRules.safeParse(trees[0]?.value ?? {});
  if (parsed.success) return parsed.data;
  const [{ path: at, message } = { path: [], message: 'Is not valid' }] = parsed.error.issues;
  const line = trees[0]?.spanOf(at.map((part) => (typeof part === 'number' ? part : String(part)))).line ?? 1;
  throw new PlatformError('BAD_INPUT', `${path}:${line}: ${at.join('.')}: ${message}. See docs/reference/specs.md#who-may-approve.`, {
    cause: parsed.error,
  });
}

/** What of a spec has to be approved: the why, the how, and each policy it is constrained by that has an owner. */
export function rolesOf(spec: Pick<Spec, 'feature' | 'links' | 'criteria'>, rules: ApprovalRules): readonly Role[] {
  const special = Object.entries(rules.specs).find(([pattern]) => fits(pattern, spec.feature))?.[1];
  const role = (name: string, approvers: z.infer<typeof Approvers> | undefined): readonly Role[] => {
    if (!approvers) return [];
    return [Array.isArray(approvers) ? { name, people: approvers, atLeast: 1 } : { name, ...approvers }];
  };
  const linked = [...spec.links, ...spec.criteria.flatMap(({ links }) => links)].flatMap(({ target }) => {
    const name = /^policy:([^/#]+)/.exec(target)?.[1];
    return name === undefined ? [] : [name];
  });
  const policies = [...new Set(linked)].toSorted(compare).flatMap((name) => {
    const owners = Object.entries(rules.policies).find(([pattern]) => fits(pattern, name))?.[1];
    return role(`policy:${name}`, owners);
  });
  return [...role('why', special?.why ?? rules.why), ...role('how', special?.how ?? rules.how), ...policies];
}

export const isAmong = (people: readonly string[], email: string): boolean =>
  people.some((pattern) => fits(pattern.toLowerCase(), email.toLowerCase()));

/** `*` stands for anything. */
function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === text;
  const last = rest.pop()!;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
