import { PlatformError } from '../../graph/errors.ts';
import { meaningOf } from '../../graph/model/meaning.ts';
import { fileKey } from '../../graph/query/related-files.ts';
import type { GraphReader, GraphStore, StoredChunk } from '../../graph/store/store.ts';
import { packVector } from '../../graph/model/vector.ts';
import type { EmbedOptions } from '../system.ts';
import type { Embedder } from './embedder.ts';

/** Texts between two writes: what is lost by an interruption, and how often others wait for the write lock. */
const TEXTS_PER_WRITE = 256;

/**
 * Gives every chunk that has a meaning but no vector of this model one, and forgets those that nothing needs any more. Questions
 * are answered meanwhile; what is done stays when it is interrupted. Returns how many texts were embedded.
 */
export async function embedChunks(store: GraphStore, embedder: Embedder, { signal, onProgress }: EmbedOptions = {}): Promise<number> {
  const meanings = [...(await missingMeanings(store, embedder.space))];
  let unsaved = new Map<string, Int8Array>();
  for (let at = 0; at < meanings.length; at += TEXTS_PER_WRITE) {
    onProgress?.(at, meanings.length);
    const some = meanings.slice(at, at + TEXTS_PER_WRITE);
    const vectors = await embedder.embed(
      some.map(([, text]) => text),
      signal === undefined ? {} : { signal },
    );
    some.forEach(([key], index) => unsaved.set(key, packVector(vectors[index]!)));
    try {
      await store.saveVectors(embedder.space, unsaved);
      unsaved = new Map();
    } catch (error) {
      // An ingest is at work: the next write takes these along.
      const isLast = at + TEXTS_PER_WRITE >= meanings.length;
      if (isLast || !(error instanceof PlatformError && error.code === 'STORE_BUSY')) throw error;
    }
  }
  if (meanings.length > 0) onProgress?.(meanings.length, meanings.length);
  if (meanings.length > 0 || (await hasOthers(store, embedder.space))) await store.dropOtherVectors(embedder.space);
  return meanings.length;
}

/** Vectors of another model: of a change to this one that was interrupted when all but they were done. */
async function hasOthers(store: GraphStore, space: string): Promise<boolean> {
  const reader = await store.reader();
  try {
    return (await reader.spaces()).some((each) => each !== space);
  } finally {
    await reader[Symbol.asyncDispose]();
  }
}

/** Text by key, each once. */
async function missingMeanings(store: GraphStore, space: string): Promise<ReadonlyMap<string, string>> {
  const reader = await store.reader();
  try {
    const meanings = new Map<string, string>();
    for (const [lines, chunk] of await withLines(reader, await reader.withoutVector(space)))
      if (chunk.meaning !== undefined && !meanings.has(chunk.meaning)) meanings.set(chunk.meaning, meaningOf(chunk, lines));
    return meanings;
  } finally {
    await reader[Symbol.asyncDispose]();
  }
}

async function withLines(
  reader: GraphReader,
  chunks: readonly StoredChunk[],
): Promise<readonly (readonly [readonly string[], StoredChunk])[]> {
  const files = new Map<string, readonly string[]>();
  const found: (readonly [readonly string[], StoredChunk])[] = [];
  for (const chunk of chunks) {
    const [path = ''] = chunk.files;
    const file = fileKey(chunk.repo, path);
    let lines = chunk.title === undefined ? files.get(file) : [];
    if (!lines) files.set(file, (lines = (await reader.text(chunk.repo, path))?.text.split('\n') ?? []));
    found.push([lines, chunk]);
  }
  return found;
}
