import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

  test('that demands a header clears who sends it through a function that it was given', async () => {
    edit(UPLOADS, /^( +)in: header\n/m, '$1in: header\n$1required: true\n');
    expect(effectOf(await diff(), 'api-client.ts#createApiClient')).toBe('compatible');
  });
});
