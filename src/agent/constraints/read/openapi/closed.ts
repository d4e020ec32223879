import { itemsOf, memberOf } from '../../../../../ingest/parse/tree.ts';
import { categoryOf, codeOf } from '../../words/codes.ts';
import { termsOf, valueTerm } from '../../words/terms.ts';
import type { Make } from './reader.ts';
import { MONEY, NO_MONEY, type UNITS } from './units.ts';

/** What values a field takes, and of which kind they are. */
export function addClosed(
  schema: Readonly<Record<string, unknown>>,
  name: string,
  path: string,
  unit: (typeof UNITS)[number] | undefined,
  claim: (...own: Parameters<Make>) => void,
): void {
  const values = itemsOf(schema['enum'] ?? memberOf(schema['items'], 'enum')).flatMap((value) =>
    typeof value === 'string' ? [value] : [],
  );
  const category = values.length > 0 ? categoryOf(values, name) : undefined;
  if (category !== undefined) {
    const items = values.map((value) => codeOf(value, category));
    claim({
      attribute: `choice:${category}`,
      head: [],
      holds: { kind: 'items', force: 'only', items },
      states: `${path} is one of ${values.join(', ')}`,
    });
  } else if (values.length > 1) {
    claim({
      attribute: 'choice:own words',
      ...(termsOf(name).length === 0 ? { head: [] } : {}),
      holds: { kind: 'items', force: 'only', items: values.map(valueTerm) },
      states: `${path} is one of ${values.join(', ')}`,
    });
  }
  const numbers = itemsOf(schema['enum']).flatMap((value) => (typeof value === 'number' ? [value] : []));
  if (numbers.length > 1 && unit)
    claim({
      attribute: `values:${unit[1]}`,
      holds: { kind: 'items', force: 'only', items: numbers.map((value) => String(value * unit[2])) },
      states: `${path} is one of ${numbers.join(', ')}`,
    });
  if (schema['readOnly'] === true)
    claim({ attribute: 'manner:change', holds: { kind: 'value', value: 'never' }, states: `${path} is read-only` });
  if (schema['format'] === 'uuid')
    claim({ attribute: 'manner:kind of id', holds: { kind: 'value', value: 'random' }, states: `${path} is a UUID` });
  if (MONEY.test(name) && !NO_MONEY.test(name)) {
    const isFloat = schema['type'] === 'number' || schema['format'] === 'double' || schema['format'] === 'float';
    if (isFloat || /cents?$/i.test(name))
      claim({
        attribute: 'manner:amounts of money',
        holds: { kind: 'value', value: isFloat ? 'fractions' : 'whole cents' },
        states: `${path} is ${isFloat ? 'a floating point number' : 'whole cents'}`,
      });
  }
}
