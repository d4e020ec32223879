import type { Sentence } from '../../specs/meaning/sentence.ts';
import { isOfInput, type Limit } from './limits.ts';
import { isRefusal } from './refusal.ts';

/** What a refusal is about, by the status that RFC 9110 (and RFC 6585 for 429) has for it; the first that fits. */
const BY_WORDS: readonly (readonly [number, RegExp])[] = [
  [
    401,
    /\b(?:not|un|isn't|without|no|never)\s?-?(?:\w+\s){0,3}?(?:authenticated|signed[ -]in|logged[ -]in|session|credentials|access token)\b|\bunauthenticated\b|\banonymous\b|\b(?:requires?|needs?|demands?)\b.*\b(?:authenticat\w+|session|sign(?:ed)?[ -]in|log(?:ged)?[ -]in)\b|\bexpired session\b/i,
  ],
  [
    403,
    /\b(?:not|without|lacks?|no|cannot|only)\b.*\b(?:permission|permitted|allowed to|authori[sz]ed|role|owner|admin\w*|moderators?|member)\b|\bforbidden\b|\bunauthori[sz]ed\b|\bbanned\b/i,
  ],
  [429, /\b(?:too many|rate limit\w*|throttl\w+|per (?:second|minute|hour|day))\b|\bmore than \S+ (?:requests?|attempts?|calls?)\b/i],
  [410, /\b(?:expired?|expires|no longer valid|already used|used (?:before|already)|used twice)\b/i],
  [404, /\b(?:not found|does(?:n't| not) exist|no such|unknown|missing|deleted)\b/i],
  [409, /\b(?:already|duplicate\w*|conflict\w*|in use|exists|running|concurrent\w*|twice)\b/i],
  [413, /\b(?:too (?:large|big)|larger|bigger|quota|file size|exceeds? \S+ ?(?:[kmg]i?b|bytes))\b/i],
  [415, /\b(?:unsupported|format|file type|media type|content type)\b/i],
  [503, /\b(?:unavailable|unreachable|down|out of service|maintenance|times? out|timeout)\b/i],
];

/** The status of what a sentence refuses; undefined where it refuses nothing. `isSent`: files are sent to the system. */
export function refusalStatus(
  sentence: Sentence,
  limits: readonly Limit[],
  mediaTypes: readonly string[],
  isSent: boolean,
): number | undefined {
  const { conditions, response, isNegated, system = '' } = sentence;
  const condition = conditions.map(({ text }) => text).join(' ');
  const stated = /\b(?:status|HTTP|code|with|an?)\s+(?:code\s+|status\s+)?([45]\d\d)\b/i.exec(response)?.[1];
  if (stated !== undefined) return Number(stated);
  const accepting = limits.some(isOfInput);
  const whole = `${condition} ${system} ${isNegated ? 'not ' : ''}${response}`;
  const isDemand =
    conditions.length === 0 && /\brequires?\b.*\b(?:authenticat\w+|session|sign(?:ed)?[ -]in|log(?:ged)?[ -]in)\b/i.test(whole);
  const isFormat = conditions.length === 0 && mediaTypes.length > 0 && /\b(?:accepts?|supports?|allows?|only|be)\b/i.test(whole);
  if (!isRefusal(sentence) && !isDemand && !isFormat && !(accepting && conditions.length === 0)) return undefined;
  // What is sent has a media type; what is only asked for is part of the request.
  if (isFormat) return isSent ? 415 : 422;
  const [found] = BY_WORDS.find(([, words]) => words.test(condition === '' ? whole : condition)) ?? [];
  if (found !== undefined) return found;
  if (limits.some(({ unit }) => unit === 'rate')) return 429;
  if (limits.some((limit) => isOfInput(limit) && limit.unit === 'bytes')) return 413;
  if (mediaTypes.length > 0) return 415;
  return 422;
}
