import { describe, expect, it } from 'vitest';
import { diffSpecs } from '../../../../src/specs/diff-specs.ts';
import { formatSpec } from '../../../../src/specs/format-spec.ts';
import { normativeHash, normativeOf, type Normative } from '../../../../src/specs/normative.ts';
import { readSpec } from '../../../../src/specs/read-spec.ts';
import { CANONICAL, ORIGINAL, shop } from './examples.ts';
import { seededChanges } from './seeded-changes.ts';

const normative = (text: string): Normative => {
  const { spec, diagnostics } = readSpec(text, 'checkout.spec.yaml');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return normativeOf(spec!);
};
const diff = (before: string, after: string) => diffSpecs(normative(before), normative(after));
const told = (before: string, after: string) => diff(before, after).changes.map(({ kind, part, bump }) => `${kind} ${part} ${bump}`);

describe('the difference of two specs', () => {
  it('names what was added, removed, tightened, loosened and reworded, with the reason', () => {
    const { changes, bump } = diff(
      shop({
        acceptance:
          '  - { id: AC-1, text: The cart is kept for at least 30 days. }\n  - { id: AC-2, text: File size must be less than 5MB. }\n  - { id: AC-3, text: Shows the price. }\n  - { id: AC-4, text: Sends a receipt. }\n',
      }),
      shop({
        acceptance:
          '  - { id: AC-3, text: Displays the price. }\n  - { id: AC-2, text: File size must be less than 3MB. }\n  - { id: AC-1, text: The cart is kept for at least 14 days. }\n  - { id: AC-5, text: Prints a label. }\n',
      }),
    );
    expect(bump).toBe('major');
    expect(changes.map(({ kind, part, bump: asks, reason }) => `${kind} ${part} ${asks}: ${reason}`)).toEqual([
      'loosened AC-1 major: at least 14 days; before, at least 30 days',
      'tightened AC-2 major: less than 3MB; before, less than 5MB',
      'reworded AC-3 patch: the same in other words',
      'removed AC-4 major: what callers relied on is demanded no more',
      'added AC-5 minor: is demanded beside what was',
    ]);
  });

  it('sees changes of all that a spec demands', () => {
    expect(told(CANONICAL, CANONICAL.replace('value: 2,', 'value: 1,'))).toEqual(['tightened NFR-P1 minor']);
    expect(told(CANONICAL, CANONICAL.replace('metric: http.server.duration', 'metric: http.client.duration'))).toEqual([
      'changed NFR-P1 major',
    ]);
    expect(told(CANONICAL, CANONICAL.replace('percentile: 95', 'percentile: 99'))).toEqual(['tightened NFR-P1 minor']);
    expect(told(CANONICAL, CANONICAL.replace('status is 201', 'status is 200'))).toEqual(['changed AC-1 major']);
    expect(told(CANONICAL, CANONICAL.replace('priority: must', 'priority: could'))).toEqual(['loosened AC-1 major']);
    expect(told(CANONICAL, CANONICAL.replace('>=2 <3', '>=3 <4'))).toEqual(['changed dependencies minor']);
    expect(told(CANONICAL, CANONICAL.replace('adr:0007-object-storage', 'adr:0008'))).toEqual(['added links minor', 'removed links minor']);
    expect(told(CANONICAL, CANONICAL.replace('recognise me', 'avoid me'))).toEqual(['changed description minor']);
    expect(told(CANONICAL, CANONICAL.replace('shall: store it and', 'shall: delete it and'))).toEqual(['changed AC-1 major']);
    expect(told(CANONICAL, CANONICAL.replace('feature: imageUpload', 'feature: pictureUpload'))).toEqual(['changed feature major']);
  });

  it('lets people say that a text means what it meant, unless it plainly does not', () => {
    const [before, after] = ['Scan for malware.', 'Look for harmful code.'].map((text) =>
      normative(shop({ acceptance: `  - { id: AC-1, text: ${text} }\n` })),
    );
    expect(diffSpecs(before!, after!).bump).toBe('major');
    expect(diffSpecs(before!, after!, { sameMeaning: new Set(['AC-1']) })).toMatchObject({
      bump: 'patch',
      changes: [{ kind: 'reworded' }],
    });
    const [five, three] = [5, 3].map((size) =>
      normative(shop({ acceptance: `  - { id: AC-1, text: File size must be less than ${size}MB. }\n` })),
    );
    expect(diffSpecs(five!, three!, { sameMeaning: new Set(['AC-1']) }).bump).toBe('major');
  });

  it('gives the version that at least 95 of 100 changes need', () => {
    const changes = seededChanges(300, 6);
    const wrong = changes.flatMap(({ name, before, after, bump }) => {
      const { bump: given, changes: found } = diff(before, after);
      return given === bump
        ? []
        : [
            `${name}: ${given} instead of ${bump}: ${found.map(({ kind, before: was, after: is, reason }) => `${kind} ${was} -> ${is} (${reason})`).join(' | ')}`,
          ];
    });
    console.log(`computed versions: ${changes.length - wrong.length} of ${changes.length} right`);
    if (wrong.length > 0) console.log(wrong.join('\n'));
    expect(wrong.length).toBeLessThanOrEqual(changes.length * 0.05);
  });
});

describe('the normative hash', () => {
  const hash = (text: string): string => normativeHash(normative(text));

  it('is of what is demanded, not of how it is written', () => {
    const same = [
      CANONICAL.replace('acceptance:', '# a comment\nacceptance:'),
      CANONICAL.replace('    rev: 1\n    text: When', '    rev: 2\n    text: When'),
      CANONICAL.replace('specVersion: "1.0"', 'specVersion: "7.1"').replace('status: draft', 'status: approved'),
      CANONICAL.replace('{ kind: contract, ref: "api:upload#POST /images" }', '{ kind: manual }'),
      CANONICAL.replace('    priority: must\n', ''),
      CANONICAL.replace('owner: { why: pm@acme', 'owner: { why: other@acme'),
      CANONICAL.replace('text: p95 upload latency is below 2 s.', 'text: >-\n        p95 upload latency\n        is below 2 s.'),
      CANONICAL.replace(/questions:\n.*\n/, ''),
      CANONICAL.replace(/(?<first> {2}- id: AC-1\n[\s\S]*?)(?<second> {2}- id: AC-2\n[\s\S]*?)(?=nfrs)/, '$<second>$<first>'),
    ];
    expect(same.every((text) => text !== CANONICAL)).toBe(true);
    expect(same.map(hash)).toEqual(same.map(() => hash(CANONICAL)));
  });

  it('changes with anything that is demanded', () => {
    const edits: readonly (readonly [string, string])[] = [
      ['at most 5 MB, the UploadService', 'at most 6 MB, the UploadService'],
      ['reject it with', 'refuse it with'],
      ['priority: must', 'priority: should'],
      ['they upload a 5 MB PNG', 'they upload a 4 MB PNG'],
      ['value: 2,', 'value: 3,'],
      ['window: 1h', 'window: 2h'],
      ['  performance:', '  speed:'],
      ['resolves the owner', 'finds the owner'],
      ['svc:UserService', 'svc:OwnerService'],
      ['recognise me', 'know me'],
      ['feature: imageUpload', 'feature: pictureUpload'],
      ['id: AC-2', 'id: AC-3'],
      ['rel: constrainedBy', 'rel: conflictsWith'],
      ['links:\n', 'outOfScope: [Videos]\nlinks:\n'],
      ['links:\n', 'why: Members want to be seen.\nlinks:\n'],
      ['links:\n', 'supersedes: SPEC-avatar@1.0\nlinks:\n'],
    ];
    const hashes = edits.map(([from, to]) => {
      expect(CANONICAL).toContain(from);
      return hash(CANONICAL.replace(from, to));
    });
    expect(new Set([hash(CANONICAL), ...hashes]).size).toBe(edits.length + 1);
  });

  it('is the same before and after formatting', () => {
    expect(hash(formatSpec(ORIGINAL, 'imageUpload.spec.yaml').text)).toBe(hash(ORIGINAL));
    expect(hash(ORIGINAL)).toBe('sha256:b80232d2fa885e70ccc8a6b9f08c01b306a8b214245ea30d74e7b596675f0cd6');
  });
});
