import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Chunk } from '../../graph/model/chunk.ts';
import type { Node } from '../../graph/model/node.ts';
import { termsOf } from '../../graph/model/terms.ts';
import { searchTextOf, termsAskedFor, wordsAskedFor } from '../../graph/store/search-text.ts';
import type { GraphStore } from '../../graph/store/store.ts';
import { functionNode, publish, reading, remove, replace, unitOf } from './facts.ts';
import { storeFixtures, type Place } from './stores.ts';

/** Words of a library, the first ones far more common than the last; a fourth of the texts are long, so that lengths are rounded by engines that round. */
const WORDS =
  'book reader shelf loan library author title catalogue member fine renewal branch reservation barcode copy genre publisher edition shelfmark librarian periodical microfiche interloan accession überfällig café'.split(
    ' ',
  );
const FILES = 180;
/** Of the second generation: the first is closed in part, but not yet deleted. */
const REPLACED = 40;
const REMOVED = 25;

const QUESTIONS = [
  'book',
  'microfiche',
  'book reader shelf loan',
  'renewal of a reservation at another branch',
  'café überfällig cafe UBERFALLIG',
  'shelfmark librarian periodical accession interloan edition',
  'how is the fine of a member computed when the loan of a book is late',
  'nothing of it',
  Array.from({ length: 3000 }, (_, at) => `w${at} ${WORDS[at % WORDS.length]}`).join(' '),
];

/** Numbers between 0 and 1, the same each time (Lehmer 1951). */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const textOf = (random: () => number): string =>
  Array.from(
    { length: random() < 0.25 ? 100 + Math.floor(random() * 400) : 3 + Math.floor(random() * 40) },
    () => WORDS[Math.floor(random() ** 3 * WORDS.length)],
  ).join(' ');

interface Text {
  readonly path: string;
  readonly repo: string;
  readonly text: string;
}

/** What the two generations have in the end. */
const random = lehmer(7);
const textsOf = (paths: readonly number[]): Text[] =>
  paths.map((at) => ({ path: `file${at}`, repo: at % 3 === 0 ? 'pub' : 'shop', text: textOf(random) }));
const first = textsOf(Array.from({ length: FILES }, (_, at) => at));
const second = textsOf(Array.from({ length: REPLACED }, (_, at) => at));
const left = [...second, ...first.slice(REPLACED, FILES - REMOVED)];

const nodeOf = ({ path, text }: Text): Node => functionNode(`src/${path}.ts`, path, { doc: text });
const unitFor = (text: Text) => {
  const chunk: Chunk = { set: 'code-part', node: nodeOf(text).id, files: [text.path], text: text.text };
  return unitOf(text.path, { nodes: [nodeOf(text)], chunks: [chunk] }, text.repo);
};

/** BM25 with the statistics of FTS5, straight from its definition, of all documents that have a word of the question, best first. */
function ranked(
  words: readonly string[],
  documents: readonly { readonly key: string; readonly words: readonly string[] }[],
): Map<string, number> {
  const mean = documents.reduce((sum, document) => sum + document.words.length, 0) / documents.length;
  const scores = documents.map((document) => {
    let score = 0;
    for (const word of words) {
      const holding = documents.filter((other) => other.words.includes(word)).length;
      const rare = Math.log((documents.length - holding + 0.5) / (holding + 0.5));
      const count = document.words.filter((other) => other === word).length;
      score += ((rare > 0 ? rare : 1e-6) * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * document.words.length) / mean));
    }
    return [document.key, score] as const;
  });
  return new Map(scores.filter(([, score]) => score > 0).sort(([, a], [, b]) => b - a));
}

/** Equal scores in any order: what is compared is whether each has the score it should, and is there if it should be. */
function expectRanked(
  found: readonly (readonly [key: string, score: number])[],
  expected: ReadonlyMap<string, number>,
  limit: number,
): void {
  expect(found).toHaveLength(Math.min(limit, expected.size));
  const scores = [...expected.values()];
  for (const [at, [key, score]] of found.entries()) {
    expect(score, `${at}. ${key}`).toBeCloseTo(scores[at]!, 8);
    expect(expected.get(key), `${at}. ${key}`).toBeCloseTo(score, 8);
  }
}

for (const fixture of storeFixtures) {
  describe.skipIf(fixture.skipReason !== undefined)(
    `ranking: ${fixture.name}${fixture.skipReason ? ` (${fixture.skipReason})` : ''}`,
    () => {
      let place: Place;
      let store: GraphStore;
      beforeAll(async () => {
        place = await fixture.emptyPlace();
        store = await place.open();
        await publish(store, ...first.map((text) => replace(unitFor(text))));
        const removed = first
          .slice(FILES - REMOVED)
          .map(({ path, repo }) => ({ op: 'remove' as const, unit: unitOf(path, {}, repo).unit.id }));
        await publish(store, ...second.map((text) => replace(unitFor(text))), ...removed);
      });
      afterAll(async () => {
        await store.close();
        await place.remove();
      });

      const chunks = (question: string, options: { limit: number; repo?: string; above?: number }) =>
        reading(store, async (reader) =>
          (await reader.chunks(question, { set: 'code-part', ...options })).map(({ files: [path = ''], score }) => [path, score] as const),
        );
      const documents = left.map(({ path, text }) => ({ key: path, words: termsOf(text) }));

      it.each(QUESTIONS.map((question) => [question.slice(0, 40), question]))(
        'scores parts by BM25 of what there is now: %s',
        async (_, question) => {
          const expected = ranked(termsAskedFor(question), documents);
          for (const limit of [1, 10, 40, 1000]) expectRanked(await chunks(question, { limit }), expected, limit);
        },
      );

      it('weighs words by all texts, also where one repository is wanted, and keeps above a score', async () => {
        const [, , , question = ''] = QUESTIONS;
        const all = ranked(termsAskedFor(question), documents);
        const pub = new Set(left.filter(({ repo }) => repo === 'pub').map(({ path }) => path));
        const ofPub = new Map([...all].filter(([path]) => pub.has(path)));
        expectRanked(await chunks(question, { limit: 12, repo: 'pub' }), ofPub, 12);
        const above = [...all.values()][20]!;
        const better = new Map([...all].filter(([, score]) => score > above + 1e-9));
        expectRanked(await chunks(question, { limit: 100, above: Math.round(above * 1e9) / 1e9 }), better, 100);
      });

      it('counts accents for nothing', async () => {
        const [accented, plain] = [await chunks('Überfällig', { limit: 50 }), await chunks('uberfallig', { limit: 50 })];
        expect(plain).toEqual(accented);
        expect(plain.length).toBeGreaterThan(3);
      });

      it.each(QUESTIONS.slice(0, 7).map((question) => [question]))('scores things by what each unit says of them: %s', async (question) => {
        // A second unit says something else of some of them.
        const more = left.slice(0, 30).map((text, at) => ({ text, doc: at % 2 === 0 ? 'microfiche of the library' : 'late loan' }));
        await publish(
          store,
          ...more.map(({ text, doc }) =>
            replace(unitOf(`more/${text.path}`, { nodes: [functionNode(`src/${text.path}.ts`, text.path, { doc })] })),
          ),
        );
        const claims = [...left.map(nodeOf), ...more.map(({ text, doc }) => nodeOf({ ...text, text: doc }))].map((node, at) => ({
          key: `${node.id} ${at}`,
          words: searchTextOf(node).split(' '),
        }));
        const byClaim = ranked(wordsAskedFor(question), claims);
        const byNode = new Map<string, number>();
        for (const [key, score] of byClaim) byNode.set(key.split(' ')[0]!, Math.max(score, byNode.get(key.split(' ')[0]!) ?? 0));
        for (const limit of [1, 25, 500]) {
          const hits = await reading(store, (reader) => reader.search(question, { limit }));
          expectRanked(
            hits.map(({ node, score }) => [node.id, score]),
            byNode,
            limit,
          );
        }
        await publish(store, ...more.map(({ text }) => remove(`more/${text.path}`)));
      });

      it('finds nothing in a set without texts', async () => {
        expect(await reading(store, (reader) => reader.chunks('book', { set: 'text-file', limit: 5 }))).toEqual([]);
      });
    },
  );
}
