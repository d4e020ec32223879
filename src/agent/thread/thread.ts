import { lstat, readFile, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { PlatformError } from '../../../graph/errors.ts';
import { compare } from '../../../graph/model/edge.ts';
import { canonicalJson, sha256 } from '../../../ingest/parse/canonical-json.ts';
import { oneLine, visible } from '../../visible.ts';
import { createIfAbsent, makeFolder, replaceText } from '../../specs/spec-files.ts';
import { removeLeftIn } from '../../specs/temporary-file.ts';
import { isInside } from '../../inside.ts';
import { MOST, readInside } from './files-inside.ts';
import { openLog } from './log.ts';
import type { Doer, StepRecord } from './record.ts';

/** What a step came to, and who did it where that was not the rules. */
export interface Done<T> {
  readonly output: T;
  readonly by?: Doer;
  /** Something that it needed did not answer: it may be done again. */
  readonly open?: true;
}

/** Something that people said to a thread: never changed once it is there. */
export interface PersonInput {
  readonly by: { readonly name: string; readonly email: string };
  readonly at: string;
  /** By what it is said of: `Q-1`, `C-1a2b3c4d`. */
  readonly said: ReadonlyMap<string, string>;
  /** Path in the repository, and its text: what cites it quotes lines of it. */
  readonly file: string;
  readonly text: string;
  /** Text of the spec that it was said about, at a review. */
  readonly spec?: string;
}

/**
 * All that happened to one request, as files beside the specs. They are the only state there is: whoever has them can go on in another
 * process, on another machine, a week later. Written are only new files and new lines at the end of the log.
 */
export interface Thread {
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
  /** The path in the repository of a file of this thread. */
  fileOf(name: string): string;
  request(): Promise<string>;
  /** What was done, in order. Throws `BAD_INPUT` for a log that is broken, with the line and what to do. */
  records(): Promise<readonly StepRecord[]>;
  /** What a step came to with an input; undefined where it was not done. */
  done(step: string, input: unknown): Promise<StepRecord | undefined>;
  /**
   * Does a step, unless it was done with the same input: then what came out then. `again`: also where what came out is open still. Throws
   * `ABORTED` for a thread that was cancelled.
   */
  once<T>(step: string, input: unknown, work: () => Promise<Done<T>>, options?: { readonly again?: boolean }): Promise<T>;
  /** What people said at a gate; undefined as long as nobody did. */
  input(name: string): Promise<PersonInput | undefined>;
  /** Keeps what somebody says. Throws `BAD_INPUT` where somebody did already: the first counts. */
  say(name: string, by: PersonInput['by'], said: ReadonlyMap<string, string>, spec?: string): Promise<void>;
  cancel(by: PersonInput['by']): Promise<void>;
  isCancelled(): Promise<boolean>;
}

/** Where threads are kept, below the folder of the specs. */
const THREADS = '.threads';
const LOG = 'log.jsonl';
const REQUEST = 'request.md';
const CANCEL = 'cancel';
/** Times that a line is written: it is none where another process was killed half-way through one just before it, after it was looked at. */
const WRITES = 2;
/** Threads hold quotes, packs and generated contracts: what they repeat is no part of the system. */
const IGNORED = '*\n';
/** What a process that is killed leaves behind. */
const NOT_COMMITTED = '*.tmp\n';

export interface ThreadPlace {
  /** Folder of the repository, absolute. */
  readonly root: string;
  /** Folder of its specs, relative to that. */
  readonly specs: string;
  readonly now?: () => Date;
}

const threadsFolder = ({ root, specs }: ThreadPlace): string => join(root, specs, THREADS);
const isId = (id: string): boolean => /^[a-z0-9][a-z0-9-]{0,79}$/.test(id);

/** Ids of the threads that there are, in order; nothing of them is read. Throws `BAD_INPUT` for a folder that cannot be. */
export async function threadIds(place: ThreadPlace): Promise<readonly string[]> {
  await topOf(place);
  const entries = await readdir(threadsFolder(place), { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (isMissing(cause)) return [];
    throw new PlatformError('BAD_INPUT', `Cannot read ${join(place.specs, THREADS)}. See that it is a folder that may be read.`, { cause });
  });
  return entries
    .filter((entry) => entry.isDirectory() && isId(entry.name))
    .map(({ name }) => name)
    .toSorted(compare);
}

/** A request as its file has it. Throws `LIMIT_EXCEEDED` for one that nobody could read again. */
export function bytesOf(request: string): Buffer {
  const bytes = Buffer.from(request);
  if (bytes.length <= MOST.bytes) return bytes;
  throw new PlatformError(
    'LIMIT_EXCEEDED',
    `The request has ${bytes.length} bytes; at most ${MOST.bytes} are read. Say what is to be built, and leave out what goes with it.`,
    { details: { limit: 'requestBytes', allowed: MOST.bytes, found: bytes.length } },
  );
}

/**
 * Begins a thread, or finds the one that was begun with the same request. Throws `BAD_INPUT` for one of that id with another, and where
 * nothing can be written; `LIMIT_EXCEEDED` as `bytesOf` does.
 */
export async function beginThread(place: ThreadPlace, id: string, request: string): Promise<Thread> {
  if (!isId(id)) throw new PlatformError('BAD_INPUT', `${id} is no name of a thread. Use a-z, 0-9 and -, at most 80 characters.`);
  const bytes = bytesOf(request);
  await stayInside(place, id);
  const folder = join(threadsFolder(place), id);
  await makeFolder(folder);
  await createIfAbsent(join(threadsFolder(place), '.specgraphignore'), IGNORED);
  await createIfAbsent(join(threadsFolder(place), '.gitignore'), NOT_COMMITTED);
  const isNew = await createIfAbsent(join(folder, REQUEST), request);
  if (!isNew && !(await readFile(join(folder, REQUEST))).equals(bytes))
    throw new PlatformError('BAD_INPUT', `There is a thread ${id} with another request. Give yours another name.`);
  return threadAt(place, id);
}

/** Throws `BAD_INPUT` where there is no such thread, or no request in it. */
export async function openThread(place: ThreadPlace, id: string): Promise<Thread> {
  const kindOf = (...names: readonly string[]) => lstat(join(threadsFolder(place), id, ...names)).catch(() => undefined);
  if (isId(id) && (await kindOf())?.isDirectory()) {
    await stayInside(place, id);
    if (!(await kindOf(REQUEST))?.isFile())
      throw new PlatformError(
        'BAD_INPUT',
        `${join(place.specs, THREADS, id, REQUEST)} is not there, so nobody knows what was asked for. Restore it as Git has it, or remove its folder.`,
      );
    return threadAt(place, id);
  }
  const known = await threadIds(place);
  const told = known.length === 0 ? 'There are none.' : `There are: ${known.slice(-5).join(', ')}.`;
  throw new PlatformError('BAD_INPUT', `There is no thread ${visible(id.slice(0, 100))} in ${join(place.specs, THREADS)}. ${told}`);
}

const isMissing = ({ code }: NodeJS.ErrnoException): boolean => code === 'ENOENT' || code === 'ENOTDIR';

/** The real path of the repository. Throws `BAD_INPUT` where there is no such folder: none is made. */
async function topOf({ root }: ThreadPlace): Promise<string> {
  try {
    const top = await realpath(root);
    if ((await lstat(top)).isDirectory()) return top;
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', `There is no folder ${root}. Name that of the repository.`, { cause });
  }
  throw new PlatformError('BAD_INPUT', `${root} is no folder. Name that of the repository.`);
}

/** Threads are written to: no link of a repository leads them out of it. Throws `BAD_INPUT`. */
async function stayInside(place: ThreadPlace, id: string): Promise<void> {
  const { root, specs } = place;
  const top = await topOf(place);
  for (const path of [specs, join(specs, THREADS), join(specs, THREADS, id)]) {
    const real = await realpath(join(root, path)).catch(() => undefined); // not there yet
    if (real !== undefined && !isInside(top, real)) throw new PlatformError('BAD_INPUT', `${path} leads out of the repository.`);
  }
}

function threadAt(place: ThreadPlace, id: string): Thread {
  const folder = join(threadsFolder(place), id);
  const now = place.now ?? (() => new Date());
  const fileOf = (name: string): string =>
    [...place.specs.split(/[\\/]/).filter((part) => part !== '' && part !== '.'), THREADS, id, name].join('/');
  const { records, append } = openLog(join(folder, LOG), fileOf(LOG));
  const find = async (key: string): Promise<StepRecord | undefined> => (await records()).findLast((record) => record.key === key);
  const read = (name: string): Promise<string | undefined> =>
    readFile(join(folder, name), 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (isMissing(cause)) return undefined;
      throw new PlatformError('BAD_INPUT', `Cannot read ${fileOf(name)}. See that it is a file that may be read.`, { cause });
    });
  const isCancelled = async (): Promise<boolean> => (await read(`${CANCEL}.md`)) !== undefined;

  return {
    id,
    folder,
    fileOf,
    request: () => readInside(folder, REQUEST),
    records,
    done: (step, input) => find(keyOf(step, input)),
    async once<T>(step: string, input: unknown, work: () => Promise<Done<T>>, { again = false } = {}): Promise<T> {
      if (await isCancelled()) throw new PlatformError('ABORTED', `The thread ${id} was cancelled. Begin another one.`);
      const key = keyOf(step, input);
      const done = await find(key);
      if (done && !(done.open && again)) return done.output as T;
      const { output, by = { kind: 'rules' }, open } = await work();
      await removeLeftIn(folder);
      for (let times = 0; times < WRITES; times++) {
        await append({ v: 1, step, key, by, at: now().toISOString(), ...(open ? { open } : {}), output: plain(output) });
        // Two processes at once: the first to have written it decides, so that both go on with the same.
        const kept = await find(key);
        if (kept) return kept.output as T;
      }
      throw new PlatformError('INTERNAL', `Could not keep what came out of ${step} in ${fileOf(LOG)}.`);
    },
    async input(name) {
      const [text, spec] = [await read(`${name}.md`), await read(`${name}.spec.yaml`)];
      return text === undefined
        ? undefined
        : { ...readInput(text), file: fileOf(`${name}.md`), text, ...(spec === undefined ? {} : { spec }) };
    },
    async say(name, by, said, spec) {
      await removeLeftIn(folder);
      const text = writeInput(name, by, now().toISOString(), said);
      // Before the file that makes it count, and again where a process was killed between the two: people may have edited it since.
      if (spec !== undefined && (await read(`${name}.md`)) === undefined) await replaceText(join(folder, `${name}.spec.yaml`), spec);
      if (await createIfAbsent(join(folder, `${name}.md`), text)) return;
      if ((await read(`${name}.md`))?.split('\n').slice(2).join('\n') === text.split('\n').slice(2).join('\n')) return; // said again
      throw new PlatformError('BAD_INPUT', `That was answered already, in ${fileOf(`${name}.md`)}. See \`specgraph agent status ${id}\`.`);
    },
    async cancel(by) {
      await createIfAbsent(join(folder, `${CANCEL}.md`), writeInput(CANCEL, by, now().toISOString(), new Map()));
    },
    isCancelled,
  };
}

/** As it reads back from JSON. */
const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

/** Hash of what is done with what. */
const keyOf = (step: string, input: unknown): string => sha256(canonicalJson([step, plain(input)]));

const HEAD = /^By (?<name>.*) <(?<email>[^<>]*)> at (?<at>\S+)$/;
const SAID = /^- (?<about>[^\s:]+): (?<value>.*)$/;

/** One line for each thing that is said, so that a line can be cited. */
const writeInput = (name: string, { name: who, email }: PersonInput['by'], at: string, said: ReadonlyMap<string, string>): string =>
  [
    `# ${name}`,
    `By ${oneLine(who)} <${email}> at ${at}`,
    '',
    ...Array.from(said, ([about, value]) => `- ${about}: ${oneLine(value)}`),
    '',
  ].join('\n');

function readInput(text: string): Pick<PersonInput, 'by' | 'at' | 'said'> {
  const lines = text.split(/\r?\n/);
  const { name = '', email = '', at = '' } = lines.map((line) => HEAD.exec(line)?.groups).find((groups) => groups) ?? {};
  const said = lines.flatMap((line) => {
    const { about, value } = SAID.exec(line)?.groups ?? {};
    return about === undefined || value === undefined ? [] : [[about, value] as const];
  });
  return { by: { name, email }, at, said: new Map(said) };
}
