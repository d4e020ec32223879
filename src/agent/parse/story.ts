/** A stretch of a text: UTF-16 offsets, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** "As a P, I want to W so that B" in its parts. Ranges do not overlap; each is in the text. */
export interface Story {
  readonly whole: Range;
  readonly persona: Range;
  /** From "I" (or "we") to the first word of the wish. */
  readonly marker: Range & { readonly kind: 'to-do' | 'to-have' };
  readonly wish: Range;
  readonly benefit?: Range;
}

const NO_PERSONA = String.raw`(?:\p{L}+ed|said|well|soon|far|long|much|many|i|we|you|it|he|she|they|this|that|always|usual|per|for|of|part|before|such|if|though|in|on|at|to|is|was|are|were|with|a|an)\b`;
const PERSONA = new RegExp(
  String.raw`\bas\s+(?:(?:an?|the|any|one\s+of\s+the|our|your)\s+|(?!${NO_PERSONA})(?=[\p{L}/ -]{2,40},\s+(?:I|we)\s+(?:want|need|would|can|must|should)\b))`,
  'giu',
);
const WISHING = String.raw`want|wish|need|like|love|expect|prefer|hope|desire|require|am\s+able|am\s+allowed`;
const MODALS = String.raw`(?:\s+(?:would|really|also|do|only|just|will|should|must|can|may|could|shall))*`;
/** "I want", "we'd like", "I can"; also "…, wants" without a pronoun. */
const WISH = new RegExp(
  String.raw`(?:,\s*|\s)((?:I|we|they|he|she)(?:['’](?:d|ll)\s+(?:${WISHING})|${MODALS}(?:\s+(?:${WISHING}))?)|(?<=,\s*)(?:would\s+(?:${WISHING})|wants?|needs?))(?=\W)`,
  'iu',
);
/** "to", then what only says that it shall be possible. */
const ABLE = /^\s*,?\s*(?:to\s+)?(?:also\s+)?(?:be\s+(?:able|allowed|permitted)\s+to\s+)/iu;
const BENEFIT =
  /[\s,;.(-]*(?:\bso\s+that(?:\s+that)?\b|\bso\s+(?=(?:I|we|they|it|my|our|their|the|he|she|you|users?|patrons?|everyone|nobody|no)\b)|\bin\s+order\s+(?=to\b)|\bbecause\b(?!\s+of\b))[\s,:]*/giu;

/** `log in as a user`: who somebody is to do it as, not who wants it. */
const isOfClause = (before: string): boolean =>
  /\b(?:log(?:ged|s|ging)?[ -]?in|sign(?:ed|s|ing)?[ -]?in|act(?:s|ing|ed)?|work(?:s|ing)?|post(?:s|ing)?|appears?|shown|marked|treated|used?|known|invite[ds]?|added?|registers?|impersonate) $/i.test(
    before.slice(-20),
  );

/** Longest user story looked at, in UTF-16 units; what is longer is cut there. */
const LONGEST = 2000;

/** The user stories of a text, in order: each from its "As a" to the end of its line, or to the next one. */
export function storiesOf(text: string, from = 0, to = text.length): readonly Story[] {
  const starts = [...text.slice(from, to).matchAll(PERSONA)]
    .filter(({ index }) => !isOfClause(text.slice(from, from + index)))
    .map(({ 0: opening, index }) => ({
      at: from + index,
      after: from + index + opening.length,
    }));
  const stories: Story[] = [];
  for (const { at, after } of starts) {
    const previous = stories.at(-1);
    if (previous !== undefined && at < previous.whole.end) continue;
    const story = storyAt(text, at, after, endOfStory(text, at, to));
    if (story !== undefined) stories.push(story);
  }
  return stories;
}

/** A story ends at a blank line or a new item; a line break inside of it is only a line break. */
function endOfStory(text: string, at: number, to: number): number {
  const rest = text.slice(at, Math.min(to, at + LONGEST));
  const stop = rest.search(/\r?\n(?=[ \t]*(?:\r?\n|[-*+#>|]|\d+[.)]\s|as\s+an?\s))/iu);
  return at + (stop === -1 ? rest : rest.slice(0, stop)).trimEnd().length;
}

function storyAt(text: string, start: number, after: number, end: number): Story | undefined {
  const rest = text.slice(after, end);
  const wish = WISH.exec(rest);
  if (wish === null || wish.index === 0 || wish.index > 160) return undefined;
  const opening = wish[1]!;
  const markerStart = after + wish.index + wish[0].length - opening.length;
  const persona = personaOf(text, after, after + wish.index);
  if (persona === undefined) return undefined;
  let from = markerStart + opening.length;
  const modal = /^(?:I|we|they|he|she)$|\b(?:can|may|must|should|could|will|shall|able|allowed)$/iu.test(opening);
  const to = /^\s*,?\s*to\s+/iu.exec(text.slice(from, end));
  const able = ABLE.exec(text.slice(from, end));
  const kind = to !== null || able !== null || modal ? 'to-do' : 'to-have';
  from += (able ?? to ?? /^\s*/.exec(text.slice(from, end)))![0].length;
  const benefit = benefitOf(text, from, end);
  const wishEnd = benefit?.before ?? end;
  if (wishEnd <= from) return undefined;
  return {
    whole: { start, end },
    persona,
    marker: { start: markerStart, end: from, kind },
    wish: { start: from, end: wishEnd },
    ...(benefit === undefined ? {} : { benefit: benefit.range }),
  };
}

/** Who it is, without what is said about them after a comma or a participle ("working with …", "who …"). */
function personaOf(text: string, start: number, end: number): Range | undefined {
  const said = text.slice(start, end);
  const cut = said.search(/\s*,|\s+(?:who|that|which|working|interested|using|looking|wanting|responsible|trying|with|whose)\b|\s*\(/iu);
  const length = (cut === -1 ? said : said.slice(0, cut)).trimEnd().length;
  return length === 0 ? undefined : { start, end: start + length };
}

/** What a wish is for: after "so that", "in order to", "because". */
export function benefitOf(text: string, start: number, end: number): { readonly before: number; readonly range: Range } | undefined {
  const said = text.slice(start, end);
  for (const { 0: marker, index } of said.matchAll(BENEFIT)) {
    const from = start + index + marker.length;
    if (index === 0 || from >= end) continue;
    return { before: start + index, range: { start: from, end } };
  }
  return undefined;
}
