import type { Node } from '../../../graph/model/node.ts';
import type { LineRange } from '../../../graph/model/provenance.ts';
import { outdatedBy, tellOutdated } from './outdated.ts';
import type { CitationFault } from './problem.ts';
import { linesIn, type Citation } from './read-provenance.ts';
import { normal, placeOf, rowsOf, within } from './rows.ts';
import type { Sources } from './source-texts.ts';

export type Judged = { readonly quote: string; readonly name: string } | { readonly code: CitationFault; readonly message: string };

/**
 * Whether a citation is true: what it names exists and stands at those lines of that file, and the quote is there word for word, in
 * the text that the hash names.
 */
export async function judgeCitation({ node: ref, file: stated, span, sha, quote }: Citation, sources: Sources): Promise<Judged> {
  const fault = (code: CitationFault, message: string): Judged => ({ code, message });
  if (ref === undefined) return fault('incomplete-source', 'The source has no `node`. Say what it is that is quoted.');
  const lines = span === undefined ? undefined : linesIn(span);
  if (!lines || sha === undefined || quote === undefined || quote.trim() === '')
    return fault('incomplete-source', `The source ${ref} needs \`span\` (L12-L14), \`sha\` and \`quote\`, so that it can be looked up.`);
  const note = /^note:([^#\s]+)(?:#\S+)?$/.exec(ref)?.[1];
  const node = note === undefined ? await sources.node(ref) : undefined;
  if (note === undefined && !node) {
    const isGone = await isRemoved({ file: stated, lines, sha, quote }, sources);
    return isGone
      ? fault('outdated-citation', tellOutdated(ref, { said: quote, because: 'removed' }))
      : fault('unknown-source', `${ref} is not in the graph. Correct the name, or ingest what has it.`);
  }
  const file = stated ?? node?.file;
  if (file === undefined) return fault('incomplete-source', `The source ${ref} needs \`file\`, the path of what is quoted.`);
  if (note !== undefined && !isKeptFor(file, note)) return fault('unknown-source', `${file} does not keep what ${ref} says.`);
  if (node?.file !== undefined && node.file !== file) return fault('wrong-place', `${ref} stands in ${node.file}, not in ${file}.`);
  if (node && node.file === undefined) return fault('wrong-place', `${ref} stands in no file that could be quoted.`);

  const text = await sources.text(file, sha);
  if (text === undefined)
    return fault('unknown-text', `${file} is not known at ${sha.slice(0, 20)}. Name a commit that has it, or the hash of its text.`);
  const rows = rowsOf(text);
  const { line, endLine } = lines;
  const said = normal(quote);
  if (!within(rows, line, endLine).includes(said)) {
    const elsewhere = rows.join('\n').includes(said);
    return fault(
      elsewhere ? 'wrong-place' : 'altered-quote',
      elsewhere ? `The quote is in ${file}, but not in ${span}.` : `${file} does not say "${quote.slice(0, 80)}".`,
    );
  }
  if (!node) return { quote, name: '' };
  // Where the file has moved on since, what is cited has to say so still, wherever it stands now.
  const now = await sources.current(file);
  const hasMoved = now !== undefined && normal(now) !== normal(text);
  if (!hasMoved && !covers(node, rows, line, endLine)) return fault('wrong-place', `${ref} does not stand in ${span} of ${file}.`);
  const outdated = await outdatedBy(node, quote, sources);
  return outdated ? fault('outdated-citation', tellOutdated(ref, outdated)) : { quote, name: `${node.name} ${ref}` };
}

interface Cited {
  readonly file: string | undefined;
  readonly lines: LineRange;
  readonly sha: string;
  readonly quote: string;
}

/** What is cited stood there, and neither it nor its words are there now. */
async function isRemoved({ file, lines, sha, quote }: Cited, sources: Sources): Promise<boolean> {
  if (file === undefined) return false;
  const text = await sources.text(file, sha);
  if (text === undefined || !within(rowsOf(text), lines.line, lines.endLine).includes(normal(quote))) return false;
  return !normal((await sources.current(file)) ?? '').includes(normal(quote));
}

/** What people said in a thread is kept in a file, or below a folder, that has the thread's name. */
const isKeptFor = (file: string, thread: string): boolean =>
  file.split('/').some((name) => name === thread || name.startsWith(`${thread}.`));

function covers(node: Node, rows: readonly string[], line: number, endLine: number): boolean {
  const { from, to } = placeOf(node, rows);
  return from <= line && endLine <= to;
}
