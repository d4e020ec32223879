import { compare } from '../../graph/model/edge.ts';
import type { Edge } from '../../graph/model/edge.ts';
import type { Node, NodeOf } from '../../graph/model/node.ts';
import type { System } from '../system.ts';
import type { SpecStanding } from './spec-standing.ts';
import { oneLine, placeOf, quoted, targetOf } from './text.ts';

/** Edges read around the parts of specs. */
const MOST_EDGES = 10_000;
/** Tests and links named of one part. */
const NAMED = 2;

export type SpecPart = NodeOf<'AcceptanceCriterion'> | NodeOf<'Nfr'> | NodeOf<'Question'>;

/** A spec, what it demands, and what is connected to either. */
export interface SpecView {
  readonly spec: NodeOf<'Spec'>;
  /** By place in the file. */
  readonly parts: readonly SpecPart[];
  readonly edges: readonly Edge[];
}

interface Told {
  readonly part?: SpecPart | undefined;
  readonly standing?: SpecStanding;
}

/** All that is said of a spec, or of one of its parts, a line each. */
export const specLines = (view: SpecView, { part, standing }: Told): readonly string[] =>
  part ? [partLine(view, part)] : [specLine(view, standing), ...view.parts.map((each) => partLine(view, each)), ...linkLines(view)];

const isPart = (node: Node | undefined): node is SpecPart =>
  node?.kind === 'AcceptanceCriterion' || node?.kind === 'Nfr' || node?.kind === 'Question';

/** Specs with their parts and connections, in the order given. */
export async function viewSpecs(system: System, specs: readonly NodeOf<'Spec'>[]): Promise<readonly SpecView[]> {
  const ids = specs.map(({ id }) => id);
  if (ids.length === 0) return [];
  const contained = (await system.edges({ from: ids }, MOST_EDGES)).filter(({ type }) => type === 'CONTAINS');
  const nodes = await system.nodes(contained.map(({ to }) => to));
  const parts = new Map(
    specs.map(({ id }) => {
      const own = contained.filter(({ from }) => from === id).map(({ to }) => nodes.get(to));
      return [id, own.filter(isPart).toSorted((a, b) => lineOf(a) - lineOf(b) || compare(a.id, b.id))] as const;
    }),
  );
  const all = [...ids, ...[...parts.values()].flat().map(({ id }) => id)];
  const edges = [...(await system.edges({ from: all }, MOST_EDGES)), ...(await system.edges({ to: all }, MOST_EDGES))];
  const outside = edges.filter(({ from, type, to }) => type !== 'CONTAINS' || !(all.includes(from) && all.includes(to)));
  return specs.map((spec) => {
    const own = parts.get(spec.id) ?? [];
    const mine = new Set([spec.id, ...own.map(({ id }) => id)]);
    return { spec, parts: own, edges: outside.filter(({ from, to }) => mine.has(from) || mine.has(to)) };
  });
}

const lineOf = (node: Node): number => node.span?.line ?? 0;

/** One spec on one line, with how much of it is tested, where it stands and what is open. */
export function specLine(view: SpecView, standing?: SpecStanding): string {
  const { spec, parts } = view;
  const criteria = parts.filter(({ kind }) => kind === 'AcceptanceCriterion');
  const tested = criteria.filter(({ id }) => testsOf(view, id).length > 0).length;
  const questions = parts.filter((part) => part.kind === 'Question' && part.props.answer === undefined).length;
  const { version, owner, doc } = spec.props;
  const { status, open = [] } = standing ?? {};
  const facts = [
    `${tested} of ${criteria.length} criteria tested`,
    ...(questions > 0 ? [`${questions} open`] : []),
    ...(status === undefined ? [] : [oneLine(status, 60)]),
    ...(version === undefined ? [] : [`v${oneLine(version, 20)}`]),
    ...(owner === undefined ? [] : [`of ${oneLine(owner, 60)}`]),
  ];
  return `${placeOf(spec.file, spec.span?.line)} ${targetOf(spec.id)}: ${facts.join(', ')}${open.length === 0 ? '' : ` [${oneLine(open.join('; '), 300)}]`}${doc === undefined ? '' : ` ${quoted(doc, 100)}`}`;
}

/** One criterion, requirement or question: what it says, what tests it, what it is about. */
function partLine(view: SpecView, part: SpecPart): string {
  const links = view.edges
    .filter(({ from, type }) => from === part.id && type !== 'DERIVED_FROM')
    .map(({ type, to }) => `${type} ${targetOf(to)}`);
  const satisfied = view.edges
    .filter(({ to, type }) => to === part.id && type === 'SATISFIES')
    .map(({ from }) => `satisfied by ${targetOf(from)}`);
  const tests = testsOf(view, part.id);
  const said = [
    ...(tests.length > 0 ? [`tests: ${some(tests.map(targetOf))}`] : part.kind === 'AcceptanceCriterion' ? ['no test'] : []),
    ...(links.length + satisfied.length > 0 ? [some([...satisfied, ...links])] : []),
  ];
  return `${placeOf(part.file, part.span?.line)} ${partName(part)} ${quoted(part.props.text, 300)}${said.length > 0 ? ` — ${said.join('; ')}` : ''}`;
}

function partName(part: SpecPart): string {
  const name = oneLine(part.name.slice(part.name.indexOf('/') + 1));
  if (part.kind === 'Nfr') return `${name} (Nfr, ${oneLine(part.props.category, 40)})`;
  if (part.kind === 'Question') return `${name} (Question, ${part.props.answer === undefined ? 'open' : 'answered'})`;
  return part.props.priority === undefined ? name : `${name} (${oneLine(part.props.priority, 20)})`;
}

const testsOf = ({ edges }: SpecView, id: string): readonly string[] =>
  edges.filter(({ to, type }) => to === id && type === 'VERIFIES').map(({ from }) => from);

const some = (texts: readonly string[]): string =>
  texts.length <= NAMED ? texts.join(', ') : `${texts.slice(0, NAMED).join(', ')}, ${texts.length - NAMED} more`;

/** What the spec as a whole is connected to, a line each. */
const linkLines = ({ spec, edges }: SpecView): readonly string[] =>
  edges
    .filter(({ from, to }) => from === spec.id || to === spec.id)
    .map(({ from, type, to }) => (from === spec.id ? `→ ${type} ${targetOf(to)}` : `← ${type} ${targetOf(from)}`));
