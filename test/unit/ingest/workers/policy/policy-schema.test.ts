import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { Constraint, Policy, PolicyRule } from '../../../../../ingest/workers/policy/policy-schema.ts';

const root = join(import.meta.dirname, '../../../../..');
const validate = new Ajv2020({ allowUnionTypes: true, strictTypes: false }).compile(
  JSON.parse(readFileSync(join(root, 'docs/reference/policy.schema.json'), 'utf8')),
);

/** What the reader says of it without the schema. */
const isRead = (policy: object): boolean =>
  Policy.safeParse(policy).success &&
  (policy as { readonly rules: readonly { readonly constraint?: unknown }[] }).rules.every(
    (rule) => PolicyRule.safeParse(rule).success && Constraint.safeParse(rule.constraint).success,
  );

const rule = { id: 'P-1', statement: 'Orders are kept for ten years.' };
const policy = (more: object) => ({ policy: 'retention', rules: [{ ...rule, ...more }] });

describe('the schema for editors and the reader', () => {
  it.each([
    ['the least', policy({})],
    ['no rules yet', { policy: 'retention', rules: [] }],
    ['a selector', policy({ appliesTo: { kinds: ['Table', 'Column'], names: 'order*', paths: ['db/**'], refs: 'table:orders' } })],
    ['a constraint in words', policy({ constraint: 'ten years' })],
    [
      'constraints to decide',
      policy({ constraint: { forbidDependency: { from: 'web/**', to: ['db/**', 'pg'] }, requireOwner: true, requireTest: false } }),
    ],
    ['a number as id', policy({ id: 1 })],
  ])('accept %s', (_, value) => {
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
    expect(isRead(value)).toBe(true);
  });

  it.each([
    ['no name', { rules: [rule] }],
    ['no rules', { policy: 'retention' }],
    ['a name of several words', { policy: 'data retention', rules: [] }],
    ['a rule without statement', { policy: 'retention', rules: [{ id: 'P-1' }] }],
    ['a rule without id', { policy: 'retention', rules: [{ statement: 'Text.' }] }],
    ['a selector that is text', policy({ appliesTo: 'orders' })],
    ['an unknown part of a selector', policy({ appliesTo: { tables: ['orders'] } })],
    ['an empty list', policy({ appliesTo: { names: [] } })],
    ['an unknown constraint', policy({ constraint: { forbidEverything: true } })],
    ['half a constraint', policy({ constraint: { forbidDependency: { from: 'web/**' } } })],
    ['a list as constraint', policy({ constraint: ['ten years'] })],
  ])('refuse %s', (_, value) => {
    expect(validate(value)).toBe(false);
    expect(isRead(value)).toBe(false);
  });
});
