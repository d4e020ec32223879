import { compare } from '../../../graph/model/edge.ts';
import { createQuotedFiles } from '../../retrieval/quoted-file.ts';
import { sha256 } from '../../specs/normative.ts';
import type { Evidence, StepContext } from '../model.ts';

/** Longest line that is quoted, in UTF-16 units: longer ones are data, or made by machines. */
const LONGEST = 300;

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
      for (const node of [...placed].sort((a, b) => (a.span?.line ?? 1) - (b.span?.line ?? 1) || compare(a.id, b.id))) {
        const file = await files.of(node);
        const line = node.span?.line ?? 1;
        const text = file?.lines[line - 1]?.trim() ?? '';
        if (!file || text === '' || text.length > LONGEST) continue;
        return { node: node.id, file: file.path, line, endLine: line, sha: file.commit ?? sha256(file.text), quote: text };
      }
      return undefined;
    },
  };
}
