import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moduleId } from '../../../../graph/model/id.ts';
import type { Node } from '../../../../graph/model/node.ts';
import { embedChunks } from '../../../../src/retrieval/embed-chunks.ts';
import { similarTo, type SimilarNode } from '../../../../src/retrieval/similar.ts';
import { REPO } from '../../../contract/facts.ts';
import { declared, section, shelve, toyEmbedder, type Leaf, type Shelf } from './shelf.ts';

const file = (name: string, body: string): Leaf => ({
  text: `// ${body}\nexport function ${name}() {\n  return '${body}';\n}\n`,
  parts: [declared(`${name}.ts`, name, 2, 4)],
});
const table: Node = { id: 'shop//table:users', kind: 'Table', name: 'users', repo: REPO, props: {} };
const tableIn = (path: string): Node => ({ ...table, file: path, span: { line: 1, col: 1, endLine: 2, endCol: 1 } });
const SHOP: Readonly<Record<string, Leaf>> = {
  'resize.ts': file('resize', 'scales the image down'),
  'crop.ts': file('crop', 'scales the image and cuts it'),
  'login.ts': file('login', 'checks the password'),
  'guide.md': { text: '# Images\n\nscales the image down\n', parts: [section('guide.md', 'Images', 1, 3)] },
  'a.sql': { text: 'CREATE TABLE users (password TEXT);\n-- checks the password\n', parts: [tableIn('a.sql')] },
  'b.sql': { text: 'CREATE TABLE users (password TEXT NOT NULL);\n-- checks the password\n', parts: [tableIn('b.sql')] },
};
const node = (name: string): Node => declared(`${name}.ts`, name, 2, 4);

let shelf: Shelf;
beforeEach(async () => {
  shelf = await shelve(SHOP);
});
afterEach(() => shelf[Symbol.asyncDispose]());
const like = (to: Node, space?: string, options: { limit?: number; repo?: string } = {}): Promise<readonly SimilarNode[]> =>
  shelf.graph.use(({ reader }) => similarTo(reader, to, space, { limit: 10, ...options }));
const names = (found: readonly SimilarNode[]) => found.map(({ node: { name } }) => name);

describe('what is like a thing', () => {
  it('is what means the same, where there are vectors, code and texts alike, nearest first', async () => {
    const embedder = toyEmbedder();
    await embedChunks(shelf.store, embedder);
    const found = await like(node('resize'), embedder.space);
    expect(names(found).slice(0, 2).toSorted()).toEqual(['Images', 'crop']);
    expect(new Set(found.map(({ by }) => by))).toEqual(new Set(['meaning']));
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
    for (const { score } of found) expect(Math.abs(score)).toBeLessThanOrEqual(1.01);
    expect(names(found)).not.toContain('resize');
  });

  it('is what shares its words, where there are none', async () => {
    const found = await like(node('resize'));
    expect(found[0]).toMatchObject({ node: { name: 'crop' }, score: 1, by: 'words' });
    expect(found.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
    expect(names(found)).not.toContain('resize');
    expect(await like(node('resize'), 'toy:64')).toEqual(found);
  });

  it('is listed once, however many files state it', async () => {
    for (const space of [undefined, 'toy:64']) {
      if (space !== undefined) await embedChunks(shelf.store, toyEmbedder(space));
      const found = names(await like(node('login'), space));
      expect(found.filter((name) => name === 'users')).toHaveLength(1);
      expect(names(await like(tableIn('a.sql'), space))).not.toContain('users');
    }
  });

  it('is at most as much as asked for, of the repository asked for', async () => {
    await embedChunks(shelf.store, toyEmbedder());
    for (const space of [undefined, 'toy:64']) {
      expect(await like(node('resize'), space, { limit: 1 })).toHaveLength(1);
      expect(await like(node('resize'), space, { repo: 'other' })).toEqual([]);
      expect(await like(node('resize'), space, { limit: 0 })).toEqual([]);
    }
  });

  it.each([
    ['stands in no file', { ...table, name: 'nothingLikeIt' }],
    ['stands in a file that is not kept', { ...node('gone'), name: 'zzz' }],
    ['has no place', { id: moduleId(REPO, 'zz.ts'), kind: 'Gap', name: 'zzz', props: { reason: 'parse', message: '' } } as unknown as Node],
    ['is written in signs', { ...node('resize'), name: '%%%', span: { line: 900, col: 1, endLine: 901, endCol: 1 } }],
  ])('is nothing where it %s', async (_, to) => {
    expect(await like(to)).toEqual([]);
    await embedChunks(shelf.store, toyEmbedder());
    expect(await like(to, 'toy:64')).toEqual([]);
  });

  it('does not depend on the run', async () => {
    await embedChunks(shelf.store, toyEmbedder());
    expect(JSON.stringify(await like(node('crop'), 'toy:64'))).toBe(JSON.stringify(await like(node('crop'), 'toy:64')));
  });
});
