import { describe, expect, it } from 'vitest';
import { jsonSchema } from '../../../../ingest/workers/json-schema/json-schema.ts';
import { readFormat } from '../read-format.ts';

const ORDER = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://shop.example/order',
  title: 'Order',
  description: 'What a customer buys.',
  type: 'object',
  required: ['lines'],
  properties: {
    lines: { type: 'array', items: { $ref: '#/$defs/Line' } },
    shipping: { allOf: [{ $ref: 'address.schema.json' }, { properties: { express: { type: 'boolean' } } }] },
    labels: { additionalProperties: { properties: { text: { type: 'string' } } } },
    first: { $ref: '#start' },
    again: { $ref: 'https://shop.example/order' },
  },
  $defs: { Line: { $anchor: 'start', properties: { sku: { type: 'string' }, parts: { items: { $ref: '#/$defs/Line' } } } } },
};
const read = (value: unknown, others: Readonly<Record<string, string>> = {}, file = 'schemas/order.json') =>
  readFormat(jsonSchema, { [file]: typeof value === 'string' ? value : JSON.stringify(value, null, 1), ...others });
const order = 'shop//schema:schemas/order.json';

describe('a JSON Schema in a file of its own', () => {
  it('states its properties and definitions', async () => {
    const { nodes, things, diagnostics } = await read(ORDER, { 'schemas/address.schema.json': '{}' });
    expect(diagnostics).toEqual([]);
    expect(things).toEqual([
      `Schema ${order}`,
      `Schema ${order}#/$defs/Line`,
      `SchemaProperty ${order}#/$defs/Line.parts`,
      `SchemaProperty ${order}#/$defs/Line.sku`,
      ...['again', 'first', 'labels', 'labels.*.text', 'lines', 'shipping', 'shipping.express'].map(
        (path) => `SchemaProperty ${order}#${path}`,
      ),
    ]);
    expect(nodes[0]).toMatchObject({ name: 'Order', props: { type: 'object', doc: 'What a customer buys.' } });
    expect(nodes.find(({ id }) => id === `${order}#lines`)).toMatchObject({
      span: { line: 11 },
      props: { type: 'Line[]', required: true },
    });
  });

  it('links what refers to each other, by pointer, anchor, URI and file', async () => {
    const { arrows } = await read(ORDER, { 'schemas/address.schema.json': '{}' });
    expect(arrows.filter((arrow) => arrow.includes(' HAS_SCHEMA '))).toEqual([
      `${order}#/$defs/Line.parts HAS_SCHEMA ${order}#/$defs/Line`,
      `${order}#again HAS_SCHEMA ${order}`,
      `${order}#first HAS_SCHEMA ${order}#/$defs/Line`,
      `${order}#lines HAS_SCHEMA ${order}#/$defs/Line`,
      `${order}#shipping HAS_SCHEMA shop//schema:schemas/address.schema.json`,
    ]);
    expect(arrows).toContain(`${order} CONTAINS ${order}#/$defs/Line`);
  });

  it('finds definitions of a schema that is bundled with its own URI', async () => {
    const { arrows, diagnostics } = await read({
      ...{ $schema: 'http://json-schema.org/draft-07/schema#', allOf: [{ $ref: 'http://x.example/base' }] },
      definitions: {
        base: {
          $id: 'http://x.example/base',
          properties: { name: { $ref: '#/definitions/name' } },
          definitions: { name: { type: 'string' } },
        },
      },
    });
    expect(diagnostics).toEqual([]);
    expect(arrows).toContain(`${order} REFINES ${order}#/definitions/base`);
  });

  it.each([
    ['unresolved-ref', '{"$schema": "http://json-schema.org/schema#",\n"properties": {"a": {"$ref": "#/nowhere"}}}', 2],
    ['unresolved-ref', '{"$schema": "http://json-schema.org/schema#",\n"properties": {"a": {"$ref": "#nobody"}}}', 2],
    ['parse-failure', '{"$schema": "http://json-schema.org/schema#",\n"properties": ', 2],
    [
      'cyclic-ref',
      '{"$schema": "http://json-schema.org/schema#",\n"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}',
      undefined,
    ],
  ])('%s is reported where it stands, and a cycle ends', async (code, text, line) => {
    const { diagnostics } = await read(text);
    if (line === undefined) expect(diagnostics.map((diagnostic) => diagnostic.code)).not.toContain('unresolved-ref');
    else expect(diagnostics.find((diagnostic) => diagnostic.code === code)).toMatchObject({ span: { line } });
  });

  it('is recognised by its name or its draft, and by nothing else', () => {
    const is = (text: string, path: string) => jsonSchema.claims(path) && jsonSchema.recognises?.(text, path);
    expect(is('{}', 'a.schema.json')).toBe(true);
    expect(is('type: object', 'a.schema.yaml')).toBe(true);
    expect(is('$schema: https://json-schema.org/draft/2020-12/schema\n', 'a.yaml')).toBe(true);
    expect(is('{"$schema": "https://json.schemastore.org/tsconfig"}', 'tsconfig.json')).toBe(false);
    expect(is('{}', 'a.json')).toBe(false);
  });

  it('leaves documents of other formats to their workers', async () => {
    expect((await read('openapi: 3.1.0', {}, 'api.schema.yaml')).things).toEqual([]);
    expect((await read('[]', {}, 'list.schema.json')).things).toEqual([]);
    expect((await read({ nested: { $schema: 'http://json-schema.org/schema#' } })).things).toEqual([]);
  });
});
