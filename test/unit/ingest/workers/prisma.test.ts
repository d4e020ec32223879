import { describe, expect, it } from 'vitest';
import type { LinkKeyOf } from '../../../../ingest/keys.ts';
import { chunksOf } from '../../../../ingest/chunks.ts';
import { prismaFormat } from '../../../../ingest/workers/prisma/prisma.ts';
import { readFormat, type Read } from '../read-format.ts';

const read = (text: string): Promise<Read> => readFormat(prismaFormat, { 'prisma/schema.prisma': text });
const changesOf = ({ keys }: Read): readonly LinkKeyOf<'schema-change'>['change'][] =>
  keys.flatMap((key) => (key.key === 'schema-change' ? [key.change] : []));
const tableOf = ({ keys }: Read, model: string): LinkKeyOf<'table'> | undefined =>
  keys.find((key): key is LinkKeyOf<'table'> => key.key === 'table' && key.model === model);

const CLINIC = `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

/// Somebody who is treated.
model Patient {
  id        Int      @id @default(autoincrement())
  /// Where letters go.
  email     String?  @unique @map("e_mail") @db.VarChar(255)
  status    Status   @default(NEW)
  tags      String[]
  visits    Visit[]
  doctor    Doctor?  @relation(fields: [doctorId], references: [id])
  doctorId  Int?     @map("doctor_id")

  @@map("patients")
  @@index([email])
}

model Doctor {
  id       Int       @id
  patients Patient[]
  @@schema("staff")
}

model Visit {
  patientId Int
  day       DateTime
  patient   Patient @relation(fields: [patientId], references: [id], onDelete: Cascade)
  @@id([patientId, day])
}

enum Status {
  NEW
  OLD @map("old")
}
`;

describe('the Prisma worker', () => {
  it('reads tables and columns under the names that the database knows', async () => {
    expect(changesOf(await read(CLINIC)).filter(({ table }) => table === 'patients')).toEqual([
      { op: 'create-table', table: 'patients', model: 'Patient', doc: 'Somebody who is treated.' },
      { op: 'add-column', table: 'patients', column: 'id', type: 'Int', nullable: false, primaryKey: true, default: 'autoincrement()' },
      {
        op: 'add-column',
        table: 'patients',
        column: 'e_mail',
        type: 'VarChar(255)',
        nullable: true,
        doc: 'Where letters go.',
        property: 'email',
      },
      { op: 'add-column', table: 'patients', column: 'status', type: 'Status', nullable: false, default: 'NEW' },
      { op: 'add-column', table: 'patients', column: 'tags', type: 'String[]', nullable: false },
      { op: 'add-column', table: 'patients', column: 'doctor_id', type: 'Int', nullable: true, property: 'doctorId' },
      { op: 'foreign-key', table: 'patients', column: 'doctor_id', to: 'staff.Doctor', toColumn: 'id' },
    ]);
  });

  it('knows keys of several columns, and enumerated values', async () => {
    const changes = changesOf(await read(CLINIC));
    expect(changes.filter((change) => change.op === 'add-column' && change.primaryKey && change.table === 'Visit')).toHaveLength(2);
    expect(changes).toContainEqual({ op: 'enum', table: 'Status', values: ['NEW', 'old'] });
  });

  it('states enumerated types where they stand, to be found and cited', async () => {
    const { nodes, edges } = await read(CLINIC);
    const status = nodes.find(({ kind }) => kind === 'Section');
    expect(status).toMatchObject({ name: 'Status', span: { line: 34, endLine: 37 } });
    expect(edges).toMatchObject([{ type: 'CONTAINS', to: status?.id }]);
  });

  it('tells code what its fields are called in the database, and where they lead', async () => {
    const read_ = await read(CLINIC);
    expect(tableOf(read_, 'Patient')).toMatchObject({
      id: 'shop//table:patients',
      properties: { id: 'id', email: 'e_mail', status: 'status', tags: 'tags', doctorId: 'doctor_id' },
      relations: { visits: 'Visit', doctor: 'Doctor' },
      line: 7,
      col: 7,
    });
    expect(tableOf(read_, 'Doctor')?.id).toBe('shop//table:staff.Doctor');
  });

  it('states the file, and each model as a text to be found by itself', async () => {
    const { nodes } = await read(CLINIC);
    expect(nodes[0]).toMatchObject({ id: 'shop//doc:prisma/schema.prisma', kind: 'Document', span: { line: 1, col: 1 } });
    expect(nodes.filter(({ kind }) => kind === 'Table').map(({ id, span }) => [id, span?.line, span?.endLine])).toEqual([
      ['shop//table:patients', 7, 19],
      ['shop//table:staff.Doctor', 21, 25],
      ['shop//table:Visit', 27, 32],
    ]);
    const chunks = chunksOf('prisma/schema.prisma', CLINIC, nodes);
    expect(chunks.map(({ set, node }) => `${set} ${node}`)).toEqual([
      'code-file shop//doc:prisma/schema.prisma',
      'code-part shop//table:patients',
      'code-part shop//table:staff.Doctor',
      'code-part shop//table:Visit',
      'code-part shop//doc:prisma/schema.prisma#Status',
    ]);
  });

  it('states the database', async () => {
    const { nodes } = await read(CLINIC);
    expect(nodes.filter(({ kind }) => kind === 'DataStore')).toEqual([
      expect.objectContaining({
        id: 'shop//db:postgresql',
        kind: 'DataStore',
        props: { technology: 'postgresql' },
        span: { line: 1, col: 12, endLine: 4, endCol: 2 },
      }),
    ]);
  });

  it('gives places from the name on', async () => {
    const { keys } = await read(CLINIC);
    const key = keys.find((each) => each.key === 'schema-change' && each.change.op === 'add-column' && each.change.column === 'e_mail');
    expect(key).toMatchObject({ span: { line: 10, col: 3, endLine: 10 } });
  });

  it('loses one broken block only', async () => {
    const { diagnostics, keys } = await read(
      `model A {\n  id Int @id\n}\nmodel B {\n  id Int @id(\n}\nmodel C {\n  id Int @id\n  name\n}\n`,
    );
    expect(keys.flatMap((key) => (key.key === 'table' ? [`${key.name} ${key.columns.join(' ')} ${key.line}`] : []))).toEqual([
      'A id 1',
      'C id 7',
    ]);
    expect(diagnostics.map(({ code, span }) => `${code} ${span?.line}`)).toEqual(['parse-failure 5', 'parse-failure 9']);
  });

  it('takes types of other files for what they can be', async () => {
    const text = 'model A {\n id Int @id\n role Role\n level Level? @default(LOW)\n owner User?\n parts Part[]\n}\n';
    expect(tableOf(await read(text), 'A')).toMatchObject({ columns: ['id', 'role', 'level'], relations: { owner: 'User', parts: 'Part' } });
  });

  it.each([
    '',
    '\uFEFF',
    '// nothing\n',
    'model A {',
    'type X {\n a Int\n}',
    'model __proto__ {\n constructor Int @id\n}',
    '{"a": 1}',
    `model A {\r\n  id Int @id\r\n}\r\n`,
  ])('takes %j', async (text) => {
    await expect(read(text)).resolves.toBeDefined();
  });

  it('takes bounded time', async () => {
    const before = performance.now();
    await read(`model A {\n${'  a Int @default('.repeat(2000)}`);
    await read('model A { '.repeat(20_000));
    await read(`model A {\n${Array.from({ length: 5000 }, (_, index) => `  f${index} Int @map("c${index}")`).join('\n')}\n}`);
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it('states a table once that two models map to', async () => {
    const { nodes } = await read('model Visit { id Int @id\n@@map("visits") }\nmodel Stay { id Int @id\n@@map("visits") }\n');
    expect(nodes.filter(({ kind }) => kind === 'Table').map(({ name, span }) => [name, span?.line])).toEqual([['visits', 1]]);
  });
});
