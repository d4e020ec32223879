import { describe, expect, it } from 'vitest';
import { specFormat } from '../../../../../ingest/workers/spec/spec.ts';
import { readFormat } from '../../read-format.ts';

/** As people wrote it first: nothing has an id, and dependencies are sentences. */
const IMAGE_UPLOAD = `feature: imageUpload
specVersion: 1.0
owner: architect

# User Story
description: "As a user, I want to upload a profile picture, so I can personalize my account."

# Acceptance Criteria
acceptance:
  - "Supports PNG, JPG formats."
  - "File size must be less than 5MB."
  - "Displays a preview before uploading."
  - "Shows a progress bar during upload."

# Non-Functional Requirements (NFRs)
nfrs:
  security:
    - "Scan for malware upon upload."
    - "Requires authenticated user session."
  performance:
    - "Image processing (resizing) must complete within 2 seconds."
  observability:
    - "Log upload success/failure events with user ID."

# Dependencies & Integrations
dependencies:
  - "UserService: for associating image with user."
  - "S3StorageService: for storing the image."
`;

const CHECKOUT = `apiVersion: specgraph/v1
id: SPEC-checkout
feature: checkout
specVersion: 1.10
status: approved
owner: { how: architect@shop, team: payments }
description: |
  As a **buyer**, I want to pay through \`PaymentGateway\`
  so that POST /orders is settled.
acceptance:
  - id: AC-1
    rev: 2
    text: When a buyer pays, the CheckoutService shall store the order.
    ears: { pattern: event, system: CheckoutService, shall: store the order }
    scenarios:
      - { given: a full cart, when: [they pay, they wait], then: the order is stored }
    priority: must
    verify:
      - { kind: test, ref: "vitest:tests/pay.test.ts#[checkout/AC-1] stores the order" }
      - { kind: contract, ref: "api:orders#POST /orders" }
      - { kind: manual }
    links:
      - { rel: conflictsWith, target: "ac:refund/AC-2" }
  - When the card is refused: keep the cart
nfrs:
  performance:
    - { id: NFR-P1, text: p95 is below 2 s., measure: { metric: http.server.duration, op: "<", value: 2, unit: s } }
dependencies:
  - UserService: resolves the buyer
  - { target: "svc:Ledger", contract: "api:ledger#POST /entries" }
questions:
  - { id: Q-1, about: /acceptance/0, text: "Are gift cards in scope?" }
links:
  - { rel: constrainedBy, target: "adr:0007" }
  - { rel: derivedFrom, target: "ticket:SHOP-12" }
  - { rel: verifiedBy, target: "test:e2e/checkout.spec.ts" }
provenance:
  - { claim: /acceptance/1, basis: quoted, sources: [ { node: "note:2026-11-20-standup", span: L14 } ] }
supersedes: SPEC-basket@1.0
`;

describe('the native spec format', () => {
  it('reads the original example unchanged, with ids that follow from the text', async () => {
    const { things, arrows, diagnostics, keys } = await readFormat(specFormat, { 'specs/imageUpload.spec.yaml': IMAGE_UPLOAD });
    expect(diagnostics).toEqual([]);
    expect(things).toEqual([
      'AcceptanceCriterion shop//spec:imageUpload/AC-b0346dda',
      'AcceptanceCriterion shop//spec:imageUpload/AC-bc72cd28',
      'AcceptanceCriterion shop//spec:imageUpload/AC-e6ff6a0b',
      'AcceptanceCriterion shop//spec:imageUpload/AC-eb7234b5',
      'Nfr shop//spec:imageUpload/NFR-observability-f35ea2ca',
      'Nfr shop//spec:imageUpload/NFR-performance-6e0ecbb2',
      'Nfr shop//spec:imageUpload/NFR-security-db53be7a',
      'Nfr shop//spec:imageUpload/NFR-security-ea29e32f',
      'Spec shop//spec:imageUpload',
    ]);
    expect(arrows).toHaveLength(8);
    expect(keys.filter(({ key }) => key === 'demand')).toEqual([
      {
        key: 'demand',
        from: 'shop//spec:imageUpload',
        edge: 'DEPENDS_ON',
        ref: 'UserService: for associating image with user.',
        line: 27,
        col: 5,
      },
      {
        key: 'demand',
        from: 'shop//spec:imageUpload',
        edge: 'DEPENDS_ON',
        ref: 'S3StorageService: for storing the image.',
        line: 28,
        col: 5,
      },
    ]);
  });

  it('keeps the ids of criteria that move, and gives a new one to a criterion that says something else', async () => {
    const ids = async (text: string): Promise<ReadonlySet<string>> =>
      new Set((await readFormat(specFormat, { 'a.spec.yaml': text })).nodes.map(({ id }) => id));
    const before = await ids(IMAGE_UPLOAD);
    const [first, second] = ['  - "Supports PNG, JPG formats."\n', '  - "File size must be less than 5MB."\n'];
    expect(await ids(IMAGE_UPLOAD.replace(first + second, second + first))).toEqual(before);
    const changed = await ids(IMAGE_UPLOAD.replace('5MB', '6MB'));
    expect([...changed].filter((id) => !before.has(id))).toHaveLength(1);
  });

  it('reads version numbers, spans and properties as they are written', async () => {
    const { nodes, diagnostics } = await readFormat(specFormat, { 'checkout.spec.yaml': CHECKOUT });
    expect(diagnostics).toEqual([]);
    const of = (id: string) => nodes.find((node) => node.id === `shop//${id}`);
    expect(of('spec:checkout')).toMatchObject({
      name: 'checkout',
      span: { line: 3, col: 1 },
      props: { format: 'specgraph', status: 'approved', version: '1.10', owner: 'payments' },
    });
    expect(of('spec:checkout/AC-1')).toMatchObject({
      name: 'checkout/AC-1',
      span: { line: 11, col: 5 },
      props: {
        rev: 2,
        priority: 'must',
        doc: expect.stringContaining('given a full cart when they pay, they wait then the order') as string,
      },
    });
    expect(of('spec:checkout/NFR-P1')).toMatchObject({ props: { category: 'performance', measure: { op: '<', value: 2 } } });
    expect(nodes.find(({ props }) => 'text' in props && props.text === 'When the card is refused: keep the cart')?.id).toMatch(
      /AC-[0-9a-f]{8}$/,
    );
  });

  it('publishes what the spec demands, and of what', async () => {
    const { keys, arrows } = await readFormat(specFormat, { 'checkout.spec.yaml': CHECKOUT });
    expect(
      keys.flatMap((key) => (key.key === 'demand' ? `${key.from.slice(6)} ${key.edge}${key.inverse ? ' by' : ''} ${key.ref}` : [])),
    ).toEqual([
      'spec:checkout/AC-1 SPECIFIES CheckoutService',
      'spec:checkout/AC-1 VERIFIES by test:tests/pay.test.ts#[checkout/AC-1] stores the order',
      'spec:checkout/AC-1 SPECIFIES api:orders#POST /orders',
      'spec:checkout/AC-1 CONFLICTS_WITH ac:refund/AC-2',
      'spec:checkout DEPENDS_ON UserService: resolves the buyer',
      'spec:checkout DEPENDS_ON svc:Ledger',
      'spec:checkout DEPENDS_ON api:ledger#POST /entries',
      'spec:checkout MENTIONS adr:0007',
      'spec:checkout DERIVED_FROM ticket:SHOP-12',
      'spec:checkout VERIFIES by test:e2e/checkout.spec.ts',
      'spec:checkout SUPERSEDES spec:basket',
    ]);
    expect(arrows).toContain('shop//spec:checkout/Q-1 MENTIONS shop//spec:checkout/AC-1');
    expect(arrows).toContain('shop//spec:checkout OWNED_BY shop//team:payments');
    expect(keys.filter(({ key }) => key === 'criterion')).toContainEqual({
      key: 'criterion',
      id: 'shop//spec:checkout/AC-1',
      spec: 'shop//spec:checkout',
      feature: 'checkout',
      name: 'AC-1',
    });
  });

  it('publishes the names that texts mention, where they stand', async () => {
    const { keys } = await readFormat(specFormat, { 'checkout.spec.yaml': CHECKOUT });
    expect(keys.filter(({ key }) => key === 'mention')).toEqual([
      { key: 'mention', from: 'shop//spec:checkout', text: 'PaymentGateway', form: 'code', line: 8, col: 42 },
      { key: 'mention', from: 'shop//spec:checkout', text: 'POST /orders', form: 'prose', line: 9, col: 11 },
      { key: 'mention', from: 'shop//spec:checkout/AC-1', text: 'CheckoutService', form: 'prose', line: 13, col: 34 },
    ]);
  });

  it.each([
    ['no list of criteria', 'feature: cart\nacceptance: soon\n', /acceptance: /, 2],
    [
      'an id of another form',
      'feature: cart\nacceptance:\n  - { id: first, text: Adds one item. }\n',
      /acceptance\.0\.id: is no criterion id/,
      3,
    ],
    ['an unknown priority', 'feature: cart\nacceptance:\n  - text: Adds one item.\n    priority: high\n', /acceptance\.0\.priority/, 4],
    ['an owner that YAML refuses', 'feature: cart\nowner: @team\nacceptance:\n  - Adds one item.\n', /reserved/, 2],
    [
      'an id twice',
      'feature: cart\nacceptance:\n  - { id: AC-1, text: Adds one item. }\n  - { id: AC-1, text: Removes one. }\n',
      /stated twice/,
      4,
    ],
  ])('reports %s where it stands, and reads the rest', async (_, text, message, line) => {
    const { things, diagnostics } = await readFormat(specFormat, { 'cart.spec.yaml': text });
    const found = diagnostics.find((diagnostic) => message.test(diagnostic.message));
    expect(found).toMatchObject({ file: 'cart.spec.yaml', span: { line } });
    expect(things).toContain('Spec shop//spec:cart');
  });

  it('leaves other documents of that name alone', () => {
    const recognises = (text: string) => specFormat.recognises?.(text, 'pet.spec.yaml');
    expect(recognises('openapi: 3.1.0\ninfo: { title: Pets }\n')).toBe(false);
    expect(recognises('apiVersion: v1\nkind: Pod\nmetadata:\n  name: feature\n')).toBe(false);
    expect(recognises('{ feature: cart, acceptance: [] }')).toBe(true);
    expect(recognises(IMAGE_UPLOAD)).toBe(true);
  });

  it('takes hostile text in its stride', async () => {
    const bomb = `feature: cart\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]\n`)
      .join('')}acceptance: *i\n`;
    const started = performance.now();
    for (const text of [
      bomb,
      '',
      '\uFEFFfeature: cart\r\nacceptance:\r\n  - Adds one item.\r\n',
      '- feature: cart',
      'feature: { __proto__: { polluted: true } }\nacceptance:\n  - __proto__: polluted\n  - { text: [1] }\n  - [[]]\n',
      `feature: cart\nacceptance:\n${'  - Adds one item, then another one.\n'.repeat(3000)}`,
      `feature: cart\ndescription: ${'A'.repeat(200_000)}\nacceptance: ${'['.repeat(3000)}`,
      'feature: cart\nnfrs: { constructor: { text: Is fast enough. }, __proto__: [Is safe enough.] }\nlinks: [{ rel: constructor, target: "adr:1" }]\n',
    ])
      await readFormat(specFormat, { 'cart.spec.yaml': text });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
