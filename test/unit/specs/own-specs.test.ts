import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const specs = readdirSync(join(root, 'specs')).filter((name) => name.endsWith('.spec.yaml'));

let validate: ValidateFunction;
beforeAll(() => {
  validate = new Ajv2020({ allowUnionTypes: true, strictTypes: false }).compile(JSON.parse(read('docs/reference/spec.schema.json')));
});

describe.each(specs)('%s', (name) => {
  const text = read(join('specs', name));

  test('has the form of a spec', () => {
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  test('refers to files that exist', () => {
    const files = [...text.matchAll(/(?:code|test|doc):(?<path>[\w./-]+)/g)].map(({ groups }) => groups?.path ?? '');
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const decisions = [...text.matchAll(/adr:(?<number>\d{4})/g)].map(({ groups }) => groups?.number ?? '');
    const known = readdirSync(join(root, 'docs/adr')).map((file) => file.slice(0, 4));
    expect(decisions.filter((number) => !known.includes(number))).toEqual([]);
  });
});

test('a spec without acceptance criteria is refused', () => {
  expect(validate({ feature: 'impact', specVersion: '1.0', owner: 'me', description: 'long enough to be a description' })).toBe(false);
});
