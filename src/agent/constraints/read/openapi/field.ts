import { entriesOf, isRecord, itemsOf, textOf, valueAt, type TreePath } from '../../../../../ingest/parse/tree.ts';
import type { Claim } from '../../claim.ts';
import { inWords, termsOf } from '../../words/terms.ts';
import { addClosed } from './closed.ts';
import { addSaying, atMost, type Make, type Reader, type Within } from './reader.ts';
import { BARE_UNITS, HOLLOW, UNITS } from './units.ts';

/** Schemas within schemas that are looked into: what is nested deeper is hardly ever constrained. */
const DEEPEST = 6;

/** What a schema says of itself and of its fields. */
export function readSchema(reader: Reader, at: TreePath, within: Within, depth: number): void {
  const { tree } = reader;
  const schema = valueAt(tree.value, at);
  if (!isRecord(schema) || depth > DEEPEST) return;
  const description = textOf(schema['description']);
  if (description !== undefined && depth === 0)
    addSaying(reader, within.node, [...at, 'description'], [], `${within.name} ${within.words.join(' ')} ${reader.title}`, description);
  const required = new Set(itemsOf(schema['required']));
  for (const [name, property] of entriesOf(schema['properties'])) {
    const where = [...at, 'properties', name];
    readField(reader, where, name, property, within, {
      required: required.has(name) && within.isAsked ? [...at, 'required'] : undefined,
      whole: where,
    });
    readSchema(reader, where, { ...within, name: `${within.name} ${inWords(name)}` }, depth + 1);
  }
  for (const key of ['allOf', 'oneOf', 'anyOf'] as const)
    for (const index of itemsOf(schema[key]).keys()) readSchema(reader, [...at, key, index], within, depth + 1);
  if (schema['type'] === 'array') readSchema(reader, [...at, 'items'], within, depth + 1);
}

interface FieldPlace {
  /** Where it stands that it is required; undefined where it is not. */
  readonly required?: TreePath | undefined;
  readonly whole: TreePath;
  readonly isPage?: boolean;
}

/** The bounds and the closed lists of a field. */
export function readField(reader: Reader, at: TreePath, name: string, schema: unknown, within: Within, place: FieldPlace): void {
  if (!isRecord(schema)) return;
  const unit = UNITS.find(([pattern]) => pattern.test(name));
  const bare = inWords(name).replace(unit === undefined ? /^$/ : BARE_UNITS, ' ');
  const description = textOf(schema['description']) ?? '';
  const own = termsOf(place.isPage ? 'page' : bare.trim() === '' ? name : bare);
  const isHollow = own.every((term) => HOLLOW.has(term));
  const ofSchema = termsOf(within.name);
  const about = [...new Set(isHollow ? [...own, ...ofSchema] : own)];
  const head = isHollow ? ofSchema.slice(0, 1) : place.isPage ? ['page'] : own.slice(-1);
  const around = termsOf(`${within.name} ${within.words.join(' ')} ${description} ${reader.title}`);
  const path = `${within.name.trim().replaceAll(' ', '') || within.words.join(' ').trim().split(' ').slice(0, 2).join('')}.${name}`;
  const claims: Claim[] = [];
  const claim = (own: Parameters<Make>[0]): void => void claims.push({ about, head, around, when: [], actor: reader.title, ...own });
  const bound = (attribute: string, key: string, factor: number, least: boolean): void => {
    const written = schema[key];
    if (typeof written !== 'number') return;
    const value = written * factor;
    claim({
      attribute,
      holds: least ? { kind: 'range', force: 'all', low: value, high: Infinity } : atMost(value),
      states: `${path} ${least ? '>=' : '<='} ${written}`,
    });
  };
  bound('limit:characters', 'maxLength', 1, false);
  bound('limit:characters', 'minLength', 1, true);
  bound('limit:count', 'maxItems', 1, false);
  bound('limit:count', 'minItems', 1, true);
  const isNumber = schema['type'] === 'integer' || schema['type'] === 'number';
  for (const [key, least] of [
    ['maximum', false],
    ['minimum', true],
    ['exclusiveMaximum', false],
    ['exclusiveMinimum', true],
  ] as const) {
    if (unit) bound(unit[1] === 'time' ? 'limit:time' : `limit:${unit[1]}`, key, unit[2], least);
    else {
      bound('limit:number', key, 1, least);
      if (isNumber) bound('limit:count', key, 1, least);
    }
  }
  addClosed(schema, name, path, unit, claim);
  addSaying(reader, within.node, place.whole, claims, `${within.name} ${bare} ${within.words.join(' ')} ${reader.title}`, description);
  if (place.required !== undefined)
    addSaying(
      reader,
      within.node,
      place.required,
      [
        {
          attribute: 'presence',
          about,
          head: [],
          around,
          when: [],
          actor: reader.title,
          holds: { kind: 'value', value: 'required' },
          states: `${path} has to be given`,
        },
      ],
      within.name,
      '',
    );
}
