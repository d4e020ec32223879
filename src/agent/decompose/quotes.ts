import { PART_KINDS } from '../../../graph/model/chunk.ts';
import { compare } from '../../../graph/model/edge.ts';
import type { Node } from '../../../graph/model/node.ts';
import { createQuotedFiles, versionOf } from '../../retrieval/quoted-file.ts';
import type { Evidence, StepContext } from '../model.ts';

/** Longest line that is quoted, in UTF-16 units: longer ones are data, or made by machines. */
const LONGEST = 300;
/** More than lines of any file: parts of a file say more of it than its first line. */
const MUCH = 1e9;

/** Lines that declare what is in a file, of one plan. */
export interface Quotes {
  /** The line that declares the thing named, else the first of the file; undefined where nothing of it can be quoted. */
  of(path: string, node?: string): Promise<Evidence | undefined>;
}

export function createQuotes({ graph: { reader }, repo }: StepContext): Quotes {
  const files = createQuotedFiles(reader);
  return {
    async of(path, wanted) {
      const named = wanted === undefined ? undefined : (await reader.get([wanted])).get(wanted);
      const placed = named?.file !== undefined ? [named] : await reader.find({ repo, file: path }, { limit: 1000 });
      const line = (node: Node): number => (PART_KINDS.has(node.kind) ? 0 : MUCH) + (node.span?.line ?? 1);
      for (const node of [...placed].sort((a, b) => line(a) - line(b) || compare(a.id, b.id))) {
        const file = await files.of(node);
        const line = node.span?.line ?? 1;
        const text = file?.lines[line - 1]?.trim() ?? '';
        if (!file || text === '' || text.length > LONGEST) continue;
        return { node: node.id, file: file.path, line, endLine: line, sha: versionOf(file), quote: text };
      }
      return undefined;
    },
  };
}
