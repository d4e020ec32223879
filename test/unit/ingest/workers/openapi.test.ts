import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Edge } from '../../../../graph/model/edge.ts';
import { Node } from '../../../../graph/model/node.ts';
import { openapi } from '../../../../ingest/workers/openapi/openapi.ts';
import { readFormat } from '../read-format.ts';

const LIBRARY = `openapi: 3.0.3
info: {title: Library, version: 1.4.0, description: Lends books.}
servers:
  - url: https://{region}.library.example/v1
    variables: {region: {default: eu}}
security: [{token: []}]
paths:
  /loans/{loanId}:
    parameters:
      - {name: loanId, in: path, required: true, schema: {type: string, format: uuid}}
    post:
      operationId: extendLoan
      summary: Extends a loan.
      tags: [loans]
      parameters:
        - {name: notify, in: query, schema: {type: boolean}}
        - $ref: '#/components/parameters/Trace'
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [days]
              properties:
                days: {type: integer, description: How many more}
                reader: {$ref: '#/components/schemas/Reader'}
      responses:
        200:
          description: Extended
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Loan'}}
        default: {$ref: '#/components/responses/Problem'}
    delete: {deprecated: true, security: [], responses: {204: {description: Gone}}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
  parameters:
    Trace: {name: X-Trace, in: header, required: true, schema: {type: string}}
  responses:
    Problem: {description: Wrong, content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
  schemas:
    Loan:
      allOf:
        - $ref: '#/components/schemas/Entity'
        - type: object
          properties:
            book: {$ref: '#/components/schemas/Book'}
            on: {type: string, format: date}
            notes: {type: object, additionalProperties: {type: object, properties: {text: {type: string}}}}
    Entity: {type: object, required: [id], properties: {id: {type: string, readOnly: true}}}
    Book:
      type: object
      properties:
        isbn: {type: string}
        state: {$ref: '#/components/schemas/State'}
        previous: {$ref: '#/components/schemas/Book'}
    State: {type: string, enum: [lent, free], nullable: true}
    Reader: {type: object, properties: {address: {type: object, properties: {city: {type: string}}}}}
    Problem: {type: object, properties: {code: {type: integer}}}
`;

const api = 'shop//api:library';
const extend = `${api}#POST /loans/{loanId}`;
const read = (text: string, others: Readonly<Record<string, string>> = {}, file = 'library.openapi.yaml') =>
  readFormat(openapi, { [file]: text, ...others });
const codes = ({ diagnostics }: Awaited<ReturnType<typeof read>>): readonly string[] => diagnostics.map(({ code }) => code);

describe('an OpenAPI document', () => {
  it('states its operations with all fields of their requests and responses', async () => {
    const { nodes, keys, diagnostics } = await read(LIBRARY);
    expect(diagnostics).toEqual([]);
    const fields = nodes.filter(({ id }) => id.startsWith(`${extend} `)).map(({ id }) => id.slice(extend.length + 1));
    expect(fields.sort()).toEqual([
      ...['request.body.days', 'request.body.reader', 'request.body.reader.address', 'request.body.reader.address.city'],
      ...['request.header.X-Trace', 'request.path.loanId', 'request.query.notify'],
      ...['response.200.book', 'response.200.book.isbn', 'response.200.book.previous', 'response.200.book.state'],
      ...['response.200.id', 'response.200.notes', 'response.200.notes.*.text', 'response.200.on', 'response.default.code'],
    ]);
    expect(keys.map((key) => key.key === 'operation' && [key.method, key.path, key.servers, key.fields.length])).toEqual([
      ['POST', '/loans/{loanId}', ['https://eu.library.example/v1'], 16],
      ['DELETE', '/loans/{loanId}', ['https://eu.library.example/v1'], 1],
    ]);
  });

  it('states what is written of things, and where', async () => {
    const { nodes } = await read(LIBRARY);
    const found = (id: string) => nodes.find((node) => node.id === id);
    expect(found(api)).toMatchObject({
      kind: 'Api',
      props: { format: 'openapi', title: 'Library', version: '1.4.0', doc: 'Lends books.' },
    });
    expect(found(extend)).toMatchObject({
      span: { line: 11, col: 5 },
      props: { operationId: 'extendLoan', security: ['token'], tags: ['loans'], doc: 'Extends a loan.' },
    });
    expect(found(`${api}#DELETE /loans/{loanId}`)?.props).toEqual({ method: 'DELETE', path: '/loans/{loanId}', deprecated: true });
    expect(found(`${extend} request.body.days`)).toMatchObject({ span: { line: 26 }, props: { type: 'integer', required: true } });
    expect(found(`${extend} response.200.id`)?.props).toEqual({ type: 'string', readOnly: true, required: true });
    expect(found(`${extend} response.200.book.state`)?.props).toEqual({ type: 'string', enum: ['lent', 'free'], nullable: true });
    expect(found(`${api}#Book.state`)?.props).toEqual({ type: 'State' });
    expect(found(`${api}#Reader.address.city`)).toMatchObject({ kind: 'SchemaProperty', name: 'city', span: { line: 60 } });
  });

  it('links fields to the properties of the schemas that they come from, and schemas to each other', async () => {
    const { arrows } = await read(LIBRARY);
    expect(arrows.filter((arrow) => arrow.includes(' MAPS_TO ')).map((arrow) => arrow.replaceAll(`${api}#`, ''))).toEqual([
      'POST /loans/{loanId} request.body.reader.address MAPS_TO Reader.address',
      'POST /loans/{loanId} request.body.reader.address.city MAPS_TO Reader.address.city',
      'POST /loans/{loanId} response.200.book MAPS_TO Loan.book',
      'POST /loans/{loanId} response.200.book.isbn MAPS_TO Book.isbn',
      'POST /loans/{loanId} response.200.book.previous MAPS_TO Book.previous',
      'POST /loans/{loanId} response.200.book.state MAPS_TO Book.state',
      'POST /loans/{loanId} response.200.id MAPS_TO Entity.id',
      'POST /loans/{loanId} response.200.notes MAPS_TO Loan.notes',
      'POST /loans/{loanId} response.200.notes.*.text MAPS_TO Loan.notes.*.text',
      'POST /loans/{loanId} response.200.on MAPS_TO Loan.on',
      'POST /loans/{loanId} response.default.code MAPS_TO Problem.code',
    ]);
    expect(arrows).toEqual(
      expect.arrayContaining([
        `${api}#Loan REFINES ${api}#Entity`,
        `${api}#Loan.book HAS_SCHEMA ${api}#Book`,
        `${api}#Book.previous HAS_SCHEMA ${api}#Book`,
        `${extend} HAS_SCHEMA ${api}#Loan`,
        `${extend} HAS_SCHEMA ${api}#Problem`,
        `${extend} request.body.reader HAS_SCHEMA ${api}#Reader`,
        `${extend} DEPENDS_ON ${api}#security:token`,
        `${api} CONTAINS ${extend}`,
      ]),
    );
    expect(arrows).not.toContain(`${api}#DELETE /loans/{loanId} DEPENDS_ON ${api}#security:token`);
    expect(arrows).not.toContain(`${extend} HAS_SCHEMA ${api}#Book`);
  });

  it('states only what the model allows, each thing once, and the same for YAML and JSON', async () => {
    const yaml = await read(LIBRARY);
    for (const node of yaml.nodes) expect(() => Node.parse(node)).not.toThrow();
    for (const edge of yaml.edges) expect(() => Edge.parse(edge)).not.toThrow();
    expect(new Set(yaml.things).size).toBe(yaml.things.length);
    expect(new Set(yaml.arrows).size).toBe(yaml.arrows.length);
    const json = await read(JSON.stringify(parse(LIBRARY), null, 2), {}, 'library.openapi.json');
    expect(json.things).toEqual(yaml.things);
    expect(json.arrows).toEqual(yaml.arrows);
  });

  it('reads version 2 with its bodies, forms and base path', async () => {
    const { nodes, keys } = await read(`swagger: "2.0"
info: {title: Pets, version: 1}
host: pets.example
basePath: /api
schemes: [https, http]
paths:
  /pets:
    post:
      parameters:
        - {name: pet, in: body, schema: {$ref: '#/definitions/Pet'}}
      responses: {"201": {schema: {$ref: '#/definitions/Pet'}}}
  /pets/{id}/photo:
    put:
      parameters:
        - {name: id, in: path, required: true, type: integer, format: int64}
        - {name: caption, in: formData, type: string, enum: [front, back]}
      responses: {}
definitions:
  Pet: {type: object, properties: {name: {type: string}}}
`);
    const fields = nodes.filter(({ id }) => id.includes(' re')).map(({ id, props }) => [id.split('#')[1], props]);
    expect(fields).toEqual([
      ['POST /pets request.body.name', { type: 'string' }],
      ['POST /pets response.201.name', { type: 'string' }],
      ['PUT /pets/{id}/photo request.path.id', { type: 'integer', format: 'int64', required: true }],
      ['PUT /pets/{id}/photo request.body.caption', { type: 'string', enum: ['front', 'back'] }],
    ]);
    expect(keys[0]).toMatchObject({ servers: ['https://pets.example/api', 'http://pets.example/api'], path: '/pets' });
  });

  it('reads the types of version 3.1, and unites what may be one of several', async () => {
    const { nodes } = await read(`openapi: 3.1.0
info: {title: Pay, version: 1}
paths:
  /pay:
    post:
      requestBody:
        content:
          application/json:
            schema:
              oneOf:
                - {$ref: '#/components/schemas/Card'}
                - {$ref: '#/components/schemas/Invoice'}
          application/xml: {schema: {properties: {xml: {const: 1}}}}
webhooks:
  paid: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Card'}}}}}}
components:
  schemas:
    Card: {type: object, required: [amount, pan], properties: {amount: {type: [number, 'null']}, pan: {type: string}}}
    Invoice: {type: object, required: [amount], properties: {amount: {type: number}, tags: {type: array, items: {type: string}}}}
`);
    const props = Object.fromEntries(nodes.map(({ id, props: of }) => [id.split('#')[1], of]));
    expect(props['POST /pay request.body.amount']).toEqual({ type: 'number', nullable: true, required: true });
    expect(props['POST /pay request.body.pan']).toEqual({ type: 'string' });
    expect(props['POST /pay request.body.tags']).toEqual({ type: 'string[]' });
    expect(props['POST /pay request.body.xml']).toEqual({ enum: ['1'] });
    expect(props['webhook POST paid request.body.pan']).toEqual({ type: 'string', required: true });
  });

  it('follows references into other files, where fields then map to and nodes stand', async () => {
    const { nodes, edges, diagnostics } = await read(
      `openapi: 3.0.0
info: {title: Split, version: 1}
paths:
  /orders/{id}: {$ref: 'paths/order.yaml'}
components:
  schemas:
    Order: {$ref: 'schemas/order.yaml'}
`,
      {
        'contracts/paths/order.yaml': `get:
  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  responses:
    '200': {content: {application/json: {schema: {$ref: ../schemas/order.yaml}}}}
`,
        'contracts/schemas/order.yaml': `type: object
properties:
  total: {type: number}
  lines: {type: array, items: {$ref: 'line.schema.yaml#/$defs/Line'}}
`,
        'contracts/schemas/line.schema.yaml': `$defs: {Line: {properties: {sku: {type: string}}}}`,
      },
      'contracts/split.yaml',
    );
    expect(diagnostics).toEqual([]);
    const split = 'shop//api:split';
    const place = (id: string) => nodes.find((node) => node.id === id);
    expect(place(`${split}#GET /orders/{id}`)).toMatchObject({ file: 'contracts/paths/order.yaml', span: { line: 1 } });
    expect(place(`${split}#Order`)).toMatchObject({ file: 'contracts/split.yaml', span: { line: 7 } });
    expect(place(`${split}#Order.total`)).toMatchObject({ file: 'contracts/schemas/order.yaml', span: { line: 3 } });
    const field = `${split}#GET /orders/{id} response.200`;
    const to = (from: string) => edges.filter((edge) => edge.from === from && edge.type === 'MAPS_TO').map((edge) => edge.to);
    expect(to(`${field}.total`)).toEqual([`${split}#Order.total`]);
    expect(to(`${field}.lines.sku`)).toEqual(['shop//schema:contracts/schemas/line.schema.yaml#/$defs/Line.sku']);
    const contains = edges.find(({ from, to: end }) => from === split && end === `${split}#GET /orders/{id}`);
    expect(contains?.sites).toEqual([{ line: 1, col: 1, file: 'contracts/paths/order.yaml' }]);
  });

  it('tells a property from a schema whose name looks the same', async () => {
    const { things } = await read(`swagger: '2.0'
info: {title: Dots, version: 1}
paths: {}
definitions:
  User: {properties: {address: {properties: {city: {type: string}}}, name: {type: string}}}
  User.address: {properties: {city: {type: string}}}
`);
    expect(things).toEqual([
      'Api shop//api:library',
      'Schema shop//api:library#User',
      'Schema shop//api:library#User.address',
      'SchemaProperty shop//api:library#User.address.city',
      'SchemaProperty shop//api:library#User.name',
      'SchemaProperty shop//api:library#User/address',
      'SchemaProperty shop//api:library#User/address.city',
    ]);
  });
});

describe('what is wrong with an OpenAPI document', () => {
  const minimal = (rest: string): string => `openapi: 3.0.0\ninfo: {title: T, version: 1}\n${rest}`;

  it.each([
    ['missing-info', 'openapi: 3.0.0\npaths: {}\n', 1],
    ['missing-paths', minimal(''), 1],
    ['unresolved-ref', minimal("paths:\n  /a: {get: {responses: {200: {$ref: '#/components/responses/No'}}}}\n"), 4],
    ['unresolved-ref', minimal('paths: {}\ncomponents:\n  headers:\n    X: {$ref: nowhere.yaml}\n'), 6],
    ['duplicate-operation-id', minimal('paths:\n  /a:\n    get: {operationId: x}\n    put:\n      operationId: x\n'), 7],
    ['undeclared-path-parameter', minimal('paths:\n  /a/{id}:\n    get: {responses: {}}\n'), 5],
    ['unknown-security-scheme', minimal('paths:\n  /a:\n    get:\n      security:\n        - oauth: []\n'), 7],
    ['cyclic-ref', minimal("paths:\n  /a: {get: {responses: {200: {$ref: '#/x-a'}}}}\nx-a: {$ref: '#/x-a'}\n"), 4],
    ['unsupported-version', 'swagger: "1.2"\n', 1],
    ['parse-failure', 'openapi: 3.0.0\npaths: {a: [\n', 3],
  ])('%s', async (code, text, line) => {
    const { diagnostics } = await read(text);
    const found = diagnostics.find((diagnostic) => diagnostic.code === code);
    expect(found).toMatchObject({ file: 'library.openapi.yaml', span: { line } });
  });

  it('does not follow references to the network, and says so without alarm', async () => {
    const { diagnostics } = await read(minimal("paths: {}\ncomponents: {schemas: {A: {$ref: 'https://example.com/a.yaml#/A'}}}\n"));
    expect(diagnostics).toMatchObject([{ code: 'remote-ref', severity: 'info' }]);
  });

  it('takes text in examples for text', async () => {
    const text = minimal("paths: {}\ncomponents: {schemas: {A: {example: {$ref: '#/nowhere'}, default: {$ref: x.yaml}}}}\n");
    expect(codes(await read(text))).toEqual([]);
  });

  it('says what is lost where nothing can be read', async () => {
    const { things, diagnostics } = await read('{"openapi": "3.0.0", "paths": ', {}, 'broken.json');
    expect([things, `${diagnostics[0]?.code} ${diagnostics[0]?.severity}`]).toEqual([[], 'parse-failure error']);
  });
});

describe('a hostile OpenAPI document', () => {
  const head = 'openapi: 3.0.0\ninfo: {title: T, version: 1}\n';

  it('with schemas that refer to themselves in every way ends', async () => {
    const { nodes } = await read(`${head}paths:
  /a: {get: {responses: {200: {content: {j: {schema: {$ref: '#/components/schemas/A'}}}}}}}
components:
  schemas:
    A: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], properties: {a: {$ref: '#/components/schemas/A'}}}
    B: {oneOf: [{$ref: '#/components/schemas/A'}, {type: array, items: {$ref: '#/components/schemas/B'}}], additionalProperties: {$ref: '#/components/schemas/B'}, properties: {b: {$ref: '#/components/schemas/B'}}}
    C: &c {properties: {c: *c}}
`);
    expect(nodes.filter(({ id }) => id.includes(' response')).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('with unions of unions is cut, and says so', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `S${index}`);
    const all = names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
    const schemas = Object.fromEntries(
      names.map((name) => [name, { properties: Object.fromEntries(names.map((other) => [other, { oneOf: all }])) }]),
    );
    const responses = { 200: { content: { j: { schema: all[0] } } } };
    const text = JSON.stringify({ openapi: '3.0.0', info: {}, paths: { '/a': { get: { responses } } }, components: { schemas } });
    const { nodes, diagnostics } = await read(text, {}, 'unions.json');
    expect(nodes.filter(({ id }) => id.includes('/a response')).length).toBeLessThanOrEqual(2000);
    expect(nodes.filter(({ kind }) => kind === 'Schema')).toHaveLength(30);
    expect(diagnostics.map(({ code }) => code)).not.toContain('unresolved-ref');
  });

  it('with deep trees keeps the fields near the surface', async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 30 }, (_, level) => [
        `L${level}`,
        { properties: Object.fromEntries(['a', 'b', 'c'].map((name) => [name, { $ref: `#/components/schemas/L${level + 1}` }])) },
      ]),
    );
    const responses = { 200: { content: { j: { schema: { $ref: '#/components/schemas/L0' } } } } };
    const text = JSON.stringify({
      ...{ openapi: '3.0.0', info: {}, paths: { '/a': { get: { responses } } } },
      components: { schemas: { ...schemas, L30: {} } },
    });
    const { nodes, diagnostics } = await read(text, {}, 'deep.json');
    const fields = nodes.filter(({ id }) => id.includes('/a response'));
    expect(fields).toHaveLength(2000);
    expect(Math.max(...fields.map(({ id }) => id.split('.').length))).toBe(9);
    expect(diagnostics).toMatchObject([{ code: 'fields-cut', severity: 'info' }]);
  });

  it('made of aliases takes bounded time', async () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const inner = level === 0 ? '{type: string}' : `*l${level - 1}`;
      return `x-l${level}: &l${level} {properties: {${Array.from({ length: 9 }, (_, index) => `p${index}: ${inner}`).join(', ')}}}`;
    });
    const result = await read(`${head}paths: {}\n${levels.join('\n')}\ncomponents: {schemas: {Bomb: *l11}}\n`);
    expect(codes(result)).toEqual(['parse-failure']);
  });

  it('nested too deeply to be walked is cut there', async () => {
    const text = `{"openapi":"3.0.0","info":{},"paths":{},"components":{"schemas":{"A":${'{"properties":{"a":'.repeat(400)}{}${'}}'.repeat(400)}}}}`;
    expect(codes(await read(text, {}, 'nested.json'))).toEqual(['schema-cut']);
  });

  it('of 5 MB is read in seconds', async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 4000 }, (_, index) => [
        `S${index}`,
        {
          type: 'object',
          description: 'x'.repeat(1100),
          properties: { id: { type: 'string' }, next: { $ref: `#/components/schemas/S${(index + 1) % 4000}` } },
        },
      ]),
    );
    const text = JSON.stringify({ openapi: '3.0.0', info: {}, paths: {}, components: { schemas } }, null, 1);
    expect(text.length).toBeGreaterThan(5_000_000);
    const { nodes } = await read(text, {}, 'large.json');
    expect(nodes.filter(({ kind }) => kind === 'SchemaProperty')).toHaveLength(8000);
  });

  it('with names of the language is data like any other', async () => {
    const text = `{"openapi":"3.0.0","info":{},"paths":{"__proto__":{"get":{"responses":{"200":{"content":{"j":{"schema":{"properties":{"__proto__":{"type":"string"},"constructor":{"properties":{"toString":{"type":"string"}}}}}}}}}}}},"components":{"schemas":{"__proto__":{"properties":{"hasOwnProperty":{"type":"string"}}},"toString":{}}}}`;
    const { things } = await read(text, {}, 'proto.json');
    expect(things).toEqual(
      expect.arrayContaining([
        'Schema shop//api:proto#__proto__',
        'SchemaProperty shop//api:proto#__proto__.hasOwnProperty',
        'SchemaProperty shop//api:proto#GET __proto__ response.200.__proto__',
        'SchemaProperty shop//api:proto#GET __proto__ response.200.constructor.toString',
      ]),
    );
    expect(Object.hasOwn(Object.prototype, 'get')).toBe(false);
  });
});

describe('files that OpenAPI documents are recognised among', () => {
  it.each([
    ['YAML', 'a.yaml', 'info: {}\nopenapi: 3.1.0\n', true],
    ['a version that is a number', 'a.yaml', 'swagger: 2.0\r\n', true],
    ['JSON whose version comes last', 'a.json', '{"info": {}, "swagger": "2.0"}', true],
    ['JSON in a YAML file', 'a.yml', '{\n  "openapi" : "3.0.1"}', true],
    ['a byte order mark', 'a.yaml', '\uFEFFopenapi: "3.0.0"\n', true],
    ['a mention below the top', 'a.yaml', 'tools:\n  openapi: 3.0.0\n', false],
    ['a fragment', 'a.yaml', 'type: object\n', false],
    ['an empty file', 'a.json', '', false],
  ])('%s', (_, path, text, is) => {
    expect(openapi.claims(path) && openapi.recognises?.(text, path)).toBe(is);
  });

  it('states nothing of a file that only looks like one', async () => {
    const { things, diagnostics } = await read('{"dependencies": {"openapi": "3.0.0"}}', {}, 'package.json');
    expect([things, diagnostics]).toEqual([[], []]);
  });

  it('reads YAML that is called JSON', async () => {
    expect(codes(await read(LIBRARY, {}, 'library.json'))).toContain('parse-failure');
    expect((await read('{"openapi":"3.0.0","info":{},"paths":{}}', {}, 'library.yaml')).things).toEqual(['Api shop//api:library']);
  });
});
