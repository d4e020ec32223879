import { measure, unitOf } from '../meaning/quantities.ts';
import type { Nfr } from '../spec.ts';
import { nfrsOf, ofParts, quoteless, textsOf, type LintRule } from './rule.ts';

/** Qualities that are a matter of how much. */
const MEASURED = /^(?:performance|availability|reliability|scalability|capacity|latency|throughput|accuracy|efficiency)$/i;

/**
 * Words that ask for a number, each with the question it leaves open. A word is let pass where its clause has the number, in a
 * comparison with something that is named, and as part of a name.
 */
const UNBOUNDED: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:(?<!\bfail )fast|quick|quickly|rapid|rapidly|promptly|swift|timely|soon|immediately(?! (?:without|follow\w*|after|before|below|above|preced\w*|behind|adjacent|next))|instantly|(?:near )?real[- ]time|snappy|responsive(?! (?:design|layout|images?|grid|web))|slow|slowly)\b/i,
    'Within what time?',
  ],
  [/(?<!\b(?:existing|how) )\b(?:large|huge|big|small|tiny|bulky|lightweight)\b/i, 'How large?'],
  [/(?<!\bhow )\b(?:many|numerous|few|a lot of|lots of|multiple times|a number of)\b/i, 'How many?'],
  [/(?<!\bhow )\b(?:often|frequently|regularly|periodically|occasionally|rarely|from time to time)\b/i, 'How often?'],
  [
    /\bhigh(?:ly)?[- ](?:available|availability|performance|load|volume|throughput|scalable|quality|traffic)\b|\blow[- ](?:latency|memory|overhead)\b/i,
    'Of what figure?',
  ],
  [/\b(?:scalable|scales? well|performant|efficient|efficiently|robust|reliable|reliably)\b/i, 'Measured by what?'],
  [/\b(?:user[- ]friendly|easy|easily|intuitive|simple|convenient|seamless|seamlessly|modern|nice)\b/i, 'By what would one see that?'],
  [
    /\b(?:appropriate(?! \S+ (?:based on|for|according to|depending on)\b)|appropriately(?! \()|adequate|adequately|sufficient(?! (?:to\b|(?:permission|right|privilege|access)s?\b))|sufficiently|reasonable|reasonably|suitable|acceptable|proper|as (?:much|many|soon|fast|little) as possible|as (?:needed|required|appropriate)|if (?:necessary|possible|appropriate)|where possible)\b/i,
    'What exactly?',
  ],
];
const OPEN_LIST =
  /\betc\.?(?=\s|$|[,;)])|\band so on\b|\band\/or\b|\bincluding but not limited to\b|\bsuch as\b[^.;]*\betc\b|\bamong others\b/i;

/** Where a number is needed, there is one, with its unit. */
export const NUMBER_RULES: readonly LintRule[] = [
  {
    code: 'unbounded-word',
    severity: 'warning',
    title: 'Where a number is needed, there is one.',
    find: ofParts(textsOf, (part) => ('measure' in part && part.measure ? [] : unboundedIn(part.text))),
  },
  {
    code: 'open-list',
    severity: 'warning',
    title: 'A list says all that is in it.',
    find: ofParts(textsOf, ({ text }) => {
      const [found] = OPEN_LIST.exec(quoteless(text)) ?? [];
      return found === undefined ? undefined : `"${found}" leaves open what is meant. List all of it, or say which one.`;
    }),
  },
  {
    code: 'unmeasured-nfr',
    severity: 'warning',
    title: 'A quality that is a matter of how much has a figure with a unit.',
    find: ofParts(nfrsOf, ({ category, text, measure: figure }) =>
      MEASURED.test(category) && !figure && measure(text).quantities.length === 0
        ? `Says no figure. Add one to the text, or \`measure: { metric, op, value, unit }\`.`
        : undefined,
    ),
  },
  {
    code: 'no-unit',
    severity: 'warning',
    title: 'A measure has a unit.',
    find: ofParts(nfrsOf, ({ measure: figure }) =>
      // Shares and zero need none.
      figure && figure.unit === undefined && figure.value > 1 ? `\`measure\` is ${figure.value} of what? Add its \`unit\`.` : undefined,
    ),
  },
  {
    code: 'measure-differs',
    severity: 'error',
    title: 'A measure says what the text says.',
    find: ofParts(nfrsOf, measureDiffers),
  },
];

/** What something is for is no demand. */
const PURPOSE =
  /\b(?:so that|in order to|for (?:easy|easier|quick|quicker|fast|faster|simple|simpler|rapid|convenient|better) \w+|to (?:enable|allow|support|facilitate|improve|avoid|keep))\b.*$/is;

function unboundedIn(text: string): readonly string[] {
  const found: string[] = [];
  for (const clause of quoteless(text)
    .replace(PURPOSE, '')
    .split(/[,;:.]\s/)) {
    if (measure(clause).quantities.some(({ dimension }) => dimension !== 'number')) continue;
    for (const [word, question] of UNBOUNDED) {
      const match = word.exec(clause);
      if (!match || /^\s*(?:as\s+\S+|than)\b/i.test(clause.slice(match.index + match[0].length)) || isName(clause, match.index, match[0]))
        continue;
      found.push(`"${match[0]}" needs a figure. ${question}`);
    }
  }
  return [...new Set(found)];
}

/** `the Fast lane`, `small-caps`: part of a name. */
const isName = (clause: string, index: number, word: string): boolean =>
  (index > 0 && /^[A-Z]/.test(word)) || /^[-_]\w/.test(clause.slice(index + word.length)) || /[\w][-_]$/.test(clause.slice(0, index));

function measureDiffers({ text, measure: figure }: Nfr): readonly string[] {
  if (!figure) return [];
  const [dimension, factor] = unitOf(figure.unit ?? '');
  const alike = measure(text).quantities.filter((quantity) => quantity.dimension === dimension);
  if (alike.length === 0 || dimension === 'number') return [];
  const isSame = alike.some(({ value }) => Math.abs(value - figure.value * factor) <= 1e-9 * Math.abs(value));
  const found = isSame
    ? []
    : [
        `\`measure\` says ${figure.value} ${figure.unit ?? ''}; the text says ${alike.map((one) => one.text).join(', ')}. Correct one of them.`,
      ];
  const percentile = alike.find((quantity) => quantity.percentile !== undefined)?.percentile;
  if (percentile !== undefined && figure.percentile !== undefined && percentile !== figure.percentile)
    found.push(`\`measure\` is of p${figure.percentile}; the text is of p${percentile}. Correct one of them.`);
  return found;
}
