import { describe, expect, it } from 'vitest';
import type { ValueKind } from '../../../../../src/agent/gaps/finders.ts';
import { createValues } from '../../../../../src/agent/gaps/values.ts';
import { REPO } from '../../../../contract/facts.ts';
import { shelve } from '../../retrieval/shelf.ts';

/** The values of a kind in a program of one line. */
async function valuesIn(kind: ValueKind, line: string, file = 'src/shop.ts'): Promise<readonly string[]> {
  const shelf = await shelve({
    [file]: { text: `// upload file size limit bytes mime formats allowed rate retry token expires role page\n${line}\n` },
  });
  try {
    return await shelf.graph.use(async (graph) => {
      const context = { graph, repo: REPO, root: '', specs: 'specs', meant: async () => undefined };
      return (await createValues({ things: [], existing: [] }, context).find(kind)).map(({ value }) => value);
    });
  } finally {
    await shelf[Symbol.asyncDispose]();
  }
}

describe('values of a system', () => {
  it.each<readonly [ValueKind, string, string]>([
    ['size', 'limits: { fileSize: 5 * 1024 * 1024 },', '5 MB'],
    ['size', 'const MAX_BYTES = 64 * 1024;', '64 KB'],
    ['size', 'maxSize: 1024 * 1024,', '1 MB'],
    ['size', 'maxFileSize: 5242880,', '5.2 MB'],
    ['size', "app.use(json({ limit: '10mb' }));", '10 MB'],
    ['format', "const allowed = ['image/png', 'image/jpg'];", 'PNG, JPEG'],
    ['format', 'if (!name.match(/\\.(jpg|png|gif)$/)) throw error;', 'JPEG, PNG, GIF'],
    ['page-size', 'take: Number(query.limit) || 10,', '10'],
    ['page-size', 'limit: z.number().min(1).max(100)', '100'],
    ['lifetime', "expiresIn: '15m',", '15 minutes'],
    ['role', "@Roles('admin')", 'the role admin'],
    ['sign-in', "@UseGuards(AuthGuard('jwt'))", 'everybody who is signed in (jwt)'],
    ['retry', 'const maxRetries = 3;', 'maxRetries = 3'],
    ['rate', 'rateLimit: { max: 100 }', 'rateLimit: { max: 100'],
  ])('%s in %s', async (kind, line, value) => {
    expect(await valuesIn(kind, line)).toEqual([value]);
  });

  it.each<readonly [ValueKind, string]>([
    ['size', '<p className="mt-8 mb-2 upload">'],
    ['size', 'maxSize: LIMIT * 1024 * 1024,'],
    ['size', 'maxHeapUsedBytes: 100_000_000,'],
    ['format', "Accept: 'application/json',"],
    ['retry', 'retryAfter: 50,'],
    ['lifetime', '// expiresIn: 15m'],
    ['lifetime', "const tokenSecret = 'aaaabbbbccccdddd'; const tokenExpires = '15m';"],
    ['role', "import { role } from 'admin';"],
  ])('none of %s in %s', async (kind, line) => {
    expect(await valuesIn(kind, line)).toEqual([]);
  });

  it('are not read from files of secrets, of tests, or of what runs the program', async () => {
    expect(await valuesIn('lifetime', 'TOKEN_EXPIRES_IN=15m', '.env')).toEqual([]);
    expect(await valuesIn('lifetime', 'TOKEN_EXPIRES_IN=15m', '.env.example')).toEqual(['15 minutes']);
    expect(await valuesIn('size', 'maxFileSize: 5242880,', 'test/shop.test.ts')).toEqual([]);
    expect(await valuesIn('retry', 'retries: 5', 'compose.yml')).toEqual([]);
  });
});
