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
