import { clauseOf } from './clause.ts';
import { constraintsOf } from './constraints.ts';
import { contextsOf } from './conversation.ts';
import { demandsOf, type Neighbour } from './demand.ts';
import { isOfPerson, peopleIn } from './names.ts';
import { readText, type Passage } from './read-text.ts';
import { sentencesOf } from './sentences.ts';
import { signsOf, type Context } from './signs.ts';
import type { InputKind, Source } from './source.ts';
import { meaningOf, understand, type Meaning, type Said, type Understood } from './statements.ts';
import { storiesOf, type Range } from './story.ts';

/** A sentence with its meaning, in the text of its source. */
export interface Sentence extends Range {
  readonly source: Source;
  readonly passage: Passage;
  readonly meaning: Meaning;
  /** The question about the product that it answers; of the same source or another. */
  readonly answers?: Range & { readonly source: Source };
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
  const sentences = weighableIn(sources, kind);
  const demands = demandsOf(sentences);
  return sentences.map(({ start, end, source, in: passage, said, understood, context }, index) => {
    const { answers, question } = context;
    const asked = answers === 'product' && question !== undefined ? sentences[question] : undefined;
    return {
      ...{ start, end, source, passage },
      meaning: meaningOf(said, understood, demands[index]),
      ...(asked ? { answers: { start: asked.start, end: asked.end, source: asked.source } } : {}),
    };
  });
}

/** A sentence, with all that tells whether it demands something. */
interface Weighable extends Neighbour, Range {
  readonly source: Source;
  readonly in: Passage;
  readonly said: Said;
  readonly understood: Understood;
  readonly context: Context;
}

/** The sentences of a request in order, ready to be weighed against each other. For the fit of the weights, too. */
export function weighableIn(sources: readonly Source[], kind: InputKind): readonly Weighable[] {
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
  let passages = 0;
  return placed.map(({ start, end, source, passage, said, list }, index) => {
    const alone = understood[index]!;
    const context = contexts[index]!;
    // What is wished for and turned down, or answers what was asked, is known with what is said around it.
    const isOther = alone === 'requirement' ? context.reply === 'no' : typeof alone !== 'string' && context.answers === 'product';
    const here = isOther ? understand(said, context) : typeof alone === 'string' ? alone : { ...alone, context };
    if (placed[index - 1]?.passage !== passage) passages++;
    return {
      ...{ start, end, source, said, list },
      understood: here,
      context,
      in: passage,
      passage: passages,
      section: passage.section,
      signs: typeof here === 'string' ? undefined : signsOf(here),
      fixed: here === 'requirement' || (here === 'decision' && context.answers === 'product'),
    };
  });
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
            whole: text.length <= SHORT && sources.length === 1 && (kind === 'sentence' || (kind === 'ticket' && passage.form === 'item')),
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
