import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLong, piecesOf } from '../../../ingest/pieces.ts';

const all = (lines: readonly string[]): string[] => piecesOf(lines, 1, lines.length).map(({ line, endLine }) => `${line}-${endLine}`);
/** A statement of so many characters. */
const statement = (name: string, size: number): string => `  ${name}(${"'".padEnd(size, 'x')}');`;

describe('pieces of a long text', () => {
  it('is the text where it is not long', () => {
    expect(all(['function add(a, b) {', '  return a + b;', '}'])).toEqual(['1-3']);
    expect(isLong(['a'.repeat(800)], 1, 1)).toBe(false);
    expect(isLong(['a'.repeat(801)], 1, 1)).toBe(true);
  });

  it('are whole statements, as many as fit', () => {
    const lines = ['function ship() {', ...['weigh', 'price', 'pay', 'send'].map((name) => statement(name, 380)), '}'];
    expect(all(lines)).toEqual(['1-2', '3-4', '5-6']);
  });

  it('leave a block whole, and what ends it or goes on with it', () => {
    const block = ['  if (late) {', statement('    remind', 250), '  } else {', statement('    thank', 250), '  }'];
    expect(all(['function ship() {', statement('pay', 500), ...block, '}'])).toEqual(['1-2', '3-8']);
  });

  it('keep a comment with what stands below it', () => {
    const lines = ['function ship() {', statement('pay', 700), '  // Of what is', '  // paid for.', statement('send', 500), '}'];
    expect(all(lines)).toEqual(['1-2', '3-6']);
  });

  it('cut a block that is too long into the statements within', () => {
    const loop = ['  for (const parcel of parcels) {', ...['weigh', 'send'].map((name) => statement(`  ${name}`, 600)), '  }'];
    expect(all(['function ship() {', ...loop, '}'])).toEqual(['1-3', '4-6']);
  });

  it('are told by indentation in any language', () => {
    const task = (name: string): string[] => [`  - name: ${name}`, `    run: ${'x'.repeat(500)}`];
    expect(all(['steps:', ...task('build'), ...task('test')])).toEqual(['1-3', '4-5']);
  });

  it('are lines where nothing tells more', () => {
    expect(all(Array.from({ length: 4 }, () => 'word '.repeat(100)))).toEqual(['1-1', '2-2', '3-3', '4-4']);
    expect(all(['a'.repeat(5000)])).toEqual(['1-1']);
  });

  it('are found in time, however many comments or levels there are', () => {
    expect(all(Array.from({ length: 20_000 }, () => '#')).length).toBeGreaterThan(10);
    expect(all(Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth)}x`)).length).toBeGreaterThan(10);
  });

  it('are all of the text, in order, and only single lines are too long', () => {
    const line = fc.tuple(fc.nat(6), fc.constantFrom('', '}', '// why', 'call();', 'x'.repeat(300), 'y'.repeat(900)));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 60 }), (drawn) => {
        const lines = drawn.map(([indent, text]) => ' '.repeat(indent) + text);
        const pieces = piecesOf(lines, 1, lines.length);
        expect(pieces.flatMap(({ line: from, endLine }) => Array.from({ length: endLine - from + 1 }, (_, at) => from + at))).toEqual(
          lines.map((_, at) => at + 1),
        );
        for (const { line: from, endLine } of pieces) expect(isLong(lines, from, endLine) && endLine > from).toBe(false);
      }),
    );
  });
});
