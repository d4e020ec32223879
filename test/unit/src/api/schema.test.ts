import { readFileSync } from 'node:fs';
import { assertEnumType, parse, visit, type ASTNode, type GraphQLSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { EDGE_TYPES, SITE_FACTS } from '../../../../graph/model/edge.ts';
import { NODE_KINDS } from '../../../../graph/model/node.ts';
import { TIERS } from '../../../../graph/model/provenance.ts';
import { CHANGE_KINDS, EFFECTS, VERDICTS } from '../../../../graph/query/change.ts';
import { loadSchema } from '../../../../src/api/schema.ts';

describe('the schema', () => {
  let schema: GraphQLSchema;
  beforeAll(() => {
    schema = loadSchema();
  });

  it.each([
    ['NodeKind', NODE_KINDS],
    ['EdgeType', EDGE_TYPES],
    ['SiteFact', SITE_FACTS],
    ['Tier', TIERS],
    ['ChangeKind', CHANGE_KINDS],
    ['Effect', EFFECTS],
    ['Verdict', VERDICTS],
  ])('has for %s the values of the model, in its order', (name, values) => {
    const written = assertEnumType(schema.getType(name)).getValues();
    expect(written.map(({ value }) => value as string)).toEqual(values);
    expect(written.map((each) => each.name)).toEqual(
      values.map((value) => (value.includes('-') || value === value.toLowerCase() ? value.toUpperCase().replaceAll('-', '_') : value)),
    );
  });

  it('describes every type, field, argument and value', () => {
    const bare: string[] = [];
    const check = (node: ASTNode): void => {
      if ('name' in node && node.name && !('description' in node && node.description?.value.trim())) bare.push(node.name.value);
    };
    visit(parse(readFileSync('schema.graphql', 'utf8')), {
      ObjectTypeDefinition: check,
      InputObjectTypeDefinition: check,
      EnumTypeDefinition: check,
      ScalarTypeDefinition: check,
      FieldDefinition: check,
      InputValueDefinition: check,
      EnumValueDefinition: check,
    });
    expect(bare).toEqual([]);
  });
});
