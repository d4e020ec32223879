import { describe, expect, it } from 'vitest';
import { protobufFormat } from '../../../../ingest/workers/protobuf/protobuf.ts';
import { readFormat, type Read } from '../read-format.ts';

const read = (text: string, path = 'proto/parcels.proto'): Promise<Read> => readFormat(protobufFormat, { [path]: text });

const PARCELS = `syntax = "proto3";
package parcels.v1;
import "google/protobuf/timestamp.proto";
option go_package = "x;{y}";

// Takes parcels in.
service Parcels {
  // Finds one.
  rpc Get (GetRequest) returns (Parcel);
  rpc Watch (stream GetRequest) returns (stream .parcels.v1.Parcel) { option (google.api.http) = { get: "/v1/{id=*}" body: "*" }; }
}

message GetRequest { string id = 1; }
message Parcel {
  enum State { UNKNOWN = 0; SENT = 1 [deprecated = true]; }
  message Size { int32 width = 1; }
  string id = 1;
  repeated Size sizes = 2;
  map<string, State> states = 3;
  oneof receiver { string person = 4; billing.v1.Company company = 5; }
  google.protobuf.Timestamp sent = 6;
  string note = 7 [deprecated = true, (x.y) = { a: 1 }]; // Seen by all.
  reserved 8, 9;
}
`;

describe('the Protocol Buffers worker', () => {
  it('states services, messages, enums and their parts', async () => {
    const { things, diagnostics } = await read(PARCELS);
    expect(diagnostics).toEqual([]);
    expect(things.map((thing) => thing.replace('shop//api:parcels.v1', ''))).toEqual([
      'Api ',
      'Operation #Parcels.Get',
      'Operation #Parcels.Watch',
      'Schema #GetRequest',
      'Schema #Parcel',
      'Schema #Parcel.Size',
      'Schema #Parcel.State',
      'SchemaProperty #GetRequest.id',
      'SchemaProperty #Parcel.Size.width',
      'SchemaProperty #Parcel.State.SENT',
      'SchemaProperty #Parcel.State.UNKNOWN',
      'SchemaProperty #Parcel.company',
      'SchemaProperty #Parcel.id',
      'SchemaProperty #Parcel.note',
      'SchemaProperty #Parcel.person',
      'SchemaProperty #Parcel.sent',
      'SchemaProperty #Parcel.sizes',
      'SchemaProperty #Parcel.states',
    ]);
  });

  it('says where each stands, and what it is', async () => {
    const { nodes } = await read(PARCELS);
    const of = (name: string) => nodes.find(({ id }) => id === `shop//api:parcels.v1#${name}`);
    expect(of('Parcels.Get')).toMatchObject({
      props: { method: 'RPC', path: '/parcels.v1.Parcels/Get', operationId: 'Parcels.Get', doc: 'Finds one.' },
      span: { line: 9, col: 7, endLine: 9, endCol: 41 },
    });
    expect(of('Parcels.Watch')).toMatchObject({
      props: { tags: ['client-stream', 'server-stream'] },
      span: { line: 10, col: 7, endLine: 10 },
    });
    expect(of('Parcel.states')).toMatchObject({
      props: { type: 'map<string, State>', format: 'tag 3' },
      span: { line: 19, col: 22, endLine: 19, endCol: 33 },
    });
    expect(of('Parcel.sizes')).toMatchObject({ props: { type: 'repeated Size' } });
    expect(of('Parcel.note')).toMatchObject({ props: { deprecated: true, doc: 'Seen by all.' }, span: { line: 22, col: 10 } });
    expect(of('Parcel.company')).toMatchObject({ span: { line: 20, col: 58 } });
    expect(of('Parcel')).toMatchObject({ span: { line: 14, col: 9, endLine: 24, endCol: 2 } });
    for (const { kind, id, span } of nodes) if (kind !== 'Api') expect(`${id} ${span?.line === 1}`).toBe(`${id} false`);
  });

  it('says what is made of what, in this file and others', async () => {
    const { arrows } = await read(PARCELS);
    expect(arrows.map((arrow) => arrow.replaceAll('shop//api:', ''))).toEqual(
      expect.arrayContaining([
        'parcels.v1 CONTAINS parcels.v1#Parcels.Get',
        'parcels.v1#Parcels.Get HAS_SCHEMA parcels.v1#GetRequest',
        'parcels.v1#Parcels.Watch HAS_SCHEMA parcels.v1#Parcel',
        'parcels.v1#Parcel HAS_PROPERTY parcels.v1#Parcel.person',
        'parcels.v1#Parcel.sizes HAS_SCHEMA parcels.v1#Parcel.Size',
        'parcels.v1#Parcel.states HAS_SCHEMA parcels.v1#Parcel.State',
        'parcels.v1#Parcel.company HAS_SCHEMA billing.v1#Company',
      ]),
    );
  });

  it('publishes its calls', async () => {
    expect((await read(PARCELS)).keys).toContainEqual(
      expect.objectContaining({ key: 'operation', method: 'RPC', path: '/parcels.v1.Parcels/Get', line: 9, col: 7 }),
    );
  });

  it('reads the second version: required fields, groups and extensions', async () => {
    const { things, nodes } = await read(
      'syntax = "proto2";\nmessage A {\n  required int32 x = 1;\n  optional group Part = 2 { optional int32 y = 1; }\n  extensions 100 to 200;\n  extend A { optional int32 z = 100; }\n}\nextend A { optional int32 w = 101; }\n',
      'services/depot/api.proto',
    );
    expect(things).toEqual([
      'Api shop//api:depot',
      'Schema shop//api:depot#A',
      'Schema shop//api:depot#A.Part',
      'SchemaProperty shop//api:depot#A.Part.y',
      'SchemaProperty shop//api:depot#A.part',
      'SchemaProperty shop//api:depot#A.x',
    ]);
    expect(nodes.find(({ id }) => id.endsWith('#A.x'))?.props).toMatchObject({ required: true });
    expect(nodes.find(({ id }) => id.endsWith('#A.part'))?.span).toMatchObject({ line: 4, col: 18 });
  });

  it('reads editions that are newer than its parser', async () => {
    expect((await read('edition = "2024";\npackage p;\nmessage A { int32 x = 1; }')).things).toContain('SchemaProperty shop//api:p#A.x');
  });

  it('says where a file is broken', async () => {
    const { diagnostics, nodes } = await read('syntax = "proto3";\nmessage A {\n  int32 = 1;\n}\n');
    expect(nodes).toEqual([]);
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'parse-failure', span: expect.objectContaining({ line: 3 }) })]);
  });

  it.each([
    ['nothing', ''],
    ['a byte order mark', '\uFEFFsyntax = "proto3";'],
    ['another language', '{"a": [1, 2]}'],
    ['an open comment', '/* message A {'],
    ['deep nesting', 'message A { '.repeat(20_000)],
    ['names of prototypes', 'message __proto__ { int32 constructor = 1; } enum toString { hasOwnProperty = 0; }'],
    ['carriage returns', 'syntax = "proto3";\r\nmessage A {\r\n  int32 x = 1;\r\n}\r\n'],
  ])('takes %s', async (_, text) => {
    const before = performance.now();
    await expect(read(text)).resolves.toBeDefined();
    expect(performance.now() - before).toBeLessThan(3000);
  });
});
