import type { Sentence } from '../../specs/meaning/sentence.ts';
import { isRefusing } from '../../specs/meaning/words.ts';

const TELLING = /\b(?:responds?|answers?|returns?|shows?|reports?)\b.*\b(?:errors?|fail\w*)\b/i;

/** Whether who asks is told no by a response; what is locked or switched off is something else. */
const refusesCaller = (response: string): boolean => {
  const [begin = ''] = /^(?:(?:not|never|be)\s+)?[\w-]+/i.exec(response.replace(/^(?:(?:then|also|always|\w+ly)\s+)+/i, '')) ?? [];
  return isRefusing(begin) && !/^(?:locks?|disables?|ignores?|suspends?)$/i.test(begin);
};

/** Whether what a sentence's conditions name is not wanted, and who asks is told so. */
export const isRefusal = ({ conditions, response }: Sentence): boolean =>
  refusesCaller(response) || (conditions.some(({ kind }) => kind === 'if') && TELLING.test(response));
