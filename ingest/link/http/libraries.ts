import type { NodeId } from '../../../graph/model/id.ts';
import type { Expr } from '../../keys.ts';
import type { Origin } from '../origin.ts';

/** What a call says of the request it makes. */
export interface Request {
  readonly library: string;
  readonly url: Expr;
  /** A path template that is known to be one; then it is the URL. */
  readonly template?: string;
  readonly method?: Expr | string;
  /** What the client puts before every URL. */
  readonly base?: Expr;
  readonly body?: Expr;
  readonly query?: Expr;
  readonly headers?: Expr;
  readonly inProcess?: true;
  /** More may be sent than is written: its options come from elsewhere. */
  readonly open?: true;
  /** The function of the repository that is told all this, and what else it is told. */
  readonly teller?: NodeId;
  readonly given?: readonly Expr[];
}

/** Options that are not known as a whole. */
const openOf = (options: Expr | undefined): { readonly open?: true } =>
  options !== undefined && !(options.is === 'literal') && (options.is !== 'object' || (options.spread && options.spreads?.length !== 0))
    ? { open: true }
    : {};

/** How one library is used. Adding one is adding an entry, and its package to `known-packages.ts`. */
interface Library {
  readonly name: string;
  readonly packages: RegExp;
  read(origin: Origin, args: readonly Expr[], created: boolean): Omit<Request, 'library'> | undefined;
}

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'del']);
const WITH_BODY = new Set(['post', 'put', 'patch']);

const entry = (expr: Expr | undefined, ...names: readonly string[]): Expr | undefined => {
  if (expr?.is !== 'object') return undefined;
  for (const name of names) if (Object.hasOwn(expr.entries, name)) return expr.entries[name];
  return undefined;
};
/** `auth: { username, password }` is a header, too. */
const headersOf = (options: Expr | undefined): Expr | undefined => {
  const [headers, auth] = [entry(options, 'headers'), entry(options, 'auth')];
  if (!auth) return headers;
  return layered([{ is: 'object', entries: { authorization: auth } }, ...(headers ? [headers] : [])]);
};
const verbOf = (step: string | undefined): string | undefined =>
  step !== undefined && VERBS.has(step.toLowerCase()) ? step.toLowerCase() : undefined;
const methodOf = (verb: string): string => (verb === 'del' ? 'DELETE' : verb.toUpperCase());
const given = <K extends string>(name: K, value: Expr | undefined): { readonly [name in K]?: Expr } =>
  value ? ({ [name]: value } as { readonly [name in K]: Expr }) : {};

/** `JSON.stringify(x)` is x. */
const sent = (body: Expr | undefined): Expr | undefined => {
  if (body?.is !== 'call' || body.callee.is !== 'external' || body.callee.path.join('.') !== 'JSON.stringify') return body;
  return body.args[0];
};

/** Options in the manner of `fetch`; without options the method is GET, with unknown ones it is unknown. */
function fetched(url: Expr | undefined, options: Expr | undefined): Omit<Request, 'library'> | undefined {
  if (!url) return undefined;
  const isRequest = url.is === 'call' && url.created === true && url.callee.is === 'external' && url.callee.path[0] === 'Request';
  if (isRequest) return fetched(url.args[0], url.args[1]);
  const method = entry(options, 'method') ?? (options === undefined || (options.is === 'object' && !options.spread) ? 'GET' : undefined);
  return {
    url,
    ...openOf(options),
    ...(method === undefined ? {} : { method }),
    ...given('body', sent(entry(options, 'body', 'json', 'data'))),
    ...given('query', entry(options, 'params', 'query', 'searchParams')),
    ...given('headers', headersOf(options)),
  };
}

/** `client.get(url, options)`, `client.post(url, data, options)`, `client(config)`, `client.request(config)`. */
function configured(
  last: string | undefined,
  args: readonly Expr[],
  base: Expr | undefined,
  bodyIsArgument: boolean,
): Omit<Request, 'library'> | undefined {
  const verb = verbOf(last);
  const based = given('base', base);
  if (verb !== undefined && args[0]) {
    const options = bodyIsArgument && WITH_BODY.has(verb) ? args[2] : args[1];
    const body = bodyIsArgument && WITH_BODY.has(verb) ? args[1] : entry(options, 'json', 'body', 'data');
    return {
      url: args[0],
      method: methodOf(verb),
      ...openOf(options),
      ...based,
      ...given('body', sent(body)),
      ...given('query', entry(options, 'params', 'searchParams', 'query')),
      ...given('headers', headersOf(options)),
    };
  }
  if (last !== undefined && last !== 'request' && last !== '()') return undefined;
  const [first, second] = args;
  const url = entry(first, 'url') ?? (first?.is === 'object' ? undefined : first);
  if (!url) return undefined;
  const options = first?.is === 'object' ? first : second;
  const method = entry(options, 'method') ?? (options === undefined || (options.is === 'object' && !options.spread) ? 'GET' : undefined);
  const ownBase = entry(options, 'baseURL', 'prefixUrl', 'prefix', 'baseUrl');
  return {
    url,
    ...openOf(options),
    ...(method === undefined ? {} : { method }),
    ...(ownBase ? { base: ownBase } : based),
    ...given('body', sent(entry(options, 'data', 'json', 'body'))),
    ...given('query', entry(options, 'params', 'searchParams', 'query')),
    ...given('headers', headersOf(options)),
  };
}

/** The base URL among the arguments of `create`, `extend` and the like. */
const baseAmong = ({ calls }: Origin): Expr | undefined => {
  for (const args of calls.toReversed())
    for (const argument of args) {
      const base = entry(argument, 'baseURL', 'baseUrl', 'prefixUrl', 'prefix');
      if (base) return base;
    }
  return undefined;
};

/** The headers that a client was made with, under those of the call. */
function withHeaders<T extends Omit<Request, 'library'>>({ calls }: Origin, request: T | undefined): T | undefined {
  if (!request) return undefined;
  const given = calls.flatMap((args) => args.flatMap((argument) => headersOf(argument) ?? []));
  const layers = [...given, ...(request.headers && !given.includes(request.headers) ? [request.headers] : [])];
  if (layers.length === 0) return request;
  return { ...request, headers: layers.length === 1 ? layers[0]! : layered(layers) };
}

/** Objects laid over one another; of what is no literal, nobody knows the keys. */
function layered(layers: readonly Expr[]): Expr {
  const literals = layers.filter((layer) => layer.is === 'object');
  const spreads = [...layers.filter((layer) => layer.is !== 'object'), ...literals.flatMap((literal) => literal.spreads ?? [])];
  const open = spreads.length > 0 || literals.some(({ spread }) => spread);
  const maybe = literals.flatMap((literal) => literal.maybe ?? []);
  return {
    is: 'object',
    entries: Object.fromEntries(literals.flatMap((literal) => Object.entries(literal.entries))),
    ...(open ? { spread: true as const } : {}),
    ...(spreads.length > 0 ? { spreads } : {}),
    ...(maybe.length > 0 ? { maybe } : {}),
  };
}

const last = ({ steps }: Origin): string | undefined => steps.at(-1);

export const LIBRARIES: readonly Library[] = [
  {
    name: 'fetch',
    packages: /^(global|node-fetch|cross-fetch|undici|isomorphic-fetch|ofetch)$/,
    read: (origin, args, created) => {
      const name = origin.steps.join('.');
      if (origin.package === 'global' && name === 'EventSource' && created && args[0]) return { url: args[0], method: 'GET' };
      if (name === 'XMLHttpRequest.new.open' && args[1]) return { url: args[1], ...(args[0] ? { method: args[0] } : {}) };
      if (origin.package !== 'global' && (name === '' || name === '$fetch' || name === 'ofetch' || name === 'request'))
        return fetched(args[0], args[1]);
      return name === 'fetch' || name === '$fetch' ? fetched(args[0], args[1]) : undefined;
    },
  },
  {
    name: 'axios',
    packages: /^(axios|global|axios-.+)$/,
    read: (origin, args, created) => {
      if (created) return undefined;
      const steps = origin.package === 'global' ? (origin.steps[0] === 'axios' ? origin.steps.slice(1) : undefined) : origin.steps;
      if (!steps || last(origin) === 'create') return undefined;
      // `axios(…)`, `axios.get(…)`, and the same of what `create` gave or of an `AxiosInstance`.
      const name = steps.filter((step) => !/^(<.*>|create|\(\)|Axios|new|default|axiosRef)$/.test(step));
      return name.length <= 1 ? withHeaders(origin, configured(name[0], args, baseAmong(origin), true)) : undefined;
    },
  },
  {
    name: 'nest-http',
    packages: /^@nestjs\/axios$/,
    read: (origin, args) =>
      origin.steps[0] === '<HttpService>'
        ? configured(origin.steps.filter((step) => step !== 'axiosRef')[1], args, undefined, true)
        : undefined,
  },
  {
    name: 'angular-http',
    packages: /^@angular\/common\/http$/,
    read: (origin, args) =>
      origin.steps[0] === '<HttpClient>' && verbOf(last(origin)) ? configured(last(origin), args, undefined, true) : undefined,
  },
  {
    name: 'got',
    packages: /^(got|ky|ky-universal|needle|wretch)$/,
    read: (origin, args) => {
      if (last(origin) === 'extend' || last(origin) === 'create') return undefined;
      const name = origin.steps.filter((step) => !/^(<.*>|extend|create|\(\)|got|ky|default|stream|paginate)$/.test(step));
      return name.length <= 1 ? withHeaders(origin, configured(name[0], args, baseAmong(origin), false)) : undefined;
    },
  },
  {
    name: 'superagent',
    packages: /^(superagent|request|request-promise)$/,
    read: (origin, args) => {
      if (last(origin) === 'send') return chained(origin, args, false);
      const [verb, ...more] = origin.steps.filter((step) => !/^(<.*>|agent|new|default)$/.test(step));
      return more.length === 0 && (verb === undefined || verbOf(verb)) ? configured(verb, args, undefined, false) : undefined;
    },
  },
  {
    name: 'supertest',
    packages: /^(supertest|supertest-.+|pactum)$/,
    read: (origin, args) => {
      if (last(origin) === 'send' || last(origin) === 'query') return chained(origin, args, true);
      const verb = verbOf(last(origin));
      // `request(app).get('/users')`, `agent.get('/users')`.
      if (
        !verb ||
        !args[0] ||
        !/^((agent|default|<.*>)(,|$))?(\(\)|new)?$/.test(
          origin.steps
            .slice(0, -1)
            .join(',')
            .replace(/,\(\)$/, '()')
            .replace('agent()', 'agent,()'),
        )
      )
        return undefined;
      return { url: args[0], method: methodOf(verb), inProcess: true, ...given('base', addressed(origin.calls[0]?.[0])) };
    },
  },
  {
    name: 'openapi-fetch',
    packages: /^(openapi-fetch|openapi-react-query)$/,
    read: (origin, args) => {
      const verb = last(origin);
      const [template, options] = args;
      if (verb === undefined || !/^(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS|TRACE)$/.test(verb) || template?.is !== 'text') return undefined;
      const params = entry(options, 'params');
      const own = [entry(options, 'headers'), entry(params, 'header')].filter((layer) => layer !== undefined);
      return withHeaders(origin, {
        url: template,
        template: template.text,
        method: verb,
        ...given('base', baseAmong(origin)),
        ...given('body', entry(options, 'body')),
        ...given('query', entry(params, 'query')),
        ...given('headers', own.length > 1 ? layered(own) : own[0]),
      });
    },
  },
  {
    name: 'swr',
    packages: /^swr(\/.*)?$/,
    read: (_origin, args) =>
      args[0] && (args[0].is === 'text' || args[0].is === 'join') && args.length > 1 ? { url: args[0], method: 'GET' } : undefined,
  },
  {
    name: 'playwright',
    packages: /^@playwright\/test$/,
    read: (origin, args) =>
      /^<APIRequestContext>$/.test(origin.steps[0] ?? '') && verbOf(last(origin)) && args[0]
        ? { url: args[0], method: methodOf(last(origin)!), ...given('body', entry(args[1], 'data')) }
        : undefined,
  },
];

/** Text or a variable given to supertest is an address; an application is called as it is. */
const addressed = (app: Expr | undefined): Expr | undefined =>
  app && (app.is === 'text' || app.is === 'join' || app.is === 'environment') ? app : undefined;

/** `request(app).post('/users').set(…).send(body)`: the request is the innermost verb of the chain. */
function chained(origin: Origin, [argument]: readonly Expr[], inProcess: boolean): Omit<Request, 'library'> | undefined {
  const at = origin.steps.findIndex((step) => verbOf(step));
  if (at < 0 || origin.steps[at + 1] !== '()') return undefined;
  const call = origin.steps.slice(0, at + 2).filter((step) => step === '()' || step === 'new').length - 1;
  const url = origin.calls[call]?.[0];
  if (!url) return undefined;
  const base = inProcess ? addressed(origin.calls[0]?.[0]) : undefined;
  return {
    url,
    method: methodOf(verbOf(origin.steps[at])!),
    ...(inProcess ? { inProcess: true as const } : {}),
    ...given('base', base),
    ...(last(origin) === 'query' ? given('query', argument) : given('body', argument)),
  };
}
