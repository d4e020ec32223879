import { describe, expect, it } from 'vitest';
import { visible } from '../../../src/visible.ts';

describe('text of a repository on a line', () => {
  it.each([
    ['a line end', 'a\nb', 'a\\x0ab'],
    ['an escape sequence', '\u001b[2J', '\\x1b[2J'],
    ['what turns the direction of text', 'admin\u202e//', 'admin\\u{202e}//'],
    ['what nobody sees', 'a\u200bb\u2060c', 'a\\u{200b}b\\u{2060}c'],
    ['letters that only machines read', '\u{e0041}\u{e0042}', '\\u{e0041}\\u{e0042}'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
  ])('shows %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves what people write as it is', () => {
    for (const text of ['Größe', '画像', 'می‌خواهم', '👩‍💻', 'a  b', '<script>']) expect(visible(text)).toBe(text);
  });
});
