import { describe, expect, it } from 'vitest';
import { demandsLinker } from '../../../../ingest/link/demands.ts';
import { specFormat } from '../../../../ingest/workers/spec/spec.ts';
import { linkFrom } from '../link-fixture.ts';

const test = (...titles: readonly string[]): string =>
  `import { test } from 'vitest';\n${titles.map((title) => `test('${title}', () => {});\n`).join('')}`;

describe('tests that name criteria', () => {
  it('mean the place in the list where criteria have no ids', async () => {
    const { arrows, diagnostics } = await linkFrom(
      {
        'lend.spec.yaml': 'feature: lend\nacceptance:\n  - Lends a book.\n  - Takes it back.\n',
        'lend.test.ts': test('[lend/AC-2] takes it back', '[lend/AC-3] is lost'),
      },
      [demandsLinker],
      [specFormat],
    );
    expect(arrows('VERIFIES')).toHaveLength(1);
    expect(arrows('VERIFIES')[0]).toMatch(/takes it back VERIFIES spec:lend\/AC-[0-9a-f]{8}$/);
    expect(diagnostics.map(({ code, message }) => [code, message.split(' ')[0]])).toEqual([['unknown-reference', 'lend/AC-3']]);
  });

  it('mean an id before a place', async () => {
    const { arrows } = await linkFrom(
      {
        'lend.spec.yaml': 'feature: lend\nacceptance:\n  - Lends a book.\n  - { id: AC-1, text: Takes it back. }\n',
        'lend.test.ts': test('[lend/AC-1] takes it back'),
      },
      [demandsLinker],
      [specFormat],
    );
    expect(arrows('VERIFIES')).toEqual(['test:lend.test.ts#[lend/AC-1] takes it back VERIFIES spec:lend/AC-1']);
  });
});

describe('criteria that name their tests', () => {
  const LEND = (ref: string): string =>
    `feature: lend\nacceptance:\n  - { id: AC-1, text: Lends a book., verify: [{ kind: test, ref: "${ref}" }] }\n`;
  const TESTS = `import { describe, it } from 'vitest';
describe('the desk', () => {
  describe('by day', () => { it('lends a book', () => {}); it('is open', () => {}); });
  describe('by night', () => { it('is open', () => {}); });
});
`;
  const verifying = async (ref: string): Promise<readonly string[]> => {
    const { arrows } = await linkFrom({ 'specs/lend.spec.yaml': LEND(ref), 'desk.test.ts': TESTS }, [demandsLinker], [specFormat]);
    return arrows('VERIFIES');
  };
  const LENDS = 'test:desk.test.ts#the desk > by day > lends a book VERIFIES spec:lend/AC-1';

  it.each(['lends a book', 'by day > lends a book', 'the desk by day lends a book', 'the desk > by day > lends a book'])(
    'mean the test case where its title is the only one: %s',
    async (title) => {
      expect(await verifying(`vitest:desk.test.ts#${title}`)).toEqual([LENDS]);
    },
  );

  it.each(['is open', 'book', 'sells a book'])('mean the file where no case, or more than one, has the title: %s', async (title) => {
    expect(await verifying(`test:desk.test.ts#${title}`)).toEqual(['test:desk.test.ts VERIFIES spec:lend/AC-1']);
  });
});
