import { z } from 'zod';
import type { NodeKind } from './node.ts';
import { Span } from './provenance.ts';

/** What kind of text a file holds, for who looks for something: program, test or example of it, or text about it. */
export const TEXT_GROUPS = ['code', 'test', 'text'] as const;
export type TextGroup = (typeof TEXT_GROUPS)[number];

const PROGRAM = /\.(?:[cm]?[jt]sx?|vue|svelte|py|go|rs|java|kts?|scala|rb|php|cs|swift|cpp|cc|hpp|[ch]|sql|prisma|proto|graphqls?|gql)$/i;
const BESIDES =
  /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|tests?|e2e|specs?|[\w-]+-tests?|testing|fixtures?|bench(?:mark)?s?|examples?|samples?|stories)\/|[._-](?:test|tests|spec|e2e-spec|test-d|bench|stories)\.\w+$|(?:^|\/)test_[^/]+\.py$|(?:Test|Tests|IT)\.java$/;

/** By its path alone: files that nothing else is known of have a group as well. */
export function groupOf(path: string): TextGroup {
  if (!PROGRAM.test(path)) return 'text';
  return BESIDES.test(path) ? 'test' : 'code';
}

/**
 * What a chunk is the text of: a whole file, one declaration or section of it, a commit: what it says it did to files, or a piece of a
 * declaration or section that is too long for one vector. A piece is found by what it means; its words are in the text of the part.
 */
export const CHUNK_LEVELS = ['file', 'part', 'commit', 'piece'] as const;
export type ChunkLevel = (typeof CHUNK_LEVELS)[number];
export type WordLevel = Exclude<ChunkLevel, 'piece'>;

/** Things whose text is looked for by itself. Smaller ones are found in the text of what holds them. */
export const PART_KINDS: ReadonlySet<NodeKind> = new Set([
  ...(['Function', 'Method', 'Constructor', 'Class', 'Interface', 'TypeAlias', 'Enum', 'Variable', 'Namespace', 'TestCase'] as const),
  ...(['Operation', 'Endpoint', 'Schema', 'Channel', 'Message', 'SecurityScheme', 'Service', 'Resource', 'Table', 'Migration'] as const),
  ...(['Section', 'PolicyRule', 'AcceptanceCriterion', 'Nfr', 'Question', 'Ticket'] as const),
]);

/**
 * What chunks are compared with: each set has statistics of its own, so that thousands of tests do not make a word of the
 * code a common one.
 */
export type ChunkSet = `${TextGroup}-${ChunkLevel}`;
export const CHUNK_SETS = TEXT_GROUPS.flatMap((group) => CHUNK_LEVELS.map((level): ChunkSet => `${group}-${level}`));
/** Those whose words are looked for. */
export type WordSet = `${TextGroup}-${WordLevel}`;
export const isWordSet = (set: ChunkSet): set is WordSet => !set.endsWith('-piece');
export const WORD_SETS = CHUNK_SETS.filter(isWordSet);

/** A stretch of text that full text search finds. */
export const Chunk = z.object({
  set: z.enum(CHUNK_SETS),
  /** The node that it is the text of; of a commit, the repository. */
  node: z.string(),
  /** The file it stands in; the files that a commit changed. Relative to the repository root. */
  files: z.array(z.string()),
  /** Of a commit: the other files that it changed, of another kind than `files`. They are not what it is found for. */
  along: z.array(z.string()).optional(),
  span: Span.optional(),
  /** Of a commit: its hash and subject. */
  title: z.string().optional(),
  /** Of a whole file: the commit that held it as it was read; absent where none did. */
  commit: z.string().optional(),
  /** What its vector is kept under: {@link meaningKey}. Absent where meaning is not compared. */
  meaning: z.string().optional(),
  /** Searched along with the text: where it stands and what it is called. */
  heading: z.string().optional(),
  /** As written; of a piece nothing. Of a whole file it is kept, to be quoted from. */
  text: z.string(),
});
export type Chunk = z.infer<typeof Chunk>;

export const isWholeFile = ({ set }: Pick<Chunk, 'set'>): boolean => set.endsWith('-file');
