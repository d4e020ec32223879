import type { MarkdownBlock } from '../../parse/markdown.ts';
import { folderOf, pathFrom } from '../../parse/paths.ts';

/** What a record says of its place among others. `ref` is a name in the grammar, relative to the record's own folder. */
export interface Relation {
  readonly edge: 'SUPERSEDES' | 'REFINES';
  readonly inverse: boolean;
  readonly ref: string;
}

const VERB =
  /\b(?:(super[sc]ee?ded by|replaced by)|(super[sc]edes|replaces)|((?:amended|extended|refined|clarified|modified|updated) by)|(amends|refines|extends|clarifies|builds on))\b/gi;
/** Only part of the other record is meant: it stands, and is changed. */
const IN_PART = /\b(?:in part|partly|partially|some|aspects?|parts?|sections?|mechanisms?|details?)\b/i;
/** A sentence whose subject is the record itself. */
const OF_ITSELF =
  /^(?:[^\p{L}]*|[^:]{0,40}:\s*|(?:status|accepted|approved|proposed)\b[^.]{0,20}?|(?:note\b[^:]{0,30}:\s*)?this\b(?:\s+(?:adr|decision|record|document))?[^.]{0,20}?)$/iu;
const NUMBERED = /\bADR[-_ #]{0,2}(\d{1,5})\b|^\s*#?(\d{1,5})\b|\[\[([\w./-]{1,100})\]\]|\b(\d{8}-[\w-]{1,100})/gi;
const LONGEST = 4000;

/** What a paragraph of the record at `path` says of other records. */
export function relationsIn(block: Pick<MarkdownBlock, 'text' | 'links'>, path: string): readonly Relation[] {
  const text = block.text.slice(0, LONGEST);
  const verbs = [...text.matchAll(VERB)];
  // Whether the verb before had the record itself as its subject.
  let isOwn = false;
  return verbs.flatMap((verb, index) => {
    const start = verb.index;
    const end = start + verb[0].length;
    const sentence = Math.max(0, ...[...text.slice(0, start).matchAll(/[.;\n]\s+/g)].map((stop) => stop.index + stop[0].length));
    const before = text.slice(sentence, start);
    const continues = isOwn && /(?:[;,(]\s*|\s)(?:and|but)\s+$|[;,(]\s*$/.test(text.slice(Math.max(0, start - 20), start));
    isOwn = continues || OF_ITSELF.test(before);
    if (!isOwn) return [];
    const stop = Math.min(verbs[index + 1]?.index ?? text.length, end + 400, sentenceEnd(text, end));
    const refs = refsIn(block, text, end, stop, path);
    const part = IN_PART.test(before) || IN_PART.test(text.slice(end, refs[0]?.at ?? stop));
    const [, supersededBy, supersedes, refinedBy] = verb;
    const isSupersession = (supersededBy ?? supersedes) !== undefined;
    const edge = isSupersession && !part ? 'SUPERSEDES' : 'REFINES';
    return refs.map(({ ref }) => ({ edge, inverse: (supersededBy ?? refinedBy) !== undefined, ref }));
  });
}

/** Whether the text says that another record has taken the place of this one as a whole. */
export const saysSuperseded = (block: Pick<MarkdownBlock, 'text' | 'links'>, path: string): boolean =>
  relationsIn(block, path).some(({ edge, inverse }) => edge === 'SUPERSEDES' && inverse);

/** What stands in brackets is an aside: stops within it do not end the sentence. */
function sentenceEnd(text: string, from: number): number {
  let depth = 0;
  for (const { 0: stop, index } of text.slice(from).matchAll(/[()]|[.;](?=\s|$)|\n\n/g)) {
    if (stop === '(') depth++;
    else if (stop === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0 || stop === '\n\n') return from + index;
  }
  return text.length;
}

function refsIn(
  { links }: Pick<MarkdownBlock, 'links'>,
  text: string,
  start: number,
  end: number,
  path: string,
): readonly { readonly at: number; readonly ref: string }[] {
  const linked = links.filter((link) => link.start >= start && link.start < end);
  const refs = linked.flatMap(({ start: at, target }) => {
    const file = /\.(?:md|mdx|markdown)(?:#|$)/i.test(target) ? pathFrom(folderOf(path), target.replace(/[#?].*$/, '')) : undefined;
    return file === undefined ? [] : [{ at, ref: `doc:${file}` }];
  });
  let unlinked = text.slice(start, end);
  for (const link of linked)
    unlinked = unlinked.slice(0, link.start - start) + ' '.repeat(link.end - link.start) + unlinked.slice(Math.min(link.end, end) - start);
  const named = [...unlinked.matchAll(NUMBERED)].map((match) => ({
    at: start + match.index,
    ref: `adr:${match[1] ?? match[2] ?? match[3] ?? match[4] ?? ''}`,
  }));
  return [...refs, ...named].sort((a, b) => a.at - b.at);
}
