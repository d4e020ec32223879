import type { Demand } from './demands.ts';
import type { JsonSchema } from './field-schemas.ts';
import { isOfInput, isOfItems, type Limit } from './limits.ts';
import { camel, nameWords } from './names.ts';
import type { PlannedOperation } from './operations.ts';
import { plural } from './plural.ts';

/** What an operation is sent. */
export interface RequestContent {
  /** Media types of a body that is a file, with the schema of each. */
  readonly file: readonly (readonly [mediaType: string, JsonSchema])[];
  /** Properties of a body of JSON. */
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
}

const SENDING = /^(?:upload|import|attach|add|submit|send|post|store|provide)$/;
/** What people hand in with a trigger: `… for an email address`, `… with a reason`. */
const HANDED_IN: readonly (readonly [string, RegExp, JsonSchema])[] = [
  ['email', /\be-?mail(?: address(?:es)?)?\b/i, { type: 'string', format: 'email' }],
  ['url', /\bURLs?\b/, { type: 'string', format: 'uri' }],
  ['password', /\bpassword\b/i, { type: 'string', format: 'password', writeOnly: true }],
  ['reason', /\b(?:with|giv\w+|enter\w*|without) (?:an? |the |no )?reason\b/i, { type: 'string' }],
  ['token', /\b(?:reset |access )?token\b/i, { type: 'string' }],
];
const ONE_OF = /\b(?:one of|either)\s*:?\s+((?:["'`“]?[\w-]+["'`”]?\s*,\s*)*["'`“]?[\w-]+["'`”]?,?\s+(?:or|and)\s+["'`“]?[\w-]+["'`”]?)/i;

/** The content of a request as its criteria bound it. */
export function requestOf({ method, verb, demands, object }: PlannedOperation): RequestContent {
  const nothing = { file: [], properties: {}, required: [] };
  if (method === 'GET' || method === 'DELETE') return nothing;
  const accepted = demands.flatMap((demand) => (demand.formats.areRefused ? [] : demand.formats.types.map((type) => ({ type, demand }))));
  if (accepted.length > 0 && SENDING.test(verb)) return { ...nothing, file: fileContent(accepted, demands) };
  const properties = new Map<string, JsonSchema>();
  const required = new Set<string>();
  const set = (name: string, demand: Demand, schema: JsonSchema): void => {
    const known = properties.get(name) ?? {};
    properties.set(name, { ...known, ...schema, 'x-criteria': [...new Set([...criteriaOf(known), demand.id])] });
  };
  if (accepted.length > 0)
    for (const { demand } of accepted) set('format', demand, { type: 'string', enum: [...new Set(accepted.map(({ type }) => type))] });
  for (const demand of demands) {
    const triggers = demand.sentence.conditions.map(({ text }) => text).join(' ');
    for (const [name, words, schema] of HANDED_IN)
      if (words.test(triggers) && !/^(?:reset|change)$/.test(verb + (name === 'password' ? '' : 'x'))) set(name, demand, schema);
    for (const limit of demand.limits) if (isOfInput(limit) && limit.unit !== 'bytes') set(nameOf(limit), demand, schemaOfLimit(limit));
    const choices = choicesIn(demand.text);
    if (choices.length > 1) set(choiceName(demand.text, object), demand, { type: 'string', enum: choices });
  }
  for (const [name] of properties) if (/^(?:email|url|token)$/.test(name)) required.add(name);
  return { ...nothing, properties: Object.fromEntries(properties), required: [...required] };
}

const criteriaOf = (schema: JsonSchema): readonly string[] => (Array.isArray(schema['x-criteria']) ? schema['x-criteria'] : []);

function fileContent(
  accepted: readonly { readonly type: string; readonly demand: Demand }[],
  demands: readonly Demand[],
): RequestContent['file'] {
  const sizes = demands.flatMap((demand) =>
    demand.limits.filter((limit) => isOfInput(limit) && limit.unit === 'bytes').map((limit) => ({ limit, demand })),
  );
  const most = sizes.flatMap(({ limit }) => limit.max ?? []).toSorted((a, b) => a - b)[0];
  const least = sizes.flatMap(({ limit }) => limit.min ?? []).toSorted((a, b) => b - a)[0];
  return [...new Set(accepted.map(({ type }) => type))].map((type) => [
    type,
    {
      type: 'string',
      contentMediaType: type,
      ...(least === undefined ? {} : { minLength: least }),
      ...(most === undefined ? {} : { maxLength: most }),
      'x-criteria': [
        ...new Set([
          ...accepted.filter((one) => one.type === type).map(({ demand }) => demand.id),
          ...sizes.map(({ demand }) => demand.id),
        ]),
      ],
    },
  ]);
}

const nameOf = (limit: Limit): string => (isOfItems(limit) ? camel(nameWords(plural(limit.subject))) || 'items' : limit.field);

function schemaOfLimit(limit: Limit): JsonSchema {
  const { unit, min, max } = limit;
  const bounds = (low: string, high: string): JsonSchema => ({
    ...(min === undefined ? {} : { [low]: Math.max(0, min) }),
    ...(max === undefined ? {} : { [high]: Math.max(0, max) }),
  });
  if (unit === 'characters') return { type: 'string', ...bounds('minLength', 'maxLength') };
  if (isOfItems(limit)) return { type: 'array', items: { type: 'string' }, ...bounds('minItems', 'maxItems') };
  return {
    type: [min, max].every((bound) => bound === undefined || Number.isInteger(bound)) ? 'integer' : 'number',
    ...bounds('minimum', 'maximum'),
  };
}

function choicesIn(text: string): readonly string[] {
  const [, list] = ONE_OF.exec(text) ?? [];
  return list === undefined
    ? []
    : [
        ...new Set(
          list
            .split(/\s*,\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+/)
            .map((word) => word.replace(/["'`“”]/g, '').trim())
            .filter((word) => word !== ''),
        ),
      ];
}

/** The noun before the list: `an interval that is one of …`. */
function choiceName(text: string, object: readonly string[]): string {
  const before = text.slice(0, ONE_OF.exec(text)?.index ?? 0);
  const words = nameWords(before).filter(
    (word) => !/^(?:the|an?|is|be|are|has|have|that|which|of|to|must|shall|system|service|set|by|at|as|with|for)$/.test(word),
  );
  const name = words.at(-1);
  return name === undefined ? camel([...object, 'kind']) : camel([name]);
}
