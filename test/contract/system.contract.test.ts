import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlatformError } from '../../graph/errors.ts';
import { refOf } from '../../graph/model/id.ts';
import { NODE_KINDS, type Node, type NodeKind } from '../../graph/model/node.ts';
import { CHANGE_KINDS } from '../../graph/query/change.ts';
import { openSystem } from '../../src/platform.ts';
import type { SearchResult } from '../../src/retrieval/search.ts';
import type { System } from '../../src/system.ts';
import { storeFixtures, type Place } from './stores.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Two systems with contracts, events, tables, infrastructure, decisions, policies, documents and specs, in one graph. */
const SYSTEMS = { parcels: 'bench/systems/parcels', 'image-upload': 'examples/image-upload' };
/** Targets of one kind: enough that all kinds together are well over sixty. */
const PER_KIND = 4;
const QUERIES = ['parcel', 'booking status', 'price', 'image upload', 'orders.total', 'src/app', 'tracking event', 'quota', 'TOKEN', 'zzz'];

const { skipReason } = storeFixtures.find((fixture) => fixture.skipReason !== undefined) ?? {};

describe.skipIf(skipReason !== undefined)('whole systems in every store', () => {
  let opened: readonly { readonly name: string; readonly place: Place; readonly system: System }[] = [];
  let nodes: readonly Node[];

  beforeAll(async () => {
    // One store's turn at the processor is another's turn at its database.
    opened = await Promise.all(
      storeFixtures.map(async (fixture) => {
        const place = await fixture.emptyPlace();
        const system = await openSystem({ store: place.location });
        for (const [repo, folder] of Object.entries(SYSTEMS)) await system.ingest(path.join(ROOT, folder), { repo });
        return { name: fixture.name, place, system };
      }),
    );
    nodes = nodesOf(await linesOf(opened[0]!.system));
  });
  afterAll(async () => {
    for (const { place, system } of opened) {
      await system.close();
      await place.remove();
    }
  });

  /** What every store answers, by the name of the first; fails at the first question that two answer differently. */
  async function agree<Q, A>(questions: readonly Q[], ask: (system: System, question: Q) => Promise<A>): Promise<readonly A[]> {
    const answers: A[] = [];
    for (const question of questions) {
      const [first, ...others] = await Promise.all(opened.map(async ({ system }) => settled(ask(system, question))));
      for (const [index, other] of others.entries())
        expect(other, `${opened[index + 1]!.name} on ${JSON.stringify(question)}`).toEqual(first);
      if (first && 'answer' in first) answers.push(first.answer);
    }
    return answers;
  }

  /** Some of every kind, spread over its ids. */
  const spread = (kinds: readonly NodeKind[] = NODE_KINDS, most = PER_KIND): readonly Node[] =>
    kinds.flatMap((kind) => {
      const of = nodes.filter((node) => node.kind === kind);
      const step = Math.max(1, of.length / most);
      return Array.from({ length: Math.min(most, of.length) }, (_, index) => of[Math.floor(index * step)]!);
    });

  it('is the same graph byte for byte', async () => {
    const [dump] = await agree(['dump'], async (system) => (await linesOf(system)).join('\n'));
    expect(dump?.length).toBeGreaterThan(1_000_000);
  });

  it('counts the same', async () => {
    const [stats] = await agree(['stats'], (system) => system.stats());
    expect(Object.keys(stats!.nodes).length).toBeGreaterThan(30);
  });

  it('answers what breaks, for all kinds of targets and changes', async () => {
    const targets = spread();
    expect(targets.length).toBeGreaterThan(100);
    const questions = targets.map(({ id }, index) => ({ target: id, change: CHANGE_KINDS[index % CHANGE_KINDS.length]!, paths: true }));
    const worst = targets.filter((_, index) => index % 3 === 0).map(({ id }) => ({ target: id, limit: Infinity }));
    const answers = await agree([...questions, ...worst], (system, question) => system.impact(question));
    expect(answers).toHaveLength(questions.length + worst.length);
    expect(new Set(answers.map(({ verdict }) => verdict)).size).toBeGreaterThan(2);
  });

  it('finds the same inconsistencies', async () => {
    const [found] = await agree([{}], async (system, filter) => {
      const { checks, findings } = await system.findings(filter);
      return { codes: checks.map(({ code }) => code), findings }; // a check is a function, of its own system
    });
    expect(found!.codes.length).toBeGreaterThan(5);
  });

  it('draws the same pictures', async () => {
    const order = (kind: 'component' | 'sequence' | 'dependencies' | 'impact') => (node: Node) => ({ kind, target: node.id });
    const pictures = await agree(
      [
        { kind: 'context' as const },
        { kind: 'container' as const },
        ...spread(['Service', 'Package']).map(order('component')),
        ...spread(['Operation', 'Endpoint'], 6).map(order('sequence')),
        ...spread(['Class', 'Table', 'Channel', 'SchemaProperty', 'ConfigKey'], 2).flatMap((node) => [
          order('dependencies')(node),
          order('impact')(node),
        ]),
      ],
      (system, picture) => system.diagram(picture),
    );
    expect(pictures.length).toBeGreaterThan(20);
  });

  it('shows the same neighbours, by id and by name', async () => {
    const ids = spread(NODE_KINDS, 1).map(({ id }) => id);
    const refs = spread(NODE_KINDS, 1).map(({ id }) => refOf(id));
    const names = spread(['Function', 'Class', 'Property', 'Service', 'Operation', 'Package'], 2).map(({ name }) => name);
    const shown = await agree([...ids, ...refs, ...names, 'nothing-of-this-name'], (system, target) => system.show(target, { limit: 100 }));
    expect(shown.length).toBeGreaterThan(ids.length);
  });

  it('finds the same paths', async () => {
    const ends = spread(['Function', 'Class', 'SchemaProperty', 'Column', 'Channel', 'ConfigKey', 'AcceptanceCriterion', 'Section'], 3);
    const pairs = ends.flatMap((from, index) =>
      [1, 2, 3, 5, 7, 9, 11].map((step) => [from.id, ends[(index + step) % ends.length]!.id] as const),
    );
    const paths = await agree(pairs, (system, [from, to]) => system.path(from, to));
    expect(paths.filter((hops) => hops !== undefined).length).toBeGreaterThan(3);
  });

  it.each([
    ['files', (found: SearchResult) => found.files.map(({ repo, path }) => `${repo} ${path}`)],
    ['things', (found: SearchResult) => found.hits.map(({ node }) => node.id)],
  ])('finds nearly the same %s: engines differ in what they round', async (_, first) => {
    const shares = await Promise.all(
      QUERIES.map(async (query) => {
        const [one = [], ...others] = await Promise.all(opened.map(async ({ system }) => first(await system.search(query, { limit: 10 }))));
        return others.map((other) => (one.length === 0 ? 1 : other.filter((each) => one.includes(each)).length / one.length));
      }),
    );
    const all = shares.flat();
    expect(all.reduce((sum, share) => sum + share, 0) / all.length).toBeGreaterThanOrEqual(0.9);
  });

  it('lists the same nodes, edges and diagnostics, page by page', async () => {
    expect(await agree(['diagnostics'], (system) => system.diagnostics({ limit: 10_000 }))).toHaveLength(1);
    await agree(spread(NODE_KINDS, 1), ({ find }, { kind, repo }) =>
      find({ kinds: [kind], ...(repo === undefined ? {} : { repo }) }, { limit: 7 }),
    );
    await agree(spread(NODE_KINDS, 2), ({ edges }, { id }) => edges({ to: [id] }, 50));
  });
});

type Settled<A> = { readonly answer: A } | { readonly refused: string };

/** A refusal is an answer, too. What it suggests instead is found by full text, whose order is each engine's own. */
async function settled<A>(answering: Promise<A>): Promise<Settled<A>> {
  try {
    return { answer: await answering };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return { refused: error.code === 'TARGET_NOT_FOUND' ? error.code : `${error.message} ${JSON.stringify(error.details)}` };
  }
}

async function linesOf(system: System): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of system.dump()) lines.push(line);
  return lines;
}

const nodesOf = (lines: readonly string[]): readonly Node[] =>
  lines.flatMap((line) => {
    const { node } = JSON.parse(line) as { readonly node?: Node };
    return node ? [node] : [];
  });
