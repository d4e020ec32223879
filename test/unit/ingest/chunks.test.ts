import { describe, expect, it } from 'vitest';
import type { Node } from '../../../graph/model/node.ts';
import { declarationId, moduleId } from '../../../graph/model/id.ts';
import { chunksOf } from '../../../ingest/chunks.ts';

const FILE = 'src/cart.ts';
const TEXT = `import { round } from './round';
/** What is in it. */
export class Cart {
  items = [];
  total() {
    return round(this.items);
  }
}
export const LIMIT = 20;
`;
const module: Node = {
  ...{ id: moduleId('shop', FILE), kind: 'Module', name: 'cart.ts', repo: 'shop', file: FILE },
  ...{ span: { line: 1, col: 1, endLine: 9, endCol: 1 }, props: { language: 'typescript' } },
};
const declared = (kind: 'Class' | 'Method' | 'Variable' | 'Property', name: string, line: number, endLine: number): Node => ({
  ...{ id: declarationId('shop', FILE, name), kind, name: name.slice(name.lastIndexOf('.') + 1), repo: 'shop', file: FILE },
  ...{ span: { line, col: 1, endLine, endCol: 2 }, props: {} },
});
const NODES = [
  declared('Method', 'Cart.total', 5, 7),
  declared('Property', 'Cart.items', 4, 4),
  declared('Class', 'Cart', 3, 8),
  declared('Variable', 'LIMIT', 9, 9),
  module,
];

describe('the text to search of a file', () => {
  it('is the whole, and each part by itself without the parts within it', () => {
    expect(
      chunksOf(FILE, TEXT, NODES).map(({ set, node, span, heading, text }) => [set, node.slice(11), span?.line, heading, text]),
    ).toEqual([
      ['code-file', FILE, 1, FILE, TEXT],
      ['code-part', `${FILE}#Cart`, 3, `${FILE} Cart`, `export class Cart {\n  items = [];\n}`],
      ['code-part', `${FILE}#Cart.total`, 5, `${FILE} Cart.total`, `  total() {\n    return round(this.items);\n  }`],
      ['code-part', `${FILE}#LIMIT`, 9, `${FILE} LIMIT`, 'export const LIMIT = 20;'],
    ]);
  });

  it('has the later pieces of what is too long for one vector, found by what they mean alone', () => {
    const body = ['weigh', 'price', 'pay', 'send'].map((name) => `  ${name}('${'x'.repeat(600)}');`);
    const text = ['export function ship() {', ...body, '}', ''].join('\n');
    const chunks = chunksOf(FILE, text, [module, { ...declared('Method', 'ship', 1, 6) }]);
    expect(chunks.map(({ set, span, heading, text: words }) => [set, span?.line, span?.endLine, heading, words.length])).toEqual([
      ['code-file', 1, 7, FILE, text.length],
      ['code-part', 1, 6, `${FILE} ship`, text.length - 1],
      ['code-piece', 3, 3, undefined, 0],
      ['code-piece', 4, 4, undefined, 0],
      ['code-piece', 5, 6, undefined, 0],
    ]);
    expect(new Set(chunks.slice(1).map(({ node }) => node))).toEqual(new Set([declared('Method', 'ship', 1, 6).id]));
    expect(new Set(chunks.slice(1).map(({ meaning }) => meaning)).size).toBe(4);
  });

  it('has no pieces of tests, of parts within a part, and of what says nothing', () => {
    const braces = ['function ship() {', ...Array.from({ length: 40 }, () => `  ${'{}'.repeat(30)}`), '}'].join('\n');
    const pieces = (path: string, text: string, nodes: readonly Node[]): number =>
      chunksOf(path, text, nodes).filter(({ set }) => set.endsWith('-piece')).length;
    expect(pieces(FILE, braces, [module, declared('Method', 'ship', 1, 42)])).toBe(0);
    const long = ['class Cart {', ...Array.from({ length: 40 }, (_, at) => `  item${at} = '${'x'.repeat(80)}';`), '}'].join('\n');
    expect(pieces(FILE, long, [module, declared('Class', 'Cart', 1, 42)])).toBeGreaterThan(1);
    const items = Array.from({ length: 40 }, (_, at) => declared('Method', `Cart.item${at}`, at + 2, at + 2));
    expect(pieces(FILE, long, [module, declared('Class', 'Cart', 1, 42), ...items])).toBe(0);
    const test = (node: Node): Node => ({ ...node, file: 'src/cart.test.ts' });
    expect(pieces('src/cart.test.ts', long, [test(module), test(declared('Class', 'Cart', 1, 42))])).toBe(0);
  });

  it('does not depend on the order of the nodes', () => {
    expect(chunksOf(FILE, TEXT, NODES.toReversed())).toEqual(chunksOf(FILE, TEXT, NODES));
  });

  it('is nothing where nothing has a place, or only what could not be read', () => {
    const gap: Node = { ...module, id: 'shop//gap:x', kind: 'Gap', props: { reason: 'parse-failure', message: 'Broken.' } };
    expect(chunksOf(FILE, TEXT, [])).toEqual([]);
    expect(chunksOf(FILE, TEXT, [gap])).toEqual([]);
    expect(chunksOf('src/other.ts', TEXT, NODES)).toEqual([]);
  });

  it('cuts what is too long, and takes lines that are not there for empty', () => {
    const long = 'word '.repeat(100_000);
    const [file, part] = chunksOf(FILE, long, [module, declared('Class', 'Cart', 1, 5_000)]);
    expect(file!.text.length).toBeLessThan(400_100);
    expect(part!.text.length).toBe(20_000);
  });

  it('keeps whole lines of a file that is too long, and of others all', () => {
    const line = `${'é'.repeat(70)} 🚀\n`;
    const [file] = chunksOf(FILE, line.repeat(10_000), [module]);
    expect(file!.text.length).toBeLessThanOrEqual(400_000);
    expect(file!.text.length).toBeGreaterThan(400_000 - line.length);
    expect(new Set(file!.text.split('\n'))).toEqual(new Set([line.trimEnd()]));
    const short = line.repeat(5000);
    expect(chunksOf(FILE, short, [module])[0]!.text).toBe(short);
  });
});
