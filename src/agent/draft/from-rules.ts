import { refOf } from '../../../graph/model/id.ts';
import type { Conflict, DraftLink, DraftNfr, GroundedThing, Grounding, Resolution, StepContext } from '../model.ts';
import { asSentence, basisOf, nfr } from './parts.ts';
import { qualityOf } from './quality.ts';

const MOST_EDGES = 10_000;
/** Rules and decisions that a spec repeats at most: more say too little of this feature. */
const MOST = { rules: 4, decisions: 2 } as const;

/**
 * What policies and decisions that govern the parts touched demand, in their own words, and the links to them; also to those that gave way
 * when a conflict was settled, and to the decisions that had settled one before.
 */
export async function ruledBy(
  { things }: Grounding,
  conflicts: readonly Conflict[],
  resolutions: readonly Resolution[],
  { graph: { reader } }: StepContext,
): Promise<{ readonly nfrs: readonly DraftNfr[]; readonly links: readonly DraftLink[] }> {
  const gaveWay = conflicts.flatMap(({ id, members, options }) => {
    const chosen = resolutions.find(({ conflict }) => conflict === id)?.option;
    const yields = options.find((option) => option.id === chosen)?.yields;
    return yields === undefined ? [] : (members[yields] ?? []);
  });
  const yielding = new Set(gaveWay.map(({ evidence }) => evidence.node));
  const governing = things.filter(({ governs, id }) => governs.length > 0 && !yielding.has(id));
  const edges = await reader.edges({ from: governing.map(({ id }) => id), types: ['GOVERNS'] }, MOST_EDGES);
  /** The thing itself or a field of it; not only the folder or package around it. */
  const isDirect = ({ id, governs }: GroundedThing): boolean =>
    edges.some(
      ({ from, to }) =>
        from === id &&
        governs.some((governed) => to === governed || /^[ .#/]/.test(to.startsWith(governed) ? to.slice(governed.length) : '')),
    );
  const holding = (role: 'policy' | 'decision', kind: GroundedThing['kind'], most: number): readonly GroundedThing[] =>
    governing.filter((thing) => thing.role === role && thing.kind === kind && isDirect(thing)).slice(0, most);
  const rules = holding('policy', 'PolicyRule', MOST.rules);
  const decisions = holding('decision', 'Adr', MOST.decisions);
  return {
    nfrs: [...rules.flatMap((rule) => demandOf(rule, 'policy')), ...decisions.flatMap((decision) => demandOf(decision, 'architecture'))],
    links: distinct([
      ...[...rules, ...decisions].map(({ id, evidence }) => ({ rel: 'constrainedBy', target: refOf(id), evidence: [evidence] })),
      ...conflicts.flatMap(({ settledBy }) =>
        settledBy === undefined ? [] : [{ rel: 'constrainedBy', target: refOf(settledBy), evidence: [] }],
      ),
      ...gaveWay.flatMap(({ layer, evidence }) =>
        layer === 'policy' || layer === 'adr' ? [{ rel: 'conflictsWith', target: refOf(evidence.node), evidence: [evidence] }] : [],
      ),
    ]),
  };
}

const distinct = (links: readonly DraftLink[]): readonly DraftLink[] =>
  links.filter(({ rel, target }, at) => links.findIndex((other) => other.rel === rel && other.target === target) === at);

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
