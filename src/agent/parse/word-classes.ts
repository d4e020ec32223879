import type { Word } from './words.ts';

export const isVerbal = ({ pos }: Word): boolean => pos === 'VERB' || pos === 'AUX';

export const isNominal = ({ pos }: Word): boolean => pos === 'NOUN' || pos === 'PROPN';

/** Whether the word can be a verb in its plain form: "upload", not "uploads" or "uploading". */
export function isBareVerb(words: readonly Word[], at: number): boolean {
  const word = words[at];
  return word !== undefined && isVerbal(word) && word.lemma === word.lower;
}
