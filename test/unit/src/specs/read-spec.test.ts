import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSpec } from '../../../../src/specs/read-spec.ts';
import { isSound } from '../../../../src/specs/spec.ts';
import { CANONICAL, ORIGINAL, shop } from './examples.ts';

const problemsOf = (text: string) =>
  readSpec(text, 'checkout.spec.yaml').diagnostics.map(({ code, severity, span }) => `${severity} ${code} ${span?.line}`);

describe('reading a spec', () => {
  it('takes the original example unchanged, which is valid for editors as well', () => {
    const file = readSpec(ORIGINAL, 'imageUpload.spec.yaml');
    expect(file.diagnostics).toEqual([]);
    expect(file.spec).toMatchObject({ feature: 'imageUpload', version: '1.0', owner: { name: 'architect' } });
    expect(file.spec?.criteria.map(({ id, hasId, text }) => [id, hasId, text])).toEqual([
      ['AC-bc72cd28', false, 'Supports PNG, JPG formats.'],
      ['AC-e6ff6a0b', false, 'File size must be less than 5MB.'],
      ['AC-b0346dda', false, 'Displays a preview before uploading.'],
      ['AC-eb7234b5', false, 'Shows a progress bar during upload.'],
    ]);
    expect(file.spec?.dependencies.map(({ target, reason }) => [target, reason])).toEqual([
      ['UserService', 'for associating image with user.'],
      ['S3StorageService', 'for storing the image.'],
    ]);
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../docs/reference/spec.schema.json'), 'utf8')) as object;
    const validate = new Ajv2020({ allowUnionTypes: true, strictTypes: false }).compile(schema);
    expect([ORIGINAL, CANONICAL].map((text) => validate(parse(text)))).toEqual([true, true]);
  });

  it('takes all that a spec can say', () => {
    const file = readSpec(CANONICAL, 'canonical.spec.yaml');
    expect(file.diagnostics).toEqual([]);
    expect(file.spec).toMatchObject({
      owner: { why: 'pm@acme', how: 'architect@acme', team: 'media-team' },
      criteria: [{ id: 'AC-1', rev: 1, ears: { system: 'UploadService' }, scenarios: [{ given: ['a signed-in user'] }] }, { id: 'AC-2' }],
      nfrs: [{ id: 'NFR-P1', category: 'performance', measure: { op: '<', value: 2, unit: 's', percentile: 95 } }],
      questions: [{ id: 'Q-1', options: ['yes', 'no'] }],
      generated: { engine: 'rules' },
    });
    expect(file.pointers.has('/acceptance/0')).toBe(true);
    expect(file.pointers.has('/acceptance/AC-1')).toBe(true);
  });

  it('reads numbers as they are written, and names made into maps as text', () => {
    const { spec, diagnostics } = readSpec(
      'feature: checkout\nspecVersion: 1.10\nowner: me\ndescription: Something long enough to be one.\nacceptance:\n  - When X: Y happens\n  - 404\ndependencies:\n  - Ledger: books it\n',
      'checkout.spec.yaml',
    );
    expect(diagnostics).toEqual([]);
    expect(spec?.version).toBe('1.10');
    expect(spec?.criteria.map(({ text }) => text)).toEqual(['When X: Y happens', '404']);
    expect(spec?.dependencies).toMatchObject([{ target: 'Ledger', reason: 'books it' }]);
  });

  it.each([
    ['text that a comment cuts off', shop({ acceptance: '  - Shows ticket #12 in the title.\n' }), 'warning text-cut 6'],
    ['text that is a tag', shop({ acceptance: '  - !important The cart is kept.\n' }), 'error yaml-tag 6'],
    ['a key twice', shop({ acceptance: '  - The cart is kept.\n', more: 'owner: me\n' }), 'error duplicate-key 7'],
    ['a list twice', shop({ acceptance: '  - The cart is kept.\n', more: 'acceptance: [Other things.]\n' }), 'error duplicate-key 7'],
    ['two documents', shop({ acceptance: '  - The cart is kept.\n', more: '---\nfeature: other\n' }), 'error several-specs 7'],
    ['an empty item', shop({ acceptance: '  - The cart is kept.\n  -\n' }), 'warning empty-item 7'],
    ['a name that YAML reserves', shop({ acceptance: '  - The cart is kept.\n', more: 'why: @pm\n' }), 'error parse-failure 7'],
    ['a limit that is a block to YAML', shop({ acceptance: '  - >5 MB are refused.\n' }), 'error parse-failure 6'],
    [
      'an id twice',
      shop({ acceptance: '  - { id: AC-1, text: One item. }\n  - { id: AC-1, text: Two items. }\n' }),
      'error duplicate-criterion 7',
    ],
    ['a list for text', shop({ acceptance: '  - [a, b]\n' }), 'error invalid-spec 6'],
  ])('tells of %s, where it stands', (_, text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it('gives parts of one text ids of their own', () => {
    const { spec } = readSpec(shop({ acceptance: '  - The cart is kept.\n  - The cart is kept.\n' }), 'checkout.spec.yaml');
    expect(new Set(spec?.criteria.map(({ id }) => id)).size).toBe(2);
  });

  it.each(['', '# nothing', '- feature: a', 'just text', '\u0000', '{'.repeat(2000), 'a: &a [*a]', '\uFEFF', '--- \n...\n---'])(
    'answers to %j with what is wrong',
    (text) => {
      const file = readSpec(text, 'a.spec.yaml');
      expect(isSound(file)).toBe(false);
      expect(file.diagnostics.every(({ file: path, span }) => path === 'a.spec.yaml' && span !== undefined)).toBe(true);
    },
  );

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom(
      'feature',
      ': ',
      '\n',
      '  ',
      '- ',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      '&a',
      '*a',
      '<<',
      '@',
      '#',
      '!x',
      '|',
      '>',
      '?',
      '\t',
      'text',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { diagnostics, spec } = readSpec(`acceptance:\n${pieces.join('')}`, 'a.spec.yaml');
        return spec !== undefined || diagnostics.length > 0;
      }),
      { numRuns: 1500, seed: 6 },
    );
  });
});
