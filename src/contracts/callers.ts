import { EDGE_CODE, factMask } from '../../graph/model/edge.ts';
import type { NodeId } from '../../graph/model/id.ts';
import { KIND_CODE } from '../../graph/model/node.ts';
import type { Effect } from '../../graph/query/change.ts';
import { dependenciesOf, dependentsOf, edgesInto, edgesOutOf } from '../../graph/query/edges-of.ts';
import type { Snapshot } from '../../graph/snapshot/csr.ts';
import type { Expr, LinkKeys, ResultUse, TypeName } from '../../ingest/keys.ts';
import { membersOf, type Members } from '../../ingest/link/data/members.ts';
import { evaluatorOf } from '../../ingest/link/evaluate.ts';
import { clientCallsOf, isUnwrapped, type ClientCall } from '../../ingest/link/http/clients.ts';
import { sentBy } from '../../ingest/link/http/sent.ts';
import { targetsOf } from '../../ingest/link/http/targets.ts';
import { memberOf } from '../../graph/query/members.ts';
import type { ContractChange, Credential } from './contract-change.ts';

/** What a change of an operation means for one piece of code that calls it. */
export interface Concern {
  /** The declaration that calls the operation, or reads what it answered. */
  readonly from: NodeId;
  /** The call, and what it was passed through. */
  readonly call: ClientCall;
  readonly concerned: 'yes' | 'no' | 'unknown';
  readonly effect: Effect;
  readonly file: string;
  readonly line: number;
  readonly col: number;
  /** For people. */
  readonly reason: string;
  readonly confidence: number;
  /** The property that is read in place of the field, where `from` reads the type that the answer is taken for. */
  readonly property?: NodeId;
}

/** Whether the effect of a change depends on what each call sends, or does with the answer; else every call is concerned. */
export function dependsOnCall({ kind, field = '', breaking }: ContractChange): boolean {
  switch (kind) {
    case 'field-removed':
    case 'field-optional':
    case 'type-changed':
    case 'value-removed':
    case 'value-added':
    case 'field-required':
      return /^(request\.(body|query|header)|response\.[^.]+)\./.test(field);
    case 'field-added':
      return breaking && field.startsWith('request.');
    case 'constraint-tightened':
      return field.startsWith('request.');
    case 'status-removed':
    case 'media-type-removed':
    case 'security-added':
    case 'security-removed':
      return true;
    default:
      return false;
  }
}

type Decision = Pick<Concern, 'concerned' | 'reason' | 'property'> & { readonly at?: Place };
interface Place {
  readonly from: NodeId;
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

/** Functions around a call that are looked at for what was sent or is read. */
const FARTHEST_CALLER = 6;
const FARTHEST_CALLEE = 3;
const DEEPEST = 8;

/** Decides for each call of the changed operation whether the change concerns it. One concern a call, or a reader. */
export function concernsOf(keys: LinkKeys, graph: Snapshot, change: ContractChange): readonly Concern[] {
  const calls = callsOf(keys, change.operation);
  const sending = createSending(keys, graph, change.operation);
  const reading = createReading(keys, graph);
  const effect: Effect =
    change.field?.startsWith('response.') && (change.kind === 'value-removed' || change.kind === 'value-added')
      ? 'behaves-differently'
      : 'breaks';
  return calls.flatMap(({ call, confidence }) =>
    decide(call, change, sending, reading).map(({ at, ...decision }): Concern => {
      const { from, file, line, col } = at ?? call;
      const { concerned } = decision;
      const said: Effect = concerned === 'yes' ? effect : concerned === 'no' ? 'compatible' : 'unknown';
      return { call, from, file, line, col, effect: said, confidence, ...decision };
    }),
  );
}

/** Calls of an operation; of a request that is put together by several calls of one chain, the one that knows most. */
function callsOf(keys: LinkKeys, operation: NodeId): readonly { readonly call: ClientCall; readonly confidence: number }[] {
  const targets = targetsOf(keys);
  const found = new Map<string, { readonly call: ClientCall; readonly confidence: number }>();
  for (const call of clientCallsOf(keys)) {
    const match = targets
      .match(call)
      .find(({ target }) => target.operation?.id === operation || target.realizes?.some(({ id }) => id === operation));
    if (!match) continue;
    const place = JSON.stringify([call.repo, call.file, call.line, call.col, call.from]);
    const known = found.get(place)?.call;
    const knows = (each: ClientCall): number => (each.body ? 2 : 0) + (each.query ? 1 : 0);
    if (known && knows(known) > knows(call)) continue;
    const both = known && knows(known) > 0 ? { ...known, ...call } : call;
    found.set(place, { call: both, confidence: match.confidence });
  }
  return [...found.values()];
}

function decide(call: ClientCall, change: ContractChange, sending: Sending, reading: Reading): readonly Decision[] {
  const { kind, field = '', value } = change;
  const part = /^request\.(body|query|header)\.(.*)$/.exec(field);
  if (part) {
    const name = part[2]!;
    return sending
      .of(call, part[1] as Part, part[1] === 'header' || part[1] === 'query' ? [name] : name.split('.'))
      .map((sent) => ({ ...decideSent(sent, change, name.split('.').at(-1)!, sending), ...(sent.at ? { at: sent.at } : {}) }));
  }
  if (field.startsWith('response.')) return reading.of(call, field.replace(/^response\.[^.]+\./, ''), change);
  switch (kind) {
    case 'status-removed':
      return [reading.status(call, value ?? '', change.bodyGone === true)];
    case 'media-type-removed': {
      const header = /request/.test(change.rule ?? '') ? 'content-type' : 'accept';
      return sending.of(call, 'header', [header]).map(({ is, value: sent }): Decision => {
        if (is === 'missing') return { concerned: 'no', reason: `asks for no media type` };
        const text = textOf(sent);
        if (text === undefined) return { concerned: 'unknown', reason: `which media type it asks for is not known` };
        return { concerned: text.includes(value ?? '') ? 'yes' : 'no', reason: `asks for ${value}` };
      });
    }
    case 'security-added':
    case 'security-removed':
      return [decideCredentials(call, change, sending)];
    default:
      return [];
  }
}

function decideCredentials(call: ClientCall, { kind, credentials = [] }: ContractChange, sending: Sending): Decision {
  if (credentials.length === 0) return { concerned: 'unknown', reason: 'how it signs in is not known' };
  const ways = credentials.map((way) => {
    const sent = way.map((credential) => isSigned(call, credential, sending));
    return sent.includes('no') ? 'no' : sent.includes('unknown') ? 'unknown' : 'yes';
  });
  const isAdded = kind === 'security-added';
  const named = credentials.map((way) => way.map(({ name }) => name).join(' and ')).join(' or ');
  if (ways.includes('yes')) return { concerned: isAdded ? 'no' : 'yes', reason: `signs in with ${named}` };
  if (ways.includes('unknown')) return { concerned: 'unknown', reason: 'whether it signs in so is not known' };
  return { concerned: isAdded ? 'yes' : 'no', reason: `sends no ${named}` };
}

/** Whether a call sends a secret. Cookies are put on by what makes the request, unless the code writes the header itself. */
function isSigned(call: ClientCall, { in: place, name }: Credential, sending: Sending): 'yes' | 'no' | 'unknown' {
  const [part, member] = place === 'cookie' ? (['header', 'cookie'] as const) : ([place, name] as const);
  const found = sending.of(call, part, [member]);
  if (found.some(({ is }) => is === 'sent')) return 'yes';
  return place === 'cookie' || found.some(({ is }) => is === 'unknown') ? 'unknown' : 'no';
}

function decideSent(sent: Sent, change: ContractChange, name: string, sending: Sending): Decision {
  const { kind, value = '' } = change;
  switch (kind) {
    case 'field-required':
    case 'field-added':
      if (sent.is === 'sent') return { concerned: 'no', reason: `sends ${name}` };
      if (sent.is === 'unknown') return { concerned: 'unknown', reason: `whether it sends ${name} is not known` };
      return sent.is === 'outer-missing'
        ? { concerned: 'no', reason: `sends nothing around ${name}` }
        : { concerned: 'yes', reason: `calls the operation without ${name}` };
    case 'value-removed':
    case 'value-added': {
      if (kind === 'value-added' || sent.is === 'missing' || sent.is === 'outer-missing')
        return { concerned: 'no', reason: `sends no ${name}` };
      const text = textOf(sent.value);
      if (text === undefined) return { concerned: 'unknown', reason: `which ${name} it sends is not known` };
      const others = sent.value?.is === 'text' ? (sent.value.others ?? []) : [];
      return text === value || others.includes(value)
        ? { concerned: 'yes', reason: `sends ${name} ${value}` }
        : { concerned: 'no', reason: `sends ${name} ${text}` };
    }
    case 'constraint-tightened': {
      if (sent.is === 'missing' || sent.is === 'outer-missing') return { concerned: 'no', reason: `sends no ${name}` };
      const limit = Number(value);
      const isExcluded = exclusion(change.rule ?? '', limit);
      if (!isExcluded) return { concerned: 'unknown', reason: `whether the ${name} it sends is still allowed is not known` };
      const text = textOf(sent.value);
      if (text !== undefined) {
        const size = /length/.test(change.rule ?? '') ? text.length : Number(text);
        if (!Number.isNaN(size))
          return {
            concerned: isExcluded(size) ? 'yes' : 'no',
            reason: `sends ${name} ${text}${isExcluded(size) ? '' : ', which is allowed'}`,
          };
      }
      const bound = sending.boundsOf(sent.call, name).find(({ limit: by }) => isExcluded(by));
      if (bound) return { concerned: 'yes', reason: `lets ${name} be up to ${bound.limit}`, at: bound.at };
      return { concerned: 'unknown', reason: `which ${name} it sends is not known` };
    }
    default: // removed, renamed, of another type
      if (sent.is === 'sent' || (sent.is === 'unknown' && sent.value)) return { concerned: 'yes', reason: `sends ${name}` };
      return sent.is === 'unknown'
        ? { concerned: 'unknown', reason: `whether it sends ${name} is not known` }
        : { concerned: 'no', reason: `sends no ${name}` };
  }
}

/** The folder of the package that a file is in, as far as its path says. */
export const folderOf = (file: string): string => file.replace(/(^|\/)(src|lib|app|test|tests)\/.*$|\/[^/]*$/, '');

/** What a limit shuts out, by the rule of oasdiff that reports it. */
function exclusion(rule: string, limit: number): ((size: number) => boolean) | undefined {
  if (Number.isNaN(limit)) return undefined;
  if (/max/.test(rule)) return (size) => size > limit;
  return /min/.test(rule) ? (size) => size < limit : undefined;
}

const textOf = (expr: Expr | undefined): string | undefined => (expr?.is === 'text' || expr?.is === 'literal' ? expr.text : undefined);

/* What is sent. */

type Part = 'body' | 'query' | 'header';
interface Found {
  /** `outer-missing`: not even what it would stand in. */
  readonly is: 'sent' | 'missing' | 'outer-missing' | 'unknown';
  readonly value?: Expr;
  /** The optional member of a declared type that decides it. */
  readonly member?: NodeId;
  /** The parameter that decides it. */
  readonly parameter?: Extract<Expr, { is: 'parameter' }>;
}
interface Sent extends Found {
  readonly call: ClientCall;
  readonly at?: Place;
}

interface Sending {
  /** A member of what a call sends; one for each caller of the function around, where that decides. */
  of(call: ClientCall, part: Part, path: readonly string[]): readonly Sent[];
  /** Numbers that code around the call holds a value of that name against. */
  boundsOf(call: ClientCall, name: string): readonly { readonly limit: number; readonly at: Place }[];
}

const MISSING: Found = { is: 'missing' };
const UNKNOWN: Found = { is: 'unknown' };

function createSending(keys: LinkKeys, graph: Snapshot, operationId: NodeId): Sending {
  const operation = keys.of('operation').find(({ value }) => value.id === operationId)?.value;
  const members = membersOf(keys);
  const evaluator = evaluatorOf(keys);

  /**
   * Whether other code of the package puts the header on what a client sends: `yes` when it names something that the code
   * around the call names, too, the client itself in practice. `fetch` has no such place.
   */
  const putOn = (call: ClientCall, header: string): 'yes' | 'no' | 'unknown' => {
    const found = keys
      .of('header')
      .filter(
        ({ repo, file, value }) =>
          repo === call.repo && folderOf(file) === folderOf(call.file) && value.name.toLowerCase() === header.toLowerCase(),
      );
    if (found.length === 0) return 'no';
    const own = new Set([call.from, ...call.through].flatMap((place) => namedBy(graph, place)));
    if (found.some(({ value }) => namedBy(graph, value.from).some((node) => own.has(node)))) return 'yes';
    return call.library === 'fetch' ? 'no' : 'unknown';
  };

  const look = (call: ClientCall, part: Part, path: readonly string[]): Found => {
    const { layers, open } = sentBy(keys, call, operation)[part];
    const found = layers.map((layer) => memberIn(layer, path, members, part === 'header'));
    const best = found.find(({ is }) => is === 'sent') ?? found.find(({ is }) => is === 'unknown');
    if (best) return best;
    const put = part === 'header' ? putOn(call, path[0] ?? '') : 'no';
    if (put === 'yes') return { is: 'sent' };
    if (open || put === 'unknown') return UNKNOWN;
    return found.find(({ is }) => is === 'outer-missing') ?? MISSING;
  };

  return {
    of(call, part, path) {
      const found = look(call, part, path);
      const { parameter, member } = found;
      if (parameter && (found.is === 'unknown' || found.value)) {
        const callers = evaluator.callsOf(parameter.of);
        if (callers.length > 0)
          return callers.map(({ file, value }): Sent => {
            const given = value.args[parameter.index] ?? ({ is: 'literal', text: 'undefined' } as const);
            const at = { from: value.from, file, line: value.line, col: value.col };
            const bound = evaluator.reduce(parameter.path ? { is: 'member', of: given, path: parameter.path } : given);
            if (textOf(bound) === 'undefined') return { ...MISSING, call, at };
            const isUnknown = bound.is === 'unknown' || bound.is === 'parameter' || bound.is === 'member';
            return isUnknown ? { ...found, value: bound, call, at } : { is: 'sent', value: bound, call, at };
          });
      }
      if (found.is === 'unknown' && member !== undefined) {
        const callers = writersAround(graph, member, call);
        if (callers) return callers.map(({ at, writes }) => ({ ...(writes ? { is: 'sent' } : MISSING), call, at }));
      }
      return [{ ...found, call }];
    },
    boundsOf(call, name) {
      const around = reachOf(graph, [call.from, ...call.through], 0);
      return keys.of('bound').flatMap(({ repo, file, value }) => {
        if (repo !== call.repo || value.name !== name) return [];
        if (file !== call.file && !around.has(graph.indexOf(value.from))) return [];
        const limit = Number(textOf(evaluator.reduce(value.by)));
        return Number.isNaN(limit) ? [] : [{ limit, at: { from: value.from, file, line: value.line, col: value.col } }];
      });
    },
  };
}

/** A declaration, what is around it, and what it names. */
function namedBy(graph: Snapshot, id: NodeId): readonly number[] {
  const node = graph.indexOf(id);
  if (node < 0) return [];
  const around = graph.parent[node]!;
  return [
    node,
    ...(around >= 0 && graph.kind[around] === KIND_CODE.Class ? [around] : []),
    ...dependenciesOf(graph, node, 'READS', 'CALLS', 'REFERENCES'),
  ];
}

/**
 * Whether callers of the function that sends an optional member give it one; undefined when nobody calls, or somebody
 * else makes what they give.
 */
function writersAround(
  graph: Snapshot,
  member: NodeId,
  call: ClientCall,
): readonly { readonly at: Place; readonly writes: boolean }[] | undefined {
  const [property, sender] = [graph.indexOf(member), graph.indexOf(call.from)];
  if (property < 0 || sender < 0) return undefined;
  const writers = new Set(dependentsOf(graph, property, 'WRITES'));
  const calls = edgesInto(graph, sender, 'CALLS');
  const found = calls.map((edge) => ({ at: placeOf(graph, edge, call), writes: writers.has(graph.edgeFrom[edge]!) }));
  const callers = new Set(calls.map((edge) => graph.edgeFrom[edge]!));
  if (found.length === 0) return writers.size === 0 ? [{ at: call, writes: false }] : undefined;
  // What others write may be what a caller hands on.
  const isElsewhere = [...writers].some((writer) => !callers.has(writer) && writer !== sender);
  return isElsewhere && found.some(({ writes }) => !writes) ? undefined : found;
}

/** A member of a value, as far as the code says whether it is there. */
function memberIn(expr: Expr, path: readonly string[], members: Members, anyCase: boolean, depth = 0): Found {
  const [name, ...rest] = path;
  if (name === undefined || depth > DEEPEST) return UNKNOWN;
  const inner = (value: Expr): Found => {
    if (value.is === 'literal' && value.text === 'undefined') return rest.length > 0 ? { is: 'outer-missing' } : MISSING;
    if (rest.length > 0) return memberIn(value, rest, members, anyCase, depth + 1);
    const member = value.is === 'declared' ? optionalBehind(value, members) : undefined;
    if (member !== undefined) return { is: 'unknown', value, member };
    return { is: 'sent', value, ...(value.is === 'parameter' ? { parameter: value } : {}) };
  };
  if (expr.is === 'object') {
    const key = Object.keys(expr.entries).find((each) => each === name || (anyCase && each.toLowerCase() === name.toLowerCase()));
    if (key !== undefined) {
      const found = inner(expr.entries[key]!);
      if (!expr.maybe?.includes(key)) return found;
      const value = expr.entries[key]!;
      const member = optionalBehind(value, members);
      return {
        is: 'unknown',
        value,
        ...(value.is === 'parameter' ? { parameter: value } : {}),
        ...(member === undefined ? {} : { member }),
      };
    }
    if (expr.computed) return UNKNOWN;
    const spread = (expr.spreads ?? []).map((each) => memberIn(each, path, members, anyCase, depth + 1));
    const best = spread.find(({ is }) => is === 'sent') ?? spread.find(({ is }) => is === 'unknown');
    if (best) return best;
    if (expr.spread && spread.length === 0) return UNKNOWN;
    return rest.length > 0 ? { is: 'outer-missing' } : MISSING;
  }
  if (expr.is === 'list') return expr.items[0] ? memberIn(expr.items[0], path, members, anyCase, depth + 1) : UNKNOWN;
  if (expr.is === 'literal') return expr.text === 'undefined' || expr.text === 'null' ? MISSING : UNKNOWN;
  if (expr.is === 'text') {
    const value = new URLSearchParams(expr.text).get(name);
    return value === null ? (/^[\w=&%.+-]*$/.test(expr.text) ? MISSING : UNKNOWN) : { is: 'sent', value: { is: 'text', text: value } };
  }
  if (expr.is === 'call' && expr.callee.is === 'external' && expr.callee.package === 'global') {
    const called = expr.callee.path.join('.');
    if (/^(URLSearchParams|Headers|JSON\.stringify)$/.test(called)) {
      const [given] = expr.args;
      return given ? memberIn(given, path, members, anyCase, depth + 1) : MISSING;
    }
  }
  const types = 'type' in expr ? (expr.type ?? []) : [];
  const found = types.map((type) => memberOfType(type, path, members, 0));
  const parameter = expr.is === 'parameter' ? { parameter: extended(expr, path) } : {};
  if (found.length === 0 || found.includes(undefined)) return { ...UNKNOWN, ...parameter };
  const worst = found.find((each) => each!.is === 'unknown') ?? found.find((each) => each!.is === 'sent') ?? found[0]!;
  return { ...worst, ...(worst.is === 'unknown' ? parameter : {}) };
}

const extended = (expr: Extract<Expr, { is: 'parameter' }>, path: readonly string[]): Extract<Expr, { is: 'parameter' }> => ({
  ...expr,
  path: [...(expr.path ?? []), ...path],
});

function memberOfType(type: TypeName, [name = '', ...rest]: readonly string[], members: Members, depth: number): Found | undefined {
  const known = members.ofNamed(type);
  if (!known || depth > DEEPEST) return undefined;
  const member = known.get(name);
  if (!member) return rest.length > 0 ? { is: 'outer-missing' } : MISSING;
  if (member.optional) return { is: 'unknown', ...(member.id === undefined ? {} : { member: member.id }) };
  if (rest.length === 0) return { is: 'sent', value: { is: 'unknown', type: member.type } };
  const inner = member.type.map((each) => memberOfType(each, rest, members, depth + 1));
  return inner.length === 0 || inner.includes(undefined) ? UNKNOWN : inner[0];
}

/** `query.from` of a declared type, or of a parameter of one: the optional member. */
function optionalBehind(value: Expr, members: Members): NodeId | undefined {
  if (value.is === 'declared' && !value.path) {
    const dot = value.id.lastIndexOf('.');
    return members.of(value.id.slice(0, dot))?.get(value.id.slice(dot + 1))?.optional ? value.id : undefined;
  }
  if (value.is !== 'parameter') return undefined;
  const name = value.path?.at(-1);
  for (const type of value.type ?? []) {
    const member = name === undefined ? undefined : members.ofNamed(type)?.get(name);
    if (member?.optional && member.id !== undefined) return member.id;
  }
  return undefined;
}

/* What is read. */

interface Reading {
  of(call: ClientCall, field: string, change: ContractChange): readonly Decision[];
  status(call: ClientCall, old: string, bodyGone: boolean): Decision;
}

const STATUSES = new Set(['status', 'statusCode']);

function createReading(keys: LinkKeys, graph: Snapshot): Reading {
  const members = membersOf(keys);
  return {
    of(call, field, change) {
      const name = field.split('.').at(-1)!;
      const uses = [call.result, call.wrapped].filter((use) => use !== undefined);
      const isBody = (each: { readonly body?: true }): boolean => each.body === true || isUnwrapped(call);
      const direct = uses
        .flatMap(({ reads = [] }) => reads)
        .filter((read) => isBody(read) && (read.path === field || read.path.startsWith(`${field}.`)));
      const escapes = uses
        .flatMap(({ escapes: gone = [] }) => gone)
        .filter(({ path }) => path === '' || field === path || field.startsWith(`${path}.`));
      if (direct.length > 0) {
        const at = { from: call.from, file: call.file, line: direct[0]!.line, col: direct[0]!.col };
        if (change.kind !== 'value-removed') return [{ concerned: 'yes', reason: `reads ${name}`, at }];
        const compared = direct.flatMap(({ equals = [] }) => equals);
        if (compared.includes(change.value ?? '')) return [{ concerned: 'yes', reason: `compares ${name} with ${change.value}`, at }];
        const isHandedOn = escapes.some(({ path }) => path === field);
        return [
          isHandedOn
            ? { concerned: 'unknown', reason: `hands ${name} on`, at }
            : { concerned: 'no', reason: `never compares ${name} with it`, at },
        ];
      }
      const types = uses.flatMap(({ as = [] }) => as);
      const declared = types.flatMap((type) => propertiesAt(type, field.split('.'), members, 0));
      const ids = [...new Set(declared.flatMap(({ id }) => id ?? []))];
      const readers = ids.flatMap((property) => readersOf(graph, property, call, change.operation).map((at) => ({ property, at })));
      if (readers.length > 0) return readers.map((reader) => ({ concerned: 'yes', reason: `reads ${name}`, ...reader }));
      if (escapes.some(({ to }) => to === 'outside'))
        return [{ concerned: 'unknown', reason: `hands the response on; whether ${name} is used is not known` }];
      const isKnown = ids.length > 0 || (declared.length === 0 && types.some((type) => isTyped(type, members)));
      const flowsOn = ids.flatMap((property) => counterpartReaders(graph, property, call));
      if (flowsOn.length > 0) return flowsOn.map((at) => ({ concerned: 'yes', reason: `reads ${name} of what it becomes`, at }));
      const opened = ids.flatMap((property) => computedReaders(graph, property, call));
      if (opened.length > 0)
        return opened.map((at) => ({ concerned: 'unknown', reason: `reads by a computed key; whether ${name} is meant is not known`, at }));
      const isGone = escapes.length > 0 || (uses.some(({ handedOn }) => handedOn) && !uses.some(({ reads }) => reads));
      if (isGone && !isKnown) return [{ concerned: 'unknown', reason: `hands the response on; whether ${name} is used is not known` }];
      return [{ concerned: 'no', reason: `never reads ${name}` }];
    },
    status(call, old, bodyGone) {
      if (call.unseen) return { concerned: 'unknown', reason: 'what is done with the status is not known' };
      const uses: readonly ResultUse[] = [call.result, call.wrapped].filter((use) => use !== undefined);
      const tested = uses.flatMap(({ reads = [] }) => reads).filter(({ path, body }) => !body && STATUSES.has(path));
      const found = tested.find(({ equals = [] }) => equals.includes(old));
      const { from, file } = call;
      if (found) return { concerned: 'yes', reason: `tests for the status ${old}`, at: { from, file, line: found.line, col: found.col } };
      if (bodyGone && uses.some(({ body, reads }) => body || (isUnwrapped(call) && reads)))
        return { concerned: 'yes', reason: 'reads the body, which is no longer sent' };
      if (
        uses.some(({ escapes = [] }) => escapes.some(({ path, body }) => path === '' && !body)) &&
        !isUnwrapped(call) &&
        !uses.some(({ body }) => body)
      )
        return { concerned: 'unknown', reason: 'hands the response on; what is done with its status is not known' };
      return { concerned: 'no', reason: `never tests for the status ${old}` };
    },
  };
}

/** The members that stand for a field in a type; without an id where the type is written in place. */
function propertiesAt(
  type: TypeName,
  [name = '', ...rest]: readonly string[],
  members: Members,
  depth: number,
): readonly { readonly id?: NodeId }[] {
  if (depth > DEEPEST) return [];
  const own = members.ofNamed(type)?.get(name);
  const inner = own && rest.length > 0 ? own.type.flatMap((each) => propertiesAt(each, rest, members, depth + 1)) : own ? [own] : [];
  const argued = type.id === undefined && type.package !== undefined ? (type.args ?? []).flat() : [];
  return [...inner, ...argued.flatMap((each) => propertiesAt(each, [name, ...rest], members, depth + 1))];
}

const isTyped = (type: TypeName, members: Members): boolean =>
  members.ofNamed(type) !== undefined || (type.package !== undefined && (type.args ?? []).flat().some((each) => isTyped(each, members)));

/**
 * Who reads a property of a type that a call's answer is taken for. A type may stand for what several calls answer: who
 * reads it around one of these alone reads the answer of that one. Who is around none of them may read any.
 */
function readersOf(graph: Snapshot, property: NodeId, call: ClientCall, operation: NodeId): readonly Place[] {
  const own = [call.from, ...call.through];
  const others = edgesOutOf(graph, property, 'MAPS_TO').flatMap((edge) => {
    const via = graph.edgeVia[edge]!;
    if (via < 0 || (graph.edgeFactsAny[edge]! & PROVIDER) !== 0) return [];
    const isOwn = own.includes(graph.id(via)) && graph.id(graph.edgeTo[edge]!).startsWith(`${operation} `);
    return isOwn ? [] : [graph.id(via)];
  });
  const readers = edgesInto(graph, property, 'READS');
  if (readers.length === 0) return [];
  const around = own.map((place) => reachFrom(graph, place));
  const elsewhere = [...new Set(others)].map((other) => reachFrom(graph, other));
  return readers
    .filter((edge) => {
      const reader = graph.edgeFrom[edge]!;
      return around.some((reach) => reach.has(reader)) || !elsewhere.some((reach) => reach.has(reader));
    })
    .map((edge) => placeOf(graph, edge, call));
}

const PROVIDER = factMask('provider');

/**
 * Who reads the member of the same name of another type that a value of this type is passed as: `const row: Row = user`
 * and `row.email`. Only code around the call, or where the types meet.
 */
function counterpartReaders(graph: Snapshot, property: NodeId, call: ClientCall): readonly Place[] {
  const node = graph.indexOf(property);
  const owner = node < 0 ? -1 : graph.parent[node]!;
  if (owner < 0) return [];
  const meetings = edgesInto(graph, owner, 'FLOWS_TO', 'FLOWS_FROM');
  const around = reachOf(graph, [call.from, ...call.through, ...meetings.map((edge) => graph.id(graph.edgeFrom[edge]!))], FARTHEST_CALLEE);
  return [...new Set(meetings.map((edge) => graph.edgeVia[edge]!))].flatMap((type) => {
    if (type < 0 || type === owner) return [];
    const member = memberOf(graph, type, graph.name[node]!);
    if (member < 0) return [];
    return edgesInto(graph, member, 'READS')
      .filter((edge) => around.has(graph.edgeFrom[edge]!))
      .map((edge) => placeOf(graph, edge, call));
  });
}

/** Where an edge is stated, and by whom. */
function placeOf(graph: Snapshot, edge: number, { file }: ClientCall): Place {
  const from = graph.edgeFrom[edge]!;
  return {
    from: graph.id(from),
    file: graph.edgeFileText(edge) ?? graph.fileText(from) ?? file,
    line: graph.edgeLine[edge]!,
    col: graph.edgeCol[edge]!,
  };
}

/** Code around a call that reads members of the type of a property by a key that is known only when the program runs. */
function computedReaders(graph: Snapshot, property: NodeId, call: ClientCall): readonly Place[] {
  const node = graph.indexOf(property);
  const owner = node < 0 ? -1 : graph.parent[node]!;
  if (owner < 0) return [];
  const around = [call.from, ...call.through].map((place) => reachFrom(graph, place));
  return [...graph.viaEdges.subarray(graph.viaOffsets[owner], graph.viaOffsets[owner + 1])]
    .filter((edge) => graph.edgeType[edge] === EDGE_CODE.AFFECTED_BY_GAP && around.some((reach) => reach.has(graph.edgeFrom[edge]!)))
    .map((edge) => placeOf(graph, edge, call));
}

const reaches = new WeakMap<Snapshot, Map<NodeId, ReadonlySet<number>>>();

/** {@link reachOf} one declaration: many calls of a shared client ask for the same. */
function reachFrom(graph: Snapshot, start: NodeId): ReadonlySet<number> {
  let cache = reaches.get(graph);
  if (!cache) reaches.set(graph, (cache = new Map()));
  let known = cache.get(start);
  if (!known) cache.set(start, (known = reachOf(graph, [start], FARTHEST_CALLEE)));
  return known;
}

/** Code that may see what a call gives: what calls the code around it, and what these call, `callees` calls deep. */
function reachOf(graph: Snapshot, starts: readonly NodeId[], callees: number): ReadonlySet<number> {
  const seen = new Set(starts.map((id) => graph.indexOf(id)).filter((node) => node >= 0));
  // Through an interface, too: who calls what a method implements.
  widen(seen, FARTHEST_CALLER, (node) => [
    ...dependentsOf(graph, node, 'CALLS', 'REFERENCES', 'READS'),
    ...dependenciesOf(graph, node, 'OVERRIDES'),
  ]);
  widen(seen, callees, (node) => dependenciesOf(graph, node, 'CALLS'));
  return seen;
}

/** Adds what some steps lead to, from all that is there. */
function widen(seen: Set<number>, steps: number, next: (node: number) => readonly number[]): void {
  let front: readonly number[] = [...seen];
  for (let step = 0; step < steps && front.length > 0; step++) {
    front = [...new Set(front.flatMap(next))].filter((node) => !seen.has(node));
    for (const node of front) seen.add(node);
  }
}
