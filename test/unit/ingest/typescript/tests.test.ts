import { describe, expect, it } from 'vitest';
import { extractFrom, type Extracted } from './fixture.ts';

const frameworkOf = ({ nodes }: Extracted): string | undefined =>
  nodes.flatMap((node) => (node.kind === 'TestFile' ? [node.props.framework] : []))[0];
const casesOf = ({ nodes }: Extracted): readonly string[] =>
  nodes.flatMap((node) => (node.kind === 'TestCase' ? [`${node.props.modifier ? `${node.props.modifier} ` : ''}${node.props.title}`] : []));

describe('test files', () => {
  it.each([
    ['vitest', "import { it } from 'vitest';\nit('pays', () => {});", 'vitest'],
    ['jest', "import { test } from '@jest/globals';\ntest('pays', () => {});", 'jest'],
    ['mocha', "import { it } from 'mocha';\nit('pays', () => {});", 'mocha'],
    ['node:test', "import test from 'node:test';\ntest('pays', () => {});", 'node:test'],
    ['playwright', "import { test } from '@playwright/test';\ntest('pays', async () => {});", 'playwright'],
    ['ava', "import check from 'ava';\ncheck('pays', () => {});", 'ava'],
    ['globals', "describe('cart', () => { it('pays', () => {}); });", 'globals'],
  ])('of %s', async (_, text, framework) => {
    const extracted = await extractFrom({ 'src/cart.test.ts': `${text}\n` });
    expect(frameworkOf(extracted)).toBe(framework);
    expect(casesOf(extracted)).toEqual([framework === 'globals' ? 'cart > pays' : 'pays']);
    expect(extracted.from('test:src/cart.test.ts', 'TESTS')).toEqual(['TESTS src/cart.test.ts']);
  });

  it('are known by a framework wherever they are, and never by the name alone', async () => {
    const { names } = await extractFrom({
      'src/checks.ts': "import { it } from 'vitest';\nit('pays', () => {});\n",
      'src/cart.test.ts': 'export const helper = 1;\n',
      'src/it.ts': "const it = (title: string, run: () => void) => run();\nit('is no test', () => {});\n",
    });
    expect(names('TestFile')).toEqual(['test:src/checks.ts']);
  });
});

describe('test cases', () => {
  it('are not what a function of the file that is called so makes, unless it is given one to run', async () => {
    const text = [
      "import { expect } from 'vitest';",
      'const test = (...titles: string[]) => titles.join();',
      'function it(title: string, run: () => void) { run(); }',
      "it('lends', () => expect(test('[lend/AC-2] takes back', '[lend/AC-3] is lost')).toBe(''));",
    ].join('\n');
    expect(casesOf(await extractFrom({ 'src/lend.test.ts': text }))).toEqual(['lends']);
  });

  it('keep titles apart that are equal up to a NUL character, at which databases end a text', async () => {
    const text = ["import { it } from 'vitest';", "it('sorts \\u0000a', () => {});", "it('sorts \\u0000b', () => {});"].join('\n');
    expect(casesOf(await extractFrom({ 'src/cart.test.ts': `${text}\n` }))).toEqual(['sorts \\0a', 'sorts \\0b']);
  });

  it('carry the titles of the suites around them, and their modifiers', async () => {
    const extracted = await extractFrom({
      'src/cart.test.ts': [
        "import { describe, it, test } from 'vitest';",
        "describe('cart', () => {",
        "  describe('with items', () => { it('pays', () => {}); it.skip('refunds', () => {}); });",
        "  it.only('is empty', () => {}); it.todo('ships'); test.fails('breaks', () => {}); xit('is old', () => {});",
        "  it.each([1, 2])('takes %i items', () => {}); it.each`a`('by table', () => {}); it.concurrent('at once', async () => {});",
        "  for (const name of ['a']) it(`named ${name}`, () => {});",
        '});',
      ].join('\n'),
    });
    expect(casesOf(extracted)).toEqual([
      'cart > with items > pays',
      'skip cart > with items > refunds',
      'only cart > is empty',
      'todo cart > ships',
      'fails cart > breaks',
      'skip cart > is old',
      'cart > takes %i items',
      'cart > by table',
      'cart > at once',
      'cart > `named ${name}`',
    ]);
  });
});
