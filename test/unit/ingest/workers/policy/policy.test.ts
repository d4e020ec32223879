import { describe, expect, it } from 'vitest';
import { governsLinker } from '../../../../../ingest/link/governs.ts';
import { markdownFormat } from '../../../../../ingest/workers/markdown/markdown.ts';
import { policyFormat } from '../../../../../ingest/workers/policy/policy.ts';
import type { LinkKey } from '../../../../../ingest/keys.ts';
import { keysOf, linksOf } from '../../link-keys.ts';
import { readFormat } from '../../read-format.ts';

const PII = `policy: pii
title: Personal data
owner: privacy
rules:
  - id: P-1
    statement: Addresses of recipients are deleted after 90 days.
    severity: must
    appliesTo:
      kinds: [Column]
      refs: ['table:parcels.recipient_email', 'table:parcels.gone']
  - id: P-2
    statement: >
      Logs of \`services/parcels/src/logger.ts\` never contain
      what \`ParcelRepository.find\` gives.
    constraint: no address in a log
  - id: 3
    statement: Answers hold no address, whatever \`findParcel\` gives.
    appliesTo: { names: 'GET /parcels*', kinds: Operation }
    constraint: { forbidProperty: { names: ['*email*'] } }
`;

const readPii = () => readFormat(policyFormat, { 'policies/pii.yaml': PII });
const governs = (keys: readonly LinkKey[]) => keys.filter(({ key }) => key === 'governs');

describe('a policy in YAML', () => {
  it('has rules and a team, and every node a place', async () => {
    const { things, arrows, nodes, diagnostics } = await readPii();
    expect(things).toEqual([
      'Policy shop//policy:pii',
      'PolicyRule shop//policy:pii/3',
      'PolicyRule shop//policy:pii/P-1',
      'PolicyRule shop//policy:pii/P-2',
      'Team shop//team:privacy',
    ]);
    expect(arrows).toEqual([
      'shop//policy:pii CONTAINS shop//policy:pii/3',
      'shop//policy:pii CONTAINS shop//policy:pii/P-1',
      'shop//policy:pii CONTAINS shop//policy:pii/P-2',
      'shop//policy:pii OWNED_BY shop//team:privacy',
    ]);
    expect(nodes.find(({ id }) => id.endsWith('P-1'))).toMatchObject({
      span: { line: 5 },
      props: { severity: 'must', appliesTo: { kinds: ['Column'] } },
    });
    expect(diagnostics).toEqual([]);
  });

  it('publishes what rules select and what statements name, at its line', async () => {
    const { keys } = await readPii();
    expect(governs(keys)).toMatchObject([
      { from: 'shop//policy:pii/P-1', kinds: ['Column'], refs: ['table:parcels.recipient_email', 'table:parcels.gone'], line: 8 },
      { from: 'shop//policy:pii/P-2' },
      { from: 'shop//policy:pii/3', kinds: ['Operation'], names: ['GET /parcels*'] },
    ]);
    expect(keys.filter(({ key }) => key === 'mention')).toMatchObject([
      { from: 'shop//policy:pii/P-2', text: 'services/parcels/src/logger.ts', line: 13, governs: true },
      { from: 'shop//policy:pii/P-2', text: 'ParcelRepository.find', line: 14, governs: true },
      // It says by itself what it applies to.
      { from: 'shop//policy:pii/3', text: 'findParcel', line: 17 },
    ]);
    expect(keys.at(-1)).not.toHaveProperty('governs');
  });

  it('governs what it selects, and says which references name nothing', async () => {
    const { keys } = await readPii();
    const files = {
      'policies/pii.yaml': keys,
      'db/schema.sql': [{ key: 'table', id: 'shop//table:parcels', name: 'parcels', columns: ['id', 'recipient_email'], line: 1, col: 1 }],
      'parcels.openapi.yaml': [
        ...['/parcels/{id}', '/senders'].map((path) => ({
          key: 'operation' as const,
          id: `shop//api:parcels#GET ${path}`,
          api: 'shop//api:parcels',
          method: 'GET',
          path,
          fields: [],
          line: 1,
          col: 1,
        })),
      ],
    } satisfies Record<string, readonly LinkKey[]>;
    expect(linksOf(governsLinker, files)).toEqual([
      'policy:pii/3 GOVERNS api:parcels#GET /parcels/{id} governs-name 0.7',
      'policy:pii/P-1 GOVERNS table:parcels.recipient_email governs-ref 1',
    ]);
    expect(governsLinker.link('shop', keysOf(files)).diagnostics).toMatchObject([
      { code: 'unknown-reference', file: 'policies/pii.yaml', span: { line: 8 }, message: expect.stringMatching(/^table:parcels\.gone /) },
    ]);
  });

  it('selects by reference and by path in one rule, but keeps kinds', async () => {
    const text = `policy: p
rules:
  - { id: R, statement: Both., appliesTo: { refs: ['api:shop#*'], kinds: [Operation], paths: [./src/a] } }`;
    const { keys } = await readFormat(policyFormat, { 'a.policy.yml': text });
    expect(governs(keys)).toMatchObject([
      { refs: ['api:shop#*'], kinds: ['Operation'] },
      { kinds: ['Operation'], paths: ['src/a'] },
    ]);
  });
});

describe('a policy that is not as it should be', () => {
  const read = (text: string) => readFormat(policyFormat, { 'ops/broken.policy.yaml': text });

  it('is read as far as it goes, and each fault has its place', async () => {
    const { things, diagnostics, keys } = await read(`title: No name
rules:
  - id: A
    statement: First.
    appliesTo: { kinds: [Colum], tables: [orders], names: order* }
  - id: A
    statement: Again.
  - statement: Nameless.
  - id: B
    statement: Decided.
    constraint: { requireOwnr: true }
  - 7
`);
    expect(things).toEqual(['Policy shop//policy:broken', 'PolicyRule shop//policy:broken/A', 'PolicyRule shop//policy:broken/B']);
    expect(diagnostics.map(({ code, span, message }) => `${code} ${span?.line} ${message.split(':')[0]!}`)).toEqual([
      'invalid-policy 1 policy',
      'invalid-policy 5 rules.0.appliesTo.kinds.0',
      'invalid-policy 5 rules.0.appliesTo',
      'duplicate-rule 6 broken/A is stated twice; the first counts. Give the second an id of its own.',
      'invalid-policy 8 rules.2.id',
      'invalid-policy 11 rules.3.constraint',
      'invalid-policy 12 rules.4',
    ]);
    expect(governs(keys)[0]).toMatchObject({ kinds: ['Colum'], names: ['order*'] });
  });

  it.each([
    ['nothing', ''],
    ['no YAML', 'policy: [\nrules: {'],
    ['rules that are text', 'policy: p\nrules: all'],
    [
      'a polluted rule',
      'policy: p\nrules:\n  - __proto__: { polluted: true }\n    id: A\n    statement: S\n    appliesTo: { __proto__: { kinds: [Table] } }',
    ],
    ['a byte order mark and CRLF', '\uFEFFpolicy: p\r\nrules:\r\n  - id: A\r\n    statement: S\r\n'],
  ])('survives %s', async (_, text) => {
    const { nodes } = await read(text);
    expect(nodes.length).toBeLessThan(3);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('is bounded when aliases multiply and when it is long', async () => {
    const bomb = `policy: p\na: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[index]!}`).join(',')}]`)
      .join('\n')}\nrules: *h`;
    const many = `policy: p\nrules:\n${'  - { id: "a b", statement: "`x`" }\n'.repeat(5000)}`;
    const started = performance.now();
    expect((await read(bomb)).diagnostics).not.toEqual([]);
    expect((await read(many)).diagnostics.length).toBeLessThanOrEqual(5100);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('which files are policies', () => {
  const isOne = (path: string, text: string) => policyFormat.claims(path) && policyFormat.recognises!(text, path);

  it.each([
    ['ops/pii.policy.yaml', 'policy: pii\nrules: []', true],
    ['ops/pii.policy.yml', 'rules: []', true],
    ['policies/data/pii.yaml', '"policy": pii\n"rules": []', true],
    ['policies/pii.yaml', 'rules: []', false],
    ['policies/labels.yaml', 'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nspec:\n  policy: x\n  rules: []', false],
    ['policies/labels.policy.yaml', 'kind: Policy\nrules: []', false],
    ['config/pii.yaml', 'policy: pii\nrules: []', false],
  ])('%s with %j: %s', (path, text, expected) => expect(isOne(path, text)).toBe(expected));
});

describe('a policy in prose', () => {
  it('is stated by one worker, as a document with sections that the policy contains', async () => {
    const path = 'docs/policies/Data Retention.md';
    const text = '# Retention\n\nSee `orders.total`.\n\n## Invoices\n\nTen years.\n';
    expect(policyFormat.claims(path)).toBe(false);
    expect(markdownFormat.recognises!(text, path)).toBe(true);
    const { things, arrows, keys } = await readFormat(markdownFormat, { [path]: text });
    expect(things).toEqual([
      `Document shop//doc:${path}`,
      'Policy shop//policy:data-retention',
      `Section shop//doc:${path}#invoices`,
      `Section shop//doc:${path}#retention`,
    ]);
    expect(arrows[2]).toBe(`shop//policy:data-retention CONTAINS shop//doc:${path}`);
    expect(keys).toContainEqual({ key: 'document', id: 'shop//policy:data-retention' });
    expect(keys).toMatchObject([{ key: 'document' }, { key: 'mention', text: 'orders.total' }, {}]);
  });
});
