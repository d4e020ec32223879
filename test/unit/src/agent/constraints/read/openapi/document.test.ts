import { describe, expect, it } from 'vitest';
import { contradictionsAmong } from '../../../../../../../src/agent/constraints/contradictions.ts';
import { sayingsOfOpenApi } from '../../../../../../../src/agent/constraints/read/openapi/document.ts';
import type { Saying } from '../../../../../../../src/agent/constraints/saying.ts';

const CONTRACT = `openapi: 3.0.3
info: { title: lending, version: 1.0.0 }
security:
  - member: []
paths:
  /bicycles:
    get:
      operationId: listBicycles
      summary: Bicycles that are free
      security: []
      parameters:
        - { name: pageSize, in: query, schema: { type: integer, maximum: 40 } }
      responses:
        '200': { description: Bicycles. }
  /rentals:
    post:
      operationId: rentBicycle
      summary: Rents a bicycle
      x-roles: [member, mechanic]
      x-max-body: 2 MB
      x-rate-limit: { requests: 10, per: minute, by: member }
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Rental' }
      responses:
        '201': { description: Rented. }
        '409': { description: The bicycle is already rented. }
components:
  securitySchemes:
    member: { type: http, scheme: bearer }
  schemas:
    Rental:
      type: object
      required: [bicycleId, phone]
      properties:
        bicycleId: { type: string }
        phone: { type: string }
        remark: { type: string, maxLength: 80 }
        currency: { type: string, enum: [EUR, SEK] }
        loadKilograms: { type: integer, maximum: 60 }
        totalPrice: { type: number, format: double }
        helmetSizes: { type: array, maxItems: 2, items: { type: string } }
`;

const file = (text: string) => ({ path: 'openapi.yaml', text, lines: text.split('\n') });
const contract = sayingsOfOpenApi(file(CONTRACT), 'r//api:lending');

const said = (text: string, layer: Saying['layer'] = 'request'): Saying => ({
  layer,
  text,
  context: '',
  document: 'note',
  evidence: { node: 'note', file: 'request', line: 1, endLine: 1, sha: 'sha256:0', quote: text },
});

/** Lines of the contract that a sentence contradicts. */
const against = (text: string, layer: Saying['layer'] = 'request'): readonly string[] =>
  contradictionsAmong([...contract, said(text, layer)]).flatMap(({ sayings }) =>
    sayings.filter((one) => one.layer === 'contract').map(({ evidence }) => evidence.quote.trim().split('\n')[0]!.trim()),
  );

describe('sayingsOfOpenApi', () => {
  it.each([
    ['A remark on a rental needs up to 200 characters.', 'remark: { type: string, maxLength: 80 }'],
    [
      'Members want to see 100 bicycles on one page of the list.',
      '- { name: pageSize, in: query, schema: { type: integer, maximum: 40 } }',
    ],
    ['A cargo bicycle has to take a load of 120 kg.', 'loadKilograms: { type: integer, maximum: 60 }'],
    ['Members must be able to rent a bicycle without giving a phone number.', 'required: [bicycleId, phone]'],
    [
      'If the bicycle is already rented, then the service shall answer with status 422.',
      "'409': { description: The bicycle is already rented. }",
    ],
  ])('is contradicted by: %s', (text, line) => {
    expect(against(text)).toEqual([line]);
  });

  it('is contradicted by rules', () => {
    expect(against('No operation of ours is open to callers without a token.', 'policy')).toEqual(['security: []']);
    expect(against('Amounts of money are whole cents in every API.', 'adr')).toEqual(['totalPrice: { type: number, format: double }']);
  });

  it.each([
    'A remark on a rental needs up to 60 characters.',
    'Members want to see 30 bicycles on one page of the list.',
    'Rentals in Sweden have to be paid in Swedish kronor.',
    'A cargo bicycle has to take a load of 45,000 g.',
    'Members must be able to rent a bicycle without giving a nickname.',
    'If the bicycle is broken, then the service shall answer with status 410.',
  ])('is not contradicted by: %s', (text) => {
    expect(against(text)).toEqual([]);
  });

  it('quotes lines as they stand, and reads no contract from what is none', () => {
    const rows = CONTRACT.split('\n');
    for (const { evidence } of contract) expect(rows.slice(evidence.line - 1, evidence.endLine).join('\n')).toContain(evidence.quote);
    expect(sayingsOfOpenApi(file('paths: [1'), 'x')).toEqual([]);
    expect(sayingsOfOpenApi(file('name: nothing'), 'x')).toEqual([]);
  });
});
