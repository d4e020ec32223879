/**
 * Text of a repository as it can be shown on one line. Control characters would let a name move the cursor, change colours or
 * start a line of its own; those that turn the direction of text, or that nobody sees, would let it read as something
 * else. They are shown as escapes.
 */
export const visible = (text: string): string =>
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u061c\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, (character) => {
    const code = character.codePointAt(0)!;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });

/** A text of several lines as one. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A text of people on one line, with what hides itself made visible. */
export const visibleLine = (text: string): string => visible(oneLine(text));
