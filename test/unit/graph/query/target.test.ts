import { describe, expect, test } from 'vitest';
import { PlatformError } from '../../../../graph/errors.ts';
import { compare } from '../../../../graph/model/edge.ts';
import { makeId } from '../../../../graph/model/id.ts';
import type { Node } from '../../../../graph/model/node.ts';
import type { TargetRef } from '../../../../graph/query/change.ts';
import { resolveTarget } from '../../../../graph/query/target.ts';
import type { GraphReader } from '../../../../graph/store/store.ts';
import { declarationsOf } from '../../../../ingest/workers/typescript/declarations.ts';

const upload = `import { Storage } from './storage.ts';

/** Takes images. */
export class UploadService {
  private readonly storage: Storage;
  constructor(storage: Storage) { this.storage = storage; }
  async upload(image: Uint8Array): Promise<string> {
    const key = hash(image);
    return this.storage.put(key, image);
  }
  [Symbol.iterator]() {
    return [];
  }
}

export interface Limits { bytes: number; count: number }

export const small = 1, large = 2;
function hash(image: Uint8Array): string {
  return String(image.length);
}
`;

const FILES: readonly (readonly [repo: string, path: string, text: string])[] = [
  ['shop', 'services/images/upload.ts', upload],
  ['shop', 'services/images/storage.ts', 'export interface Storage { put(key: string, value: Uint8Array): Promise<string> }'],
  ['shop', 'services/mail/upload.ts', 'function deliver() {}\nexport function upload() {}'],
  ['shop', 'services/images/upload.test.ts', 'function deliver() {}'],
  ['shop', 'services/mail/queue.ts', 'export function deliver() {}'],
  ['web', 'src/client.ts', 'export class Client { fetch() { return 1 } }'],
  ['web', 'services/images/storage.ts', 'export interface Cache { drop(): void }'],
];

function readerOf(files: typeof FILES): GraphReader {
  const nodes: Node[] = files.flatMap(([repo, file, text]): Node[] => {
    const name = file.slice(file.lastIndexOf('/') + 1);
    const span = { line: 1, col: 1, endLine: text.split('\n').length, endCol: 1 };
    const module: Node = {
      id: makeId({ repo, scheme: 'code', path: file }),
      kind: 'Module',
      name,
      repo,
      file,
      span,
      props: { language: 'typescript' },
    };
    const tested: Node = {
      id: makeId({ repo, scheme: 'test', path: file }),
      kind: 'TestFile',
      name,
      repo,
      file,
      span,
      props: { framework: 'vitest' },
    };
    return [module, ...(file.includes('.test.') ? [tested] : []), ...declarationsOf({ repo, path: file, text })];
  });
  nodes.push({ id: 'npm:express', kind: 'Package', name: 'express', props: { external: true } });
  nodes.sort((a, b) => compare(a.id, b.id));
  const unused = (): never => expect.unreachable();
  return {
    generation: 1,
    get: async (ids) => new Map(nodes.filter(({ id }) => ids.includes(id)).map((node) => [node.id, node])),
    find: async ({ kinds, repo, file, name }, { limit, after }) =>
      nodes
        .filter(
          (node) =>
            (!kinds || kinds.includes(node.kind)) &&
            (repo ?? node.repo) === node.repo &&
            (file ?? node.file) === node.file &&
            (name ?? node.name) === node.name,
        )
        .filter(({ id }) => after === undefined || id > after)
        .slice(0, limit),
    search: async (query, { limit }) =>
      nodes
        .filter(({ name }) => query.split(/\W+/).some((word) => word !== '' && name.toLowerCase().includes(word.toLowerCase())))
        .slice(0, limit)
        .map((node) => ({ node, score: 1 })),
    repositories: async () => [...new Set(files.map(([repo]) => repo))],
    chunks: unused,
    allChunks: unused,
    nearest: unused,
    spaces: unused,
    vectors: unused,
    withoutVector: unused,
    text: unused,
    edges: unused,
    units: unused,
    diagnostics: unused,
    counts: unused,
    allNodes: unused,
    allEdges: unused,
    loadSnapshot: unused,
    [Symbol.asyncDispose]: async () => {},
  };
}

const reader = readerOf(FILES);
const resolve = async (ref: TargetRef): Promise<string> => (await resolveTarget(reader, ref)).id;
const refusal = async (ref: TargetRef): Promise<PlatformError> => {
  try {
    await resolveTarget(reader, ref);
  } catch (error) {
    if (error instanceof PlatformError) return error;
    throw error;
  }
  return expect.unreachable(`${JSON.stringify(ref)} was answered`);
};
const idsIn = (listed: unknown): string[] => (listed as readonly { id: string }[]).map(({ id }) => id);

const IMAGES = 'shop//code:services/images/upload.ts';

describe('a target names', () => {
  test.each<[what: string, ref: TargetRef, id: string]>([
    ['an id', `${IMAGES}#UploadService.upload`, `${IMAGES}#UploadService.upload`],
    ['a package', 'npm:express', 'npm:express'],
    ['a package by its bare name', 'express', 'npm:express'],
    ['an id without repository', 'code:services/images/upload.ts#UploadService', `${IMAGES}#UploadService`],
    ['a module without repository', 'code:src/client.ts', 'web//code:src/client.ts'],
    ['a test file', 'test:services/images/upload.test.ts', 'shop//test:services/images/upload.test.ts'],
    ['a member in a file', 'services/images/upload.ts#UploadService.storage', `${IMAGES}#UploadService.storage`],
    ['a member in a file by the end of its path', 'images/upload.ts#UploadService.upload', `${IMAGES}#UploadService.upload`],
    ['a declaration that only one of the files has', 'upload.ts#UploadService', `${IMAGES}#UploadService`],
    ['a computed name', './services/images/upload.ts#UploadService.[Symbol.iterator]', `${IMAGES}#UploadService.[Symbol.iterator]`],
    ['the top level by its name', 'services/images/upload.ts#<module>', IMAGES],
    ['a module', 'services/images/upload.ts', IMAGES],
    ['a module by the end of its path', 'client.ts', 'web//code:src/client.ts'],
    ['a module by backslashes', 'services\\mail\\queue.ts', 'shop//code:services/mail/queue.ts'],
    ['a class by its line', 'services/images/upload.ts:4', `${IMAGES}#UploadService`],
    ['a class by a modifier before its name', 'services/images/upload.ts:4:1', `${IMAGES}#UploadService`],
    ['a property by its line', 'images/upload.ts:5', `${IMAGES}#UploadService.storage`],
    ['a method by a line in its body', 'images/upload.ts:8', `${IMAGES}#UploadService.upload`],
    ['a method by its last line', 'images/upload.ts:10', `${IMAGES}#UploadService.upload`],
    ['a class by its last line', 'images/upload.ts:14', `${IMAGES}#UploadService`],
    ['the outer of several on one line', 'images/upload.ts:16', `${IMAGES}#Limits`],
    ['the inner of several on one line', 'images/upload.ts:16:27', `${IMAGES}#Limits.bytes`],
    ['the second of two on one line', 'images/upload.ts:18:25', `${IMAGES}#large`],
    ['the top level by a line', 'images/upload.ts:1', IMAGES],
    ['a class by its bare name', 'UploadService', `${IMAGES}#UploadService`],
    ['a member by its bare name', 'fetch', 'web//code:src/client.ts#Client.fetch'],
    ['a member by its dotted name', 'UploadService.upload', `${IMAGES}#UploadService.upload`],
    ['a computed member by its dotted name', 'UploadService.[Symbol.iterator]', `${IMAGES}#UploadService.[Symbol.iterator]`],
    [
      'a place: file and name',
      { file: 'services/images/upload.ts', name: 'UploadService.upload', line: 1 },
      `${IMAGES}#UploadService.upload`,
    ],
    ['a place: file', { file: 'services/images/upload.ts' }, IMAGES],
    ['a place: line', { file: 'services/images/upload.ts', line: 19, col: 10 }, `${IMAGES}#hash`],
    [
      'a place: another spelling of the name at its position',
      { file: 'services/images/upload.ts', name: 'UploadService.@@iterator', line: 11, col: 3 },
      `${IMAGES}#UploadService.[Symbol.iterator]`,
    ],
    ['a place: one of two repositories', { repo: 'web', file: 'services/images/storage.ts' }, 'web//code:services/images/storage.ts'],
    [
      'a place: the repository that has the name',
      { file: 'services/images/storage.ts', name: 'Cache.drop' },
      'web//code:services/images/storage.ts#Cache.drop',
    ],
  ])('%s', async (_what, ref, id) => {
    expect(await resolve(ref)).toBe(id);
  });
});

describe('a target is ambiguous', () => {
  test('when several declarations have the name: exported first, tests last', async () => {
    const { code, message, details } = await refusal('deliver');
    expect(code).toBe('TARGET_AMBIGUOUS');
    expect(details['candidates']).toEqual([
      { id: 'shop//code:services/mail/queue.ts#deliver', kind: 'Function', file: 'services/mail/queue.ts', line: 1 },
      { id: 'shop//code:services/mail/upload.ts#deliver', kind: 'Function', file: 'services/mail/upload.ts', line: 1 },
      { id: 'shop//code:services/images/upload.test.ts#deliver', kind: 'Function', file: 'services/images/upload.test.ts', line: 1 },
    ]);
    expect(details['total']).toBe(3);
    expect(message).toContain('services/mail/queue.ts:1');
  });

  test.each<[what: string, ref: TargetRef, candidates: readonly string[]]>([
    ['a function and a method of one name', 'upload', [`${IMAGES}#UploadService.upload`, 'shop//code:services/mail/upload.ts#upload']],
    ['two files whose paths end alike', 'upload.ts', [IMAGES, 'shop//code:services/mail/upload.ts']],
    [
      'one path in two repositories',
      'services/images/storage.ts',
      ['shop//code:services/images/storage.ts', 'web//code:services/images/storage.ts'],
    ],
    [
      'the same without repository',
      'code:services/images/storage.ts',
      ['shop//code:services/images/storage.ts', 'web//code:services/images/storage.ts'],
    ],
    ['two names on one line', 'images/upload.ts:18', [`${IMAGES}#large`, `${IMAGES}#small`]],
  ])('%s', async (_what, ref, candidates) => {
    const { code, details } = await refusal(ref);
    expect(code).toBe('TARGET_AMBIGUOUS');
    expect(idsIn(details['candidates'])).toEqual(candidates);
  });
});

describe('a target that has to be of some kind', () => {
  const READER = readerOf(FILES);
  test('is the only one of the first kind there is one of', async () => {
    expect((await resolveTarget(READER, 'upload', ['Class', 'Method', 'Function'])).id).toBe(`${IMAGES}#UploadService.upload`);
    expect((await resolveTarget(READER, 'upload', ['Function'])).id).toBe('shop//code:services/mail/upload.ts#upload');
  });
  test('is ambiguous where there are several of it, or none', async () => {
    for (const wanted of [['Function'], ['Class'], []] as const)
      await expect(resolveTarget(READER, 'deliver', wanted)).rejects.toMatchObject({ code: 'TARGET_AMBIGUOUS' });
  });
});

describe('a target is not found', () => {
  test.each<[what: string, ref: TargetRef, first: string | undefined]>([
    ['a typing error', 'UplaodService', `${IMAGES}#UploadService`],
    ['a typing error in a member of a file', 'images/upload.ts#UploadService.uplod', `${IMAGES}#UploadService.upload`],
    ['a member without its class', 'images/upload.ts#storage', `${IMAGES}#UploadService.storage`],
    ['an id of another file', 'shop//code:src/client.ts#Client', 'web//code:src/client.ts#Client'],
    ['a name that was elsewhere', { file: 'services/mail/queue.ts', name: 'enqueue', line: 99 }, undefined],
    ['a stale line', { file: 'services/images/upload.ts', name: 'uploadAll', line: 8 }, undefined],
    ['a line after the end', 'services/mail/queue.ts:99', 'shop//code:services/mail/queue.ts'],
    [
      'another repository',
      { repo: 'web', file: 'services/mail/queue.ts', name: 'deliver' },
      'shop//code:services/images/upload.test.ts#deliver',
    ],
    ['half a file name', 'load.ts', undefined],
    ['nothing like it', 'quetzalcoatl', undefined],
    ['text with quotes', `'"; DROP TABLE`, undefined],
  ])('%s', async (_what, ref, first) => {
    const { code, message, details } = await refusal(ref);
    expect(code).toBe('TARGET_NOT_FOUND');
    if (first !== undefined) expect(idsIn(details['suggestions'])[0]).toBe(first);
    expect(message).toMatch(/Did you mean|specgraph search/);
  });
});
