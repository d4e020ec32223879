import { clauseOf } from './clause.ts';
import { constraintsOf } from './constraints.ts';
import { contextsOf } from './conversation.ts';
import { isOfPerson, peopleIn } from './names.ts';
import { readText, type Passage } from './read-text.ts';
import { sentencesOf } from './sentences.ts';
import type { Context } from './signs.ts';
import type { InputKind, Source } from './source.ts';
import { demands, meaningOf, understand, type Meaning, type Said } from './statements.ts';
import { storiesOf, type Range } from './story.ts';

/** A sentence with its meaning, in the text of its source. */
export interface Sentence extends Range {
  readonly source: Source;
  readonly passage: Passage;
  readonly meaning: Meaning;
}

/** Longest stretch of a sentence that is looked at to tell what it means, in UTF-16 units. */
export const LOOKED_AT = 1000;
/** Longest request that is nothing but a wish or two, in UTF-16 units. */
const SHORT = 300;

/** A sentence whose meaning is still to be told. */
interface Placed extends Omit<Sentence, 'meaning'> {
  readonly said: Said;
  readonly turn: number;
  /** Counts lists; sentences that are no points of one have none. */
  readonly list?: number;
  /** Index of the one that it repeats, as a quote. */
  readonly repeats?: number;
}

/** The sentences of a request in order, each with what it means where it stands. */
export function readSentences(sources: readonly Source[], kind: InputKind): readonly Sentence[] {
  const placed = placesOf(sources, kind);
  const understood = placed.map(({ said }) => understand(said));
  const contexts = contextsOf(
    placed.map(({ said, turn, repeats }, index) => ({
      ...(repeats === undefined ? {} : { repeats }),
      text: said.text.replaceAll('’', "'"),
      turn,
      empty: understood[index] === 'chatter' || understood[index] === 'context',
      ...(said.speaker === undefined ? {} : { speaker: said.speaker }),
    })),
  );
  // First each by itself, then each with what its neighbours are by themselves.
  const demanding = placed.map((_, index) => demands(understood[index]!, contexts[index]!));
  const lists = listsOf(placed, demanding);
  return placed.map(({ start, end, source, passage, said, turn, list }, index) => {
    const before = placed[index - 1];
    const next = placed[index + 1];
    let last = index - 1;
    while (last >= 0 && index - last < 4 && understood[last] === 'chatter') last--;
    const of = list === undefined ? undefined : lists.get(list);
    const context: Context = {
      ...contexts[index]!,
      goesOn: before !== undefined && before.turn === turn && before.passage === passage && demanding[index - 1]!,
      follows: last >= 0 && (before?.source === source || kind === 'chat') && demanding[last]!,
      leads: next !== undefined && next.turn === turn && demanding[index + 1]!,
      list: of === undefined || of.points < 2 ? 0 : (of.demanding - Number(demanding[index])) / (of.points - 1),
    };
    return { start, end, source, passage, meaning: meaningOf(said, context, understood[index]) };
  });
}

/** Of each list: how many points it has, and how many of them demand something. */
function listsOf(
  placed: readonly Placed[],
  demanding: readonly boolean[],
): ReadonlyMap<number, { readonly points: number; readonly demanding: number }> {
  const lists = new Map<number, { points: number; demanding: number }>();
  for (const [index, { list }] of placed.entries()) {
    if (list === undefined) continue;
    const of = lists.get(list) ?? { points: 0, demanding: 0 };
    of.points++;
    if (demanding[index]!) of.demanding++;
    lists.set(list, of);
  }
  return lists;
}

function isNoSentence(said: string): boolean {
  const { verb, plain } = clauseOf(said);
  return verb === 'none' && !plain;
}

function placesOf(sources: readonly Source[], kind: InputKind): readonly Placed[] {
  const placed: Placed[] = [];
  const people = peopleIn(sources);
  const dialogue = people.speakers > 1;
  const places = new Map<string, number>();
  let turn = 0;
  let list = 0;
  for (const source of sources) {
    const { text, role } = source;
    turn++;
    let before: Passage | undefined;
    const { passages } = readText(text);
    for (const [index, passage] of passages.entries()) {
      const speaker = passage.speaker ?? source.speaker;
      const title = role === 'title' || (index === 0 && passage.form === 'heading');
      if (
        before !== undefined &&
        (before.quoted !== passage.quoted || before.speaker !== passage.speaker || (speaker === undefined && before.form !== 'heading'))
      )
        turn++;
      if (passage.form !== 'item' || before?.form !== 'item' || before.section !== passage.section) list++;
      before = passage;
      for (const range of statementsIn(text, passage)) {
        const said = text.slice(range.start, Math.min(range.end, range.start + LOOKED_AT));
        const first = passage.quoted === true ? (places.get(said) ?? -1) : -1;
        if (first === -1) places.set(said, placed.length);
        placed.push({
          ...range,
          source,
          passage,
          turn,
          ...(passage.form === 'item' ? { list } : {}),
          ...(first === -1 ? {} : { repeats: first }),
          said: {
            text: said,
            form: role === 'title' ? 'heading' : passage.form,
            title,
            ticket: kind === 'ticket',
            dialogue,
            done: passage.checked === true,
            whole: kind === 'sentence' && text.length <= SHORT,
            ofPerson: isOfPerson(said, people.names),
            first: index === 0 && passages.length > 2 && passage.form === 'prose' && !/[.!?:]\W*$/u.test(said) && isNoSentence(said),
            ...(passage.quoted === true && (kind === 'mail' || first !== -1) ? { quoted: true } : {}),
            limited: constraintsOf(said).some(
              ({ dimension, operator }) => operator !== '=' || dimension === 'time' || dimension === 'size',
            ),
            ...(passage.section === undefined ? {} : { section: passage.section }),
            ...(speaker === undefined ? {} : { speaker }),
          },
        });
      }
    }
  }
  return placed;
}

/** Sentences; a user story is one statement, however many sentences it has. */
function statementsIn(text: string, passage: Passage): readonly Range[] {
  const stories = storiesOf(text, passage.start, passage.end);
  const statements: Range[][] = [];
  let from = passage.start;
  for (const { whole, benefit, wish } of stories) {
    statements.push([...sentencesOf(text, { start: from, end: whole.start })]);
    const last = sentencesOf(text, whole).findLast(({ start }) => start <= (benefit ?? wish).start) ?? whole;
    from = last.end;
    statements.push([{ start: whole.start, end: from }]);
  }
  return [...statements.flat(), ...sentencesOf(text, { start: from, end: passage.end })];
}
