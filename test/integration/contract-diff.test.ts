import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DiffImpactAnswer } from '../../src/index.ts';
import { openSystem, type System } from '../../src/index.ts';

const SAMPLE = fileURLToPath(new URL('../../examples/image-upload', import.meta.url));
const USERS = 'services/user-service/openapi.yaml';
const UPLOADS = 'services/upload-service/openapi.yaml';

let folder: string;
let system: System;
const git = (...args: string[]): void => {
  execFileSync('git', ['-C', folder, '-c', 'user.name=acme', '-c', 'user.email=acme@example.com', ...args], { stdio: 'pipe' });
};
const edit = (path: string, from: string | RegExp, to: string): void => {
  const text = readFileSync(join(folder, path), 'utf8');
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  writeFileSync(join(folder, path), edited);
};
const diff = (): Promise<DiffImpactAnswer> => system.impactOfDiff({ root: folder });
const broken = ({ impacted }: Pick<DiffImpactAnswer, 'impacted'>): string[] =>
  impacted.filter(({ effect }) => effect === 'breaks').map(({ id }) => id.replace(/^.*?\/\/(code:)?/, ''));
const effectOf = ({ impacted }: DiffImpactAnswer, end: string): string | undefined => impacted.find(({ id }) => id.endsWith(end))?.effect;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contract-diff-'));
  cpSync(SAMPLE, folder, { recursive: true, filter: (path) => !/node_modules|\.specgraph/.test(path) });
  writeFileSync(join(folder, '.gitignore'), '.specgraph\n');
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'before');
  system = await openSystem({ store: join(folder, '.specgraph/graph.db') });
  await system.ingest(folder);
}, 120_000);
afterEach(() => git('checkout', '--quiet', '.'));
afterAll(async () => {
  await system.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a change of a contract of the sample', () => {
  test('breaks at least what the graph says of the field: readers that get it through a shared type', async () => {
    const asked = await system.impact({ target: 'api:user#GET /users/{id} response.200.email', change: 'remove' });
    edit(USERS, /^ +email: \{.*\n/m, '');
    const answer = await diff();
    expect(answer.verdict).toBe('breaking');
    expect(broken(answer)).toEqual(expect.arrayContaining(broken(asked)));
    expect(broken(answer)).toContain('services/notifications/src/templates.ts#TEMPLATES');
  });

  test('of a schema changes the documents that refer to it', async () => {
    edit(UPLOADS, /^ +url: \{.*\n/m, '');
    const answer = await diff();
    expect(answer.changes.map(({ declaration, change }) => `${change} ${declaration}`)).toEqual([
      'remove event:image.uploaded payload.image.url',
      'remove POST /images response.201.url',
    ]);
    expect(broken(answer)).toEqual(
      expect.arrayContaining([
        'packages/contracts/src/image.ts#ImageDto.url',
        'services/notifications/src/templates.ts#TEMPLATES',
        'services/upload-service/src/upload-service.ts#UploadService.accept',
      ]),
    );
  });

  test('of a request field that a wrapper sends breaks its caller, asked either way', async () => {
    const asked = await system.impact({ target: 'api:user#PUT /users/{id}/avatar request.body.imageKey', change: 'rename' });
    expect(broken(asked)).toContain('services/upload-service/src/user-client.ts#UserClient.setAvatar');
    edit(USERS, '[imageKey, bytes]', '[bytes]');
    edit(USERS, /^ +imageKey: \{.*\n/m, '');
    expect(broken(await diff())).toContain('services/upload-service/src/user-client.ts#UserClient.setAvatar');
  });

  test('of a member of a mapped type breaks who reads the property around it', async () => {
    const asked = await system.impact({ target: 'api:upload#Thumbnails.medium', change: 'remove' });
    expect(broken(asked)).toContain('apps/web-client/src/upload-form.tsx#details');
    edit(UPLOADS, /^ +medium: \{.*\n/m, '');
    expect(broken(await diff())).toContain('apps/web-client/src/upload-form.tsx#details');
  });

  test('that demands a header clears who sends it through a function that it was given', async () => {
    edit(UPLOADS, /^( +)in: header\n/m, '$1in: header\n$1required: true\n');
    expect(effectOf(await diff(), 'api-client.ts#createApiClient')).toBe('compatible');
  });
});

describe('clients of one API', () => {
  const CONTRACT = `openapi: 3.0.3
info: {title: Users, version: 1.0.0}
servers: [{url: https://users.test}]
paths:
  /users/{id}:
    get:
      security: []
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: One
          content:
            application/json: {schema: {type: object, properties: {id: {type: string}, email: {type: string}}}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
`;
  const LOAD = `export interface User { id: string; email: string }
export async function load(id: string): Promise<User> {
  const response = await fetch(\`https://users.test/users/\${id}\`);
  return (await response.json()) as User;
}
`;
  const FILES: Readonly<Record<string, string>> = {
    'api.yaml': CONTRACT,
    'clients/rows/src/load.ts': LOAD,
    'clients/rows/src/row.ts': `import { load, type User } from './load.ts';
export interface Row { email: string }
export const toRow = (user: User): Row => user;
export const show = async (id: string) => render(toRow(await load(id)));
export const render = (row: Row) => row.email;
`,
    'clients/ids/src/load.ts': LOAD,
    'clients/ids/src/show.ts': `import { load } from './load.ts';\nexport const show = async (id: string) => (await load(id)).id;\n`,
    'clients/keyed/src/load.ts': LOAD,
    'clients/keyed/src/show.ts': `import { load, type User } from './load.ts';
export const show = async (id: string, key: keyof User) => (await load(id))[key];
`,
    'clients/signed/src/http.ts': `import axios from 'axios';\nexport const users = axios.create({ baseURL: 'https://users.test' });\n`,
    'clients/signed/src/sign.ts': `import { users } from './http.ts';
users.interceptors.request.use((config) => { config.headers.Authorization = 'x'; return config; });
`,
    'clients/signed/src/id.ts': `import { users } from './http.ts';\nexport const idOf = async (id: string) => (await users.get(\`/users/\${id}\`)).data.id;\n`,
    'clients/basic/src/id.ts': `import axios from 'axios';
export const idOf = async (id: string) =>
  (await axios.get(\`https://users.test/users/\${id}\`, { auth: { username: 'a', password: 'b' } })).data.id;
`,
    'clients/mixed/src/id.ts': `export const idOf = async (id: string) => (await (await fetch(\`https://users.test/users/\${id}\`)).json()).id;\n`,
    'clients/mixed/src/other.ts': `import axios from 'axios';
const other = axios.create({ baseURL: 'https://other.test' });
other.interceptors.request.use((config) => { config.headers.Authorization = 'x'; return config; });
export const ping = () => other.get('/ping');
`,
  };
  let root: string;
  let clients: System;
  const askAfter = async (from: string, to: string): Promise<DiffImpactAnswer> => {
    const edited = CONTRACT.replace(from, to);
    expect(edited).not.toBe(CONTRACT);
    writeFileSync(join(root, 'api.yaml'), edited);
    return clients.impactOfDiff({ root });
  };
  const clientsThat = ({ impacted }: DiffImpactAnswer, effect: string): string[] =>
    [...new Set(impacted.flatMap((item) => (item.effect === effect ? (/clients\/(\w+)/.exec(item.id)?.[1] ?? []) : [])))].sort();

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'clients-'));
    for (const [path, text] of Object.entries({ ...FILES, '.gitignore': '.specgraph\n' })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    for (const name of ['rows', 'ids', 'keyed', 'signed', 'basic', 'mixed'])
      writeFileSync(join(root, `clients/${name}/package.json`), `{"name":"${name}"}`);
    const run = (...args: string[]) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=acme', '-c', 'user.email=acme@example.com', ...args], { stdio: 'pipe' });
    run('init', '--quiet');
    run('add', '--all');
    run('commit', '--quiet', '--message', 'before');
    clients = await openSystem({ store: join(root, '.specgraph/graph.db') });
    await clients.ingest(root);
  }, 120_000);
  afterAll(async () => {
    await clients.close();
    rmSync(root, { recursive: true, force: true });
  });

  test('that read a field of a type that the answer becomes are users of it; the others are listed as cleared', async () => {
    const answer = await askAfter(', email: {type: string}', '');
    // Of the one that reads by any key, the type that mirrors the field.
    expect(clientsThat(answer, 'breaks')).toEqual(['keyed', 'rows']);
    expect(clientsThat(answer, 'unknown')).toEqual(['keyed']);
    expect(clientsThat(answer, 'compatible')).toEqual(expect.arrayContaining(['basic', 'ids', 'mixed', 'signed']));
  });

  test('sign in with what their own client puts on, and not with what another one does', async () => {
    const answer = await askAfter('security: []', 'security: [{token: []}]');
    expect(clientsThat(answer, 'breaks')).toEqual(['ids', 'keyed', 'mixed', 'rows']);
    expect(clientsThat(answer, 'compatible')).toEqual(['basic', 'signed']);
  });

  test('are asked about a removed status, which is among the changes', async () => {
    const { changes } = await askAfter("'200':", "'201':");
    expect(changes.map(({ change, detail }) => `${change} ${detail}`)).toContainEqual(expect.stringMatching(/^change-type .*200/));
  });
});
