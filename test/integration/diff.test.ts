import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { detectChanges } from '../../src/diff/detect.ts';
import { changedFiles, readTexts, workTreeOf } from '../../src/diff/git.ts';
import { openSystem } from '../../src/index.ts';

let folder: string;
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=shop', '-c', 'user.email=shop@example.com', '-c', 'commit.gpgsign=false', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
  });
const write = (path: string, text: string | Uint8Array): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const commit = (message: string): void => {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
};
const detected = async (range: Parameters<typeof detectChanges>[1] = {}): Promise<string[]> =>
  (await detectChanges({ root: folder, name: 'shop' }, range)).changes.map(
    ({ id, change }) => `${change} ${id.replace('shop//code:', '')}`,
  );

const CART = `import { tax } from './tax.ts';

export class Cart {
  total(net: number): number {
    return net * tax(net);
  }
}
`;
const TAX = `/** Value added tax. */
export function tax(net: number): number {
  return net > 0 ? 1.2 : 1;
}
`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diff-'));
  git('init', '--quiet', '--initial-branch=main');
  write('package.json', '{ "name": "shop", "type": "module" }');
  write('.gitignore', 'dist\n.specgraph\n');
  write('src/cart.ts', CART);
  write('src/tax.ts', TAX);
  write('README.md', 'A shop');
  commit('first');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('changed files', () => {
  test('of the work tree: edited, deleted, renamed, untracked; not ignored ones, links or submodules', async () => {
    write('README.md', 'A better shop');
    rmSync(join(folder, 'src/tax.ts'));
    git('mv', 'src/cart.ts', 'src/basket.ts');
    write('src/über uns\n.ts', 'export {}');
    write('dist/cart.js', 'ignored');
    symlinkSync('README.md', join(folder, 'LINK.md'));
    git('add', 'LINK.md');
    const files = await changedFiles(folder, { revisions: 'HEAD' });
    expect(files.map(({ before, after }) => [before?.path, after?.path])).toEqual([
      ['README.md', 'README.md'],
      ['src/cart.ts', 'src/basket.ts'],
      ['src/tax.ts', undefined],
      [undefined, 'src/über uns\n.ts'],
    ]);
  });

  test('have the texts of their versions', async () => {
    write('src/tax.ts', 'export const staged = "ü"\n');
    git('add', '--all');
    write('src/tax.ts', 'export const unstaged = 1\n');
    const texts = async (range: Parameters<typeof changedFiles>[1]): Promise<(string | undefined)[]> => {
      const [file] = await changedFiles(folder, range);
      const found = await readTexts(folder, [file!.before!, file!.after!]);
      return [found.get(file!.before!), found.get(file!.after!)];
    };
    expect(await texts({ staged: true })).toEqual([TAX, 'export const staged = "ü"\n']);
    expect(await texts({})).toEqual([TAX, 'export const unstaged = 1\n']);
  });

  test('between revisions: two dots, three dots, a side left out', async () => {
    git('checkout', '--quiet', '-b', 'feature');
    write('src/tax.ts', 'export const tax = 2');
    commit('feature');
    git('checkout', '--quiet', 'main');
    write('README.md', 'Moved on');
    commit('second');
    write('package.json', '{}');
    const paths = async (revisions: string): Promise<(string | undefined)[]> =>
      (await changedFiles(folder, { revisions })).map(({ before }) => before?.path);
    expect(await paths('main..feature')).toEqual(['README.md', 'src/tax.ts']);
    expect(await paths('main...feature')).toEqual(['src/tax.ts']);
    expect(await paths('..feature')).toEqual(['README.md', 'src/tax.ts']);
    expect(await paths('HEAD~1..')).toEqual(['README.md']);
    expect(await paths('HEAD~1')).toEqual(['README.md', 'package.json']);
  });

  test('below a folder are named from there', async () => {
    write('src/tax.ts', 'export const tax = 2');
    write('README.md', 'Outside');
    expect(await changedFiles(join(folder, 'src'), {})).toMatchObject([{ before: { path: 'tax.ts' } }]);
    expect(await workTreeOf(join(folder, 'src'))).toBe(await workTreeOf(folder));
  });

  test.each(['--output=stolen', '-c', 'no\u0000pe', ''])('%j is no revision', async (revisions) => {
    await expect(changedFiles(folder, { revisions })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  test.each(['nowhere', 'HEAD:README.md', 'main..nowhere', '$(touch stolen)', 'HEAD; touch stolen'])(
    '%j is unknown to git',
    async (revisions) => {
      await expect(changedFiles(folder, { revisions })).rejects.toMatchObject({ code: 'GIT_FAILED' });
      expect(await changedFiles(folder, {})).toEqual([]);
    },
  );

  test('revisions and the index are not compared at once', async () => {
    await expect(changedFiles(folder, { revisions: 'HEAD', staged: true })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  test('a folder outside Git, and a repository without a commit, are named', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'no-git-'));
    try {
      await expect(workTreeOf(outside)).rejects.toMatchObject({ code: 'GIT_FAILED', message: expect.stringContaining('no Git work tree') });
      execFileSync('git', ['init', '--quiet'], { cwd: outside });
      await expect(changedFiles(outside, { staged: true })).rejects.toMatchObject({
        code: 'GIT_FAILED',
        message: expect.stringContaining('first commit'),
      });
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });
});

describe('detected changes', () => {
  test('of an edit', async () => {
    write('src/tax.ts', TAX.replace('net: number)', 'net: number, country: string)'));
    expect(await detected()).toEqual(['add-required-parameter src/tax.ts#tax']);
  });

  test('nothing for layout, comments and new declarations', async () => {
    write('src/tax.ts', `${TAX.replace('Value added', 'Sales').replaceAll('\n', '\n\n')}export const rate = 2;\n`);
    write('src/cart.ts', `import { rate, tax } from './tax.ts';\n${CART.slice(CART.indexOf('\n'))}`);
    expect(await detected()).toEqual([]);
  });

  test('of a declaration that moved to a new, untracked file', async () => {
    write('src/tax.ts', 'export {};\n');
    write('src/money.ts', TAX);
    expect(await detected()).toEqual(['move src/tax.ts#tax']);
  });

  test('of a file that was renamed and edited', async () => {
    renameSync(join(folder, 'src/cart.ts'), join(folder, 'src/basket.ts'));
    write('src/basket.ts', CART.replace('net * tax(net)', 'tax(net) * net'));
    git('add', '--all');
    expect(await detected({ staged: true })).toEqual(['move src/cart.ts', 'move src/cart.ts#Cart', 'behaviour src/cart.ts#Cart.total']);
  });

  test('of a file that was deleted', async () => {
    rmSync(join(folder, 'src/tax.ts'));
    expect(await detected()).toEqual(['remove src/tax.ts', 'remove src/tax.ts#tax']);
  });

  test('of a file that no longer parses', async () => {
    write('src/tax.ts', 'export function tax(net: number {{{');
    expect(await detected()).not.toEqual([]);
  });

  test('files of other kinds are skipped, by name', async () => {
    write('README.md', 'A better shop');
    const { changes, skipped } = await detectChanges({ root: folder, name: 'shop' }, {});
    expect({ changes, skipped }).toEqual({
      changes: [],
      skipped: [{ file: 'README.md', reason: 'only TypeScript and JavaScript sources, contracts and specs are compared' }],
    });
  });
});

describe('the impact of a diff', () => {
  test('is one answer for all changes, from the graph of the state before', async () => {
    const system = await openSystem({ store: join(folder, '.specgraph/graph.db') });
    try {
      await system.ingest(folder);
      write('src/tax.ts', TAX.replace('net: number)', 'net: number, country: string)'));
      write('src/cart.ts', CART.replace('Cart', 'Basket'));
      write('src/new.ts', 'export const fresh = 1;');
      write('README.md', 'Better');
      const answer = await system.impactOfDiff({ root: join(folder, 'src') });
      expect(answer.changes.map(({ id, change }) => `${change} ${id}`)).toEqual([
        'rename shop//code:src/cart.ts#Cart',
        'add-required-parameter shop//code:src/tax.ts#tax',
      ]);
      expect(answer.verdict).toBe('breaking');
      expect(answer.impacted).toContainEqual(expect.objectContaining({ file: 'src/cart.ts', declaration: 'Cart.total', effect: 'breaks' }));
      expect(answer.skipped).toEqual([{ file: 'README.md', reason: expect.any(String) }]);
      expect(answer.generation).toBe(1);
    } finally {
      await system.close();
    }
  });

  test('follows what a spec demands to its tests, its code and what it names', async () => {
    const spec = (criteria: string): string =>
      `feature: taxes\nspecVersion: "1.0"\nowner: shop\ndescription: As a buyer, I want to see the tax that I pay.\nacceptance:\n${criteria}`;
    const rate = '  - { id: AC-1, text: "When a buyer pays, the Cart shall add a tax of at most 20 %." }\n';
    write('specs/taxes.spec.yaml', spec(rate));
    write(
      'test/tax.test.ts',
      "import { it } from 'vitest';\nimport { tax } from '../src/tax.ts';\nit('[taxes/AC-1] adds the tax', () => {\n  tax(1);\n});\n",
    );
    commit('a spec');
    const system = await openSystem({ store: join(folder, '.specgraph/graph.db') });
    try {
      await system.ingest(folder);
      const more = '  - { id: AC-2, text: "When an order is sent, the Cart shall be empty.", ears: { system: Cart } }\n';
      write('specs/taxes.spec.yaml', spec(rate.replace('at most 20 %', 'at most 10 %') + more));
      const answer = await system.impactOfDiff({ root: folder, paths: true });
      expect(answer.changes.map(({ change, declaration }) => `${change} ${declaration}`)).toEqual(['add taxes', 'tighten taxes/AC-1']);
      expect(answer.skipped).toEqual([]);
      expect(answer.verdict).toBe('review');
      expect(answer.impacted.map(({ ref, reason }) => `${ref}: ${reason}`)).toEqual(
        expect.arrayContaining([
          'test:test/tax.test.ts#[taxes/AC-1] adds the tax: checks it',
          'code:src/tax.ts#tax: is run by a test that checks it',
          'code:src/cart.ts#Cart: is what taxes/AC-2 demands something of now',
          'spec:taxes: holds it, and is approved only as it was',
        ]),
      );
      expect(answer.tests.map(({ file }) => file)).toEqual(['test/tax.test.ts']);
      // The other way round: code that changes says which criterion may no longer hold.
      write('specs/taxes.spec.yaml', spec(rate));
      write('src/tax.ts', TAX.replace('1.2', '1.3'));
      const { impacted } = await system.impactOfDiff({ root: folder, paths: true });
      const criterion = impacted.find(({ ref }) => ref === 'spec:taxes/AC-1');
      expect([criterion?.effect, criterion?.path?.at(-1)?.edge]).toEqual(['review', 'VERIFIES']);
    } finally {
      await system.close();
    }
  });

  test('says what the graph does not know', async () => {
    const system = await openSystem({ store: join(folder, '.specgraph/graph.db') });
    try {
      write('src/tax.ts', TAX.replace('tax(', 'levy('));
      rmSync(join(folder, 'src/cart.ts'));
      await system.ingest(folder);
      const answer = await system.impactOfDiff({ root: folder });
      expect(answer.skipped).toEqual([
        { file: 'src/cart.ts', reason: expect.stringContaining('not in the graph') },
        { file: 'src/tax.ts', reason: 'tax is not in the graph; ingest the state before the change' },
      ]);
      expect(answer.verdict).toBe('unknown');
    } finally {
      await system.close();
    }
  });

  test('an empty graph, and a repository that is not in it, are named', async () => {
    const other = mkdtempSync(join(tmpdir(), 'other-'));
    const system = await openSystem({ store: join(folder, '.specgraph/graph.db') });
    try {
      for (const name of ['a', 'b']) {
        mkdirSync(join(other, name));
        writeFileSync(join(other, name, 'index.ts'), 'export const a = 1');
        await system.ingest(join(other, name));
      }
      await expect(system.impactOfDiff({ root: folder })).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringContaining('specgraph ingest'),
      });
    } finally {
      await system.close();
      rmSync(other, { recursive: true, force: true });
    }
  });
});
