import { describe, expect, test } from 'vitest';
import { differencesOf, operationsIn } from '../../../../../src/agent/feedback/compare-operations.ts';

const document = (operation: string, rest = ''): string =>
  `openapi: 3.1.0\ninfo: { title: post, version: "1" }\npaths:\n  /letters:\n    post:\n${operation.replace(/^/gm, '      ')}\n${rest}`;
const PLANNED = document(`operationId: sendLetter
x-criteria: [AC-1]
requestBody:
  content:
    application/json:
      schema:
        type: object
        required: [to]
        properties:
          to: { type: string, maxLength: 80, x-criteria: [AC-2] }
          class: { type: string, enum: [first, second] }
responses:
  "201": { description: sent }
  "413": { description: too heavy }`);

function differences(actual: string): readonly string[] {
  const [planned] = operationsIn(PLANNED, 'plan.yaml');
  const [real] = operationsIn(actual, 'openapi.yaml');
  return differencesOf(planned!, real!).map(({ text, criteria }) => `${text} [${criteria.join()}]`);
}

describe('an operation is as planned', () => {
  test('where it is the same, or more', () => {
    expect(differences(PLANNED)).toEqual([]);
    expect(differences(PLANNED.replace('"413"', '"400": { description: bad }\n        "413"'))).toEqual([]);
    // What the plan limits may be checked elsewhere.
    expect(differences(PLANNED.replace('maxLength: 80, ', ''))).toEqual([]);
  });

  test('where its parts are referred to', () => {
    const actual = document(
      `requestBody: { $ref: '#/components/requestBodies/Letter' }\nresponses: { "201": { description: sent }, "413": { description: no } }`,
      `components:
  requestBodies:
    Letter: { content: { application/json: { schema: { $ref: '#/components/schemas/Letter' } } } }
  schemas:
    Letter: { type: object, required: [to], properties: { to: { type: string, maxLength: 40 }, class: { enum: [first, second, express] } } }
`,
    );
    expect(differences(actual)).toEqual([
      'request application/json to: maxLength is 40; planned was 80 [AC-2]',
      'request application/json class: enum has express, too [AC-1]',
    ]);
  });
});

test('tells what is missing, with the criteria that it was for', () => {
  const actual = document(`requestBody:
  content:
    application/xml: { schema: { type: object } }
responses:
  "201": { description: sent }`);
  expect(differences(actual)).toEqual(['request: application/json is not there [AC-1]', '413 is not there [AC-1]']);
});

test('reads what is no contract as one without operations, and ends in circles', () => {
  expect(operationsIn(': [', 'x.yaml')).toEqual([]);
  expect(operationsIn('paths: { /a: [1], /b: { post: 1, parameters: [] } }', 'x.yaml')).toHaveLength(1);
  const circle = document(
    "requestBody: { $ref: '#/components/requestBodies/A' }",
    "components: { requestBodies: { A: { $ref: '#/components/requestBodies/A' } } }\n",
  );
  expect(differences(circle)).toEqual(['request: content is not there [AC-1]', 'responses is not there [AC-1]']);
});
