import { KIND_CODE, type Node, type NodeKind } from '../../../graph/model/node.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';
import { ANCHORS, type FeatureKind } from '../gaps/feature-kinds.ts';
import { conceptsOf, isCommon } from './concepts.ts';
import { conceptsOfThing } from './roles.ts';
import type { Topic } from './topics.ts';

/**
 * Share of what a topic names that a thing has to share with it, unless it shares all words of something that the topic names: by
 * less, two things have a word in common and nothing to do with each other.
 */
const RELATED = 0.5;
/** The weight of the most telling concepts beyond which a longer sentence asks for no more in common. */
const ENOUGH = 2.5;
/** What being called so counts for against being said in a doc comment. */
const SAID = 0.6;

/** Kinds of which most have such a word in their name: `MAIL_USER`, `orders.user_id`. */
const SMALL: ReadonlySet<NodeKind> = new Set(['ConfigKey', 'Column', 'Variable', 'TypeAlias']);

/** What other words in a name take away at most. */
const MORE = 0.15;

/** How near a thing is to a topic, and the words that say so. */
export interface Relation {
  /** 0–1. */
  readonly score: number;
  readonly topic: number;
  readonly shared: readonly string[];
  /** What both are, where they have no words in common. */
  readonly alike?: FeatureKind;
}

/** How near a thing is to the nearest of the topics; undefined where it is related to none. */
export function relationOf(node: Node, topics: readonly Topic[], rarity: Rarity): Relation | undefined {
  const { named, own } = conceptsOfThing(node);
  let best: Relation | undefined;
  for (const [index, { weights, things }] of topics.entries()) {
    const shared = [...weights.keys()].filter((concept) => own.has(concept));
    if (shared.length === 0) continue;
    const weigh = (some: Iterable<string>): number => [...some].reduce((sum, each) => sum + weights.get(each)! * rarity(each), 0);
    const all = Math.min(weigh(weights.keys()), ENOUGH);
    const share = weigh(shared) / all;
    const whole = things.some((words) => words.length > 0 && words.every((word) => own.has(word)));
    if (!whole && (share < RELATED || shared.every(isCommon))) continue;
    if (SMALL.has(node.kind) && shared.every(isCommon)) continue;
    const said = shared.filter((concept) => !named.has(concept)).length / shared.length;
    // What is called so and nothing else, before what is called so among other things.
    const alone = [...named].filter((concept) => weights.has(concept)).length / Math.max(1, named.size);
    const score = Math.min(1, share) * (1 - (1 - SAID) * said) * (1 - MORE + MORE * alone);
    if (score > (best?.score ?? 0)) best = { score, topic: index, shared };
  }
  if (best) return best;
  for (const [index, { kinds }] of topics.entries()) {
    const alike = kinds.find((kind) => DOING_SO.has(node.kind) && [...(ANCHORS[kind] ?? [])].some((concept) => named.has(concept)));
    if (alike !== undefined) return { score: ALIKE * (1 - MORE + MORE / named.size), topic: index, shared: [], alike };
  }
  return undefined;
}

/** What doing something of the same kind counts for: a precedent. */
const ALIKE = 0.3;
const DOING_SO: ReadonlySet<NodeKind> = new Set([
  'Operation',
  'Endpoint',
  'Service',
  'Channel',
  'Class',
  'Function',
  'Method',
  'AcceptanceCriterion',
]);

/** How much a concept tells, 0–1: what few things of the graph are called by tells most. */
export type Rarity = (concept: string) => number;

/** Kinds whose names say what a system is about. */
const NAMING: ReadonlySet<number> = new Set(
  (
    ['Function', 'Method', 'Class', 'Interface', 'TypeAlias', 'Operation', 'Endpoint', 'Schema', 'Table', 'Module'] satisfies NodeKind[]
  ).map((kind) => KIND_CODE[kind]),
);
const LEAST = 0.35;
const known = new WeakMap<Snapshot, Rarity>();

export function rarityIn(graph: Snapshot): Rarity {
  const before = known.get(graph);
  if (before) return before;
  const conceptsByName = new Map<number, readonly string[]>();
  const counts = new Map<string, number>();
  let all = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (!NAMING.has(graph.kind[node]!)) continue;
    all++;
    const name = graph.name[node]!;
    let concepts = conceptsByName.get(name);
    if (!concepts) conceptsByName.set(name, (concepts = conceptsOf(graph.nameText(node))));
    for (const concept of concepts) counts.set(concept, (counts.get(concept) ?? 0) + 1);
  }
  const rarity: Rarity = (concept) => {
    const share = Math.log((1 + all) / (1 + (counts.get(concept) ?? 0))) / Math.log(2 + all);
    return LEAST + (1 - LEAST) * share;
  };
  known.set(graph, rarity);
  return rarity;
}
