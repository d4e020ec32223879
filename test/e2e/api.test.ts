import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from '../../src/api/server.ts';
import { openSystem } from '../../src/platform.ts';
import type { System } from '../../src/system.ts';

interface Answer {
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

describe('the sample system over GraphQL', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'specgraph-api-'));
  let system: System;
  let api: RunningApi;

  const ask = async (query: string, variables: Record<string, unknown> = {}): Promise<Answer> => {
    const response = await fetch(api.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };

  beforeAll(async () => {
    system = await openSystem({ store: path.join(folder, 'graph.db') });
    api = await startApi(system, { port: 0, roots: ['examples'] });
  });

  afterAll(async () => {
    await api.close();
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says that there is no graph yet', async () => {
    const { errors } = await ask('{ stats { generation } }');
    expect(errors).toMatchObject([{ extensions: { code: 'STORE_NOT_FOUND' } }]);
  });

  it('ingests it', async () => {
    const { data } = await ask('mutation { ingest(path: "image-upload", repo: "image-upload") { id state } }');
    const { id } = data.ingest;
    for (;;) {
      const { data: now } = await ask(
        'query ($id: ID!) { job(id: $id) { state report { repo generation files } error { code message } } }',
        { id },
      );
      if (now.job.state === 'QUEUED' || now.job.state === 'RUNNING') {
        await wait(50);
        continue;
      }
      expect(now.job).toMatchObject({ state: 'DONE', error: null, report: { repo: 'image-upload', generation: 1 } });
      expect(now.job.report.files).toBeGreaterThan(30);
      return;
    }
  });

  it('answers what breaks', async () => {
    const { data, errors } = await ask(`{
      impact(change: {target: "packages/storage/src/storage.ts#Storage.put", kind: REMOVE}) {
        verdict target { id } impacted { effect file declaration entity { id } } tests { file }
      }
    }`);
    expect(errors).toBeUndefined();
    expect(data.impact).toMatchObject({
      verdict: 'BREAKING',
      target: { id: 'image-upload//code:packages/storage/src/storage.ts#Storage.put' },
    });
    const broken = data.impact.impacted.filter(({ effect }: { effect: string }) => effect === 'BREAKS');
    expect(broken.map(({ file }: { file: string }) => file)).toContain('services/upload-service/src/upload-service.ts');
    expect(data.impact.tests.length).toBeGreaterThan(0);
  });

  const guide = readFileSync('docs/reference/graphql.md', 'utf8');
  const examples = [...guide.matchAll(/```graphql\n(?<query>.*?)```/gs)].map(({ groups }) => groups!['query']!);

  it.each(examples)('answers the query of the guide: %s', async (query) => {
    const { data, errors } = await ask(query);
    expect(errors).toBeUndefined();
    for (const answer of Object.values(data))
      expect(answer).toSatisfy((value) => value !== null && (!Array.isArray(value) || value.length > 0));
  });

  it('has four of them', () => {
    expect(examples).toHaveLength(4);
  });

  it('sends every entity and every edge, in pages', async () => {
    const seen = { nodes: 0, edges: 0 };
    let after: string | null = null;
    do {
      const { data, errors }: Answer = await ask(
        `query ($after: String) {
          entities(first: 15, after: $after) {
            nodes { id kind name props signatures { parameters { name } } outgoing(first: 25) { totalCount edges { type tier sites { facts } } } }
            pageInfo { hasNextPage endCursor }
          }
        }`,
        { after },
      );
      expect(errors).toBeUndefined();
      const { nodes, pageInfo } = data.entities;
      for (const { outgoing } of nodes) {
        seen.nodes += 1;
        seen.edges += outgoing.totalCount;
      }
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    const { nodes, edges } = await system.stats();
    const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, count) => total + count, 0);
    expect(seen).toEqual({ nodes: sum(nodes), edges: sum(edges) });
  });

  it('does not let a revision become an option of Git', async () => {
    const marker = path.join(folder, 'written-by-git');
    const { errors } = await ask('query ($input: DiffInput!) { impactOfDiff(input: $input) { verdict } }', {
      input: { root: 'image-upload', revisions: `--output=${marker}` },
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_INPUT']);
    expect(() => readFileSync(marker)).toThrow();
  });
});
