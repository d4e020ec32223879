import { lstat, mkdir, open, readFile, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PlatformError } from '../../../graph/errors.ts';
import { compare } from '../../../graph/model/edge.ts';
import { canonicalJson, sha256 } from '../../../ingest/parse/canonical-json.ts';
import { oneLine } from '../../visible.ts';
import { createIfAbsent, replaceText } from '../../specs/spec-files.ts';
import { isInside } from '../../inside.ts';
import { readInside } from './files-inside.ts';

/** Who or what did a step. */
export const Doer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rules') }),
  z.strictObject({
    kind: z.literal('model'),
    model: z.string(),
    /** Hash of what the model was told. */
    prompt: z.string(),
    inputTokens: z.int().min(0),
    outputTokens: z.int().min(0),
    /** In the currency of the prices in the settings. */
    cost: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('person'), name: z.string(), email: z.string() }),
]);
export type Doer = z.infer<typeof Doer>;

/** A step that was done: what came out of which input. */
const StepRecord = z.strictObject({
  v: z.literal(1),
  step: z.string(),
  /** Hash of the step's name and input: with the same input it is not done again. */
  key: z.string(),
  by: Doer,
  at: z.iso.datetime(),
  output: z.unknown(),
});
export type StepRecord = z.infer<typeof StepRecord>;

/** What a step came to, and who did it where that was not the rules. */
export interface Done<T> {
  readonly output: T;
  readonly by?: Doer;
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
  records(): Promise<readonly StepRecord[]>;
  /** Does a step, unless it was done with the same input: then what came out then. Throws `ABORTED` for a thread that was cancelled. */
  once<T>(step: string, input: unknown, work: () => Promise<Done<T>>): Promise<T>;
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
/** Times that a line is written: it is none where another process was killed half-way through one just before it. */
const WRITES = 2;
/** Threads hold quotes, packs and generated contracts: what they repeat is no part of the system. */
const IGNORED = '*\n';

export interface ThreadPlace {
  /** Folder of the repository, absolute. */
  readonly root: string;
  /** Folder of its specs, relative to that. */
  readonly specs: string;
  readonly now?: () => Date;
}

const threadsFolder = ({ root, specs }: ThreadPlace): string => join(root, specs, THREADS);
const isId = (id: string): boolean => /^[a-z0-9][a-z0-9-]{0,79}$/.test(id);

/** Ids of the threads that there are, in order. */
export async function threadIds(place: ThreadPlace): Promise<readonly string[]> {
  const entries = await readdir(threadsFolder(place), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && isId(entry.name))
    .map(({ name }) => name)
    .toSorted(compare);
}

/** Begins a thread, or finds the one that was begun with the same request. Throws `BAD_INPUT` for one of that id with another. */
export async function beginThread(place: ThreadPlace, id: string, request: string): Promise<Thread> {
  if (!isId(id)) throw new PlatformError('BAD_INPUT', `${id} is no name of a thread. Use a-z, 0-9 and -, at most 80 characters.`);
  await stayInside(place, id);
  const folder = join(threadsFolder(place), id);
  await mkdir(folder, { recursive: true });
  await createIfAbsent(join(threadsFolder(place), '.specgraphignore'), IGNORED);
  const isNew = await createIfAbsent(join(folder, REQUEST), request);
  if (!isNew && (await readFile(join(folder, REQUEST), 'utf8')) !== request)
    throw new PlatformError('BAD_INPUT', `There is a thread ${id} with another request. Give yours another name.`);
  return threadAt(place, id);
}

/** Throws `BAD_INPUT` where there is no such thread. */
export async function openThread(place: ThreadPlace, id: string): Promise<Thread> {
  if (isId(id) && (await lstat(join(threadsFolder(place), id)).catch(() => undefined))?.isDirectory()) {
    await stayInside(place, id);
    return threadAt(place, id);
  }
  const known = await threadIds(place);
  const told = known.length === 0 ? 'There are none.' : `There are: ${known.slice(-5).join(', ')}.`;
  throw new PlatformError('BAD_INPUT', `There is no thread ${id} in ${join(place.specs, THREADS)}. ${told}`);
}

/** Threads are written to: no link of a repository leads them out of it. Throws `BAD_INPUT`. */
async function stayInside({ root, specs }: ThreadPlace, id: string): Promise<void> {
  const top = await realpath(root).catch(() => root);
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
  const records = async (): Promise<readonly StepRecord[]> => readRecords(await readFile(join(folder, LOG), 'utf8').catch(() => ''));
  const read = async (name: string): Promise<string | undefined> => readFile(join(folder, name), 'utf8').catch(() => undefined);
  const isCancelled = async (): Promise<boolean> => (await read(`${CANCEL}.md`)) !== undefined;

  return {
    id,
    folder,
    fileOf,
    request: () => readInside(folder, REQUEST),
    records,
    async once<T>(step: string, input: unknown, work: () => Promise<Done<T>>): Promise<T> {
      if (await isCancelled()) throw new PlatformError('ABORTED', `The thread ${id} was cancelled. Begin another one.`);
      const key = sha256(canonicalJson([step, plain(input)]));
      const find = async (): Promise<StepRecord | undefined> => (await records()).find((record) => record.key === key);
      const done = await find();
      if (done) return done.output as T;
      const { output, by = { kind: 'rules' } } = await work();
      const line = JSON.stringify({ v: 1, step, key, by, at: now().toISOString(), output });
      for (let times = 0; times < WRITES; times++) {
        await appendLine(join(folder, LOG), line);
        // Two processes at once: the first to have written it decides, so that both go on with the same.
        const kept = await find();
        if (kept) return kept.output as T;
      }
      throw new PlatformError('INTERNAL', `Could not keep what came out of ${step} in ${fileOf(LOG)}. Is the disk full?`);
    },
    async input(name) {
      const [text, spec] = [await read(`${name}.md`), await read(`${name}.spec.yaml`)];
      return text === undefined
        ? undefined
        : { ...readInput(text), file: fileOf(`${name}.md`), text, ...(spec === undefined ? {} : { spec }) };
    },
    async say(name, by, said, spec) {
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

/** The records of a log, the first of each step and input. A line whose writer was stopped half-way is none. */
function readRecords(text: string): readonly StepRecord[] {
  const found = new Map<string, StepRecord>();
  for (const line of text.split('\n')) {
    const record = recordOf(line);
    if (record && !found.has(record.key)) found.set(record.key, record);
  }
  return [...found.values()];
}

function recordOf(line: string): StepRecord | undefined {
  if (line.trim() === '') return undefined;
  try {
    return StepRecord.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** One write at the end of the file, after whatever half a line a writer left that was stopped. */
async function appendLine(path: string, line: string): Promise<void> {
  const file = await open(path, 'a+');
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    await file.write(Buffer.from(`${size === 0 || last.toString() === '\n' ? '' : '\n'}${line}\n`));
    await file.sync();
  } finally {
    await file.close();
  }
}

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
