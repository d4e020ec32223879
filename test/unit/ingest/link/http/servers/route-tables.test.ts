import { describe, expect, it } from 'vitest';
import { callsLinker } from '../../../../../../ingest/link/calls.ts';
import { endpointsLinker } from '../../../../../../ingest/link/endpoints.ts';
import { openapi } from '../../../../../../ingest/workers/openapi/openapi.ts';
import { linkFrom } from '../../../link-fixture.ts';

const CONTRACT = `openapi: 3.1.0
info: { title: library, version: 1.0.0 }
paths:
  /loans/{id}:
    get: { operationId: getLoan, responses: { '200': { description: The loan. } } }
  /loans:
    post: { operationId: lend, responses: { '201': { description: The loan. } } }
`;

const SERVER = `export function serve(handlers: Record<string, (request: unknown) => unknown>): void { console.log(handlers); }
`;

const link = (sources: Readonly<Record<string, string>>) => linkFrom(sources, [endpointsLinker, callsLinker], [openapi]);

describe('tables of handlers by operation', () => {
  it('are endpoints, whatever serves them, and realise operations', async () => {
    const { arrows, things, edge } = await link({
      'openapi.yaml': CONTRACT,
      'src/serve.ts': SERVER,
      'src/main.ts': `import { serve } from './serve.ts';
export const getLoan = () => ({});
export function start() {
  serve({
    'GET /loans/:id': getLoan,
    'POST /loans': () => ({}),
  });
}
`,
    });
    expect(things).toEqual(['Endpoint endpoint:shop#GET /loans/{id}', 'Endpoint endpoint:shop#POST /loans']);
    expect(arrows('HANDLES', 'endpoint:')).toEqual([
      'src/main.ts#getLoan HANDLES endpoint:shop#GET /loans/{id}',
      'src/main.ts#start HANDLES endpoint:shop#POST /loans',
    ]);
    expect(arrows('REALIZES')).toEqual([
      'endpoint:shop#GET /loans/{id} REALIZES api:library#GET /loans/{id}',
      'endpoint:shop#POST /loans REALIZES api:library#POST /loans',
    ]);
    expect(edge('src/main.ts#getLoan HANDLES endpoint:shop#GET /loans/{id}')).toMatchObject({ tier: 'heuristic', confidence: 0.9 });
  });

  it('have operations for all of their keys and functions for all of their values', async () => {
    const { things } = await link({
      'src/serve.ts': SERVER,
      'src/main.ts': `import { serve } from './serve.ts';
export function start() {
  serve({ 'POST /loans': () => ({}), fallback: () => ({}) });
  serve({ 'GET /limits': 'ten' } as never);
}
`,
      'src/main.test.ts': `import { test } from 'vitest';
import { serve } from './serve.ts';
test('serves', () => { serve({ 'POST /fakes': () => ({}) }); });
`,
    });
    expect(things).toEqual([]);
  });

  it('are called by the name of the operation, through members of interfaces and local functions as well', async () => {
    const { arrows } = await link({
      'openapi.yaml': CONTRACT,
      'src/client.ts': `export interface Client { call(operation: string): Promise<unknown> }
export class Loans {
  constructor(private readonly client: Client) {}
  get() { return this.client.call('GET /loans/{id}'); }
}
export function createLoans(client: Client) {
  const send = (operation: string) => client.call(operation);
  return { lend: () => send('POST /loans') };
}
`,
    });
    expect(arrows('INVOKES')).toEqual([
      'src/client.ts#Loans.get INVOKES api:library#GET /loans/{id}',
      'src/client.ts#createLoans INVOKES api:library#POST /loans',
    ]);
  });
});
