import { EDGE_CODE } from '../../../../graph/model/edge.ts';
import { KIND_CODE } from '../../../../graph/model/node.ts';
import { termsOf } from '../../../../graph/model/terms.ts';
import { callsOf } from '../../../../graph/query/diagram/call-sequence.ts';
import { sequence, type Message, type Participant } from '../../../../graph/query/diagram/mermaid.ts';
import { moduleOf } from '../../../../graph/query/module-of.ts';
import { clipped, wishOf } from '../spec-parts.ts';
import { nameOf } from '../new-files.ts';
import type { PlanScope } from './plan-scope.ts';

const { Operation, Endpoint } = KIND_CODE;
const MOST_CALLS = 16;
const MOST_PLANNED = 6;
const LONGEST = 70;

/**
 * What happens now when the operation is called that the feature changes, as the graph has it; then what is planned, marked so: calls of
 * the files to be made, or what the criteria ask of the part that changes.
 */
export function sequenceOf(scope: PlanScope): string {
  const { graph, changed, made, spec, places } = scope;
  const target = operationOf(scope);
  const { participants, messages } = target < 0 ? { participants: [], messages: [] } : callsOf(graph, target, MOST_CALLS);
  const all = new Map<string, Participant>(participants.map((each) => [each.id, each]));
  const take = (id: string, label: string, actor = false): string => {
    if (!all.has(id)) all.set(id, { id, label, ...(actor ? { actor } : {}) });
    return id;
  };
  const caller = participants[0]?.id ?? take('caller', 'User', true);
  const entry = messages[0]?.to ?? (changed[0] ? take(changed[0].path, changed[0].path) : undefined);
  const planned: Message[] = [];
  // Files of one name are one part: the controller and the service of what is made.
  const partOf = (path: string): string => take(`made:${nameOf(path)}`, nameOf(path));
  for (const name of new Set(made.map(nameOf)))
    if (planned.length < MOST_PLANNED) planned.push({ from: entry ?? caller, to: take(`made:${name}`, name), text: name, planned: true });
  /** Who of those that take part stands in a file, else the file itself. */
  const partFor = (path: string): string =>
    made.includes(path)
      ? partOf(path)
      : (participants.find(({ id }) => graph.indexOf(id) >= 0 && graph.fileText(graph.indexOf(id)) === path)?.id ?? take(path, path));
  for (const { id, ears, text } of spec.criteria.slice(0, MOST_PLANNED)) {
    const place = places.get(id);
    const at = place === undefined ? take('system', spec.feature) : partFor(place);
    if (messages.length === 0 && planned.length === 0)
      planned.push({ from: caller, to: at, text: clipped(wishOf(spec.description), LONGEST), planned: true });
    planned.push({ from: at, to: at, text: `${id} ${clipped(ears?.shall ?? text, LONGEST)}`, planned: true });
  }
  return sequence([...all.values()], [...messages, ...planned]);
}

/**
 * The operation that the request is about, else of those that the changed code handles the one whose names have most in common with the spec,
 * then the one in the file that is most likely to change; -1: none.
 */
function operationOf({ graph, grounding, changed, spec }: PlanScope): number {
  const named = grounding.things.find(({ id, role }) => role === 'operation' && graph.indexOf(id) >= 0);
  if (named) return graph.indexOf(named.id);
  const rank = new Map(changed.map((file, at) => [file.module, at]));
  const said = new Set(termsOf([spec.description, ...spec.criteria.map(({ text }) => text)].join(' ')));
  const common = (...nodes: readonly number[]): number => {
    const terms = new Set(termsOf(nodes.map((node) => graph.nameText(node)).join(' ')));
    return terms.size === 0 ? 0 : [...terms].filter((term) => said.has(term)).length / terms.size;
  };
  let best = { common: -1, rank: Infinity, node: -1 };
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (graph.edgeType[edge] !== EDGE_CODE.HANDLES) continue;
    const [from, to] = [graph.edgeFrom[edge]!, graph.edgeTo[edge]!];
    if (graph.kind[to] !== Operation && graph.kind[to] !== Endpoint) continue;
    const at = rank.get(moduleOf(graph, from));
    if (at === undefined) continue;
    const shared = common(from, to);
    if (shared > best.common || (shared === best.common && at < best.rank)) best = { common: shared, rank: at, node: to };
  }
  return best.node;
}
