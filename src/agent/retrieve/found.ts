import { compare } from '../../../graph/model/edge.ts';
import { MEANT_PARTS } from '../../../graph/model/meaning.ts';
import type { Node, NodeKind } from '../../../graph/model/node.ts';
import { findAll } from '../../../graph/query/find-all.ts';
import { search, TO_CHANGE, type Purpose } from '../../retrieval/search.ts';
import { synonymsOf } from '../../specs/meaning/words.ts';
import { ANCHORS } from '../gaps/feature-kinds.ts';
import type { StepContext } from '../model.ts';
import { conceptsOf, isCommon } from './concepts.ts';
import { rarityIn, relationOf, type Relation } from './relate.ts';
import { LISTED_KINDS, roleOf, SEARCHED_KINDS } from './roles.ts';
import type { Topic } from './topics.ts';

/** Things of the kinds that are listed; a system with more of them is looked at in part, by id. */
const MOST_LISTED = 8000;
/** Hits looked at per topic, by text and by name. */
const HITS = 120;
const NAMED = 60;
/** Things of a topic that are looked for by themselves. */
const MOST_THINGS = 4;
/** Share of the best of a topic that a thing needs: with less, what both have in common is a side of it. */
const BESIDE = 0.5;
/** The most things of a role that only do something of the same kind. */
const PRECEDENTS = 4;
/**
 * Cosine from which things mean much the same although no word says so, and how far that has to be above the usual one of the
 * answer, as spaces differ; and what such a thing counts for. With the embedded model "video conferencing" has at most 0.25 to
 * anything in a shop of pictures, and "change their avatar" 0.4 to 0.53 to what does so.
 */
const MEANT = 0.42;
const ABOVE = 0.12;
const BY_MEANING = 0.7;
/** Those who specify read decisions and documents as well as code. */
const TO_SPECIFY: Purpose = { ...TO_CHANGE, counts: { code: 1, test: 0.5, text: 1 } };

/** A thing of the graph that has to do with a topic. */
export interface Found {
  readonly node: Node;
  readonly relation: Relation;
}

/** The things of the repository that are related to the topics, best first. Nothing where nothing is. */
export async function findRelated(topics: readonly Topic[], context: StepContext): Promise<ReadonlyMap<string, Found>> {
  const { graph, repo, signal } = context;
  const rarity = rarityIn(await graph.snapshot());
  const found = new Map<string, Found>();
  const add = (node: Node, relation: Relation | undefined): void => {
    if (relation && node.repo === repo && roleOf(node) !== undefined && relation.score > (found.get(node.id)?.relation.score ?? 0))
      found.set(node.id, { node, relation });
  };
  if (topics.length === 0) return found;
  for (const node of await findAll(graph.reader, { kinds: LISTED_KINDS, repo }, MOST_LISTED)) add(node, relationOf(node, topics, rarity));
  for (const [index, topic] of topics.entries()) {
    signal?.throwIfAborted();
    const meant = await context.meant(topic.text);
    const asked = { query: topic.text, limit: HITS, kinds: [...SEARCHED_KINDS], repo, given: undefined };
    const { hits } = await search(graph, asked, meant, TO_SPECIFY);
    for (const { node } of hits) add(node, relationOf(node, topics, rarity));
    // Each thing by itself: what the whole sentence is about may hide what is rare in it.
    for (const words of queriesOf(topic))
      for (const { node } of await graph.reader.search(words, { kinds: SEARCHED_KINDS, limit: NAMED, repo }))
        add(node, relationOf(node, topics, rarity));
    if (!meant) continue;
    for (const set of MEANT_PARTS) {
      const near = await graph.reader.nearest(meant.vector, { space: meant.space, set, limit: HITS, repo });
      const usual = near[Math.floor(near.length / 2)]?.score ?? 0;
      const close = near.filter(({ score }) => score >= Math.max(MEANT, usual + ABOVE));
      const nodes = await graph.reader.get(close.map(({ node }) => node));
      for (const { node: id, score } of close) {
        const node = nodes.get(id);
        if (node) add(node, { score: score * BY_MEANING, topic: index, shared: [] });
      }
    }
  }
  return withoutAsides(found, topics.length);
}

const TOLD: ReadonlySet<NodeKind> = new Set(['Section', 'TestCase']);

/** Without what shares only a side of its topic, and with few precedents of each role. */
function withoutAsides(found: ReadonlyMap<string, Found>, topics: number): ReadonlyMap<string, Found> {
  // Texts and tests say more words than things have in their names.
  const zeros = (): number[] => Array.from({ length: topics }, () => 0);
  const tops = { told: zeros(), made: zeros() };
  const topsOf = (node: Node): number[] => tops[TOLD.has(node.kind) ? 'told' : 'made'];
  for (const { node, relation } of found.values()) topsOf(node)[relation.topic] = Math.max(topsOf(node)[relation.topic]!, relation.score);
  const precedents = new Map<string, number>();
  const sorted = [...found].sort(([a, { relation: left }], [b, { relation: right }]) => right.score - left.score || compare(a, b));
  return new Map(
    sorted.filter(([, { node, relation }]) => {
      if (relation.alike === undefined) return relation.score >= BESIDE * topsOf(node)[relation.topic]!;
      const role = roleOf(node) ?? '';
      precedents.set(role, (precedents.get(role) ?? 0) + 1);
      return precedents.get(role)! <= PRECEDENTS;
    }),
  );
}

/** What to look for by name: all of a topic, each thing that it names, and what is called after its kind. */
function queriesOf({ text, things, words, kinds }: Topic): readonly string[] {
  const each = things.slice(0, MOST_THINGS).map((concepts) => concepts.map((concept) => words.get(concept) ?? concept).join(' '));
  const anchors = kinds.flatMap((kind) => [...(ANCHORS[kind] ?? [])]).join(' ');
  return [...new Set([...[text, ...each].map((query) => variantsOf(query).join(' ')), anchors])].filter((query) => query !== '');
}

/** Words as names may have them: other words for the same, one and many. */
function variantsOf(text: string): readonly string[] {
  const words = (text.toLowerCase().match(/\p{L}{3,}/gu) ?? []).filter((word) => conceptsOf(word).some((concept) => !isCommon(concept)));
  const all = words.flatMap((word) => [word, ...synonymsOf(word)]);
  return [
    ...new Set(
      all.flatMap((word) => [word, `${word}s`, word.replace(/(?:ies)$/, 'y').replace(/(?<=[^s])s$/, ''), word.replace(/ing$/, '')]),
    ),
  ];
}
