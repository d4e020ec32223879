import type { NodeId } from '../../../graph/model/id.ts';
import type { CallKey, Expr, LinkKeys, ResultUse } from '../../keys.ts';
import { evaluatorOf } from '../evaluate.ts';
import { originOf } from '../origin.ts';
import { testModules } from '../test-modules.ts';
import { LIBRARIES, type Request } from './libraries.ts';
import { templateSegments, urlPattern, type UrlPattern } from './url.ts';

/** A place from which something is called over HTTP. */
export interface ClientCall {
  readonly repo: string;
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly from: NodeId;
  readonly library: string;
  /** Capitals; undefined when it is only known when the program runs. */
  readonly method?: string;
  readonly url: UrlPattern;
  /** What is sent. */
  readonly body?: Expr;
  /** Query parameters and headers that are sent, where they are given as an object. */
  readonly query?: Expr;
  readonly headers?: Expr;
  readonly result?: ResultUse;
  /** What the function that the call was passed through makes of the response itself. */
  readonly wrapped?: ResultUse;
  /** Functions that the call was passed through. */
  readonly through: readonly NodeId[];
  /** More may be sent than is written. */
  readonly open?: true;
  /** The function of the repository that is told what to call, and what else it is told: see `sent.ts`. */
  readonly teller?: NodeId;
  readonly given?: readonly Expr[];
  /** A test calls the application it tests. */
  readonly inProcess?: true;
  /** It was read without a compiler: what is sent and what becomes of the answer is not known. */
  readonly unseen?: true;
}

/** A function of the repository gives what came back, not the response around it. */
export const isUnwrapped = ({ through, library }: ClientCall): boolean =>
  through.length > 0 || library === 'request-object' || library === 'operation-name';

const cache = new WeakMap<LinkKeys, readonly ClientCall[]>();

/** Every call over HTTP of all repositories, wrappers seen from their callers. */
export function clientCallsOf(keys: LinkKeys): readonly ClientCall[] {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = [...find(keys), ...languageCalls(keys)]));
  return known;
}

function* find(keys: LinkKeys): Iterable<ClientCall> {
  const evaluator = evaluatorOf(keys);
  for (const call of keys.of('call')) {
    const read = (callee: Expr, args: readonly Expr[]): Request | undefined => requestOf(callee, args, call.value);
    const start = read(evaluator.reduce(call.value.callee), call.value.args.map(evaluator.reduce));
    if (!start) continue;
    const sites = evaluator.sites(call, ({ callee, args }) => {
      const request = read(callee, args);
      return request
        ? [request.url, ...(request.base ? [request.base] : []), ...(typeof request.method === 'object' ? [request.method] : [])]
        : [];
    });
    for (const site of sites) {
      const request = read(site.callee, site.args);
      const url =
        request &&
        (request.template !== undefined ? templateUrl(request.template, request.base) : urlPattern(joined(request.base, request.url)));
      if (!request || !url) continue;
      const method = typeof request.method === 'string' ? request.method : textOf(request.method);
      const { repo, file, through } = site;
      const { from, line, col, result, types } = site.call;
      yield {
        repo,
        file,
        line,
        col,
        from,
        library: request.library,
        ...(method === undefined ? {} : { method: method.toUpperCase() }),
        url,
        ...(request.body ? { body: request.body } : {}),
        ...(request.query ? { query: request.query } : {}),
        ...(request.headers ? { headers: request.headers } : {}),
        ...(request.open ? { open: true as const } : {}),
        ...(request.teller === undefined ? {} : { teller: request.teller }),
        ...(request.given ? { given: request.given } : {}),
        ...merged(types, result),
        ...(through.length > 0 && call.value.result ? { wrapped: call.value.result } : {}),
        through,
        ...(request.inProcess ? { inProcess: true as const } : {}),
      };
    }
  }
}

const UNKNOWN: Expr = { is: 'unknown' };

/** Calls of languages that are read as text: `{}` in a URL is only known when the program runs. */
function* languageCalls(keys: LinkKeys): Iterable<ClientCall> {
  const isTest = testModules(keys);
  for (const { repo, file, value } of keys.of('http-call')) {
    const { from, method, line, col } = value;
    const url = urlPattern({ is: 'join', parts: partsOf(value.url) });
    if (!url) continue;
    const isInProcess = url.host === undefined && isTest(repo, file);
    yield {
      repo,
      file,
      line,
      col,
      from,
      library: 'language-client',
      ...(method === undefined ? {} : { method }),
      url,
      body: UNKNOWN,
      query: UNKNOWN,
      result: { handedOn: true },
      through: [],
      open: true,
      unseen: true,
      ...(isInProcess ? { inProcess: true as const } : {}),
    };
  }
}

const partsOf = (url: string): readonly Expr[] =>
  url.split('{}').flatMap((text, index): readonly Expr[] => [...(index > 0 ? [UNKNOWN] : []), { is: 'text', text }]);

function requestOf(callee: Expr, args: readonly Expr[], call: CallKey): Request | undefined {
  const origin = originOf(callee);
  if (origin) {
    for (const { name, packages, read } of LIBRARIES) {
      if (!packages.test(origin.package)) continue;
      const request = read(origin, args, call.created === true);
      if (request) return { library: name, ...request };
    }
    return undefined;
  }
  const teller =
    callee.is === 'declared' ? callee.id : callee.is === 'parameter' ? callee.of : callee.is === 'function' ? callee.at : undefined;
  const request = teller === undefined ? undefined : handedOn(args);
  return request && { ...request, teller: teller! };
}

const OPERATION = /^(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS)\s+(\/\S*)$/;

/** What a function of the repository is told of a request, wherever it sends it: `{ url, method }`, `'GET /users/{id}'`. */
function handedOn(args: readonly Expr[]): Request | undefined {
  for (const argument of args) {
    const operation = argument.is === 'text' ? OPERATION.exec(argument.text) : null;
    if (operation) {
      const given = args.filter((each) => each !== argument && each.is !== 'list' && each.is !== 'function' && each.is !== 'literal');
      return { library: 'operation-name', method: operation[1]!, url: argument, template: operation[2]!, given };
    }
    if (argument.is !== 'object') continue;
    const { url, method } = argument.entries;
    if (!url || !method || textOf(method) === undefined || !urlPattern(url)) continue;
    const { data, body, params } = argument.entries;
    const sent = data ?? body;
    const put = argument.entries['headers'];
    return {
      library: 'request-object',
      method,
      url,
      ...(sent ? { body: sent } : {}),
      ...(params ? { query: params } : {}),
      ...(put ? { headers: put } : {}),
    };
  }
  return undefined;
}

const textOf = (expr: Expr | undefined): string | undefined => (expr?.is === 'text' ? expr.text : undefined);

/** A path on top of the base that a client was made with; an absolute URL stays what it is. */
function joined(base: Expr | undefined, url: Expr): Expr {
  if (!base || base.is === 'unknown')
    return base && !startsWithSlash(url) ? { is: 'join', parts: [{ is: 'unknown' }, { is: 'text', text: '/' }, url] } : url;
  const first = url.is === 'join' ? url.parts[0] : url;
  if (first?.is === 'text' && /^[a-z][a-z0-9+.-]*:\/\//i.test(first.text)) return url;
  return { is: 'join', parts: [base, { is: 'text', text: '/' }, url] };
}

const startsWithSlash = (url: Expr): boolean => {
  const first = url.is === 'join' ? url.parts[0] : url;
  return first?.is === 'text' && first.text.startsWith('/');
};

function templateUrl(template: string, base: Expr | undefined): UrlPattern {
  const before = base ? urlPattern({ is: 'join', parts: [base, { is: 'text', text: '/' }] }) : undefined;
  return {
    ...(before?.host ? { host: before.host } : {}),
    segments: [...(before?.segments ?? []), ...templateSegments(template)],
    query: [],
  };
}

function merged(types: CallKey['types'], result: ResultUse | undefined): { readonly result?: ResultUse } {
  const as = [...(types?.flat() ?? []), ...(result?.as ?? [])];
  if (as.length === 0 && !result) return {};
  return { result: { ...result, ...(as.length > 0 ? { as } : {}) } };
}
