import { compare } from '../../../graph/model/edge.ts';
import type { Node } from '../../../graph/model/node.ts';
import { dependenciesOf, dependentsOf } from '../../../graph/query/edges-of.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';
import { compareTexts } from '../../specs/meaning/compare-texts.ts';
import { measure } from '../../specs/meaning/quantities.ts';
import { contentOf, negationsIn } from '../../specs/meaning/words.ts';
import type { Grounding } from '../model.ts';
import type { Requirement } from '../steps/parse.ts';
import { conceptsOf, isCommon } from './concepts.ts';
import { replacedBy } from './governing.ts';

/** Share of the words of a sentence that it has to have in common with a demand that contains the demand's words. */
const SAME = 0.5;

/**
 * The demands of a request that something in the graph meets in all of their words: a criterion or spec says so, an operation does
 * just that, a function is called so. A word too much ("as CSV", "for admins", "in bulk") and nothing is said.
 */
export function existingOf(asked: readonly Requirement[], nodes: readonly Node[], graph: Snapshot): Grounding['existing'] {
  const sorted = nodes.filter((node) => replacedBy(node, graph) === undefined).sort((a, b) => compare(a.id, b.id));
  return asked.flatMap((requirement) => {
    const demand = demandOf(requirement);
    if (demand === undefined) return [];
    return [
      firstThat(sorted, (node) => specified(demand, node)),
      firstThat(sorted, (node) => served(demand, node, graph)),
      firstThat(sorted, (node) => programmed(demand, node)),
    ].flatMap((found) => (found ? [{ quote: requirement.quote, thing: found.node.id, reason: found.reason }] : []));
  });
}

interface Demand {
  readonly text: string;
  /** All that it says, but who wants it and what for. */
  readonly words: readonly string[];
  readonly hasNumbers: boolean;
  readonly verbs: ReadonlySet<string>;
}

const canonical = (words: string): ReadonlySet<string> => new Set(contentOf(words));
/** Those for whom a system is made: what they ask for is for everybody. */
const ANYBODY = canonical(
  'user customer visitor people person member guest client someone anyone everyone we i me my you one us team they',
);
/** Asks for a thing to be there; it is what is done with the thing that has to be there. */
const BUILDING = /^\W*(?:please\s+)?(?:add|implement|introduce|build|provide|offer|support|create|we (?:want|need)|i (?:want|need)|let)\b/i;
const DOING = canonical(
  'upload download export import search delete remove login logout register reset notify archive publish cancel rate',
);

function demandOf({ quote, said, actors, benefits, start, actions }: Requirement): Demand | undefined {
  const text = said ?? quote;
  // A condition or a refusal is no thing that a system does.
  if (negationsIn(text) > 0) return undefined;
  let wish = quote;
  for (const { start: from, end } of [...actors, ...benefits].toSorted((a, b) => b.start - a.start)) {
    if (from < start || end > start + wish.length) continue;
    wish = `${wish.slice(0, from - start)} ${wish.slice(end - start)}`;
  }
  wish = wish.replace(
    /\b(?:let|allow|enable)s?\s+(?:all\s+|any\s+|our\s+)?(?:users?|people|customers?|members?|visitors?|everyone|anyone|guests?|us|me|them)\b/i,
    'let',
  );
  const who = actors.flatMap((actor) => conceptsOf(actor.quote));
  const special = who.filter((concept) => !ANYBODY.has(concept));
  const words = conceptsOf(wish.replace(/\bso (?:that )?|\bin order to\b/gi, ' ')).filter(
    (concept) => !ANYBODY.has(concept) || !who.includes(concept),
  );
  const isBuilding = BUILDING.test(wish.replace(/^\W*as an?\s*,?\s*/i, '')) && words.some((word) => DOING.has(word));
  const telling = [...new Set([...words.filter((word) => !(isBuilding && CREATING.has(word))), ...special])];
  if (telling.length === 0) return undefined;
  return { text, words: telling, hasNumbers: /\d/.test(wish), verbs: new Set(actions.flatMap((action) => conceptsOf(action.quote))) };
}

interface Match {
  readonly node: Node;
  readonly reason: string;
}

function firstThat(
  nodes: readonly Node[],
  matches: (node: Node) => { readonly reason: string; readonly rank: number } | undefined,
): Match | undefined {
  let best: (Match & { readonly rank: number }) | undefined;
  for (const node of nodes) {
    const found = matches(node);
    if (found && found.rank > (best?.rank ?? 0)) best = { node, ...found };
  }
  return best;
}

/** A spec that is called so, or a sentence of one that says the same. */
function specified(demand: Demand, node: Node): { readonly reason: string; readonly rank: number } | undefined {
  if (node.kind === 'Spec') {
    const name = conceptsOf(node.name);
    const covered = demand.words.every((word) => name.includes(word)) || isSaid(demand, `${node.name} ${node.props.doc ?? ''}`);
    return covered && !demand.hasNumbers ? { reason: `the spec ${node.name} is about just this`, rank: 2 } : undefined;
  }
  if (node.kind !== 'AcceptanceCriterion' && node.kind !== 'Nfr') return undefined;
  const { kind } = compareTexts(node.props.text, demand.text);
  if (kind === 'same' || kind === 'reworded') return { reason: `${node.name} says the same: "${node.props.text}"`, rank: 4 };
  const isBounded = demand.hasNumbers || measure(node.props.text).quantities.length > 0 || negationsIn(node.props.text) > 0;
  return !isBounded && demand.words.length > 1 && isSaid(demand, node.props.text)
    ? { reason: `${node.name} says so: "${node.props.text}"`, rank: 1 }
    : undefined;
}

function isSaid(demand: Demand, text: string): boolean {
  const said = conceptsOf(text).filter((word) => !ANYBODY.has(word));
  return demand.words.every((word) => said.includes(word)) && demand.words.length / said.length >= SAME;
}

/** Verbs that a method stands for; of those that are not here the name of the operation has to tell. */
const METHODS: Readonly<Record<string, ReadonlySet<string>>> = {
  ...{ GET: canonical('show list get read browse fetch retrieve'), QUERY: canonical('show list get read browse fetch retrieve') },
  ...{
    POST: canonical('create submit post write'),
    PUT: canonical('update replace set'),
    PATCH: canonical('update'),
    DELETE: canonical('delete'),
  },
};
const CREATING = canonical('create');
/** One of them is not all of them. */
const [LISTING] = canonical('list');
const READING: ReadonlySet<string> = new Set(['GET', 'QUERY', 'SUBSCRIPTION', 'HEAD']);
const LOOKING = canonical('show list get read browse fetch retrieve find search filter download export');
/** Stretches of a path that only say where an API begins. */
const PREFIX = /^(?:api|apis|rest|v\d+(?:\.\d+)?|auth|public|internal|services?|trpc|rpc)$/i;

function served(demand: Demand, node: Node, graph: Snapshot): { readonly reason: string; readonly rank: number } | undefined {
  if (node.kind !== 'Operation' && node.kind !== 'Endpoint') return undefined;
  const { method, path } = node.props;
  if (method === undefined || path === undefined || demand.hasNumbers) return undefined;
  const operationId = node.kind === 'Operation' ? (node.props.operationId ?? '') : '';
  const segments = path.split(/[/.]/).filter((segment) => segment !== '' && !PREFIX.test(segment));
  const isParameter = (segment: string | undefined): boolean => segment !== undefined && /^[:{]/.test(segment);
  const resource = segments.findLast((segment) => !isParameter(segment));
  if (resource === undefined) return undefined;
  const named = conceptsOf([...segments.filter((each) => !isParameter(each)), operationId, ...handlersOf(graph, node.id)].join(' '));
  const implied = METHODS[method] ?? new Set<string>();
  // What is asked for has to be all that it does, but for whom or in what it is done: `/articles/{slug}/comments`.
  const outer = segments.filter((segment, at) => segment !== resource && !isParameter(segment) && !isParameter(segments[at + 1]));
  const own = [...conceptsOf(resource), ...outer.flatMap((segment) => conceptsOf(segment))];
  const isVerbal = (word: string): boolean => demand.verbs.has(word) || isCommon(word);
  const missing = demand.words.filter((word) => !named.includes(word) && !(implied.has(word) && isVerbal(word)));
  const isSynonym = (word: string): boolean => word !== LISTING && implied.has(word) && demand.words.some((each) => implied.has(each));
  const surplus = own.filter((word) => !demand.words.includes(word) && !isSynonym(word));
  if (missing.length > 0 || surplus.length > 0) return undefined;
  // "Publish a post" is not done by what lists published posts.
  if (READING.has(method) && !demand.words.some((word) => LOOKING.has(word))) return undefined;
  // Of two verbs for the same thing, the one that is asked for.
  const verbs = demand.words.filter((word) => VERBS.has(word));
  if (verbs.length > 0 && !verbs.every((verb) => implied.has(verb) || named.includes(verb))) return undefined;
  if (verbs.length === 0 && method !== 'POST' && method !== 'MUTATION' && !demand.words.some((word) => DOING.has(word))) return undefined;
  const contract = node.kind === 'Operation' ? 1 : 0;
  return { reason: `${node.name} does this${node.props.doc ? `: "${node.props.doc}"` : ''}`, rank: 2 + contract };
}

const VERBS: ReadonlySet<string> = new Set(Object.values(METHODS).flatMap((verbs) => [...verbs]));

/** Names of what answers the operation, where that answers little else: a router is not called after one of its routes. */
function handlersOf(graph: Snapshot, id: string): readonly string[] {
  return dependentsOf(graph, id, 'HANDLES').flatMap((handler) =>
    new Set(dependenciesOf(graph, handler, 'HANDLES').map((each) => graph.nameText(each))).size === 1 ? [graph.nameText(handler)] : [],
  );
}

/** A function that others may call and whose name has all of the words and no others. */
function programmed(demand: Demand, node: Node): { readonly reason: string; readonly rank: number } | undefined {
  if (node.kind !== 'Function' && node.kind !== 'Method') return undefined;
  if (demand.words.length < 2 || demand.hasNumbers || node.props.visibility !== undefined) return undefined;
  if (node.kind === 'Function' && node.props.exported !== true) return undefined;
  // A name that does not begin with what it does is of a thing: `publishedPosts`.
  const [first = ''] = node.name.split(/(?=[A-Z_])/);
  if (first.endsWith('ed') || !conceptsOf(first).some((concept) => demand.words.includes(concept))) return undefined;
  const name = conceptsOf(node.name);
  const isSame = demand.words.every((word) => name.includes(word)) && name.every((word) => demand.words.includes(word));
  return isSame ? { reason: `${node.name} is called so`, rank: 1 } : undefined;
}
