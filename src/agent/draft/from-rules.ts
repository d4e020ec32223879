import { refOf } from '../../../graph/model/id.ts';
import type { Conflict, DraftLink, DraftNfr, GroundedThing, Grounding, Resolution } from '../model.ts';
import { asSentence, basisOf, nfr } from './parts.ts';
import { qualityOf } from './quality.ts';

/** Rules and decisions that a spec repeats at most: more say too little of this feature. */
const MOST = { rules: 4, decisions: 2 } as const;
/** Share of the score of the nearest rule from which one is about the parts touched, and not only about what is around them. */
const NEAR = 0.8;

/** What policies and decisions that govern the parts touched demand, in their own words, and the links to them. */
export function ruledBy({ things }: Grounding, conflicts: readonly Conflict[], resolutions: readonly Resolution[]): { readonly nfrs: readonly DraftNfr[]; readonly links: readonly DraftLink[] } {
  const yielding = new Set(
    conflicts.flatMap(({ id, members, options }) => {
      const chosen = resolutions.find(({ conflict }) => conflict === id)?.option;
      const yields = options.find((option) => option.id === chosen)?.yields;
      return yields === undefined ? [] : [members[yields]?.evidence.node ?? ''];
    }),
  );
  const holding = (role: 'policy' | 'decision', kind: GroundedThing['kind'], most: number): readonly GroundedThing[] => {
    const governing = things.filter((thing) => thing.role === role && thing.kind === kind && thing.governs.length > 0 && !yielding.has(thing.id));
    const best = Math.max(0, ...governing.map(({ score }) => score));
    return governing.filter(({ score }) => score >= NEAR * best).slice(0, most);
  };
  const rules = holding('policy', 'PolicyRule', MOST.rules);
  const decisions = holding('decision', 'Adr', MOST.decisions);
  return {
    nfrs: [...rules.flatMap((rule) => demandOf(rule, 'policy')), ...decisions.flatMap((decision) => demandOf(decision, 'architecture'))],
    links: [...rules, ...decisions].map(({ id, evidence }) => ({ rel: 'constrainedBy', target: refOf(id), evidence: [evidence] })),
  };
}

function demandOf({ id, evidence }: GroundedThing, otherwise: string): readonly DraftNfr[] {
  const said = evidence.quote.replace(/^["'\s>*-]+|["'\s]+$/g, '');
  // Something that is said, and not only the name of the thing.
  if (!/\p{L}+\s+\p{L}+\s+\p{L}+/u.test(said) || /^#|^(?:statement|title|status|decision)\s*:/i.test(said)) return [];
  const text = asSentence(said);
  const verify = otherwise === 'policy' ? { kind: 'policy', ref: refOf(id) } : { kind: 'manual' };
  return [
    nfr({
      category: qualityOf(said, undefined, []) ?? otherwise,
      text,
      ...basisOf(text, [evidence], [], 'governed-by'),
      evidence: [evidence],
      verify: [verify],
    }),
  ];
}
