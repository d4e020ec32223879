import { expect, test } from 'vitest';
import type { Node } from '../../../../../graph/model/node.ts';
import { resourcesOf } from '../../../../../src/agent/hand-off/resources.ts';
import type { Grounding, StepContext } from '../../../../../src/agent/model.ts';
import { readSpec } from '../../../../../src/specs/read-spec.ts';

const spec = (...criteria: readonly string[]) =>
  readSpec(
    JSON.stringify({ feature: 'parcels', specVersion: '1.0', owner: 'pm', description: 'A story.', acceptance: criteria }),
    'a.spec.yaml',
  ).spec!;

/** A graph that has these nodes and is asked for nothing else. */
const system = (...nodes: readonly Node[]): StepContext =>
  ({
    graph: {
      reader: { find: ({ kinds }: { kinds: readonly string[] }) => Promise.resolve(nodes.filter(({ kind }) => kinds.includes(kind))) },
    },
    repo: 'post',
  }) as unknown as StepContext;
const service = (name: string, image: string, file = 'compose.yaml'): Node => ({
  id: `post//svc:${name}`,
  kind: 'Service',
  name,
  repo: 'post',
  file,
  props: { image },
});
const terraform = (type: string): Node => ({
  id: `post//res:${type}.a`,
  kind: 'Resource',
  name: `${type}.a`,
  repo: 'post',
  file: 'infra/main.tf',
  props: { type },
});
const decided = (quote: string): Grounding => ({
  things: [
    {
      id: 'post//adr:1',
      kind: 'Adr',
      name: 'ADR 1',
      role: 'decision',
      reason: '',
      score: 1,
      governs: [],
      evidence: { node: 'post//adr:1', file: 'adr/1.md', line: 1, endLine: 1, sha: 'sha256:0', quote },
    },
  ],
  existing: [],
});
const NOTHING: Grounding = { things: [], existing: [] };
const kinds = async (...of: Parameters<typeof resourcesOf>) =>
  (await resourcesOf(...of)).needed.map(({ kind, technology }) => `${kind} ${technology}`);

test('what criteria ask for is needed, with the technology that they or the packages name', async () => {
  expect(await kinds(spec('The service shall put parcels on a queue.', 'The service shall cache rates.'), NOTHING, system())).toEqual([
    'queue rabbitmq',
    'cache redis',
  ]);
  expect(await kinds(spec('The service shall publish to a Kafka topic.'), NOTHING, system())).toEqual(['topic kafka']);
  const bull: Node = { id: 'npm:bullmq', kind: 'Package', name: 'bullmq', props: { external: true } };
  expect(await kinds(spec('The service shall queue labels.'), NOTHING, system(bull))).toEqual(['queue redis']);
});

test('what runs already is named, not planned', async () => {
  const { needed, existing } = await resourcesOf(
    spec('The service shall put parcels on a queue.'),
    NOTHING,
    system(service('mq', 'rabbitmq:3')),
  );
  expect(needed).toEqual([]);
  expect(existing).toEqual([{ kind: 'queue', name: 'mq', criteria: [expect.stringMatching(/^AC-/)] }]);
  expect(await kinds(spec('The service shall keep scans in a bucket.'), NOTHING, system(terraform('aws_s3_bucket')))).toEqual([]);
});

test('a decision asks for what the feature needs, and for nothing else', async () => {
  const adr = decided('Files go to a bucket in S3.');
  const { needed } = await resourcesOf(spec('The service shall keep each picture.'), adr, system());
  expect(needed).toMatchObject([{ kind: 'bucket', technology: 's3', because: 'ADR 1 decides so', evidence: { file: 'adr/1.md' } }]);
  expect(await kinds(spec('The service shall count parcels.'), adr, system())).toEqual([]);
});

test('where the system says what it runs on', async () => {
  const { infrastructure } = await resourcesOf(
    spec('A.'),
    NOTHING,
    system(service('a', 'a', 'deploy/docker-compose.yml'), terraform('google_sql_database'), terraform('google_redis_instance')),
  );
  expect(infrastructure).toEqual({
    composeFiles: ['deploy/docker-compose.yml'],
    terraformFiles: ['infra/main.tf'],
    provider: 'google',
  });
});
