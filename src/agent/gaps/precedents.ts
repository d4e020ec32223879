import { compare } from '../../../graph/model/edge.ts';
import { refOf } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import { createQuotedFiles } from '../../retrieval/quoted-file.ts';
import type { Grounding, StepContext } from '../model.ts';
import { constraintsOf, type Constraint } from '../parse/constraints.ts';
import { evidenceOf } from '../retrieve/evidence.ts';
import type { Slot } from './slots.ts';
import type { Value } from './values.ts';

/** What specs, policies and decisions of the system say of the same for other features. */
export interface Precedents {
  /** Limits first, then sentences. */
  of(slot: Pick<Slot, 'filled' | 'dimensions'>): Promise<Precedent>;
}

export interface Precedent {
  /** `5 MB`: of any spec or policy. */
  readonly limits: readonly Value[];
  /** `as policy:privacy/P-1 says: "…"`: of what has to do with the request. */
  readonly sentences: readonly Value[];
}

/** Statements looked at, and values given of each sort. */
const MOST_STATEMENTS = 2000;
const MOST = { limits: 2, sentences: 1 } as const;
/** Longest sentence that is an answer to choose, in UTF-16 units; with a figure it is about what has that figure. */
const LONGEST = 110;

const SAYING: ReadonlySet<Node['kind']> = new Set(['AcceptanceCriterion', 'Nfr', 'PolicyRule']);

export function createPrecedents({ things }: Grounding, { graph: { reader }, repo }: StepContext): Precedents {
  const files = createQuotedFiles(reader);
  const near = new Map(things.map(({ id, score }) => [id, score]));
  let known: Promise<readonly Node[]> | undefined;
  /** What has most to do with the request first. */
  const statements = async (): Promise<readonly Node[]> => {
    const all = await reader.find({ kinds: ['AcceptanceCriterion', 'Nfr', 'PolicyRule'], repo }, { limit: MOST_STATEMENTS });
    return all.toSorted((a, b) => (near.get(b.id) ?? 0) - (near.get(a.id) ?? 0) || compare(a.id, b.id));
  };
  return {
    async of({ filled, dimensions = [] }) {
      const limits: Value[] = [];
      const sentences: Value[] = [];
      for (const node of await (known ??= statements())) {
        const said = sentenceOf(node);
        if (said === undefined || !filled.test(said)) continue;
        const limit = constraintsOf(said).find((each) => dimensions.includes(each.dimension));
        const value = limit ? figureOf(limit) : undefined;
        const isNew = value !== undefined && limits.length < MOST.limits && !limits.some((each) => each.value === value);
        const isRelated =
          near.has(node.id) && value === undefined && !/\d/.test(said) && said.length <= LONGEST && sentences.length < MOST.sentences;
        if (!isNew && !isRelated) continue;
        const evidence = await evidenceOf(node, files, new Set());
        if (!evidence) continue;
        const source = refOf(node.id);
        if (isNew) limits.push({ value, source, evidence });
        else
          sentences.push({ value: `as ${source} says: "${evidence.quote.replace(/\s+/g, ' ').replaceAll('"', "'")}"`, source, evidence });
      }
      return { limits, sentences };
    },
  };
}

function sentenceOf(node: Node): string | undefined {
  if (!SAYING.has(node.kind)) return undefined;
  if (node.kind === 'PolicyRule') return node.props.statement;
  return node.kind === 'AcceptanceCriterion' || node.kind === 'Nfr' ? node.props.text : undefined;
}

/** `5 MB`, `PNG, JPEG`: the limit without how it is compared. */
function figureOf({ value, unit, dimension }: Constraint): string | undefined {
  if (typeof value !== 'number') return value.join(', ');
  if (unit === undefined) return dimension === 'count' ? String(value) : undefined;
  return unit === '%' ? `${value} %` : `${value} ${unit}`;
}
