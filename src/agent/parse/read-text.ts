import type { Range } from './story.ts';

/** A line of prose, or lines that belong together, with what stands around them. */
export interface Passage extends Range {
  readonly form: 'heading' | 'item' | 'prose' | 'row';
  readonly speaker?: string;
  /** The heading or the label that it stands under, in lower case. */
  readonly section?: string;
  /** Of check lists. */
  readonly checked?: boolean;
  /** Somebody else's words, repeated. */
  readonly quoted?: boolean;
}

export interface TextReading {
  readonly passages: readonly Passage[];
  /** How many lines say who speaks. */
  readonly spoken: number;
  readonly mail: boolean;
}

const HEADING =
  /^(?:#{1,6}\s+(.+?)\s*#*|(?:\*\*|__)([^*_]{2,60}?):?(?:\*\*|__):?|\*([^*_]{2,60}?):?\*:?|h[1-6]\.\s+(.+)|([\p{Lu}][^.!?:]{1,58}):)$/u;
const UNDERLINE = /^(?:={3,}|-{3,}|\*{3,}|_{3,}|-{2,} ?-+)$/;
const ITEM = /^(?:[-*+•‣–]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z][.)]\s+|AC\s?-?\d+[.:)]\s*)(?:\[([ xX])\]\s+)?/u;
const LABEL = /^(?:\*\*|__|_|\*)?([\p{L}][\p{L} /&'’-]{1,40}?)(?:\*\*|__|_|\*)?\s*:(?:\*\*|__|_|\*)?\s+(?=\S)/u;
const MAIL_HEADER = /^(?:From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Message-ID|MIME-Version|Content-Type|X-[\w-]+)\s?:\s/i;
const ATTRIBUTION = /^(?:On\b.{4,100}\bwrote:|-{2,}\s*(?:Original|Forwarded) message\s*-{2,}|_{5,})$/i;
/** Words with a colon that are no names of people. */
export const LABELS =
  /^(?:note|notes|todo|action|actions|action items?|decision|decisions|decided|agreed|question|questions|q|a|answer|open|open (?:question|point|issue)s?|tbd|title|summary|description|subject|from|to|cc|date|time|when|where|given|then|and|but|who|what|why|how|attendees|participants|present|apologies|location|agenda|priority|status|labels?|type|reporter|assignee|goal|goals|scope|out of scope|non-?goals|background|context|motivation|problem|solution|proposal|requirements?|acceptance criteria|ac|acceptance|feature|scenario|background|rule|example|examples|nfrs?|non-?functional(?: requirements?)?|constraints?|limits?|security|performance|accessibility|privacy|ps|p\.s|fyi|update|edit|re|fwd|https?|warning|important|nice to have|must have|should have|could have|won't have|expected|actual|steps|environment|version|links?|see|idea|risk|risks|next steps?|owner|due|estimate|topic|result|outcome|resolution|resolved|story|user story|benefit|value|reason|follow-?ups?)$/iu;
const DATE = String.raw`(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}\.? \p{Lu}\p{L}{2,8}\.?(?: \d{4})?|\p{Lu}\p{L}{2,8} \d{1,2}(?:, \d{4})?|[Tt]oday(?: at)?|[Yy]esterday(?: at)?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\p{Ll}{0,6})[T ,]*`;
const TIME = String.raw`\[?\(?(?:${DATE})?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:[AaPp][Mm])?\)?\]?`;
const NAME = String.raw`@?\p{L}[\p{L}\p{M}\p{N}._'’-]{0,30}(?:(?<=^[\P{L}]*(?:Speaker|Participant|Person|Guest|Voice))\s\d{1,2}|(?:\s\p{Lu}[\p{L}\p{M}.'’-]{0,30}){0,2})(?:\s?\([^()\n]{1,30}\))?`;
const WHOLE = String.raw`\p{Lu}[\p{L}.'’-]{0,30}(?:,? \p{Lu}[\p{L}.'’-]{0,30}){0,3}`;
const SPEAKERS = [
  new RegExp(`^${TIME}\\s*[-–—]?\\s*(?:<(${NAME})>|\\*{0,2}(${NAME})\\*{0,2})\\s*[:>-]\\*{0,2}\\s*`, 'u'), // [10:03] Ana: …
  new RegExp(`^[*_]{1,2}(${NAME})(?:[*_]{1,2}\\s*(?:${TIME})?\\s*:|\\s*(?:${TIME})?:[*_]{1,2})\\s*`, 'u'), // **Ana**: …
  new RegExp(`^<(?:v\\s)?(${NAME})>\\s*`, 'u'), // <ana> …, <v Ana>…
  new RegExp(`^(${NAME})\\s*(?:(?=[[(])${TIME}\\s*:?|${TIME}\\s*:)\\s*(?=\\S)`, 'u'), // Ana (10:03): …
  new RegExp(`^(${NAME}):\\s+(?=\\S)`, 'u'), // Ana: …
  new RegExp(`^(${WHOLE}), ${DATE}(?:${TIME})?\\s?:\\s+(?=\\S)`, 'u'), // Ana Moss, 3 Sep: …
];
/** A line that holds nothing but who and when; what they say follows. */
const ALONE = [
  new RegExp(`^\\*{0,2}(${NAME}|${WHOLE})\\*{0,2}\\s*[|,—–-]?\\s*${TIME}$`, 'u'), // Ana  10:03 AM
  new RegExp(`^${TIME}\\s*[|,—–-]?\\s*\\*{0,2}(${WHOLE})\\*{0,2}$`, 'u'), // [10:03 AM] Moss, Ana
];
/** "**kai** commented on Mar 3" */
const COMMENTED = new RegExp(
  `^(?:#{1,6}\\s+|\\*{0,2})(?:Comment (?:\\d+ )?(?:by|from)\\s+)?\\*{0,2}@?(${NAME}?)\\*{0,2},?\\s+(?:commented|wrote|replied|added a comment|said)\\b.{0,60}$`,
  'u',
);
const CUE = /^(?:WEBVTT.*|\d+|(?:\d\d:)?\d\d:\d\d[.,]\d{3}\s+-->.*|NOTE\b.*)$/;
/** Longest line whose speaker is looked for. */
const OPENING = 120;

interface Line extends Range {
  readonly said: string;
}

/** Cuts a text into passages: headings, items, table rows, paragraphs, and turns of speakers. Code and comments are left out. */
export function readText(text: string): TextReading {
  const lines = proseLines(text);
  const reader = new Reader(text, speakersOf(lines), numberedOf(lines));
  const next: (Line | undefined)[] = [];
  for (let index = lines.length - 1, following: Line | undefined; index >= 0; index--) {
    next[index] = following;
    if (lines[index]!.said !== '') following = lines[index];
  }
  for (const [index, line] of lines.entries()) reader.read(line, next[index]);
  return reader;
}

/** Reads line by line; knows who speaks and under which heading. */
class Reader implements TextReading {
  readonly passages: Passage[] = [];
  spoken = 0;
  mail = false;
  readonly #text: string;
  readonly #speakers: ReadonlySet<string>;
  #section: string | undefined;
  /** The section before the last heading without a mark of one, which holds for its points only. */
  #outer: { readonly section: string | undefined; points: boolean } | undefined;
  #blank = true;
  #speaker: string | undefined;
  /** Whether the next line may go on with the last passage. */
  #open = false;
  #part: 'head' | 'body' | 'signature';
  readonly #numbered: ReadonlySet<number>;

  constructor(text: string, speakers: ReadonlySet<string>, numbered: ReadonlySet<number>) {
    this.#numbered = numbered;
    this.#text = text;
    this.#speakers = speakers;
    this.#part = MAIL_HEADER.test(text.trimStart()) && /^(?:From|Subject|To):\s/im.test(text.slice(0, 400)) ? 'head' : 'body';
  }

  /** `next` is the next line that is not blank. */
  read(line: Line, next: Line | undefined): void {
    if (line.said === '') {
      this.#open = false;
      this.#blank = true;
      return;
    }
    if (this.#isFurniture(line)) return;
    const quote = /^(?:>\s?)+/.exec(line.said)?.[0].length ?? 0;
    const rest = this.#after(line, quote);
    const bullet = this.#numbered.has(line.start) ? /^# +/.exec(rest.said) : ITEM.exec(rest.said);
    const opening = this.#after(rest, bullet?.[0].length ?? 0);
    const turn = this.#turnOf(opening.said);
    if (turn !== undefined) {
      this.#speaker = turn.speaker;
      this.spoken++;
      const said = this.#after(opening, turn.length);
      if (said.said !== '') this.#add(said, { form: 'prose' }, quote > 0);
      return;
    }
    if (bullet !== null && !(/^\(?\d/.test(bullet[0]) && isTopic(opening.said, next))) {
      const checked = bullet[1] === undefined ? {} : { checked: bullet[1] !== ' ' };
      return this.#add(opening, { form: 'item', ...checked }, quote > 0);
    }
    if (/^\|.*\|$/.test(rest.said)) return this.#addRow(rest);
    const heading = quote > 0 ? undefined : bullet === null ? headingOf(rest, next, this.spoken > 0) : opening;
    if (heading !== undefined) return this.#addHeading(heading, /^(?:#|h[1-6]\.|\*\*|__)/.test(rest.said));
    if (this.#outer?.points === true && this.#blank) {
      this.#section = this.#outer.section;
      this.#outer = undefined;
    }
    if (this.#goesOn(rest, quote)) {
      const last = this.passages.pop()!;
      this.passages.push({ ...last, end: rest.end });
    } else this.#add(rest, { form: 'prose' }, quote > 0);
  }

  /** Lines around the text: heads of mails, signatures, time codes, rules; and lines that only say who writes. */
  #isFurniture({ said, start, end }: Line): boolean {
    const attribution = ATTRIBUTION.exec(said);
    const alone = [...ALONE, COMMENTED].map((pattern) => pattern.exec(said)?.[1]).find((name) => name !== undefined);
    if (attribution !== null || (alone !== undefined && !LABELS.test(alone))) {
      this.#speaker =
        attribution === null
          ? alone
          : (/(?:,|\bat\b|\d)\s+([\p{Lu}][\p{L} .'’-]+?)(?:\s*<[^>]*>)?\s+wrote:$/u.exec(said)?.[1] ?? this.#speaker);
      if (attribution === null) this.spoken++;
      this.#turnPage();
      this.#part = 'body';
      return true;
    }
    if (this.#part === 'head') {
      const header = MAIL_HEADER.exec(said);
      if (header !== null) {
        this.mail = true;
        this.#speaker = /^From:\s*"?([^"<\n]+?)"?\s*(?:<|$)/i.exec(said)?.[1] ?? this.#speaker;
        if (/^Subject/i.test(said)) this.passages.push({ form: 'heading', start: start + header[0].length, end, ...this.#who() });
        return true;
      }
      this.#part = 'body';
    }
    if (said === '--' && this.mail) this.#part = 'signature';
    if (UNDERLINE.test(said)) this.#turnPage();
    return this.#part === 'signature' || UNDERLINE.test(said) || CUE.test(said);
  }

  /** What was above does not tell what follows. */
  #turnPage(): void {
    this.#section = undefined;
    this.#outer = undefined;
    this.#open = false;
  }

  #turnOf(said: string): Turn | undefined {
    const turn = turnOf(said);
    return turn !== undefined && this.#speakers.has(turn.speaker) ? turn : undefined;
  }

  #who(): Pick<Passage, 'speaker'> {
    return this.#speaker === undefined ? {} : { speaker: this.#speaker };
  }

  #addHeading({ said, start, end }: Line, marked: boolean): void {
    this.#outer = marked ? undefined : { section: this.#outer === undefined ? this.#section : this.#outer.section, points: false };
    this.#section = said
      .toLowerCase()
      .replaceAll(/[*_`:]/g, '')
      .trim();
    this.passages.push({ form: 'heading', start, end, ...this.#who() });
    this.#open = false;
  }

  #addRow({ said, start }: Line): void {
    this.#open = false;
    if (/^\|[\s:|-]+\|$/.test(said)) return;
    for (const { 0: cell, index } of said.matchAll(/[^|]+/g)) {
      const inner = cell.trim();
      const at = start + index + cell.indexOf(inner);
      if (inner !== '') this.#add({ said: inner, start: at, end: at + inner.length }, { form: 'row' }, false);
    }
    this.#open = false;
  }

  #add(line: Line, shape: Pick<Passage, 'form' | 'checked'>, quoted: boolean): void {
    const label = LABEL.exec(line.said.slice(0, OPENING));
    const known = label !== null && LABELS.test(label[1]!) && !/^(?:given|when|then|and|but|scenario|rule)$/i.test(label[1]!);
    const { start, end } = known ? this.#after(line, label[0].length) : line;
    const section = known ? label[1]!.toLowerCase() : this.#section;
    if (start < end)
      this.passages.push({
        ...shape,
        start,
        end,
        ...this.#who(),
        ...(section === undefined ? {} : { section }),
        ...(quoted ? { quoted } : {}),
      });
    this.#open = true;
    this.#blank = false;
    if (this.#outer !== undefined && shape.form === 'item') this.#outer.points = true;
  }

  /** Whether a line goes on with the sentence of the line before. */
  #goesOn({ said }: Line, quote: number): boolean {
    const last = this.passages.at(-1);
    if (
      !this.#open ||
      last === undefined ||
      (last.quoted ?? false) !== quote > 0 ||
      last.end - last.start > 4000 ||
      LABEL.test(said.slice(0, OPENING))
    )
      return false;
    const before = this.#text.slice(Math.max(last.start, last.end - 8), last.end);
    if (/^(?:hi|hello|hey|dear)\b.{0,40},$/iu.test(this.#text.slice(last.start, last.end))) return false;
    if (this.spoken > 0 && !/(?:,|\s(?:and|or|the|to|a|of|with|for|in|on))$/i.test(before)) return false;
    return !/[.!?:]["')*_]*$/.test(before) && (/^[\p{Ll}\p{N}(,]/u.test(said) || last.end - last.start > 60);
  }

  /** The line without its first characters and the blanks after them. */
  #after({ start, end }: Line, length: number): Line {
    const said = this.#text.slice(start + length, end);
    const trimmed = said.trimStart();
    return { said: trimmed, start: end - trimmed.length, end };
  }
}

/** "1. Invoices" above its points: a topic, no point. */
function isTopic(said: string, next: Line | undefined): boolean {
  return (
    next !== undefined &&
    next.said !== '' &&
    /^[\p{Lu}][\p{L}\p{N} &/-]{1,40}:?$/u.test(said) &&
    said.split(' ').length <= 4 &&
    !/^(?:\d|\||#)/.test(next.said) &&
    !/^[-*+•]/.test(said) &&
    startsPoint(next)
  );
}

const startsPoint = ({ said }: Line): boolean => /^[-*+•‣–]\s/.test(said) || (/^\p{Lu}/u.test(said) && said.length > 60);

/** The name in a heading, where the line is one. */
function headingOf({ said, start, end }: Line, next: Line | undefined, spoken: boolean): Line | undefined {
  const match = HEADING.exec(said);
  const name = match?.slice(1).find((part) => part !== undefined);
  if (name !== undefined) {
    const at = start + said.indexOf(name);
    return { said: name, start: at, end: at + name.length };
  }
  if (said.endsWith(':') && next !== undefined && ITEM.test(next.said)) return { said, start, end };
  if (
    /^(?:TOP|Topic|Agenda item|Item|Point|Part) \d{1,2}(?:\.\d{1,2})?\s?[–—:-]\s\p{Lu}[^.!?]{1,50}$/u.test(said) &&
    next !== undefined &&
    !/^(?:-|$)/.test(next.said)
  )
    return { said, start, end };
  const bare =
    /^\p{Lu}[^.!?:;,|]{1,50}$/u.test(said) &&
    said.split(' ').length <= 6 &&
    next !== undefined &&
    (ITEM.test(next.said) || (!spoken && LABELS.test(said)));
  return bare || (said.length < 80 && UNDERLINE.test(next?.said ?? '') && (next?.said ?? '').startsWith('='))
    ? { said, start, end }
    : undefined;
}

/** The lines without blanks around them; those of code, comments and front matter are empty. */
function proseLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let fence: string | undefined;
  let comment = false;
  let start = 0;
  let front = /^---\r?\n/.test(text);
  for (const raw of text.split('\n')) {
    const trimmed = raw.trim().replace(/<\/v>$/, '');
    const at = start + raw.indexOf(trimmed);
    start += raw.length + 1;
    const mark = /^(?:```|~~~|\{code|\{noformat)/.exec(trimmed)?.[0];
    const apart = fence !== undefined || mark !== undefined || comment || trimmed.startsWith('<!--') || front;
    if (fence !== undefined) fence = trimmed.startsWith(fence) ? undefined : fence;
    else if (mark !== undefined && !(mark.startsWith('{') && trimmed.indexOf(mark, 1) > 0)) fence = mark;
    if (trimmed.startsWith('<!--')) comment = true;
    if (comment && trimmed.includes('-->')) comment = false;
    if (front && lines.length > 0 && trimmed === '---') front = false;
    lines.push(apart ? { start: at, end: at, said: '' } : { start: at, end: at + trimmed.length, said: trimmed });
  }
  return front ? proseLines(text.replace(/^---/, '   ')) : lines;
}

/** Where lines begin that are points of a list numbered with "#", as Jira writes it: two of them touch; headings do not. */
function numberedOf(lines: readonly Line[]): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const [index, { said, start }] of lines.entries()) {
    const before = lines[index - 1];
    if (before === undefined || !/^# +\S/.test(said) || !/^# +\S/.test(before.said)) continue;
    starts.add(before.start).add(start);
  }
  return starts;
}

interface Turn {
  readonly speaker: string;
  readonly length: number;
}

function turnOf(said: string): (Turn & { readonly sure: boolean }) | undefined {
  for (const [index, pattern] of SPEAKERS.entries()) {
    const match = pattern.exec(said.slice(0, OPENING));
    const name = (match?.[1] ?? match?.[2])?.trim();
    if (match === null || name === undefined || LABELS.test(name)) continue;
    return { speaker: name.replace(/^@/, ''), length: match[0].length, sure: index !== 1 && index !== 4 };
  }
  return undefined;
}

/** Who speaks in a text: names before a colon count when one comes twice, or when most lines have one. */
function speakersOf(lines: readonly Line[]): ReadonlySet<string> {
  const turns = new Map<string, number>();
  const sure = new Set<string>();
  let said = 0;
  for (const line of lines) {
    if (line.said !== '') said++;
    const turn = turnOf(line.said.replace(ITEM, ''));
    if (turn === undefined) continue;
    turns.set(turn.speaker, (turns.get(turn.speaker) ?? 0) + 1);
    if (turn.sure) sure.add(turn.speaker);
  }
  const total = [...turns.values()].reduce((sum, count) => sum + count, 0);
  const names = [...turns]
    .filter(([name, count]) => sure.has(name) || count > 1 || (turns.size > 1 && total * 2 >= said && said > 1))
    .map(([name]) => name);
  return new Set(names);
}
