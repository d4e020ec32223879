import { compare } from '../../graph/model/edge.ts';
import type { Node, NodeOf } from '../../graph/model/node.ts';
import type { ContractChange, ContractChangeKind, Credential } from './contract-change.ts';
import type { Reported } from './oasdiff.ts';

type Field = NodeOf<'SchemaProperty'>;
type Operation = NodeOf<'Operation'>;

interface Version {
  /** By method and path with the names of its parameters left out. */
  readonly operations: ReadonlyMap<string, Operation>;
  /** By operation id, then path of the field. */
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, Field>>;
}

/**
 * What differs between two versions of a contract: operations and fields from the facts of both, everything else, and
 * what counts as breaking, from what oasdiff reports. Ordered by operation, field, kind.
 */
export function compareOpenapi(
  before: readonly Node[],
  after: readonly Node[],
  reported: readonly Reported[] = [],
): readonly ContractChange[] {
  const [was, is] = [versionOf(before), versionOf(after)];
  const found: ContractChange[] = [];
  const rest = new Set(reported);
  /** Takes the reports that say the same, so that what is left is what only oasdiff sees. */
  const add = (change: Omit<ContractChange, 'rule'>, matches: (report: Reported) => boolean): void => {
    const said = [...rest].filter((report) => isAbout(report, was, change.operation) && matches(report));
    for (const report of said) rest.delete(report);
    const worst = said.reduce((level, report) => Math.max(level, report.level), 0);
    found.push({ ...change, breaking: change.breaking || worst >= 2, ...(said[0] ? { rule: said[0].id } : {}) });
  };

  for (const [key, operation] of was.operations) {
    const now = is.operations.get(key);
    if (!now) {
      const moved = movedTo(operation, was, is);
      const detail = moved ? `${operation.name} is now ${moved.name}` : `${operation.name} was removed`;
      add({ kind: moved ? 'operation-moved' : 'operation-removed', operation: operation.id, breaking: true, detail }, ({ id }) =>
        /^api-(path-)?removed/.test(id),
      );
      continue;
    }
    compareFields(operation, was.fields.get(operation.id), is.fields.get(now.id), add);
    compareSecurity(operation, now, before, after, add);
    if (now.props.deprecated && !operation.props.deprecated)
      add(
        { kind: 'deprecated', operation: operation.id, breaking: false, detail: `${operation.name} is deprecated` },
        ({ id }) => id === 'endpoint-deprecated',
      );
  }
  for (const [key, operation] of is.operations)
    if (!was.operations.has(key))
      add(
        { kind: 'operation-added', operation: operation.id, breaking: false, detail: `${operation.name} was added` },
        ({ id }) => id === 'endpoint-added',
      );
  found.push(...[...rest].flatMap((report) => onlyReported(report, was, is) ?? []));
  return found.sort(
    (a, b) =>
      compare(a.operation, b.operation) || compare(a.field ?? '', b.field ?? '') || compare(a.kind, b.kind) || compare(a.detail, b.detail),
  );
}

type Add = (change: Omit<ContractChange, 'rule'>, matches: (report: Reported) => boolean) => void;

function compareFields(
  operation: Operation,
  was: ReadonlyMap<string, Field> = new Map(),
  is: ReadonlyMap<string, Field> = new Map(),
  add: Add,
): void {
  const statuses = (fields: ReadonlyMap<string, Field>): ReadonlySet<string> =>
    new Set([...fields.keys()].flatMap((field) => /^response\.[^.]+/.exec(field)?.[0] ?? []));
  const [answered, answers] = [statuses(was), statuses(is)];
  const state = (kind: ContractChangeKind, field: string, breaking: boolean, detail: string, pattern: RegExp, value?: string): void =>
    add(
      { kind, operation: operation.id, field, breaking, detail, ...(value === undefined ? {} : { value }) },
      ({ id, text }) => pattern.test(id) && names(text, field),
    );
  for (const [field, before] of was) {
    const after = is.get(field);
    const isRequest = field.startsWith('request.');
    if (!after) {
      const [status = ''] = /^response\.[^.]+/.exec(field) ?? [];
      // The whole answer is gone, or what it stands in is: said once, of that.
      if ((status !== '' && answered.has(status) && !answers.has(status) && answers.size > 0) || isInside(field, was, is)) continue;
      state('field-removed', field, !isRequest, `${field} was removed`, /removed/);
      continue;
    }
    const [a, b] = [before.props, after.props];
    if ((a.type ?? '') !== (b.type ?? '') || (a.format ?? '') !== (b.format ?? ''))
      state('type-changed', field, true, `type of ${field}: ${a.type ?? 'any'} → ${b.type ?? 'any'}`, /type-changed|list-of-types/);
    if (isRequest && !a.required && b.required) state('field-required', field, true, `${field} has to be sent`, /became-required/);
    if (!isRequest && ((a.required && !b.required) || (!a.nullable && b.nullable)))
      state('field-optional', field, true, `${field} may be missing`, /became-(optional|nullable)/);
    for (const value of a.enum ?? [])
      if (b.enum && !b.enum.includes(value))
        state('value-removed', field, isRequest, `${field} can no longer be ${value}`, /enum-value-removed/, value);
    for (const value of b.enum ?? [])
      if (a.enum && !a.enum.includes(value))
        state('value-added', field, !isRequest, `${field} can now be ${value}`, /enum-value-added/, value);
  }
  for (const [field, after] of is)
    if (!was.has(field) && !isInside(field, is, was)) {
      const isDemand = field.startsWith('request.') && after.props.required === true;
      state('field-added', field, isDemand, `${field} was added`, /^new-|added/);
    }
}

/** Ways to sign in; one more beside others is one to choose from, and concerns nobody. */
function compareSecurity(operation: Operation, now: Operation, before: readonly Node[], after: readonly Node[], add: Add): void {
  const [had, has] = [waysOf(operation), waysOf(now)];
  const said = (ways: readonly Way[]): string => ways.map((way) => way.join(' and ')).join(' or ');
  const state = (kind: 'security-added' | 'security-removed', ways: readonly Way[], nodes: readonly Node[], detail: string): void =>
    add({ kind, operation: operation.id, value: said(ways), credentials: credentialsOf(ways, nodes), breaking: true, detail }, ({ id }) =>
      id.includes('security'),
    );
  /** Who signs in so may still do. */
  const gone = had.filter((way) => !has.some((other) => other.every((scheme) => way.includes(scheme))));
  const extended = gone.flatMap((way) => has.filter((other) => way.every((scheme) => other.includes(scheme))));
  const refused = gone.filter((way) => !has.some((other) => way.every((scheme) => other.includes(scheme))));
  const isPublic = gone.some((way) => way.length === 0);
  if (gone.length > 0 && extended.length > 0)
    state(
      'security-added',
      [...new Set(isPublic ? has : extended)],
      after,
      `${operation.name} requires ${said(isPublic ? has : extended)}`,
    );
  if (refused.length > 0 && has.length > 0)
    state('security-removed', refused, before, `${operation.name} no longer accepts ${said(refused)}`);
}

/** Schemes that are used together. */
type Way = readonly string[];

/** One of these has to be used; the empty one is to sign in not at all. */
const waysOf = ({ props: { security = [], signIns } }: Operation): readonly Way[] =>
  signIns?.map((way) => (way === '' ? [] : way.split(' + '))) ?? (security.length === 0 ? [[]] : security.map((scheme) => [scheme]));

/** What each way sends; none where one is used in a way that no call shows. */
function credentialsOf(ways: readonly Way[], nodes: readonly Node[]): readonly (readonly Credential[])[] {
  const credentialOf = (scheme: string): Credential | undefined => {
    const node = nodes.find((each) => each.kind === 'SecurityScheme' && each.name === scheme);
    if (node?.kind !== 'SecurityScheme' || node.props.type === 'mutualTLS') return undefined;
    const { type, header, query, cookie } = node.props;
    if (type !== 'apiKey') return { in: 'header', name: 'authorization' };
    if (header !== undefined) return { in: 'header', name: header.toLowerCase() };
    if (query !== undefined) return { in: 'query', name: query };
    return cookie === undefined ? undefined : { in: 'cookie', name: cookie };
  };
  const found = ways.map((way) => way.flatMap((scheme) => credentialOf(scheme) ?? []));
  return found.every((credentials, at) => credentials.length === ways[at]!.length) ? found : [];
}

/** True for a field of something that is there in `these` only, too. */
function isInside(field: string, these: ReadonlyMap<string, Field>, those: ReadonlyMap<string, Field>): boolean {
  const outer = field.slice(0, field.lastIndexOf('.'));
  return these.has(outer) && !those.has(outer);
}

/** What oasdiff alone reports: statuses, media types, security, limits, headers. */
function onlyReported(
  { id, text, level, operation: method = '', path = '' }: Reported,
  was: Version,
  is: Version,
): ContractChange | undefined {
  const operation = was.operations.get(keyOf(method, path));
  if (!operation) return undefined;
  const quoted = [...text.matchAll(/`([^`]*)`/g)].map(([, inner]) => inner!);
  const fields = [...(was.fields.get(operation.id)?.keys() ?? [])];
  const side = /request/.test(id) ? 'request.' : /response/.test(id) ? 'response.' : '';
  const field = fields.find((name) => name.startsWith(side) && quoted.some((inner) => names(`\`${inner}\``, name)));
  const at = { operation: operation.id, breaking: level >= 2, rule: id, detail: text };
  if (/success-status-removed/.test(id)) {
    const now = is.operations.get(keyOf(method, path));
    const hasBody = (version: Version, owner: Operation | undefined): boolean =>
      owner !== undefined && [...(version.fields.get(owner.id)?.keys() ?? [])].some((name) => name.startsWith('response.2'));
    const bodyGone = hasBody(was, operation) && !hasBody(is, now) ? { bodyGone: true as const } : {};
    return { kind: 'status-removed', ...at, breaking: true, ...bodyGone, ...valueOf(quoted[0]) };
  }
  if (/media-type-removed/.test(id)) return { kind: 'media-type-removed', ...at, breaking: true, ...valueOf(quoted[0]) };
  const isLimit = /(max|min|pattern|length|items|multiple|unique).*(decreased|increased|set|added|changed|generalized)/.test(id);
  if (isLimit && level >= 2 && field !== undefined) return { kind: 'constraint-tightened', ...at, field, ...valueOf(quoted.at(-1)) };
  return { kind: 'other', ...at, ...(field === undefined ? {} : { field }) };
}

const valueOf = (value: string | undefined): { readonly value?: string } => (value === undefined ? {} : { value });

/** Whether a text of oasdiff quotes a field: `address/zip`, `items/sku`, the parameter `limit`. */
function names(text: string, field: string): boolean {
  const wanted = field.replace(/^request\.(body|query|path|header|cookie)\.|^response\.[^.]+\./, '').split('.');
  return [...text.matchAll(/`([^`]*)`/g)].some(([, quoted = '']) => {
    const steps = quoted.replace(/\b(allOf|oneOf|anyOf)\[[^\]]*\]\//g, '').split('/');
    return steps.at(-1) === wanted.at(-1) && wanted.every((step) => steps.includes(step));
  });
}

const isAbout = ({ operation = '', path = '' }: Reported, { operations }: Version, id: string): boolean => {
  const operationOf = operations.get(keyOf(operation, path));
  return operationOf === undefined ? id.endsWith(`#${operation} ${path}`) : operationOf.id === id;
};

/** The same operation under another path or method: it keeps its operationId. */
const movedTo = ({ props: { operationId } }: Operation, was: Version, is: Version): Operation | undefined =>
  operationId === undefined
    ? undefined
    : [...is.operations].find(([key, each]) => each.props.operationId === operationId && !was.operations.has(key))?.[1];

const keyOf = (method: string, path: string): string => `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`;

function versionOf(nodes: readonly Node[]): Version {
  const operations = new Map<string, Operation>();
  const fields = new Map<string, Map<string, Field>>();
  for (const node of nodes) {
    if (node.kind === 'Operation') {
      operations.set(keyOf(node.props.method ?? '', node.props.path ?? ''), node);
      fields.set(node.id, new Map());
    }
  }
  for (const node of nodes) {
    const match = node.kind === 'SchemaProperty' ? /^(.*#[A-Z]+ \S+) ((?:request|response)\..*)$/.exec(node.id) : null;
    if (match) fields.get(match[1]!)?.set(match[2]!, node as Field);
  }
  return { operations, fields };
}
