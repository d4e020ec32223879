import { describe, expect, test } from 'vitest';
import { dependsOnCall } from '../../../../src/contracts/callers.ts';
import type { ContractChange } from '../../../../src/contracts/contract-change.ts';

const change = (facts: Partial<ContractChange>): ContractChange => ({
  kind: 'other',
  operation: 'shop//api:shop#GET /items',
  breaking: true,
  detail: '',
  ...facts,
});

describe('changes whose effect depends on the call', () => {
  test.each<[boolean, Partial<ContractChange>]>([
    [true, { kind: 'field-required', field: 'request.query.region' }],
    [true, { kind: 'field-added', field: 'request.body.currency' }],
    [false, { kind: 'field-added', field: 'request.body.note', breaking: false }],
    [true, { kind: 'field-removed', field: 'response.200.items.sku' }],
    [false, { kind: 'field-removed', field: 'request.path.id' }],
    [true, { kind: 'status-removed', value: '200' }],
    [true, { kind: 'security-added', credentials: [[{ in: 'header', name: 'authorization' }]] }],
    [false, { kind: 'operation-removed' }],
    [false, { kind: 'deprecated', breaking: false }],
  ])('%j: %j', (depends, facts) => {
    expect(dependsOnCall(change(facts))).toBe(depends);
  });
});
