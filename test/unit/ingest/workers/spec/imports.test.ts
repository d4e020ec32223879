import { describe, expect, it } from 'vitest';
import { specFormat } from '../../../../../ingest/workers/spec/spec.ts';
import { readFormat, type Read } from '../../read-format.ts';

const nameOf = (id: string): string => id.replace('shop//spec:', '');
const demands = ({ keys }: Read): readonly string[] =>
  keys.flatMap((key) => (key.key === 'demand' ? `${nameOf(key.from)} ${key.edge} ${key.ref}` : []));
const arrows = (read: Read): readonly string[] => read.arrows.map((arrow) => arrow.replaceAll('shop//spec:', ''));
/** Ids that come from a text, told by the text. */
const named = (read: Read): readonly string[] =>
  read.nodes.map(
    ({ id, kind, props }) => `${kind} ${nameOf(id).replace(/-[0-9a-f]{8}$/, '-#')}${'text' in props ? `: ${props.text}` : ''}`,
  );

const SPEC_KIT = `# Feature Specification: Photo albums

**Feature Branch**: \`001-photo-albums\`
**Status**: Draft
**Input**: User description: "Group photos in albums through AlbumService"

## User Scenarios & Testing *(mandatory)*

<!-- ACTION REQUIRED: - **FR-099**: System MUST not read comments -->

### User Story 1 - Create an album (Priority: P1)

As a member I can create an album.

**Acceptance Scenarios**:

1. **Given** a signed-in member, **When** they create an album,
   **Then** it is listed by \`GET /albums\`
2. not a scenario

## Requirements *(mandatory)*

### Functional Requirements

- **FR-001**: System MUST store albums
- **FR-002**: System MUST keep photos for [NEEDS CLARIFICATION: how long?]
- FR-003: System MUST delete albums

### Key Entities

- **Album**: a named set of photos

## Success Criteria

- **SC-001**: An album is created in under 2 seconds
\`\`\`
- **FR-098**: in code
\`\`\`
`;

describe('Spec Kit', () => {
  const read = () => readFormat(specFormat, { 'specs/001-photo-albums/spec.md': SPEC_KIT });

  it('reads stories, scenarios, requirements and what is unclear', async () => {
    expect(named(await read())).toEqual([
      'Spec 001-photo-albums',
      'AcceptanceCriterion 001-photo-albums/US1: Create an album',
      'AcceptanceCriterion 001-photo-albums/AC-#: Given a signed-in member, When they create an album, Then it is listed by `GET /albums`',
      'AcceptanceCriterion 001-photo-albums/FR-001: System MUST store albums',
      'AcceptanceCriterion 001-photo-albums/FR-002: System MUST keep photos for [NEEDS CLARIFICATION: how long?]',
      'Question 001-photo-albums/Q-#: how long?',
      'AcceptanceCriterion 001-photo-albums/FR-003: System MUST delete albums',
      'Nfr 001-photo-albums/SC-001: An album is created in under 2 seconds',
    ]);
  });

  it('says what contains what, and where names are mentioned', async () => {
    const facts = await read();
    expect(facts.nodes[0]).toMatchObject({ span: { line: 1 }, props: { format: 'spec-kit', status: 'draft' } });
    expect(facts.nodes[1]).toMatchObject({ props: { priority: 'P1' } });
    expect(arrows(facts).map((arrow) => arrow.replaceAll(/-[0-9a-f]{8}/g, '-#'))).toEqual(
      expect.arrayContaining([
        '001-photo-albums/US1 CONTAINS 001-photo-albums/AC-#',
        '001-photo-albums/Q-# MENTIONS 001-photo-albums/FR-002',
      ]),
    );
    expect(facts.keys.flatMap((key) => (key.key === 'mention' ? `${key.form} ${key.text} @${key.line}:${key.col}` : []))).toEqual([
      'prose AlbumService @5:62',
      'code GET /albums @18:30',
      'code Album @31:5',
    ]);
  });

  it('claims numbered folders only', () => {
    expect(specFormat.claims('docs/specs/012-cart/spec.md')).toBe(true);
    expect(specFormat.claims('specs/cart/spec.md')).toBe(false);
    expect(specFormat.claims('specs/001-cart/plan.md')).toBe(false);
  });
});

const AUTH = `# auth Specification
## Purpose
Who may do what, decided by SessionService.
## Requirements
### Requirement: User login
The system SHALL issue a token.
#### Scenario: Valid credentials
- **WHEN** credentials are valid
- **THEN** a token is returned
### Requirement: Logout
The system SHALL end the session.
`;

const ADD_2FA = `## ADDED Requirements
### Requirement: Second factor
The system MUST ask for a code.
## MODIFIED Requirements
### Requirement: User login
The system SHALL issue a token after the second factor.
#### Scenario: No code
- **WHEN** no code is given
- **THEN** no token is returned
## REMOVED Requirements
### Requirement: Logout
## RENAMED Requirements
- FROM: \`### Requirement: Token life\`
- TO: \`### Requirement: Session life\`
`;

describe('OpenSpec', () => {
  it('reads requirements and their scenarios by name', async () => {
    const facts = await readFormat(specFormat, { 'openspec/specs/auth/spec.md': AUTH });
    expect(named(facts)).toEqual([
      'Spec auth',
      'AcceptanceCriterion auth/user-login: The system SHALL issue a token.',
      'AcceptanceCriterion auth/user-login/valid-credentials: WHEN credentials are valid THEN a token is returned',
      'AcceptanceCriterion auth/logout: The system SHALL end the session.',
    ]);
    expect(arrows(facts)).toContain('auth/user-login CONTAINS auth/user-login/valid-credentials');
  });

  it('reads a change as a spec of its own that refines the capability', async () => {
    const facts = await readFormat(specFormat, { 'openspec/changes/add-2fa/specs/auth/spec.md': ADD_2FA });
    expect(facts.nodes[0]).toMatchObject({ id: 'shop//spec:auth@add-2fa', props: { status: 'proposed' } });
    expect(arrows(facts)).toEqual([
      'auth@add-2fa CONTAINS auth@add-2fa/second-factor',
      'auth@add-2fa CONTAINS auth@add-2fa/user-login',
      'auth@add-2fa REFINES auth',
      'auth@add-2fa SUPERSEDES auth/logout',
      'auth@add-2fa SUPERSEDES auth/token-life',
      'auth@add-2fa/user-login CONTAINS auth@add-2fa/user-login/no-code',
      'auth@add-2fa/user-login REFINES auth/user-login',
    ]);
  });

  it('states of an archived change only that it was', async () => {
    const facts = await readFormat(specFormat, { 'openspec/changes/archive/2026-01-02-add-2fa/specs/auth/spec.md': ADD_2FA });
    expect(facts.things).toEqual(['Spec shop//spec:auth@2026-01-02-add-2fa']);
  });
});

const KIRO = `# Requirements Document

## Introduction

Carts keep what members want to buy.

## Requirements

### Requirement 1: Add to cart

**User Story:** As a member, I want to add items, so that I can buy them

#### Acceptance Criteria

1. WHEN a member adds an item THEN the system SHALL store it
2. IF the item is sold out THEN THE Cart_Service SHALL refuse it

### Requirement 2

**User Story:** As a member, I want to see the total

#### Acceptance Criteria

1. WHILE a cart is open THE system SHALL show its total
`;

describe('Kiro', () => {
  it('reads criteria that are numbered by their requirement, and knows them by that number', async () => {
    const text = '### Requirement 2: Polling\n\n2.1. WHEN it is time, THE Poller SHALL ask\n\n2.2. THE Poller SHALL wait\n';
    const { keys } = await readFormat(specFormat, { '.kiro/specs/poll/requirements.md': text });
    expect(keys.flatMap((key) => (key.key === 'criterion' && /^\d/.test(key.name) ? [key.name] : []))).toEqual(['2.1', '2.2']);
  });

  it('reads requirements by number and criteria by text, citable as 1.2', async () => {
    const facts = await readFormat(specFormat, { '.kiro/specs/cart/requirements.md': KIRO });
    expect(named(facts)).toEqual([
      'Spec cart',
      'AcceptanceCriterion cart/R1: Add to cart',
      'AcceptanceCriterion cart/AC-#: WHEN a member adds an item THEN the system SHALL store it',
      'AcceptanceCriterion cart/AC-#: IF the item is sold out THEN THE Cart_Service SHALL refuse it',
      'AcceptanceCriterion cart/R2: As a member, I want to see the total',
      'AcceptanceCriterion cart/AC-#: WHILE a cart is open THE system SHALL show its total',
    ]);
    const byName = facts.keys.flatMap((key) => (key.key === 'criterion' && /^\d/.test(key.name) ? [[key.name, key.id]] : []));
    expect(byName.map(([name]) => name)).toEqual(['1.1', '1.2', '2.1']);
    expect(facts.nodes.find(({ id }) => id === byName[1]?.[1])?.props).toMatchObject({
      text: expect.stringContaining('sold out') as string,
    });
    expect(demands(facts).map((demand) => demand.replace(/-[0-9a-f]{8}/, '-#'))).toEqual(['cart/AC-# SPECIFIES Cart_Service']);
  });

  it('keeps the ids of criteria that are put in front of', async () => {
    const ids = async (text: string) =>
      (await readFormat(specFormat, { '.kiro/specs/cart/requirements.md': text })).nodes.map(({ id }) => id);
    const before = await ids(KIRO);
    const after = await ids(KIRO.replace('1. WHEN a member', '1. WHEN a cart is empty THEN the system SHALL say so\n2. WHEN a member'));
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength(before.length + 1);
  });
});

const UPLOAD = `@upload @imageUpload/AC-1
Feature: Image upload
  Members show who they are through UploadService.

  Background:
    Given a signed-in member

  @SHOP-12
  Scenario: Store a valid image
    When they upload a 2 MB PNG
    Then the response of POST /images is 201

  Rule: Files are small
    Scenario Outline: Refuse a large file
      When they upload <size>
      Then they are refused

      Examples:
        | size |
        | 6 MB |

    Scenario: Store a valid image
      When they upload 1 kB
`;

describe('Gherkin', () => {
  it('reads features, rules and scenarios by name', async () => {
    const facts = await readFormat(specFormat, { 'features/upload.feature': UPLOAD });
    expect(named(facts)).toEqual([
      'Spec image-upload',
      'AcceptanceCriterion image-upload/store-a-valid-image: Store a valid image',
      'AcceptanceCriterion image-upload/files-are-small: Files are small',
      'AcceptanceCriterion image-upload/files-are-small/refuse-a-large-file: Refuse a large file',
      'AcceptanceCriterion image-upload/files-are-small/store-a-valid-image: Store a valid image',
    ]);
    expect(facts.nodes[1]).toMatchObject({ span: { line: 9, endLine: 11 } });
    expect(facts.nodes[1]?.props).toMatchObject({ doc: expect.stringContaining('When they upload a 2 MB PNG') as string });
    expect(demands(facts)).toEqual([
      'image-upload REFINES spec:imageUpload/AC-1',
      'image-upload/store-a-valid-image DERIVED_FROM ticket:SHOP-12',
    ]);
    expect(facts.keys.flatMap((key) => (key.key === 'mention' ? `${key.text} @${key.line}:${key.col}` : []))).toEqual([
      'UploadService @3:37',
      'POST /images @11:26',
    ]);
  });

  it('tells scenarios of one name apart by their steps, whatever their order', async () => {
    const [a, b] = ['  Scenario: Pay\n    When by card\n', '  Scenario: Pay\n    When by voucher\n'];
    const ids = async (text: string) => (await readFormat(specFormat, { 'pay.feature': `Feature: Pay\n${text}` })).things;
    expect(await ids(a + b)).toEqual(await ids(b + a));
    expect(await ids(a + b)).toHaveLength(3);
  });

  it('reads other languages', async () => {
    const text = '# language: de\nFunktionalität: Warenkorb\n  Szenario: Artikel hinzufügen\n    Wenn ein Artikel hinzugefügt wird\n';
    const { things } = await readFormat(specFormat, { 'a.feature': text });
    expect(things).toEqual(['AcceptanceCriterion shop//spec:warenkorb/artikel-hinzufügen', 'Spec shop//spec:warenkorb']);
  });

  it('says where a feature cannot be read', async () => {
    const { diagnostics, nodes } = await readFormat(specFormat, {
      'a.feature': 'Feature: Cart\n  Scenario: Add\n    When I add\n  Feature: Again\n',
    });
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics[0]).toMatchObject({ code: 'parse-failure', file: 'a.feature', span: { line: expect.any(Number) as number } });
    expect(nodes).toEqual([]);
  });
});

describe('imported specs', () => {
  it('take hostile text in their stride', async () => {
    const started = performance.now();
    const texts = [
      '',
      '\uFEFF# Requirements\r\n### Requirement 1\r\n#### Acceptance Criteria\r\n1. WHEN x THEN y SHALL z\r\n',
      '#'.repeat(100_000),
      '<!--'.repeat(50_000),
      '# a\n'.repeat(20_000),
      `### User Story 1 - ${'('.repeat(50_000)}\n- **FR-001**: ${'[NEEDS CLARIFICATION: '.repeat(5000)}\n`,
      `## Requirements\n### Requirement: ${'_'.repeat(50_000)}\n${'- **'.repeat(50_000)}`,
      `Feature: ${'@'.repeat(50_000)}\n${'@a '.repeat(20_000)}\nScenario: __proto__\n`,
      `Feature: x\n${'  Scenario: y\n    When z\n'.repeat(5000)}`,
      '\0\u{1F600}\ud800',
    ];
    for (const file of ['specs/001-x/spec.md', 'openspec/specs/x/spec.md', '.kiro/specs/x/requirements.md', 'x.feature'])
      for (const text of texts) await readFormat(specFormat, { [file]: text });
    expect(performance.now() - started).toBeLessThan(10_000);
  }, 20_000);
});
