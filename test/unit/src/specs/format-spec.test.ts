import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSpec } from '../../../../src/specs/format-spec.ts';
import { readSpec } from '../../../../src/specs/read-spec.ts';
import { CANONICAL, ORIGINAL, shop } from './examples.ts';

const format = (text: string) => formatSpec(text, 'checkout.spec.yaml');
const idsOf = (text: string) =>
  Object.fromEntries(readSpec(text, 'a.spec.yaml').spec?.criteria.map(({ id, text: said }) => [said, id]) ?? []);

describe('formatting a spec', () => {
  it('gives every part its id once, and keeps comments and order', () => {
    const { text, assigned } = format(ORIGINAL);
    expect(assigned).toHaveLength(8);
    expect(text).toBe(`feature: imageUpload
specVersion: "1.0"
owner: architect

# User Story
description: "As a user, I want to upload a profile picture, so I can personalize my account."

# Acceptance Criteria
acceptance:
  - id: AC-bc72cd28
    text: "Supports PNG, JPG formats."
  - id: AC-e6ff6a0b
    text: "File size must be less than 5MB."
  - id: AC-b0346dda
    text: "Displays a preview before uploading."
  - id: AC-eb7234b5
    text: "Shows a progress bar during upload."

# Non-Functional Requirements (NFRs)
nfrs:
  security:
    - id: NFR-security-db53be7a
      text: "Scan for malware upon upload."
    - id: NFR-security-ea29e32f
      text: "Requires authenticated user session."
  performance:
    - id: NFR-performance-6e0ecbb2
      text: "Image processing (resizing) must complete within 2 seconds."
  observability:
    - id: NFR-observability-f35ea2ca
      text: "Log upload success/failure events with user ID."

# Dependencies & Integrations
dependencies:
  - "UserService: for associating image with user."
  - "S3StorageService: for storing the image."
`);
  });

  it('takes ids from texts alone: from no place and no heading, and never again once they are written', () => {
    const lines = ['  - The cart is kept.\n', '  - The buyer pays once.\n', '  - The order is sent.\n'];
    const inOrder = idsOf(format(shop({ acceptance: lines.join('') })).text);
    expect(idsOf(format(shop({ acceptance: lines.toReversed().join('') })).text)).toEqual(inOrder);
    const reworded = format(shop({ acceptance: lines.join('') })).text.replace('The cart is kept.', 'The cart is not lost.');
    expect(idsOf(format(reworded).text)['The cart is not lost.']).toBe(inOrder['The cart is kept.']);
    // The old text comes back beside it: it is something new.
    const both = format(reworded.replace('acceptance:\n', 'acceptance:\n  - The cart is kept.\n'));
    expect(both.assigned).toHaveLength(1);
    expect(both.assigned[0]?.id).not.toBe(inOrder['The cart is kept.']);
    expect(idsOf(both.text)['The cart is not lost.']).toBe(inOrder['The cart is kept.']);
  });

  it('quotes what YAML reads as something else', () => {
    const { text, diagnostics } = format(
      'feature: checkout\nspecVersion: 1.10 # next\nowner: { why: @pm, how: bob } # both\ndescription: Something long enough to be one.\nacceptance:\n  # why\n  - When X: Y # so\n  - { text: In one line }\ndependencies:\n  - Ledger: books it # soon\n',
    );
    expect(diagnostics).toEqual([]);
    expect(text).toContain('specVersion: "1.10" # next\nowner: { why: "@pm", how: bob } # both\n');
    expect(text).toMatch(/ {2}# why\n {2}- id: AC-\w{8}\n {4}text: "When X: Y" # so\n {2}- \{ id: AC-\w{8}, text: In one line \}\n/);
    expect(text).toContain('  - "Ledger: books it" # soon\n');
  });

  it('makes pointers to places pointers to ids', () => {
    const { text } = format(CANONICAL);
    expect(text).toContain('about: /acceptance/AC-1');
    expect(text).toContain('claim: /acceptance/AC-2');
  });

  it('leaves alone what it would make less of', () => {
    for (const broken of [
      shop({ acceptance: '  - The cart is kept.\n', more: 'acceptance: [Other things.]\n' }),
      shop({ acceptance: '  - !x The cart is kept.\n' }),
      shop({ acceptance: '  - "The cart\n', more: 'a: [\n' }),
      '',
    ]) {
      const { text, diagnostics, assigned } = format(broken);
      expect(text).toBe(broken);
      expect(assigned).toEqual([]);
      expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
    }
  });

  it('keeps the line ends of the file', () => {
    expect(format(ORIGINAL.replaceAll('\n', '\r\n')).text).toBe(format(ORIGINAL).text.replaceAll('\n', '\r\n'));
  });

  it('changes nothing the second time, loses no comment, and changes nothing that is said', () => {
    const comment = fc.constantFrom('', ' # mind this', ' # see #12');
    const item = fc
      .tuple(
        fc.constantFrom(
          'Supports PNG.',
          '"Supports: JPG."',
          'When X: Y',
          '{ text: In flow }',
          '>-\n    folded\n    over lines',
          '|\n    kept\n    lines',
          'text: An object\n    priority: should',
          'id: AC-7\n    text: Named',
          '12 parts',
        ),
        comment,
        fc.constantFrom('', '  # before\n', '\n'),
      )
      .map(([text, after, before]) => `${before}  - ${text}${text.includes('\n') ? '' : after}\n`);
    fc.assert(
      fc.property(
        fc.uniqueArray(item, { minLength: 1, maxLength: 6, selector: (text) => (text.includes('AC-7') ? 'AC-7' : text) }),
        comment,
        (items, end) => {
          const source = shop({ acceptance: items.join(''), more: `outOfScope:${end}\n  - Refunds: later${end}\n# last\n` });
          const once = format(source).text;
          expect(format(once).text).toBe(once);
          expect(once.match(/# (?:mind|see|before|last)/g)?.length).toBe(source.match(/# (?:mind|see|before|last)/g)?.length);
          const said = (text: string) => readSpec(text, 'a.spec.yaml').spec?.criteria.map((one) => [one.id, one.text.trim(), one.priority]);
          expect(said(once)).toEqual(said(source));
        },
      ),
      { numRuns: 300, seed: 6 },
    );
  });
});
