import { describe, expect, it } from 'vitest';
import { commentHeadings } from '../../../../ingest/parse/comment-headings.ts';

const isEntry = (line: string): boolean => /^#?\s*[A-Z_]+=/.test(line);
const found = (text: string, entries?: typeof isEntry): readonly string[] =>
  commentHeadings(text, entries).map(({ heading, span }) => `${heading} ${span.line}-${span.endLine}`);

describe('comments that head what follows', () => {
  it.each([
    ['# --- JWT Configuration ---\nA=1\n\n# --- Mail\nB=2\n\nC=3\n', ['JWT Configuration 1-2', 'Mail 4-7']],
    ['##########\n# Database #\n##########\nA=1\n', ['Database 1-4']],
    ['# Database\n# ========\nA=1\n', ['Database 1-3']],
    ['; === Mail ===\nA=1\n', ['Mail 1-2']],
    ['## Queue\nA=1\n', ['Queue 1-2']],
    ['# ------\nA=1\n# one line that says something\nB=1\n', []],
    ['', []],
  ])('are decorated: %j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    ['# Where orders are kept\nA=1\n#B=2\n\nC=1\n', ['Where orders are kept 1-3']],
    // One entry has the comment for its own.
    ['# Where orders are kept\nA=1\n\nB=1\n', []],
    ['A=1\n# about B\nB=2\nC=3\n', []],
    ['# --- Mail ---\n# The server\nA=1\nB=2\n', ['Mail 1-4', 'The server 2-4']],
  ])('stand alone before a block of entries: %j', (text, expected) => {
    expect(found(text, isEntry)).toEqual(expected);
  });

  it('are cut where they are sentences', () => {
    const [heading] = found(`# ${'word '.repeat(40)}\nA=1\nB=1\n`, isEntry);
    expect(heading).toMatch(/^word .{80,100}… 1-3$/);
  });

  it('take time in proportion to the text', () => {
    const started = performance.now();
    commentHeadings('# -----'.repeat(20_000) + '\n' + '#\n'.repeat(50_000) + '# a\nA=1\n'.repeat(20_000), isEntry);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
