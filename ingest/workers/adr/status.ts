const SAME: readonly (readonly [RegExp, string])[] = [
  [/^(?:super[sc]ee?ded|replaced)\b/, 'superseded'],
  [/^(?:accepted|approved|decided|adopted|agreed|implemented|active)\b/, 'accepted'],
  [/^(?:proposed|proposal)\b/, 'proposed'],
  [/^(?:rejected|declined|withdrawn|abandoned)\b/, 'rejected'],
  [/^(?:deprecated|obsolete|retired)\b/, 'deprecated'],
];
/** What templates offer to choose from, or ask to be filled in. */
const TEMPLATE = /^[{[<]|\|/;

/**
 * `proposed`, `accepted`, `rejected`, `deprecated` or `superseded` where the text means one of these, else its first words
 * in lower case, such as `draft` or `on hold`; undefined where it says nothing.
 */
export function normalisedStatus(written: string): string | undefined {
  if (TEMPLATE.test(written.trim().replace(/^["']/, ''))) return undefined;
  const phrase = written
    .toLowerCase()
    .replaceAll(/[*_`"']/g, '')
    .replace(/^[^\p{L}]+/u, '');
  const known = SAME.find(([pattern]) => pattern.test(phrase));
  if (known) return known[1];
  const words = /^[\p{L}\p{N}\- ]{1,40}/u.exec(phrase)?.[0].trim();
  return words === undefined || words === '' || words.split(' ').length > 4 ? undefined : words;
}

/** A record that is in force binds; one that does not say is taken to be. */
export const isInForce = (status: string | undefined): boolean => status === undefined || status === 'accepted';
