import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlatformError } from '../../graph/errors.ts';
import { compare } from '../../graph/model/edge.ts';
import { textAtRevision } from './git-history.ts';
import { readSpec } from './read-spec.ts';
import { isSound, type Spec, type SpecFile } from './spec.ts';
import { removeLeftBeside, temporaryBeside } from './temporary-file.ts';

const SPEC = /\.spec\.ya?ml$/i;
/** Threads of the SpecAgent hold copies of specs, as they were reviewed and handed off. */
const NOT_ENTERED: ReadonlySet<string> = new Set(['node_modules', '.git', '.specgraph', 'dist', '.threads']);

/** The spec files that paths mean: files themselves, of folders all below. Throws BAD_INPUT for a path that is not there, or empty. */
export async function specFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const files = (await isFolder(path)) ? await below(path) : [path];
    if (files.length === 0)
      throw new PlatformError('BAD_INPUT', `There is no *.spec.yaml below ${path}. Name a spec, or a folder of specs.`);
    for (const file of files) found.add(file);
  }
  return [...found];
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', `There is no ${path}. Name a spec, or a folder of specs.`, { cause });
  }
}

async function below(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return []; // gone since it was listed
    throw new PlatformError('BAD_INPUT', `Cannot look into ${folder}. See that it may be read, or name the specs one by one.`, { cause });
  });
  const found: string[] = [];
  for (const entry of entries.toSorted((a, b) => compare(a.name, b.name))) {
    if (entry.isDirectory() && !NOT_ENTERED.has(entry.name)) found.push(...(await below(join(folder, entry.name))));
    else if (entry.isFile() && SPEC.test(entry.name)) found.push(join(folder, entry.name));
  }
  return found;
}

/** Throws BAD_INPUT for what cannot be read. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', `Cannot read ${path}. Name a file that is there.`, { cause });
  }
}

/** Makes a folder, and those above it. Throws BAD_INPUT where that may not be. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw new PlatformError(
      'BAD_INPUT',
      `Cannot make the folder ${path}. See that nothing of that name is there, and that it may be written.`,
      {
        cause,
      },
    );
  });
}

/** Writes a file so that readers see all of it or what was there before. */
export async function replaceText(path: string, text: string): Promise<void> {
  const beside = temporaryBeside(path);
  try {
    await writeFile(beside, text);
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => {});
    throw new PlatformError('BAD_INPUT', `Cannot write ${path}. See that the folder exists and may be written to.`, { cause });
  }
  await removeLeftBeside(path);
}

/** Makes a file with all of its text at once; false where it is there already. Throws BAD_INPUT where it cannot be written. */
export async function createIfAbsent(path: string, text: string): Promise<boolean> {
  const beside = temporaryBeside(path);
  try {
    await writeFile(beside, text);
    await link(beside, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new PlatformError('BAD_INPUT', `Cannot write ${path}. See that the folder exists and may be written to.`, { cause });
  } finally {
    await rm(beside, { force: true }).catch(() => {});
    await removeLeftBeside(path);
  }
}

/** Writes a file that is not there yet. Throws BAD_INPUT where one is: nothing that people wrote is overwritten. */
export async function createText(path: string, text: string): Promise<void> {
  if (!(await createIfAbsent(path, text)))
    throw new PlatformError('BAD_INPUT', `${path} is there already. Remove it, or give another name.`);
}

/** The text of a file, or of `REV:path` in Git. Throws BAD_INPUT, GIT_FAILED. */
export async function readSource(source: string): Promise<string> {
  const [, revision, path] = /^([^:]{2,}):(.+)$/s.exec(source) ?? [];
  const isFile = await stat(source).then(
    () => true,
    () => false,
  );
  return isFile || revision === undefined || path === undefined ? readText(source) : textAtRevision('.', revision, path);
}

/** The spec in a file or at `REV:path`. Throws BAD_INPUT, with what is wrong, for one that cannot be relied on. */
export async function readSound(source: string): Promise<SpecFile & { readonly spec: Spec }> {
  const file = readSpec(await readSource(source), source);
  const { spec, diagnostics } = file;
  if (spec && isSound(file)) return { ...file, spec };
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const told = errors.slice(0, 3).map(({ span, message }) => `${span ? `line ${span.line}: ` : ''}${message}`);
  throw new PlatformError('BAD_INPUT', `${source} is no sound spec. ${told.join(' ')}`, { details: { diagnostics } });
}
