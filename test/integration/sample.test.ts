import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSystem } from '../../src/platform.ts';

const EXAMPLE = path.resolve(import.meta.dirname, '../../examples/image-upload');

/** What is found in a copy of the sample system that somebody changed. */
async function findingsAfter(change: (root: string) => void): Promise<readonly string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sample-'));
  const root = path.join(folder, 'image-upload');
  cpSync(EXAMPLE, root, { recursive: true });
  change(root);
  const system = await openSystem({ store: path.join(folder, 'graph.db') });
  try {
    await system.ingest(root, { repo: 'image-upload' });
    const { findings } = await system.findings();
    return findings.map(({ code, file }) => `${code} ${file}`).sort();
  } finally {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const replace =
  (file: string, text: string, by: string) =>
  (root: string): void => {
    const before = readFileSync(path.join(root, file), 'utf8');
    if (!before.includes(text)) throw new Error(`${file} has no ${text}`);
    writeFileSync(path.join(root, file), before.replace(text, by));
  };
const remove =
  (file: string) =>
  (root: string): void =>
    rmSync(path.join(root, file));

describe('the sample system', () => {
  it('fits together', async () => {
    expect(await findingsAfter(() => {})).toEqual([]);
  });

  it.each<[string, (root: string) => void, readonly string[]]>([
    [
      'an operation loses its handler',
      replace(
        'services/user-service/src/http-server.ts',
        "      'GET /users/{id}/quota': (_, id = '') => asHttp(service.quota(id)),\n",
        '',
      ),
      ['operation-without-handler services/user-service/openapi.yaml'],
    ],
    [
      'an operation has another path in its contract than in code',
      replace('services/user-service/openapi.yaml', '  /users/{id}/avatar:\n', '  /users/{id}/portrait:\n'),
      [
        'handler-without-operation services/user-service/src/http-server.ts',
        'operation-without-handler services/user-service/openapi.yaml',
      ],
    ],
    [
      'a path is called that nothing answers',
      replace('services/upload-service/src/user-client.ts', "'PUT /users/{id}/avatar'", "'PUT /users/{id}/portrait'"),
      ['call-of-nothing services/upload-service/src/user-client.ts'],
    ],
    [
      'a variable is read that nothing declares',
      replace(
        'services/notifications/src/main.ts',
        "process.env.USER_SERVICE_URL ?? 'http://localhost:4001'",
        'String(process.env.USERS_URL)',
      ),
      ['undeclared-variable services/notifications/src/main.ts'],
    ],
    [
      'a decision is deleted that others refer to',
      remove('docs/adr/0003-keep-pictures-in-object-storage.md'),
      [
        'unknown-reference docs/adr/0001-keep-pictures-in-a-folder.md',
        'missing-mention docs/adr/0001-keep-pictures-in-a-folder.md',
        'missing-mention docs/architecture.md',
      ],
    ],
    [
      'a column is added that nobody reads',
      replace(
        'services/user-service/migrations/0002_avatars.sql',
        'avatar_key TEXT;',
        'avatar_key TEXT;\nALTER TABLE users ADD COLUMN phone TEXT;',
      ),
      ['unread-column services/user-service/migrations/0002_avatars.sql'],
    ],
    [
      'an answer gains personal data',
      replace(
        'services/upload-service/openapi.yaml',
        '        owner: { type: string }\n',
        '        owner: { type: string }\n        ownerEmail: { type: string }\n',
      ),
      ['policy-violation services/upload-service/openapi.yaml'],
    ],
  ])('does not when %s', async (_, change, findings) => {
    expect(await findingsAfter(change)).toEqual(findings.toSorted());
  });
});
