import { describe, expect, it } from 'vitest';
import { PlatformError } from '../../../../graph/errors.ts';
import { describeError } from '../../../../src/cli/describe-error.ts';

const named = (id: string, line: number) => ({ id, kind: 'Function', file: 'src/cart.ts', line });

describe('describeError', () => {
  it('says each suggestion once', () => {
    const suggestions = [named('shop//code:src/cart.ts#add', 3), named('shop//code:src/cart.ts#addAll', 9)];
    const error = new PlatformError(
      'TARGET_NOT_FOUND',
      'Nothing is called "ad". Did you mean shop//code:src/cart.ts#add (src/cart.ts:3)?',
      {
        details: { target: 'ad', suggestions },
      },
    );
    const text = describeError(error);
    expect(text).toMatch(/^Nothing is called "ad". Did you mean one of these\? \[TARGET_NOT_FOUND\]\n/);
    expect(text.match(/#add\b/g)).toHaveLength(1);
  });

  it('says the next step where there is nothing to suggest', () => {
    const error = new PlatformError('TARGET_NOT_FOUND', 'Nothing is called "x". Search for it.', {
      details: { target: 'x', suggestions: [] },
    });
    expect(describeError(error)).toBe('Nothing is called "x". Search for it. [TARGET_NOT_FOUND]\n');
  });
});
