import { claimOf, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { termsOf } from '../words/terms.ts';

/** Which status answers which case. */
export function statusesOf(clause: Clause): readonly Claim[] {
  const [, code] = /\b(?:status(?: code)?|http|code|with(?: a| an)?|returns?|a|an)\s+([2-5]\d\d)\b/i.exec(clause.text) ?? [];
  if (code === undefined) return [];
  const when = termsOf(clause.conditions);
  if (when.length === 0) return [];
  return [
    claimOf(clause, {
      attribute: 'status',
      about: when,
      holds: { kind: 'value', value: code },
      states: `status is ${code} when ${when.slice(0, 5).join(' ')}`,
    }),
  ];
}
