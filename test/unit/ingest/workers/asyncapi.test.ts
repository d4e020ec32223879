import { describe, expect, it } from 'vitest';
import { Edge } from '../../../../graph/model/edge.ts';
import { Node } from '../../../../graph/model/node.ts';
import { asyncapi } from '../../../../ingest/workers/asyncapi/asyncapi.ts';
import { readFormat } from '../read-format.ts';

const COMPONENTS = `components:
  securitySchemes: {sasl: {type: scramSha256}}
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: {type: string}
        customer: {$ref: '#/components/schemas/Customer'}
    Customer: {type: object, properties: {id: {type: string}, on: {type: string, enum: [yes, no]}}}
  messages:
    OrderPlaced:
      contentType: application/json
      summary: Somebody ordered.
      headers: {type: object, properties: {trace-id: {type: string}}}
      payload: {$ref: '#/components/schemas/Order'}
    OrderCancelled:
      payload: {type: object, properties: {id: {type: string}, reason: {type: string}}}
`;

const SECOND = `asyncapi: 2.6.0
info: {title: Orders, version: 2.0.0}
servers:
  main: {url: 'broker.example:9092', protocol: kafka, security: [{sasl: []}]}
channels:
  orders.placed:
    description: All that is ordered.
    subscribe:
      operationId: announce
      message:
        oneOf:
          - {$ref: '#/components/messages/OrderPlaced'}
          - {$ref: '#/components/messages/OrderCancelled'}
  stock.{region}:
    parameters: {region: {schema: {type: string}}}
    publish: {message: {name: StockChanged, payload: {type: object, properties: {sku: {type: string}}}}}
${COMPONENTS}`;

const THIRD = `asyncapi: 3.0.0
info: {title: Orders, version: 2.0.0}
servers:
  main: {host: 'broker.example:9092', protocol: kafka, security: [{$ref: '#/components/securitySchemes/sasl'}]}
channels:
  placed:
    address: orders.placed
    messages:
      OrderPlaced: {$ref: '#/components/messages/OrderPlaced'}
      OrderCancelled: {$ref: '#/components/messages/OrderCancelled'}
  answers: {address: null, messages: {Answer: {payload: {schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: {type: record}}}}}
operations:
  announce: {action: send, channel: {$ref: '#/channels/placed'}, reply: {channel: {$ref: '#/channels/answers'}}}
  audit: {action: receive, channel: {$ref: '#/channels/placed'}}
  archive: {action: receive, channel: {$ref: '#/channels/placed'}}
${COMPONENTS}`;

const api = 'shop//api:orders';
const placed = 'shop//event:orders.placed';
const read = (text: string, others: Readonly<Record<string, string>> = {}) =>
  readFormat(asyncapi, { 'orders.asyncapi.yaml': text, ...others });

describe('an AsyncAPI document', () => {
  it.each([
    ['2', SECOND],
    ['3', THIRD],
  ])('of version %s states channels with their messages and the fields of all of them', async (_, text) => {
    const { nodes, things, keys, diagnostics } = await read(text);
    expect(diagnostics).toEqual([]);
    expect(things.filter((thing) => thing.includes(placed))).toEqual([
      `Channel ${placed}`,
      `Message ${placed}#OrderCancelled`,
      `Message ${placed}#OrderPlaced`,
      `SchemaProperty ${placed} headers.trace-id`,
      `SchemaProperty ${placed} payload.customer`,
      `SchemaProperty ${placed} payload.customer.id`,
      `SchemaProperty ${placed} payload.customer.on`,
      `SchemaProperty ${placed} payload.id`,
      `SchemaProperty ${placed} payload.reason`,
    ]);
    expect(nodes.find(({ id }) => id === `${placed} payload.customer.on`)?.props).toEqual({ type: 'string', enum: ['yes', 'no'] });
    expect(nodes.find(({ id }) => id === `${placed}#OrderPlaced`)?.props).toEqual({
      contentType: 'application/json',
      doc: 'Somebody ordered.',
    });
    expect(keys).toContainEqual(
      expect.objectContaining({
        ...{ key: 'channel', id: placed, api, address: 'orders.placed' },
        fields: ['id', 'customer', 'reason', 'customer.id', 'customer.on'],
      }),
    );
  });

  it.each([
    ['2', SECOND],
    ['3', THIRD],
  ])('states messages that channels share where they are defined, version %s', async (_, text) => {
    const { nodes, arrows } = await readFormat(asyncapi, { 'orders.asyncapi.yaml': text });
    const line = text.split('\n').findIndex((written) => written === '    OrderPlaced:') + 1;
    expect(nodes.find(({ id }) => id === 'shop//doc:orders.asyncapi.yaml#components.messages.OrderPlaced')).toMatchObject({
      kind: 'Section',
      name: 'OrderPlaced',
      span: { line },
      props: { headings: ['components', 'messages', 'OrderPlaced'], doc: 'Somebody ordered.' },
    });
    expect(arrows).toContain('shop//api:orders CONTAINS shop//doc:orders.asyncapi.yaml#components.messages.OrderCancelled');
  });

  it('refers to schemas of an OpenAPI document by the ids that these have', async () => {
    const { arrows } = await readFormat(asyncapi, {
      'events/asyncapi.yaml': `asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels:
  placed:
    address: orders.placed
    messages:
      Placed: {payload: {type: object, properties: {order: {$ref: '../services/orders/openapi.yaml#/components/schemas/Order'}}}}
`,
      'services/orders/openapi.yaml': `openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths: {}
components: {schemas: {Order: {type: object, properties: {id: {type: string}}}}}
`,
    });
    expect(arrows).toContain('shop//event:orders.placed payload.order.id MAPS_TO shop//api:orders#Order.id');
    expect(arrows).toContain('shop//event:orders.placed payload.order HAS_SCHEMA shop//api:orders#Order');
  });

  it('says by the operations of version 2 what the application does, not what others do', async () => {
    const { arrows } = await read(SECOND);
    expect(arrows).toContain(`${api}#subscribe orders.placed PUBLISHES ${placed}`);
    expect(arrows).toContain(`${api}#publish stock.{region} SUBSCRIBES shop//event:stock.{region}`);
    expect(arrows.filter((arrow) => / (PUBLISHES|SUBSCRIBES) /.test(arrow))).toHaveLength(2);
  });

  it('says what the operations of version 3 send, receive and answer, by name where there are several', async () => {
    const { arrows, edges } = await read(THIRD);
    expect(arrows.filter((arrow) => / (PUBLISHES|SUBSCRIBES) /.test(arrow))).toEqual([
      `${api}#receive orders.placed archive SUBSCRIBES ${placed}`,
      `${api}#receive orders.placed audit SUBSCRIBES ${placed}`,
      `${api}#send orders.placed PUBLISHES ${placed}`,
      `${api}#send orders.placed SUBSCRIBES shop//event:answers`,
    ]);
    expect(edges.find(({ to, type }) => to === 'shop//event:answers' && type === 'SUBSCRIBES')?.rule).toBe('reply-channel');
  });

  it('links messages and fields to the schemas that they come from', async () => {
    const { arrows, nodes, edges } = await read(SECOND);
    expect(arrows).toEqual(
      expect.arrayContaining([
        `${api} CONTAINS ${placed}`,
        `${api} DEPENDS_ON ${api}#security:sasl`,
        `${placed} CONTAINS ${placed}#OrderPlaced`,
        `${placed}#OrderPlaced HAS_SCHEMA ${api}#Order`,
        `${api}#Order.customer HAS_SCHEMA ${api}#Customer`,
        `${placed} payload.customer.id MAPS_TO ${api}#Customer.id`,
        `${placed} HAS_PROPERTY ${placed} payload.reason`,
      ]),
    );
    expect(arrows).not.toContain(`${placed}#OrderCancelled HAS_SCHEMA ${api}#Order`);
    for (const node of nodes) expect(() => Node.parse(node)).not.toThrow();
    for (const edge of edges) expect(() => Edge.parse(edge)).not.toThrow();
  });

  it('follows messages into other files, and reads no fields of other schema languages', async () => {
    const text = `asyncapi: 2.0.0
info: {title: T, version: 1}
channels:
  a: {publish: {message: {$ref: 'messages.yaml#/Sent'}}}
  b: {publish: {message: {name: Avro, schemaFormat: application/vnd.apache.avro, payload: {properties: {x: {}}}}}}
`;
    const { things, diagnostics } = await read(text, { 'messages.yaml': 'Sent: {payload: {properties: {at: {type: string}}}}' });
    expect(diagnostics).toEqual([]);
    expect(things).toEqual(
      expect.arrayContaining(['Message shop//event:a#Sent', 'SchemaProperty shop//event:a payload.at', 'Message shop//event:b#Avro']),
    );
    expect(things.some((thing) => thing.includes('event:b payload'))).toBe(false);
  });
});

describe('what is wrong with an AsyncAPI document', () => {
  const head = 'asyncapi: 2.0.0\ninfo: {title: T, version: 1}\n';

  it.each([
    ['missing-info', 'asyncapi: 3.0.0\nchannels: {}\n', 1],
    ['missing-channels', head, 1],
    ['unsupported-version', 'asyncapi: "1.2.0"\n', 1],
    ['unresolved-ref', `${head}channels:\n  a:\n    publish:\n      message: {$ref: '#/components/messages/No'}\n`, 6],
    ['undeclared-channel-parameter', `${head}channels:\n  a.{b}: {}\n`, 4],
    ['duplicate-operation-id', `${head}channels:\n  a:\n    publish: {operationId: x}\n    subscribe: {operationId: x}\n`, 6],
    ['missing-channel', 'asyncapi: 3.0.0\ninfo: {}\nchannels: {}\noperations:\n  x: {action: send}\n', 5],
    ['parse-failure', `${head}channels: [\n`, 4],
  ])('%s', async (code, text, line) => {
    const { diagnostics } = await read(text);
    expect(diagnostics.find((diagnostic) => diagnostic.code === code)).toMatchObject({ span: { line } });
  });

  it('takes cycles of references and of aliases, and names of the language', async () => {
    const { nodes, diagnostics } = await read(`${head}channels:
  __proto__: {subscribe: {message: {$ref: '#/components/messages/M'}}}
components:
  messages: {M: {payload: {$ref: '#/components/schemas/A'}}, N: {$ref: '#/components/messages/N'}}
  schemas:
    A: &a {properties: {a: *a, self: {$ref: '#/components/schemas/A'}}}
`);
    expect(nodes.filter(({ id }) => id.startsWith('shop//event:__proto__ ')).map(({ name }) => name)).toEqual(['a', 'self']);
    expect(diagnostics.map(({ code }) => code)).toEqual([]);
  });

  it('recognises only what says so at the top', () => {
    const is = (text: string, path = 'a.yaml') => asyncapi.claims(path) && asyncapi.recognises?.(text, path);
    expect([is('asyncapi: 2.0.0'), is('{"asyncapi": "3.0.0"}', 'a.json'), is("'asyncapi': '2.0.0'\n")]).toEqual([true, true, true]);
    expect([is('tool:\n  asyncapi: 2.0.0'), is('openapi: 3.0.0'), is('asyncapi: 2.0.0', 'a.md')]).toEqual([false, false, false]);
  });
});
