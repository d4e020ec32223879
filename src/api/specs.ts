import { basename, dirname, relative } from 'node:path';
import { PlatformError } from '../../graph/errors.ts';
import { compare } from '../../graph/model/edge.ts';
import { approve, requestChanges, submit, type Decision, type Standing, type Vote } from '../specs/approvals/decide.ts';
import { diffSpecs, type SpecDiff } from '../specs/diff-specs.ts';
import { findSpec, repositoryOf, specPaths, type SpecRef } from '../specs/find-specs.ts';
import { textAtRevision } from '../specs/git-history.ts';
import { normativeOf } from '../specs/normative.ts';
import { readSpec } from '../specs/read-spec.ts';
import { specAtHand, type SpecAtHand } from '../specs/spec-at-hand.ts';
import { readText } from '../specs/spec-files.ts';
import { bumped } from '../specs/version.ts';
import type { ApiContext } from './context.ts';

type Context = Pick<ApiContext, 'system' | 'roots' | 'actor'>;

/** Path as clients see it: nothing of where the server keeps its folders. */
const shownPath = ({ roots }: Pick<Context, 'roots'>, path: string): string =>
  relative(roots.folders[0] ?? '.', path).replaceAll('\\', '/');

/** Runs something about a file, with errors that name it as clients know it. */
async function named<T>(context: Context, path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const { code, details } = error;
    throw new PlatformError(code, withoutFolders(context, path, error.message), { cause: error, details });
  }
}

/** A message that names a spec by its path, or a file beside it. */
export const withoutFolders = (context: Pick<Context, 'roots'>, path: string, message: string): string =>
  message
    .replaceAll(path, shownPath(context, path))
    .replaceAll(`${dirname(path)}/`, `${dirname(shownPath(context, path))}/`.replace(/^\.\//, ''));

/** Throws as `findSpec` does. */
export async function openSpec(context: Context, ref: SpecRef): Promise<SpecAtHand> {
  const { system, roots } = context;
  const file = await findSpec(roots.folders, ref, system);
  return specAtHand(system, file, shownPath(context, file.path));
}

/** The specs of the server's folders after a path, by path; one more than a page has. */
export async function listSpecs(
  context: Context,
  { repo, after, limit }: { readonly repo?: string; readonly after?: string; readonly limit: number },
): Promise<readonly SpecAtHand[]> {
  const found: SpecAtHand[] = [];
  const paths = (await specPaths(context.roots.folders)).map((path) => ({ path, shown: shownPath(context, path) }));
  for (const { path, shown } of paths.toSorted((a, b) => compare(a.shown, b.shown))) {
    if (found.length >= limit || (after !== undefined && shown <= after)) continue;
    const spec = specAtHand(context.system, readSpec(await readText(path), path), shown);
    if (repo === undefined || (await repositoryOf(context.system, path, spec.feature)) === repo) found.push(spec);
  }
  return found;
}

/** What changed since a revision, or since the last approval. Throws BAD_INPUT where there is nothing to compare with. */
export async function diffOfSpec(
  context: Context,
  ref: SpecRef & { readonly revision?: string; readonly sameMeaning?: readonly string[] },
): Promise<SpecDiff & { readonly from: string; readonly version: string }> {
  const { file, standing } = await openSpec(context, ref);
  const { path, spec } = file;
  if (!spec) throw new PlatformError('BAD_INPUT', `${shownPath(context, path)} holds no spec that can be read.`);
  const before = await named(context, path, async () => {
    if (ref.revision !== undefined) {
      const was = readSpec(await textAtRevision(dirname(path), ref.revision, basename(path)), path).spec;
      return was && { version: was.version, content: normativeOf(was) };
    }
    const found = await standing();
    if (found instanceof PlatformError) throw found;
    return found.state.approved;
  });
  if (!before)
    throw new PlatformError('BAD_INPUT', `There is no earlier state of ${shownPath(context, path)}. Give the revision to compare with.`);
  const diff = diffSpecs(before.content, normativeOf(spec), { sameMeaning: new Set(ref.sameMeaning) });
  return { ...diff, from: before.version, version: bumped(before.version, diff.bump) };
}

interface Said extends SpecRef {
  readonly comment?: string;
}

export const submitSpec = (context: Context, { comment, ...ref }: Said): Promise<SpecAtHand> =>
  decide(context, ref, (path, by) => submit(path, { ...by, ...(comment === undefined ? {} : { comment }) }));

export const approveSpec = (
  context: Context,
  { feature, repo, ...vote }: Said & Required<Pick<Vote, 'hash'>> & Pick<Vote, 'role' | 'sameMeaning'>,
): Promise<SpecAtHand> =>
  decide(context, { feature, ...(repo === undefined ? {} : { repo }) }, (path, by) => approve(path, { ...vote, ...by }));

export const requestSpecChanges = (
  context: Context,
  { feature, repo, ...vote }: SpecRef & { readonly comment: string } & Required<Pick<Vote, 'hash'>> & Pick<Vote, 'role'>,
): Promise<SpecAtHand> =>
  decide(context, { feature, ...(repo === undefined ? {} : { repo }) }, (path, by) => requestChanges(path, { ...vote, ...by }));

/** Decides as whom the token of the request stands for. Throws APPROVAL_REFUSED for a request that stands for nobody. */
async function decide(
  context: Context,
  ref: SpecRef,
  write: (path: string, by: Pick<Decision, 'by' | 'at'>) => Promise<Standing>,
): Promise<SpecAtHand> {
  const { actor } = context;
  if (!actor)
    throw new PlatformError(
      'APPROVAL_REFUSED',
      'This request stands for nobody. Send the token that api.people of the configuration gives to you.',
      { details: { reason: 'no-identity' } },
    );
  const { file } = await openSpec(context, ref);
  await named(context, file.path, () => write(file.path, { by: actor, at: new Date() }));
  return openSpec(context, ref);
}
