import { readJson } from '../parse/read-json.ts';
import { readText } from '../parse/read-text.ts';
import { sentencesOf } from '../parse/sentences.ts';
import { asWritten } from '../parse/source.ts';
import { verbatimIn, type Stretch } from '../../verbatim.ts';
import { paragraphAround } from './addressed.ts';

/** A whole sentence of a request, as it stands in the input. */
export interface RequestSentence extends Stretch {
  /** As people read it: without the escapes of JSON. */
  readonly said: string;
  /** What stands around it. */
  readonly paragraph: string;
  readonly section?: string;
}

/** The sentence of a request that has words letter by letter, whole: half a sentence may say the opposite. Undefined where none has. */
export function sentenceWith(input: string, quote: string): RequestSentence | undefined {
  const sources = readJson(input)?.sources ?? [{ text: input, place: asWritten(input) }];
  for (const { text, place } of sources)
    for (const { start, end, section, quoted = false } of readText(text).passages) {
      if (quoted) continue;
      for (const sentence of sentencesOf(text, { start, end })) {
        const said = text.slice(sentence.start, sentence.end);
        if (!verbatimIn(said, quote)) continue;
        return { ...place(sentence), said, paragraph: paragraphAround(text, sentence), ...(section === undefined ? {} : { section }) };
      }
    }
  return undefined;
}
