import type { Span } from '../../../../graph/model/provenance.ts';
import {
  entriesOf,
  isRecord,
  itemsOf,
  memberOf,
  readTrees,
  textOf,
  valueAt,
  type Tree,
  type TreePath,
} from '../../../../ingest/parse/tree.ts';
import { unitOf } from '../../../specs/meaning/quantities.ts';
import type { Claim } from '../claim.ts';
import type { Saying } from '../saying.ts';
import { schemeOf } from '../words/technologies.ts';
import { categoryOf, codeOf } from '../words/codes.ts';
import { amountsOf } from '../words/quantities.ts';
import { inWords, termsOf } from '../words/terms.ts';
import { evidenceAt, type QuotedText } from './place-in-file.ts';

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace']);
/** Names of parameters that say how much comes at once. */
const PAGE = /^(?:page_?size|per_?page|page_?limit|limit|max_?results|first|take|top|size|count)$/i;
/** Units that names of fields end with: the dimension, and what one is in its base unit. */
const UNITS: readonly (readonly [pattern: RegExp, dimension: string, factor: number])[] = [
  [/(?<!kilo)(?:Grams?|_g)$/i, 'mass', 1],
  [/(?:Kilograms?|Kg|_kg)$/i, 'mass', 1000],
  [/(?:Millimet(?:re|er)s?|Mm|_mm)$/, 'length', 0.001],
  [/(?:Centimet(?:re|er)s?|Cm|_cm)$/, 'length', 0.01],
  [/(?<![a-z]i)(?:Met(?:re|er)s)$/, 'length', 1],
  [/(?:Kilomet(?:re|er)s?|Km|_km)$/, 'length', 1000],
  [/(?:Milliseconds?|Millis|Ms|_ms)$/, 'time', 0.001],
  [/(?:Seconds?|Secs?|_s)$/, 'time', 1],
  [/(?:Minutes?|Mins?)$|^minutes?$/, 'time', 60],
  [/(?:Hours?)$|^hours?$/, 'time', 3600],
  [/(?:Days?)$|^days$/, 'time', 86_400],
  [/(?:Weeks?)$|^weeks?$/, 'time', 604_800],
  [/(?:Months?)$|^months?$/, 'time', 2_592_000],
  [/(?:Bytes?)$/, 'size', 1],
  [/(?:Kilobytes?|Kb|KB)$/, 'size', 1e3],
  [/(?:Megabytes?|Mb|MB)$/, 'size', 1e6],
  [/(?:Cents?|Pence)$/, 'money', 0.01],
  [/(?:Euros?|Eur|Usd)$/, 'money', 1],
  [/(?:Percent(?:age)?|Pct)$/, 'share', 0.01],
  [/(?:Celsius|Degrees|[tT]emperature)$/, 'temperature', 1],
];
/** Names of fields that say nothing without what they belong to. */
const HOLLOW = new Set(['value', 'data', 'item', 'content', 'bodi', 'text', 'valu', 'raw', 'payload', 'number']);
const MONEY = /(?:price|amount|total|cost|fee|sum|balance|refund|deposit|salary|payment|charge|fine)/i;
const NO_MONEY = /(?:rate|ratio|percent|count|factor|share)/i;
const BARE_UNITS =
  /\b(?:grams?|kilograms?|kg|millimet\w+|centimet\w+|met(?:re|er)s?|kilomet\w+|milliseconds?|ms|seconds?|minutes?|hours?|days?|bytes?|kb|mb|cents?|euros?|percent)\b/gi;
/** Schemas within schemas that are looked into: what is nested deeper is hardly ever constrained. */
const DEEPEST = 6;

interface Reader {
  readonly file: QuotedText;
  readonly tree: Tree;
  readonly id: string;
  readonly title: string;
  readonly sayings: Saying[];
}

/** What a contract of OpenAPI 3 or Swagger 2 refuses, demands, offers and says of itself. */
export function sayingsOfOpenApi(file: QuotedText, id: string): readonly Saying[] {
  const sayings: Saying[] = [];
  for (const tree of readTrees(file.text, file.path).trees) {
    if (!isRecord(tree.value) || !isRecord(memberOf(tree.value, 'paths'))) continue;
    const title = textOf(valueAt(tree.value, ['info', 'title'])) ?? '';
    const reader = { file, tree, id, title, sayings };
    const used = new Map<string, Use>();
    for (const [path, item] of entriesOf(memberOf(tree.value, 'paths')))
      for (const [method, operation] of entriesOf(item))
        if (METHODS.has(method) && isRecord(operation)) readOperation(reader, path, method, used);
    for (const root of [['components', 'schemas'], ['definitions']])
      for (const [name] of entriesOf(valueAt(tree.value, root))) {
        const use = used.get(name) ?? { words: [], isAsked: false };
        readSchema(reader, [...root, name], { name: inWords(name), words: use.words, isAsked: use.isAsked, node: `${id}#${name}` }, 0);
      }
  }
  return sayings;
}

/** Where a schema is used: words of its operations, and whether it is what callers send. */
interface Use {
  readonly words: string[];
  isAsked: boolean;
}

interface Within {
  readonly name: string;
  readonly words: readonly string[];
  readonly isAsked: boolean;
  readonly node: string;
}

function readOperation(reader: Reader, path: string, method: string, used: Map<string, Use>): void {
  const { tree, id, title } = reader;
  const at: TreePath = ['paths', path, method];
  const operation = valueAt(tree.value, at);
  const node = `${id}#${method.toUpperCase()} ${path}`;
  const name = textOf(memberOf(operation, 'operationId')) ?? `${method} ${path}`;
  const words = `${inWords(name)} ${inWords(path.replace(/\{[^}]*\}/g, ' '))} ${textOf(memberOf(operation, 'summary')) ?? ''}`;
  const around = termsOf(`${words} ${title}`);
  const about = termsOf(words);
  const base = { around, when: [], actor: title };
  const claim = (own: Pick<Claim, 'attribute' | 'holds' | 'states'> & Partial<Claim>): Claim => ({ about, head: [], ...base, ...own });
  const add = (where: TreePath, claims: readonly Claim[], text = ''): void =>
    addSaying(reader, node, where, claims, `${words} ${title}`, text);
  for (const part of ['requestBody', 'responses'] as const) noteUse(memberOf(operation, part), words, part === 'requestBody', used);
  for (const parameter of itemsOf(memberOf(operation, 'parameters'))) noteUse(parameter, words, true, used);

  const security = memberOf(operation, 'security') ?? memberOf(tree.value, 'security');
  if (Array.isArray(security)) {
    const isOpen = security.length === 0 || security.some((one) => isRecord(one) && Object.keys(one).length === 0);
    const where = memberOf(operation, 'security') === undefined ? (isOpen ? at : ['security']) : [...at, 'security'];
    const states = `${method.toUpperCase()} ${path} ${isOpen ? 'works without authentication' : 'needs authentication'}`;
    add(where, [claim({ attribute: 'authentication', holds: { kind: 'value', value: isOpen ? 'none' : 'required' }, states })]);
  }
  addSchemes(reader, security, at, add, claim);
  addCaching(operation, at, add, claim);
  for (const [key, value] of entriesOf(operation)) {
    addTimes(key, value, [...at, key], add, claim);
    if (/^x-.*(?:roles?|permissions?|scopes?|allowed)/i.test(key)) {
      const roles = itemsOf(value).flatMap((role) => textOf(role) ?? []);
      const items = roles.flatMap((role) => termsOf(inWords(role)).slice(-1));
      if (items.length > 0)
        add(
          [...at, key],
          [
            claim({
              attribute: 'access',
              holds: { kind: 'items', force: 'only', items },
              states: `${method.toUpperCase()} ${path} is only for ${roles.join(', ')}`,
            }),
          ],
        );
    }
    if (/^x-.*rate.?limit/i.test(key)) addRate(value, [...at, key], add, claim);
    if (/^x-.*(?:max|limit).*(?:body|size|upload|payload)/i.test(key)) {
      const [amount] = amountsOf(typeof value === 'number' ? `${value} bytes` : (textOf(value) ?? ''));
      if (amount?.dimension === 'size')
        add(
          [...at, key],
          [
            claim({
              attribute: 'limit:size',
              holds: atMost(amount.value),
              states: `body of ${method.toUpperCase()} ${path} <= ${amount.text}`,
            }),
          ],
        );
    }
  }
  for (const [index, parameter] of itemsOf(memberOf(operation, 'parameters')).entries()) {
    const parameterName = textOf(memberOf(parameter, 'name'));
    if (parameterName === undefined) continue;
    const where = [...at, 'parameters', index];
    const required = memberOf(parameter, 'required') === true && memberOf(parameter, 'in') !== 'path';
    readField(
      reader,
      where,
      parameterName,
      memberOf(parameter, 'schema') ?? parameter,
      { name: '', words: [words], isAsked: true, node },
      { required: required ? where : undefined, whole: where, isPage: PAGE.test(parameterName) && memberOf(parameter, 'in') === 'query' },
    );
  }
  readBodies(reader, at, node, words, add, claim);
  for (const [code, response] of entriesOf(memberOf(operation, 'responses'))) {
    const where = [...at, 'responses', code];
    const description = textOf(memberOf(response, 'description')) ?? '';
    const claims: Claim[] = [];
    if (/^[45]\d\d$/.test(code) && termsOf(description).length > 0)
      claims.push(
        claim({
          attribute: 'status',
          about: termsOf(description),
          holds: { kind: 'value', value: code },
          states: `status is ${code} when ${description}`,
        }),
      );
    if (code === '202')
      claims.push(
        claim({
          attribute: 'manner:answer',
          holds: { kind: 'value', value: 'later' },
          states: `${method.toUpperCase()} ${path} is decided later`,
        }),
      );
    addSaying(reader, node, where, claims, `${words} ${title}`, /^[23]/.test(code) ? description : '', span(tree, where, ['description']));
  }
  for (const part of ['description'] as const) {
    const text = textOf(memberOf(operation, part));
    if (text !== undefined) add([...at, part], [], text);
  }
}

type Add = (where: TreePath, claims: readonly Claim[]) => void;
type Make = (own: Pick<Claim, 'attribute' | 'holds' | 'states'> & Partial<Claim>) => Claim;

/** How callers authenticate. */
function addSchemes({ tree }: Reader, security: unknown, at: TreePath, add: Add, claim: Make): void {
  const names = itemsOf(security).flatMap((one) => entriesOf(one).map(([name]) => name));
  const items = names.flatMap((name) => {
    const scheme = valueAt(tree.value, ['components', 'securitySchemes', name]) ?? valueAt(tree.value, ['securityDefinitions', name]);
    return schemeOf(textOf(memberOf(scheme, 'type')) ?? '', textOf(memberOf(scheme, 'scheme')) ?? '') ?? [];
  });
  const own =
    isRecord(valueAt(tree.value, at)) && memberOf(valueAt(tree.value, at), 'security') !== undefined ? [...at, 'security'] : ['security'];
  if (items.length > 0 && names.length === items.length)
    add(own, [
      claim({
        attribute: 'technology:authentication scheme',
        holds: { kind: 'items', force: 'some', items },
        states: `authenticates with ${items.join(', ')}`,
      }),
    ]);
}

/** Answers that may be kept for a while are as old as that. */
function addCaching(operation: unknown, at: TreePath, add: Add, claim: Make): void {
  for (const [code, response] of entriesOf(memberOf(operation, 'responses')))
    for (const [header, value] of entriesOf(memberOf(response, 'headers'))) {
      const [, seconds] = /max-age=(\d+)/.exec(JSON.stringify(value)) ?? [];
      if (seconds !== undefined && Number(seconds) > 0)
        add(
          [...at, 'responses', code, 'headers', header],
          [
            claim({
              attribute: 'delay',
              holds: { kind: 'range', force: 'all', low: Number(seconds), high: Infinity },
              states: `answers may be ${seconds} s old`,
            }),
          ],
        );
    }
}

/** Extensions that say how long: `x-retention: 30 days`. */
function addTimes(key: string, value: unknown, where: TreePath, add: Add, claim: Make): void {
  if (!key.startsWith('x-')) return;
  const amount = amountsOf(
    typeof value === 'number' ? `${value}${/ms$|millis/i.test(key) ? ' ms' : ' seconds'}` : (textOf(value) ?? ''),
  ).find(({ dimension }) => dimension === 'time');
  if (!amount) return;
  const time = (attribute: string, low: number, high: number): void =>
    add(where, [claim({ attribute, holds: { kind: 'range', force: 'all', low, high }, states: `${key.slice(2)}: ${amount.text}` })]);
  if (/retention|keep|ttl|expir|lifetime|valid/i.test(key)) time('lifetime', amount.value, amount.value);
  else if (/cache|max-?age|refresh|interval|delay/i.test(key)) time('delay', amount.value, Infinity);
  else if (/timeout|deadline|slo|latency/i.test(key)) time('delay', -Infinity, amount.value);
}

function addRate(value: unknown, where: TreePath, add: Add, claim: Make): void {
  const [, words] = [0, typeof value === 'string' ? value : undefined];
  const [amount] = words === undefined ? [] : amountsOf(words);
  const requests = Number(memberOf(value, 'requests') ?? memberOf(value, 'limit') ?? memberOf(value, 'max'));
  const per = textOf(memberOf(value, 'per') ?? memberOf(value, 'window') ?? memberOf(value, 'period'));
  const rate =
    amount?.dimension === 'rate' ? amount.value : per === undefined ? Number.NaN : requests / unitOf(per.replace(/^1\s*/, ''))[1];
  if (!Number.isFinite(rate) || rate <= 0) return;
  const by = textOf(memberOf(value, 'by') ?? memberOf(value, 'key') ?? memberOf(value, 'scope')) ?? '';
  add(where, [
    claim({
      attribute: 'limit:rate',
      people: termsOf(by),
      holds: atMost(rate),
      states: `requests <= ${words ?? `${requests} per ${per}`}${by === '' ? '' : ` by ${by}`}`,
    }),
  ]);
}

function readBodies(reader: Reader, at: TreePath, node: string, words: string, add: Add, claim: Make): void {
  const { tree } = reader;
  const content = valueAt(tree.value, [...at, 'requestBody', 'content']);
  const types = entriesOf(content);
  const closed = types.map(([type]) => type).filter((type) => !/json|multipart|x-www-form|octet-stream|\*/.test(type));
  if (closed.length > 0 && closed.length === types.length) addFormats([...at, 'requestBody', 'content'], closed, add, claim);
  for (const [type, body] of types) {
    const where: TreePath = [...at, 'requestBody', 'content', type];
    for (const [part, encoding] of entriesOf(memberOf(body, 'encoding'))) {
      const written = textOf(memberOf(encoding, 'contentType'));
      if (written !== undefined)
        addFormats(
          [...where, 'encoding', part],
          written.split(',').map((one) => one.trim()),
          add,
          claim,
        );
    }
    const schema = memberOf(body, 'schema');
    if (isRecord(schema) && schema['$ref'] === undefined) {
      readSchema(reader, [...where, 'schema'], { name: '', words: [words], isAsked: true, node }, 0);
      if (schema['type'] === 'array')
        readField(
          reader,
          [...where, 'schema'],
          itemName(schema) || words,
          schema,
          { name: '', words: [words], isAsked: true, node },
          { whole: [...where, 'schema'] },
        );
    }
  }
  for (const [code, response] of entriesOf(valueAt(tree.value, [...at, 'responses'])))
    for (const [type, body] of entriesOf(memberOf(response, 'content'))) {
      const schema = memberOf(body, 'schema');
      const where: TreePath = [...at, 'responses', code, 'content', type, 'schema'];
      if (isRecord(schema) && schema['$ref'] === undefined && schema['type'] === 'object')
        readSchema(reader, where, { name: '', words: [words], isAsked: false, node }, 0);
    }
}

const itemName = (schema: Readonly<Record<string, unknown>>): string =>
  (textOf(memberOf(schema['items'], '$ref')) ?? '').replace(/^.*\//, '');

function addFormats(where: TreePath, types: readonly string[], add: Add, claim: Make): void {
  const items = types.map((type) => codeOf(type, 'format'));
  add(where, [
    claim({ attribute: 'choice:format', holds: { kind: 'items', force: 'only', items }, states: `format is one of ${items.join(', ')}` }),
  ]);
}

function readSchema(reader: Reader, at: TreePath, within: Within, depth: number): void {
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

function readField(reader: Reader, at: TreePath, name: string, schema: unknown, within: Within, place: FieldPlace): void {
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
  const claim = (own: Pick<Claim, 'attribute' | 'holds' | 'states'> & Partial<Claim>): void =>
    void claims.push({ about, head, around, when: [], actor: reader.title, ...own });
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
    const items = values.flatMap((value) => termsOf(inWords(value)).slice(0, 1));
    if (items.length === values.length)
      claim({
        attribute: 'choice:own words',
        holds: { kind: 'items', force: 'only', items },
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

const atMost = (high: number) => ({ kind: 'range', force: 'all', low: -Infinity, high }) as const;

function noteUse(part: unknown, words: string, isAsked: boolean, used: Map<string, Use>, depth = 0): void {
  if (depth > DEEPEST + 4) return;
  if (Array.isArray(part)) return part.forEach((one) => noteUse(one, words, isAsked, used, depth + 1));
  if (!isRecord(part)) return;
  const name = /\/(?:schemas|definitions)\/([^/]+)$/.exec(textOf(part['$ref']) ?? '')?.[1];
  if (name !== undefined) {
    const use = used.get(name) ?? { words: [], isAsked: false };
    if (!use.words.includes(words)) use.words.push(words);
    use.isAsked ||= isAsked;
    used.set(name, use);
  }
  for (const [, value] of entriesOf(part)) noteUse(value, words, isAsked, used, depth + 1);
}

/** Lines of an entry; of a response only those of its description, which says what it means. */
function span(tree: Tree, at: TreePath, inner: TreePath = []): Span {
  const outer = tree.spanOf(at);
  const within = inner.length === 0 ? outer : tree.spanOf([...at, ...inner]);
  const endLine = within.endCol === 1 && within.endLine > outer.line ? within.endLine - 1 : within.endLine;
  return { ...outer, endLine: Math.max(outer.line, endLine) };
}

function addSaying(
  { file, tree, sayings, id }: Reader,
  node: string,
  at: TreePath,
  claims: readonly Claim[],
  context: string,
  text: string,
  where: Span = span(tree, at),
): void {
  if (claims.length === 0 && text === '') return;
  sayings.push({ layer: 'contract', evidence: evidenceAt(file, node, where.line, where.endLine), text, context, document: id, claims });
}
