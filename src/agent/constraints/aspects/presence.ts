import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { spelled, termsOf } from '../words/terms.ts';

const OPTIONAL =
  /\b(?:may|can|could) (?:be )?(?:leave out|left out|omit\w*|skip\w*|leave .{0,30} (?:empty|blank))\b|\boptional\b|\bneed(?:s)? not (?:be )?(?:give|given|state|fill|enter|provide|have|send|sent|know)?\w*|\b(?:does|do) not (?:have|need) to (?:give|state|fill|enter|provide|send|know|say|choose|name|have)|\b(?:nobody|no one)\b.{0,60}\b(?:has|have|needs?) to (?:give|state|fill|enter|provide|send|say|choose|name|have)\b|\b(?:that|who|which) (?:send|have|give|know|state|own)s? no\b|\bwithout (?:giving|stating|entering|naming|choosing|sending|filling in)\b|\bno (?:longer|more) (?:required|mandatory|needed|necessary)\b|\bnot (?:required|mandatory|needed|obligatory|compulsory)\b|\b(?:not|never|no longer) (?:ask|require|demand|insist|prompt|expect)\w*(?: for| on)?\b|\bvoluntary\b|\beven if .{0,40}\b(?:missing|unknown|absent)\b|\bhas? no .{0,30}\bneeded\b/i;
const MANDATORY =
  /\b(?:mandatory|obligatory|compulsory)\b|\b(?:is|are) required\b|\b(?:must|has to|have to|shall) (?:always )?(?:give|state|fill in|enter|provide|send|name|carry|include|supply|contain|specify)\b|\brequires? (?:an? |the )|\bshall ask for\b|\bnever (?:empty|missing|null|absent)\b|\b(?:always|every \w+) (?:has|have|carries|comes with|names)\b(?! to\b)/i;
const VERBS = 'leave omit skip optional require mandatory give state fill enter provide send name carry include supply need ask';

/** What has to be given, and what may be left out. */
export function presenceOf(clause: Clause): readonly Claim[] {
  const optional = OPTIONAL.exec(clause.text);
  const mandatory = optional || clause.isNegated ? null : MANDATORY.exec(clause.text);
  const said = optional ?? mandatory;
  if (said === null) return [];
  const about = without(objectOf(clause.text, said), VERBS);
  if (about.length === 0) return [];
  return [
    claimOf(clause, {
      attribute: 'presence',
      about,
      holds: { kind: 'value', value: optional ? 'optional' : 'required' },
      states: `${spelled(about, clause.whole)} ${optional ? 'may be left out' : 'has to be given'}`,
    }),
  ];
}

/** What is spoken of stands behind a verb and before an adjective: "may leave out the phone", "the phone is optional". */
function objectOf(text: string, said: RegExpExecArray): readonly string[] {
  const behind = termsOf(
    text.slice(said.index + said[0].length).split(/\b(?:in order|when|if|for|at|before|after|to|because|and still|but|by)\b|[,;]/i)[0] ??
      '',
  );
  const before = termsOf(text.slice(0, said.index).split(/[,;]/).at(-1) ?? '');
  const isAdjective =
    /(?:optional|mandatory|obligatory|compulsory|voluntary|required|needed|necessary|missing|empty|null|absent|unknown)$/i.test(said[0]);
  const [first, second] = isAdjective ? [before, behind] : [behind, before];
  return first.length > 0 ? first : second;
}
