import { describe, expect, it } from 'vitest';
import { CHUNK_SETS } from '../../../../graph/model/chunk.ts';
import { firstLineOf, isMeant, meaningKey, meaningOf } from '../../../../graph/model/meaning.ts';

const span = (line: number, endLine: number) => ({ line, col: 1, endLine, endCol: 1 });
const of = (text: string, line: number, endLine: number, file = 'src/upload/fileStore.ts', name = 'FileStore.putImage'): string =>
  meaningOf({ node: `shop//code:${file}#${name}`, files: [file], span: span(line, endLine) }, text.split('\n'));
const commit = (subject: string): string => meaningOf({ node: 'repo:shop', files: ['a.ts'], title: `0123456789ab ${subject}` }, []);

describe('what a declaration means', () => {
  it('is its place and name in words, the comment above it and its first lines', () => {
    expect(of('const x = 1;\n\n/**\n * Keeps an image.\n */\nputImage(image) {\n  return   1;\n}\nother();', 6, 8)).toBe(
      'upload file Store File Store put Image: Keeps an image. putImage(image) { return 1; }',
    );
  });

  it.each([
    ['// Keeps it.', 'Keeps it.'],
    ['# Keeps it.', 'Keeps it.'],
    ['-- Keeps it.', 'Keeps it.'],
    ['/* Keeps it. */', 'Keeps it.'],
    ['//// Keeps it.', 'Keeps it.'],
  ])('reads %s', (comment, read) => {
    expect(of(`${comment}\nputImage() {}`, 2, 2)).toContain(`: ${read} putImage() {}`);
  });

  it('is the same with Windows line ends', () => {
    const text = '// Keeps it.\nputImage() {\n  return 1;\n}\n';
    expect(of(text.replaceAll('\n', '\r\n'), 2, 4)).toBe(of(text, 2, 4));
  });

  it('is no more than a small model reads, however long it is', () => {
    const text = `${'// Keeps the image.\n'.repeat(5000)}putImage() {\n${'  keep(image);\n'.repeat(10_000)}}`;
    expect(of(text, 5001, 15_002).length).toBeLessThan(1000);
    expect(of('x'.repeat(1_000_000), 1, 1).length).toBeLessThan(1000);
  });

  it('is its place and name where there is no text, or its place is behind the end', () => {
    expect(of('', 1, 1)).toBe('upload file Store File Store put Image:');
    expect(of('a\nb', 70, 90)).toBe('upload file Store File Store put Image:');
    expect(meaningOf({ node: 'unknown', files: [] }, [])).toBe(':');
  });
});

describe('what a commit means', () => {
  it.each([
    ['fix(router): handle optional segments (#2501)', 'handle optional segments'],
    ['feat!: drop Node 16', 'drop Node 16'],
    ['Handle  optional\tsegments', 'Handle optional segments'],
    ['Handle (some) segments', 'Handle (some) segments'],
    ['', ''],
  ])('%j', (subject, meaning) => {
    expect(commit(subject)).toBe(meaning);
  });

  it('is read of hostile subjects in time', () => {
    const started = performance.now();
    for (const unit of [' ', '(#1', '\t(', 'a(', '(#1) ']) commit(`${unit.repeat(100_000)}x`);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('the first line of a declaration', () => {
  it('is that of the comments and annotations right above it', () => {
    const lines = ['// a', '', '/**', ' * b', ' */', '@Get()', 'get() {}'];
    expect(firstLineOf(7, lines)).toBe(3);
    expect(firstLineOf(1, lines)).toBe(1);
    expect(firstLineOf(2, lines)).toBe(1);
  });

  it('is where it is said to be when that is not in the file', () => {
    expect(firstLineOf(90, ['// a'])).toBe(90);
    expect(firstLineOf(1, [])).toBe(1);
  });
});

describe('meanings', () => {
  it('have a key that is short, the same for the same text, and another for another', () => {
    expect(meaningKey('a')).toBe(meaningKey('a'));
    expect(meaningKey('a')).toMatch(/^[\w-]{22}$/);
    expect(meaningKey('a')).not.toBe(meaningKey('a '));
  });

  it('are of code, texts, pieces of both and commits to code', () => {
    expect(CHUNK_SETS.filter(isMeant)).toEqual(['code-part', 'code-commit', 'code-piece', 'text-part', 'text-piece']);
  });
});
