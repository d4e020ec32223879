import { describe, expect, it } from 'vitest';
import { keysText, readKeys, type LinkKey } from '../../../../ingest/keys.ts';
import { coverageLinker } from '../../../../ingest/link/coverage.ts';

const CART: LinkKey = {
  key: 'declares',
  module: 'shop//code:src/cart.ts',
  exported: ['Cart', 'Cart.add', 'Cart.sum'],
  internal: ['RATE', 'idle'],
  lines: [
    [1, 12],
    [2, 5],
    [6, 11],
    [14, 14],
    [16, 18],
  ],
};
const link = (path: string, lines: readonly (readonly [number, number])[], declares: LinkKey = CART) => {
  const report: LinkKey = { key: 'covered', from: 'shop//doc:lcov.info', path, lines, at: 7 };
  const units = [declares, report].map((key, at) => ({
    id: String(at),
    repo: 'shop',
    path: at === 0 ? 'src/cart.ts' : 'lcov.info',
    keys: keysText([key]),
  }));
  return coverageLinker.link('shop', readKeys(units)).edges;
};
const names = (...args: Parameters<typeof link>) => link(...args).map(({ to }) => to.replace('shop//code:src/cart.ts#', ''));

describe('coverage', () => {
  it('covers the innermost declarations whose lines were run', () => {
    expect(names('src/cart.ts', [[3, 3]])).toEqual(['Cart.add']);
    expect(
      names('src/cart.ts', [
        [3, 8],
        [14, 14],
      ]),
    ).toEqual(['Cart.add', 'Cart.sum', 'RATE']);
    expect(names('src/cart.ts', [[12, 12]])).toEqual(['Cart']);
  });

  it('does not take a declaration for run because its module was loaded', () => {
    expect(
      names('src/cart.ts', [
        [1, 2],
        [6, 6],
        [16, 16],
      ]),
    ).toEqual([]);
    expect(
      names('src/cart.ts', [
        [15, 15],
        [19, 400],
      ]),
    ).toEqual([]);
  });

  it('knows a file by the end of its path on another machine, and no other file', () => {
    expect(names('/home/ci/work/shop/src/cart.ts', [[3, 3]])).toEqual(['Cart.add']);
    expect(names('./src/cart.ts', [[3, 3]])).toEqual(['Cart.add']);
    expect(names('lib/my-cart.ts', [[3, 3]])).toEqual([]);
  });

  it('says which line of the report says so', () => {
    expect(link('src/cart.ts', [[3, 3]])).toEqual([
      {
        from: 'shop//doc:lcov.info',
        type: 'COVERS',
        to: 'shop//code:src/cart.ts#Cart.add',
        tier: 'trace',
        confidence: 1,
        rule: 'coverage-report',
        sites: [{ line: 7, col: 1, file: 'lcov.info' }],
      },
    ]);
  });

  it('says nothing of modules whose lines are not known', () => {
    const { lines: _, ...unknown } = CART;
    expect(link('src/cart.ts', [[3, 3]], unknown)).toEqual([]);
  });
});

describe('the file that a report means', () => {
  const at = (path: string): LinkKey => ({
    key: 'declares',
    module: `shop//code:${path}`,
    exported: ['it'],
    internal: [],
    lines: [[1, 9]],
  });
  const found = (report: string, named: readonly string[], modules: readonly string[]): readonly string[] => {
    const covered = named.map((path): LinkKey => ({ key: 'covered', from: 'shop//doc:lcov.info', path, lines: [[2, 2]] }));
    const units = [
      { id: 'report', repo: 'shop', path: report, keys: keysText(covered) },
      ...modules.map((path) => ({ id: path, repo: 'shop', path, keys: keysText([at(path)]) })),
    ];
    return coverageLinker.link('shop', readKeys(units)).edges.map(({ to }) => to.replace('shop//code:', '').replace('#it', ''));
  };
  const modules = ['index.ts', 'src/cart.ts', 'packages/web/src/cart.ts'];

  it.each([
    ['lcov.info', 'src/cart.ts', 'src/cart.ts'],
    ['coverage/lcov.info', './src/cart.ts', 'src/cart.ts'],
    ['packages/web/coverage/lcov.info', 'src/cart.ts', 'packages/web/src/cart.ts'],
    ['packages/web/coverage/lcov.info', '../src/cart.ts', 'packages/web/src/cart.ts'],
    ['lcov.info', '/home/ci/shop/packages/web/src/cart.ts', 'packages/web/src/cart.ts'],
    ['lcov.info', String.raw`C:\ci\shop\src\cart.ts`, 'src/cart.ts'],
    ['lcov.info', 'file:///ci/shop/src/cart.ts', 'src/cart.ts'],
  ])('in %s, %s is %s', (report, named, expected) => expect(found(report, [named], modules)).toEqual([expected]));

  it('is not one that only has the same name', () => {
    expect(found('lcov.info', ['/ci/shop/src/cart.ts', '/ci/shop/dist/index.ts'], modules)).toEqual(['src/cart.ts']);
    expect(found('lcov.info', ['lib/src/cart.ts', '/'.repeat(5000)], modules)).toEqual([]);
  });
});
