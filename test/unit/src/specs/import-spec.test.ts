import { describe, expect, it } from 'vitest';
import { importSpec } from '../../../../src/specs/import-spec.ts';
import { readSpec } from '../../../../src/specs/read-spec.ts';
import { renderHtml, renderMarkdown } from '../../../../src/specs/render-spec.ts';
import { CANONICAL, shop } from './examples.ts';

const SPEC_KIT = `# Feature Specification: Photo albums

**Status**: Draft
**Input**: User description: "Group photos in albums through AlbumService"

### User Story 1 - Create an album (Priority: P2)

As a member I can create an album.

1. **Given** a signed-in member, **When** they create an album, **Then** it is listed by \`GET /albums\`

## Requirements

- **FR-001**: System MUST store albums
- **FR-002**: System MUST keep photos for [NEEDS CLARIFICATION: how long?]

Some prose about pagination nobody turned into a requirement.

## Success Criteria

- **SC-001**: An album is created in under 2 seconds
`;
const OPEN_SPEC = `# Auth

## Purpose
Keep strangers out of accounts.

## Requirements

### Requirement: Session expiry
The system SHALL end a session after 30 minutes.

#### Scenario: Idle user
- **WHEN** a user is idle for 30 minutes
- **THEN** the session ends
`;
const KIRO = `# Requirements

## Introduction
A cart that is kept between visits to the shop.

### Requirement 1: Keep the cart

**User Story:** As a buyer, I want my cart kept, so that I can go on later.

#### Acceptance Criteria

1. WHEN a buyer leaves THE Cart_Service SHALL keep the cart
2. IF the cart is empty THEN THE Cart_Service SHALL forget it
`;
const GHERKIN = `@SHOP-12
Feature: Checkout of carts
  Buyers pay for what is in their cart.

  Background:
    Given the warehouse is open

  Scenario: Pay by card
    Given a full cart
    And a valid card
    When the buyer pays
    Then the order is stored
    But no mail is sent

  Rule: Refunds are quick
    Scenario Outline: Refund
      Given an order of <amount>
      When it is sent back
      Then <amount> is returned
      Examples:
        | amount |
        | 1999   |
`;

/** The spec that was made, which has to be a sound one, and what was lost. */
async function made(source: string, path: string) {
  const { text, losses, feature } = await importSpec(source, path);
  const file = readSpec(text, `${feature}.spec.yaml`);
  expect(file.diagnostics).toEqual([]);
  return { feature, text, losses: losses.map(({ line, text: lost }) => `${line} ${lost}`), spec: file.spec! };
}
const steps = ({
  given,
  when,
  outcome,
}: {
  readonly given: readonly string[];
  readonly when: readonly string[];
  readonly outcome: readonly string[];
}) => [given, when, outcome];

describe('importing a spec', () => {
  it('of Spec Kit', async () => {
    const { feature, spec, text, losses } = await made(SPEC_KIT, 'specs/001-photo-albums/spec.md');
    expect(feature).toBe('photo-albums');
    expect(spec.criteria.map((one) => [one.text, one.priority])).toEqual([
      ['Create an album', 'should'],
      ['System MUST store albums', 'must'],
      ['System MUST keep photos for [NEEDS CLARIFICATION: how long?]', 'must'],
    ]);
    expect(spec.criteria[0]?.scenarios.map(steps)).toEqual([
      [['a signed-in member'], ['they create an album'], ['it is listed by `GET /albums`']],
    ]);
    expect(spec.nfrs.map(({ category, text: said }) => [category, said])).toEqual([['success', 'An album is created in under 2 seconds']]);
    expect(spec.questions.map(({ text: said }) => said)).toEqual(['how long?']);
    expect(text).toContain('x-source: FR-001');
    expect(losses).toContain('17 Some prose about pagination nobody turned into a requirement.');
    expect(losses.some((lost) => lost.includes('MUST'))).toBe(false);
  });

  it('of OpenSpec', async () => {
    const { spec, losses } = await made(OPEN_SPEC, 'openspec/specs/auth/spec.md');
    expect(spec.criteria.map(({ text }) => text)).toEqual(['The system SHALL end a session after 30 minutes.']);
    expect(spec.criteria[0]?.scenarios.map(steps)).toEqual([[[], ['a user is idle for 30 minutes'], ['the session ends']]]);
    expect(losses).toEqual([]);
  });

  it('of Kiro', async () => {
    const { spec, text, losses } = await made(KIRO, '.kiro/specs/cart/requirements.md');
    expect(spec.criteria.map((one) => one.text)).toEqual([
      'WHEN a buyer leaves THE Cart_Service SHALL keep the cart',
      'IF the cart is empty THEN THE Cart_Service SHALL forget it',
    ]);
    expect(text).toContain('I want my cart kept');
    expect(losses).toEqual([]);
  });

  it('of Gherkin, with what of it has no place', async () => {
    const { spec, losses } = await made(GHERKIN, 'features/checkout.feature');
    expect(spec.criteria.map(({ text }) => text)).toEqual(['Pay by card', 'Refunds are quick']);
    expect(spec.criteria.map(({ scenarios }) => scenarios.map(steps))).toEqual([
      [[['a full cart', 'a valid card'], ['the buyer pays'], ['the order is stored', 'no mail is sent']]],
      [[['an order of <amount>'], ['it is sent back'], ['<amount> is returned']]],
    ]);
    expect(losses).toEqual(['6 Given the warehouse is open', '20 Examples:', '22 | 1999   |']);
  });

  it('of Gherkin takes the last step for what is seen, where none says so', async () => {
    const { spec } = await made(
      'Feature: Rerun\n  Scenario: passing steps\n    Given a file\n    When I run it\n    And I look at it\n  Scenario: nothing happens\n    Given a file\n    Given a folder\n    Then both are there\n  Scenario: one step\n    When I run it\n',
      'features/rerun.feature',
    );
    expect(spec.criteria.map(({ scenarios }) => scenarios.map(steps))).toEqual([
      [[['a file'], ['I run it'], ['I look at it']]],
      [[['a file'], ['a folder'], ['both are there']]],
      [],
    ]);
  });

  it('of Kiro reads criteria that are numbered by their requirement', async () => {
    const { spec } = await made(
      '# Requirements\n\n### Requirement 1: Polling\n\n**User Story:** As an operator, I want polling.\n\n#### Acceptance Criteria\n\n1.1. WHEN the time comes, THE Poller SHALL ask for work\n\n1.2. WHERE states are set, THE Poller SHALL ask for each\n',
      '.kiro/specs/poll/requirements.md',
    );
    expect(spec.criteria.map(({ text }) => text)).toEqual([
      'WHEN the time comes, THE Poller SHALL ask for work',
      'WHERE states are set, THE Poller SHALL ask for each',
    ]);
  });

  it('refuses what states no criterion: a change that was merged, an empty page', async () => {
    for (const [path, text] of [
      ['openspec/changes/archive/2025-01-01-login/specs/auth/spec.md', OPEN_SPEC],
      ['specs/009-release/spec.md', 'Version 1.0 is done.\n'],
    ] as const)
      await expect(importSpec(text, path)).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringContaining('no criterion') as string,
      });
  });

  it('gives the same ids again, whatever the order', async () => {
    const ids = async (source: string) =>
      new Map((await made(source, 'openspec/specs/auth/spec.md')).spec.criteria.map(({ id, text }) => [text, id]));
    const other = '\n### Requirement: Login\nThe system SHALL ask for a password.\n';
    const [before, after] = [await ids(OPEN_SPEC + other), await ids(OPEN_SPEC.replace('## Requirements\n', `## Requirements\n${other}`))];
    expect([...after].toSorted()).toEqual([...before].toSorted());
  });

  it.each(['readme.md', 'specs/imageUpload.spec.yaml', 'features/empty.feature'])('refuses %s', async (path) => {
    await expect(importSpec('', path)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('rendering a spec', () => {
  const hostile = readSpec(shop({ acceptance: '  - "<script>alert(1)</script> | [x](javascript:y) & `z`"\n' }), 'a.spec.yaml').spec!;

  it('as Markdown', () => {
    const page = renderMarkdown(readSpec(CANONICAL, 'a.spec.yaml').spec!);
    expect(page).toContain('# imageUpload\n\nVersion 1.0 · owner why: pm@acme, how: architect@acme, team: media-team\n');
    expect(page).toContain(
      '### AC-1 (must)\n\nWhen a user uploads a JPEG or PNG file of at most 5 MB, the UploadService shall store it and return its URL.\n\n- Given a signed-in user\n- When they upload a 5 MB PNG\n- Then the response status is 201\n',
    );
    expect(page).toContain('| NFR-P1 | performance | p95 upload latency is below 2 s. | p95 of http.server.duration \\< 2 s over 1h |');
    expect(renderMarkdown(hostile)).toContain('\\<script\\>alert(1)\\</script\\> \\| \\[x\\](javascript:y) & \\`z\\`');
  });

  it('as HTML that what people wrote cannot change', () => {
    const page = renderHtml(hostile);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; | [x](javascript:y) &amp; `z`');
    expect(renderHtml(readSpec(CANONICAL, 'a.spec.yaml').spec!)).toContain('<h3>AC-2 (must)</h3>\n<p>If the file is larger than 5 MB');
  });
});
