import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { PlatformError } from '../../../graph/errors.ts';
import { lineOf, recordIn, type StepRecord } from './record.ts';

/** The log of a thread: lines are added at its end, by any process, and never changed. */
export interface ThreadLog {
  /**
   * What was done, in order: of each step and input up to the first that is not open. Read is only what was added since the last time. Throws `BAD_INPUT` for what
   * is no log of a thread, with file, line, cause and next step.
   */
  records(): Promise<readonly StepRecord[]>;
  /** Adds a line. Throws `BAD_INPUT` where it cannot be written. */
  append(record: StepRecord): Promise<void>;
}

/** Bytes of a log. */
const MOST = 256 * 1024 * 1024;
/** Links are not followed, for a repository may hold one that leads out of it, and no pipe is waited for. Windows has neither. */
const SAFELY = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** `shown`: its path in the repository, for errors. */
export function openLog(path: string, shown: string): ThreadLog {
  let known: Known = NOTHING;
  return {
    async records() {
      const file = await open(path, constants.O_RDONLY | SAFELY).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') return undefined; // nothing was done yet
        throw new PlatformError('BAD_INPUT', `Cannot read ${shown}. See that it is a file that may be read.`, { cause });
      });
      if (!file) return (known = NOTHING).records;
      try {
        return (known = await readOn(file, shown, known)).records;
      } finally {
        await file.close();
      }
    },
    async append(record) {
      const line = lineOf(record, shown);
      const file = await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | SAFELY, 0o666).catch((cause: unknown) => {
        throw new PlatformError('BAD_INPUT', `Cannot write ${shown}. See that it is a file, in a folder that may be written to.`, {
          cause,
        });
      });
      try {
        // In one write, after whatever half a line a writer left that was stopped.
        await file.write(Buffer.from(`${(await endsLine(file)) ? '' : '\n'}${line}\n`));
        await file.sync();
      } catch (cause) {
        throw new PlatformError('BAD_INPUT', `Cannot write ${shown}. Is the disk full?`, { cause });
      } finally {
        await file.close();
      }
    },
  };
}

/** What was read so far: whole lines, which end at a byte. */
interface Known {
  readonly bytes: number;
  readonly lines: number;
  readonly size: number;
  readonly changed: number;
  readonly whole: readonly StepRecord[];
  /** With the last line, where nothing ends that. */
  readonly records: readonly StepRecord[];
}
const NOTHING: Known = { bytes: 0, lines: 0, size: 0, changed: 0, whole: [], records: [] };

async function readOn(file: FileHandle, shown: string, known: Known): Promise<Known> {
  const stat = await file.stat();
  const { size, mtimeMs: changed } = stat;
  if (!stat.isFile()) throw new PlatformError('BAD_INPUT', `${shown} is no file. Restore it as Git has it.`);
  if (size > MOST)
    throw new PlatformError(
      'LIMIT_EXCEEDED',
      `${shown} has ${size} bytes; at most ${MOST} are read. Delete it: its steps are done again.`,
      {
        details: { limit: 'logBytes', allowed: MOST, found: size },
      },
    );
  if (size === known.size && changed === known.changed) return known;
  const before = size > known.size ? known : NOTHING; // or it was written anew
  const bytes = Buffer.alloc(size - before.bytes);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, before.bytes);
  const end = bytes.lastIndexOf('\n', bytesRead - 1) + 1;
  const placed = (at: number): string => `${shown}:${before.lines + at + 1}`;
  const lines = end === 0 ? [] : bytes.toString('utf8', 0, end - 1).split('\n');
  const whole = deciding([...before.whole, ...lines.flatMap((line, at) => recordIn(line, placed(at)) ?? [])]);
  const last = recordIn(bytes.toString('utf8', end, bytesRead), placed(lines.length));
  const read = { bytes: before.bytes + end, lines: before.lines + lines.length, size, changed };
  return { ...read, whole, records: last ? deciding([...whole, last]) : whole };
}

/** Of two processes at once the first to have written decides. */
function deciding(records: readonly StepRecord[]): readonly StepRecord[] {
  const decided = new Set<string>();
  return records.filter(({ key, open: isOpen }) => {
    if (decided.has(key)) return false;
    if (!isOpen) decided.add(key);
    return true;
  });
}

async function endsLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  const last = Buffer.alloc(1);
  if (size > 0) await file.read(last, 0, 1, size - 1);
  return size === 0 || last.toString() === '\n';
}
