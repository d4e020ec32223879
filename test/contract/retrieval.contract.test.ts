import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSystem } from '../../src/platform.ts';
import type { System } from '../../src/system.ts';
import { startOpenAIServer, type OpenAIServer } from '../openai-server.ts';
import { storeFixtures, type Place } from './stores.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../examples/image-upload');
const QUESTIONS = [
  'how many images may a user upload?',
  'where is the size of an upload limited',
  'which formats of images are taken',
  'who is told when an image is rejected',
  'quotaOf',
  'add a plan with a higher quota',
  'retry when the user service does not answer',
  'what do policies say about personal data',
  'how are events published',
  'environment variables of the upload service',
  'tests of uploads',
  'which decisions were made about storage',
  '🚀🚀',
  '',
];
/** Things that have a vector. */
const MEANT = ['quotaOf', 'UserService', 'readConfig'];

const { skipReason } = storeFixtures.find((fixture) => fixture.skipReason !== undefined) ?? {};

describe.skipIf(skipReason !== undefined)('questions to the sample in every store', () => {
  let server: OpenAIServer;
  let opened: readonly { readonly name: string; readonly place: Place; readonly system: System }[] = [];

  beforeAll(async () => {
    server = await startOpenAIServer();
    opened = await Promise.all(
      storeFixtures.map(async (fixture) => {
        const place = await fixture.emptyPlace();
        const embedder = { use: 'openai' as const, url: server.url, model: 'toy', dimensions: 32 };
        const system = await openSystem({ store: place.location, embedder });
        await system.ingest(SAMPLE, { repo: 'image-upload' });
        return { name: fixture.name, place, system };
      }),
    );
  });
  afterAll(async () => {
    for (const { place, system } of opened) {
      await system.close();
      await place.remove();
    }
    await server[Symbol.asyncDispose]();
  });

  /** What every store answers; fails where two differ in a byte. */
  async function same<A>(ask: (system: System) => Promise<A>, about: string): Promise<A> {
    const [first, ...others] = await Promise.all(opened.map(async ({ system }) => ask(system)));
    for (const [at, other] of others.entries())
      expect(JSON.stringify(other, null, 1), `${opened[at + 1]!.name}: ${about}`).toBe(JSON.stringify(first, null, 1));
    return first!;
  }

  it('embeds the same texts, once', async () => {
    const reports = await Promise.all(opened.map(async ({ system }) => system.embed()));
    expect(reports[0]).toMatchObject({ space: 'openai:toy:32', embedded: expect.any(Number) as number });
    expect(reports[0]!.embedded).toBeGreaterThan(100);
    for (const report of reports) expect(report).toEqual(reports[0]);
    for (const { system } of opened) expect((await system.embed()).embedded).toBe(0);
  });

  it('is the same byte for byte in what is similar in meaning, and in what is related', async () => {
    for (const thing of MEANT) {
      const similar = await same((system) => system.similar(thing, { limit: 30 }), `similar to ${thing}`);
      expect(similar).toHaveLength(30);
      expect(new Set(similar.map(({ by }) => by))).toEqual(new Set(['meaning']));
    }
    for (const thing of [...MEANT, 'svc:upload-service', 'env:USER_SERVICE_URL'])
      expect((await same((system) => system.related(thing), `related to ${thing}`)).length).toBeGreaterThan(0);
  });

  it.each([
    ['things and files', (system: System, question: string) => system.search(question, { limit: 100 })],
    ['things of a kind', (system: System, question: string) => system.search(question, { limit: 20, kinds: ['Function', 'Section'] })],
    ['passages', (system: System, question: string) => system.retrieve(question)],
    ['answers', (system: System, question: string) => system.ask(question)],
  ])('finds the same %s, byte for byte', async (_, ask) => {
    const answers: unknown[] = [];
    for (const question of QUESTIONS) answers.push(await same<unknown>((system) => ask(system, question), question));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBeGreaterThan(10);
  });

  it('packs passages that are lines of the same files, and answers with them', async () => {
    for (const question of QUESTIONS) {
      const answers = await Promise.all(opened.map(async ({ system }) => system.ask(question)));
      for (const { pack, statements } of answers) {
        expect(pack.tokens).toBeLessThanOrEqual(pack.budget);
        for (const { path: file, line, endLine, text } of pack.passages) expect(linesOf(file, line, endLine)).toBe(text);
        for (const { citations } of statements)
          for (const { path: file, line, endLine, quote } of citations) expect(linesOf(file, line, endLine)).toContain(quote);
      }
      expect(answers.every(({ pack: { passages } }) => passages.length > 0)).toBe(question !== '');
    }
  });

  it('answers the same bytes when it is asked again', async () => {
    for (const { name, system } of opened)
      for (const question of QUESTIONS.slice(0, 4))
        expect(JSON.stringify(await system.ask(question)), `${name}: ${question}`).toBe(JSON.stringify(await system.ask(question)));
  });
});

const linesOf = (file: string, line: number, endLine: number): string =>
  readFileSync(path.join(SAMPLE, file), 'utf8')
    .split('\n')
    .slice(line - 1, endLine)
    .join('\n');
