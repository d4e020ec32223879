import { describe, expect, it } from 'vitest';
import { pulumiFormat } from '../../../../ingest/workers/pulumi.ts';
import { readFormat } from '../read-format.ts';

const PROGRAM = `name: parcels
runtime: yaml
configuration:
  replicas: { type: Number, default: 2 }
resources:
  jobs:
    type: aws:sqs:Queue
  billing:
    type: aws:lambda:Function
    properties:
      environment:
        variables: { QUEUE_URL: "\${jobs.url}", LOG_LEVEL: info }
      reservedConcurrentExecutions: \${replicas}
outputs:
  queue: \${jobs.arn}
`;

describe('the pulumi worker', () => {
  it('states resources, what refers to what, and the environment they are given', async () => {
    const { arrows, nodes, keys } = await readFormat(pulumiFormat, { 'infra/Pulumi.yaml': PROGRAM });
    expect(nodes.find(({ name }) => name === 'jobs')).toMatchObject({
      id: 'shop//res:pulumi/parcels/jobs',
      props: { type: 'aws:sqs:Queue' },
    });
    expect(arrows).toEqual(
      expect.arrayContaining([
        'shop//res:pulumi/parcels/billing DECLARES shop//env:LOG_LEVEL',
        'shop//res:pulumi/parcels/billing DECLARES shop//env:QUEUE_URL',
        'shop//res:pulumi/parcels/billing DEPENDS_ON shop//res:pulumi/parcels/config.replicas',
        'shop//res:pulumi/parcels/billing DEPENDS_ON shop//res:pulumi/parcels/jobs',
        'shop//res:pulumi/parcels/output.queue DEPENDS_ON shop//res:pulumi/parcels/jobs',
      ]),
    );
    expect(keys.map((key) => (key.key === 'config' ? [key.name, key.value] : []))).toEqual([
      ['QUEUE_URL', undefined],
      ['LOG_LEVEL', 'info'],
    ]);
  });

  it('is not asked about projects whose program is code', () => {
    expect(pulumiFormat.recognises?.('name: parcels\nruntime: nodejs\n', 'Pulumi.yaml')).toBe(false);
    expect(pulumiFormat.claims('Pulumi.prod.yaml')).toBe(false);
  });

  it.each([['resources: [1]'], ['resources: { a: null, b: { properties: [[[]]] } }'], ['resources: { __proto__: { type: x } }']])(
    'survives %s',
    async (text) => {
      expect((await readFormat(pulumiFormat, { 'Pulumi.yaml': text })).diagnostics).toEqual([]);
    },
  );
});
