import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PlatformError, throwIfAborted, messageOf } from '../graph/errors.ts';
import { unitId, type UnitDelta } from '../graph/model/delta.ts';
import { compare, type Edge } from '../graph/model/edge.ts';
import type { Node } from '../graph/model/node.ts';
import type { Diagnostic } from '../graph/model/provenance.ts';
import { gapsOf } from './gap.ts';
import { keysText, type LinkKey } from './keys.ts';
import type { DiscoveredFile, ExtractInput, ExtractOptions, Repository, SourceWorker } from './worker.ts';

/** Bytes. Larger sources are named in a diagnostic and a Gap, not parsed. */
const LARGEST = 32_000_000;

/** One file of a repository, as a format sees it. */
export interface Source {
  readonly repo: string;
  /** Relative to the repository root, with `/`. */
  readonly path: string;
  readonly text: string;
  /**
   * Text of another file of the repository; undefined when there is none, or it cannot be read. This file is read again
   * whenever that one changes, appears or vanishes.
   */
  other(path: string): string | undefined;
}

/** What one file states. Its unit, and therefore its deletion, is taken care of. */
export interface SourceFacts {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly diagnostics: readonly Diagnostic[];
  readonly keys?: readonly LinkKey[];
}

/** A kind of source whose files can be read one by one. Most workers are one of these: see {@link createFileWorker}. */
export interface SourceFormat extends Pick<SourceWorker, 'name' | 'claims' | 'recognises' | 'leftover'> {
  /** Raise when the same text gives other facts: every unit becomes stale. */
  readonly version: number;
  /**
   * Pure. What is wrong with the text is a diagnostic with a span; an exception becomes one too, so that a parser that
   * gives up loses one file. What is not read is a diagnostic `parse-failure` or `too-large`, which makes a Gap.
   */
  read(source: Source): SourceFacts | Promise<SourceFacts>;
}

/** Raise when what is done here gives other facts of all formats. */
const VERSION = 2;

const State = z.object({ version: z.string(), reads: z.array(z.tuple([z.string(), z.string().nullable()])) });

/** A worker that reads each file by itself, and again when it, or another file that it asked for, has changed. */
export function createFileWorker(format: SourceFormat): SourceWorker {
  return {
    name: format.name,
    claims: format.claims,
    ...(format.recognises ? { recognises: format.recognises } : {}),
    ...(format.leftover ? { leftover: format.leftover } : {}),
    open: (repository) => ({
      extract: (input, options) => extract(format, repository, input, options),
      [Symbol.dispose]: () => undefined,
    }),
  };
}

async function* extract(
  format: SourceFormat,
  { name: repo, root }: Repository,
  { files, previous }: ExtractInput,
  options: ExtractOptions,
): AsyncIterable<UnitDelta> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const stale = files.filter((file) => file.claimedBy.includes(format.name) && !isCurrent(format, file, previous.get(file.path), byPath));
  for (const [index, file] of stale.entries()) {
    throwIfAborted(options.signal);
    const reads = new Map<string, string | null>();
    const other = (path: string): string | undefined => {
      const found = byPath.get(path);
      reads.set(path, found?.hash ?? null);
      return found && found.size <= LARGEST ? readQuietly(`${root}/${path}`) : undefined;
    };
    const { nodes, edges, diagnostics, keys = [] } = await factsOf(format, repo, root, file, other);
    const state = JSON.stringify({ version: versionOf(format), reads: [...reads].sort(([a], [b]) => compare(a, b)) });
    const unit = { id: unitId(repo, format.name, file.path), repo, worker: format.name, path: file.path, hash: file.hash };
    yield {
      unit: { ...unit, state, keys: keysText(keys) },
      nodes: [...nodes, ...gapsOf(repo, file.path, format.name, diagnostics)],
      edges: [...edges],
      diagnostics: [...diagnostics],
    };
    options.onProgress?.(index + 1, stale.length);
  }
}

const versionOf = (format: SourceFormat): string => `${VERSION}.${format.version}`;

function isCurrent(
  format: SourceFormat,
  { hash }: DiscoveredFile,
  unit: { readonly hash: string; readonly state: string } | undefined,
  files: ReadonlyMap<string, DiscoveredFile>,
): boolean {
  if (unit?.hash !== hash) return false;
  const state = readState(unit.state);
  return state?.version === versionOf(format) && state.reads.every(([path, read]) => (files.get(path)?.hash ?? null) === read);
}

function readState(text: string): z.infer<typeof State> | undefined {
  try {
    return State.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // written by another version
  }
}

async function factsOf(
  format: SourceFormat,
  repo: string,
  root: string,
  { path, size }: DiscoveredFile,
  other: Source['other'],
): Promise<SourceFacts> {
  if (size > LARGEST) return unread(path, 'too-large', `Has ${size} bytes; the largest read is ${LARGEST}.`);
  let text;
  try {
    text = withoutMark(await readFile(`${root}/${path}`, 'utf8'));
  } catch (error) {
    return unread(path, 'unreadable', `Cannot be read: ${String(error)}`.replaceAll(`${root}/`, ''));
  }
  try {
    return await format.read({ repo, path, text, other });
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'ABORTED') throw error;
    return unread(path, 'parse-failure', `The ${format.name} reader failed on it: ${messageOf(error)}`);
  }
}

/** A file of which nothing is known but that it exists. */
function unread(file: string, code: 'too-large' | 'unreadable' | 'parse-failure', message: string): SourceFacts {
  const span = { line: 1, col: 1, endLine: 1, endCol: 1 };
  return { nodes: [], edges: [], diagnostics: [{ code, severity: 'error', message, file, span }] };
}

/** Editors do not count a byte order mark as a column. */
const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

function readQuietly(file: string): string | undefined {
  try {
    return withoutMark(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
