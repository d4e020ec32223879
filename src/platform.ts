import { dirname } from 'node:path';
import type { z } from 'zod';
import { answerImpact } from '../graph/query/answer.ts';
import { ImpactQuestion } from '../graph/query/change.ts';
import { shortestPath } from '../graph/query/path.ts';
import { withTestCases } from '../graph/query/test-cases.ts';
import { resolveTarget } from '../graph/query/target.ts';
import type { GraphStore } from '../graph/store/store.ts';
import { openStore } from '../graph/store/registry.ts';
import { SystemConfig } from './config.ts';
import { createCurrentGraph, type CurrentGraph, type PinnedGraph } from './current-graph.ts';
import { dumpOf } from './dump.ts';
import { neighbourhoodOf } from './neighbourhood.ts';
import { parseOrThrow } from './parse-or-throw.ts';
import type { ContextPack } from './retrieval/context-pack.ts';
import { createSharedEmbedder } from './retrieval/question-vector.ts';
import { ContextQuestion, SearchQuestion } from './retrieval/question.ts';
import { search } from './retrieval/search.ts';
import type { System } from './system.ts';

/** Connections that `show` lists in each direction when the caller does not say. */
const SHOWN = 50;

/**
 * Opens a specgraph: settings in, one set of functions out. The store is opened by the first question or ingest, so a
 * location that does not exist yet is no error until something is asked of it.
 *
 * Throws `BAD_INPUT` for settings that are not valid. Close the system when done.
 *
 * @example
 * const system = await openSystem({ store: '.specgraph/graph.db' });
 * await system.ingest('.');
 * const { verdict, tests } = await system.impact({ target: 'src/user.ts#findUser', change: 'remove' });
 * await system.close();
 */
export async function openSystem(settings: z.input<typeof SystemConfig> = {}): Promise<System> {
  const { store: location, neo4j, embedder: embedding, chat } = parseOrThrow(SystemConfig, settings);
  const embedder = createSharedEmbedder(embedding);
  let opened: Promise<{ readonly store: GraphStore; readonly current: CurrentGraph }> | undefined;
  const open = (create: boolean) =>
    (opened ??= openStore(location, {
      create,
      ...(neo4j.password === undefined ? {} : { credentials: { user: neo4j.user, password: neo4j.password } }),
      ...(neo4j.database === undefined ? {} : { database: neo4j.database }),
    }).then(
      (store) => ({ store, current: createCurrentGraph(store) }),
      (error: unknown) => {
        opened = undefined; // the next call tries again
        throw error;
      },
    ));
  const openForWriting = async (): Promise<GraphStore> => (await open(true)).store;
  const ask = async <T>(question: (graph: PinnedGraph) => Promise<T>): Promise<T> => (await open(false)).current.use(question);
  const retrieve = (question: z.input<typeof ContextQuestion>, quoted?: number): Promise<ContextPack> =>
    ask(async (graph) => {
      const { retrieve: retrieveFrom } = await import('./retrieval/retrieve.ts'); // brings the table of tokens along
      const asked = parseOrThrow(ContextQuestion, question);
      const { meant, warning } = await embedder.vectorOf(graph.reader, asked.question);
      return { ...(await retrieveFrom(graph, asked, meant, quoted)), ...(warning === undefined ? {} : { warning }) };
    });
  const close = async (): Promise<void> => {
    const held = await opened?.catch(() => undefined);
    opened = undefined;
    await embedder.close();
    await held?.current.close();
    await held?.store.close();
  };

  return {
    location: withoutCredentials(location),
    // The pipeline brings parsers and compilers along: no question waits for those.
    async ingest(path, options = {}) {
      const { ingest } = await import('./ingest.ts');
      return ingest(openForWriting, path, options);
    },
    async watch(path, options) {
      const { watch } = await import('./ingest.ts');
      return watch(openForWriting, path, options);
    },
    resolve: (target) => ask(({ reader }) => resolveTarget(reader, target)),
    impact: (question) =>
      ask(async ({ reader, snapshot }) => {
        const { target, testCases, ...options } = parseOrThrow(ImpactQuestion, question);
        const answered = answerImpact(await snapshot(), await resolveTarget(reader, target), options);
        return testCases ? withTestCases(reader, answered) : answered.answer;
      }),
    impactOfDiff: (range) =>
      ask(async (graph) => {
        const { impactOfDiff } = await import('./diff/impact-of-diff.ts'); // parses sources, as an ingest does
        return impactOfDiff(graph, range);
      }),
    path: (from, to) =>
      ask(async ({ reader, snapshot }) => {
        const [start, end] = [await resolveTarget(reader, from), await resolveTarget(reader, to)];
        return shortestPath(await snapshot(), start.id, end.id);
      }),
    show: (target, { limit = SHOWN } = {}) =>
      ask(async ({ reader }) => neighbourhoodOf(reader, await resolveTarget(reader, target), limit)),
    nodes: (ids) => ask(({ reader }) => reader.get(ids)),
    edges: (filter, limit) => ask(({ reader }) => reader.edges(filter, limit)),
    find: (filter, page) => ask(({ reader }) => reader.find(filter, page)),
    search: (query, options) =>
      ask(async (graph) => {
        const asked = parseOrThrow(SearchQuestion, { ...options, query });
        const { meant, warning } = await embedder.vectorOf(graph.reader, query);
        return { ...(await search(graph, asked, meant)), ...(warning === undefined ? {} : { warning }) };
      }),
    retrieve: (question, options) => retrieve({ ...options, question }),
    async ask(question, { signal, ...options } = {}) {
      const { openChatModel } = await import('./agent/models/registry.ts');
      const { extractAnswer, QUOTED_TO_ANSWER, writeAnswer } = await import('./retrieval/ask.ts');
      const pack = await retrieve({ ...options, question }, QUOTED_TO_ANSWER);
      const model = await openChatModel(chat);
      return model ? writeAnswer(model, pack, signal === undefined ? {} : { signal }) : extractAnswer(pack);
    },
    async agent(place) {
      const { createAgent } = await import('./agent/agent.ts');
      const now = (): Date => new Date();
      return createAgent(place, {
        use: ask,
        meant: async ({ reader }, text) => (await embedder.vectorOf(reader, text)).meant,
        async steps() {
          const { openChatModel } = await import('./agent/models/registry.ts');
          const { createSteps } = await import('./agent/steps/registry.ts');
          return createSteps(now, await openChatModel(chat));
        },
        now,
      });
    },
    similar: (target, { limit = SHOWN, repo } = {}) =>
      ask(async ({ reader }) => {
        const { similarTo } = await import('./retrieval/similar.ts');
        const spaces = await reader.spaces();
        const space = spaces.length === 0 ? undefined : await embedder.space();
        return similarTo(reader, await resolveTarget(reader, target), space, { limit, ...(repo === undefined ? {} : { repo }) });
      }),
    related: (target, { limit = SHOWN } = {}) =>
      ask(async ({ reader, snapshot }) => {
        const { relatedTo } = await import('./retrieval/related.ts');
        return relatedTo(reader, await snapshot(), await resolveTarget(reader, target), limit);
      }),
    async embed(options) {
      const opened = await embedder.open();
      if (!opened) return { embedded: 0 };
      const { embedChunks } = await import('./retrieval/embed-chunks.ts');
      return { space: opened.space, embedded: await embedChunks(await openForWriting(), opened, options) };
    },
    findings: ({ codes } = {}) =>
      ask(async ({ reader, snapshot }) => {
        const [{ checksOf, findingsOf }, { createOutdatedCitation }] = await Promise.all([
          import('../graph/query/findings/find.ts'),
          import('./agent/citations/outdated-citation.ts'),
        ]);
        const checks = checksOf(codes, [createOutdatedCitation(reader)]);
        return { checks, findings: await findingsOf(reader, await snapshot(), checks) };
      }),
    diagram: ({ kind, target, change }) =>
      ask(async ({ reader, snapshot }) => {
        const { drawDiagram } = await import('../graph/query/diagram/diagram.ts');
        const { DRAWN } = await import('../graph/query/diagram/kinds.ts');
        const drawn = target === undefined ? undefined : await resolveTarget(reader, target, DRAWN[kind]);
        return drawDiagram(await snapshot(), kind, drawn, change);
      }),
    citeCheck: (text, path) =>
      ask(async ({ reader }) => {
        const [{ citeCheck }, { createSources }, { repositoryOf }] = await Promise.all([
          import('./agent/cite-check.ts'),
          import('./agent/citations/source-texts.ts'),
          import('./diff/repository-of.ts'),
        ]);
        const { root, name } = await repositoryOf(reader, dirname(path));
        return citeCheck(text, path, createSources({ reader, repo: name, root }));
      }),
    conflicts: ({ request, repo } = {}) =>
      ask(async (graph) => {
        const { contradictionsIn } = await import('./agent/constraints/conflicts.ts'); // brings the tagger along
        const { bytesOf } = await import('./agent/thread/thread.ts');
        if (request !== undefined) bytesOf(request); // no longer than a thread may be asked
        const repositories = repo === undefined ? await graph.reader.repositories() : [repo];
        const wanted = request === undefined ? undefined : { request: { thread: 'request', text: request, file: 'request' } };
        const found = [];
        for (const one of repositories) found.push(...(await contradictionsIn({ graph, repo: one }, wanted)));
        return found;
      }),
    stats: () => ask(async ({ reader }) => ({ generation: reader.generation, ...(await reader.counts()) })),
    diagnostics: (page) => ask(({ reader }) => reader.diagnostics(page)),
    async *dump() {
      const reader = await (await open(false)).store.reader();
      try {
        yield* dumpOf(reader);
      } finally {
        await reader[Symbol.asyncDispose]();
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

const withoutCredentials = (location: string): string => location.replace(/^([a-z0-9+]+:\/\/)[^/@]*@/i, '$1');
