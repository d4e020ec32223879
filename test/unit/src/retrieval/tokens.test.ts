import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, it } from 'vitest';
import { countTokens } from '../../../../src/retrieval/tokens.ts';

const reference = new Tiktoken(o200k);
const asModelsDo = (text: string): number => reference.encode(text, [], []).length;

describe('countTokens', () => {
  it.each([
    ['nothing', ''],
    ['code', 'export const quotaOf = (user: User): number => LIMITS[user.plan] ?? 5;\n'],
    ['prose', 'An upload may have at most 5 MB.\r\n\r\nWhat is larger is refused.\n'],
    ['a rule of a document', `${'-'.repeat(120)}\n${'='.repeat(80)}\n`],
    ['deep indentation', `${' '.repeat(120)}return;\n`],
    ['Chinese', '上传的图片不能超过五兆字节。'],
    ['emoji', '👩‍💻 ships 🚀🚀🚀'],
  ])('counts %s as models do', (_, text) => {
    expect(countTokens(text)).toBe(asModelsDo(text));
  });

  it('takes what looks like a control token for text', () => {
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(1);
    expect(countTokens('<|endoftext|>')).toBe(asModelsDo('<|endoftext|>'));
  });

  it.each([
    ['letters', 'a'],
    ['letters of three bytes', '漢'],
    ['signs', '=-'],
    ['spaces', ' '],
    ['line ends', '\n'],
  ])('counts 20,000 %s in a row, which encoders need minutes for, within seconds and nearly right', (_, unit) => {
    const started = performance.now();
    const counted = countTokens(unit.repeat(20_000 / unit.length));
    expect(performance.now() - started).toBeLessThan(10_000);
    const few = asModelsDo(unit.repeat(640 / unit.length));
    expect(counted / (few * 31.25)).toBeGreaterThan(0.8);
    expect(counted / (few * 31.25)).toBeLessThan(2.1);
  });

  it('counts what stands around a long word, too', () => {
    const long = 'x'.repeat(300);
    expect(countTokens(`an upload ${long} is refused`)).toBeGreaterThanOrEqual(countTokens(long) + 4);
  });
});
