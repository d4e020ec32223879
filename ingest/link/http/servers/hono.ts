import type { Expr } from '../../../keys.ts';
import { eachPath, entryOf, isText, lastOf, verbOf, type Dialect, type SaidRoute } from '../dialect.ts';

export const hono: Dialect = {
  framework: 'hono',
  packages: /^(hono|hono\/.+|@hono\/.+)$/,
  types: /^(Hono|OpenAPIHono|HonoBase)$/,
  creates: ({ steps }) => (/^(Hono|OpenAPIHono)$/.test(steps[0] ?? '') && steps[1] === 'new' ? { root: true } : undefined),
  read(method, args) {
    const verb = verbOf(method);
    if (verb !== undefined) {
      const hasPath = isText(args[0]) || args.length > 1;
      const handler = lastOf(args);
      if (!handler || isText(handler)) return undefined;
      return {
        routes: eachPath(hasPath ? args[0] : undefined).map((path) => ({
          method: verb,
          ...(path ? { path } : {}),
          handler,
          ...validated(args),
        })),
      };
    }
    if (method === 'on') {
      const [methods, path] = args;
      const handler = lastOf(args.slice(2));
      const names = (methods?.is === 'list' ? methods.items : [methods]).flatMap((each) =>
        each?.is === 'text' ? [each.text.toUpperCase()] : [],
      );
      return {
        routes: names.flatMap((name) =>
          eachPath(path).map((each) => ({
            method: name,
            ...(each ? { path: each } : {}),
            ...(handler ? { handler } : {}),
            ...validated(args),
          })),
        ),
      };
    }
    if (method === 'openapi') return { routes: openapi(args[0], lastOf(args.slice(1, 2))) };
    if (method === 'route' && args[0] && args[1]) return { mounts: [{ prefix: args[0], child: args[1] }] };
    return undefined;
  },
  gives(method, args) {
    if (method === 'basePath' && args[0]) return { prefix: args[0] };
    return verbOf(method) !== undefined || ['use', 'on', 'openapi', 'route', 'onError', 'notFound', 'mount'].includes(method)
      ? {}
      : undefined;
  },
};

const TARGETS: ReadonlyMap<string, 'body' | 'query' | 'params' | 'headers'> = new Map<string, 'body' | 'query' | 'params' | 'headers'>([
  ['json', 'body'],
  ['form', 'body'],
  ['query', 'query'],
  ['param', 'params'],
  ['header', 'headers'],
]);

/** `zValidator('json', schema)` among the middlewares. */
function validated(args: readonly Expr[]): Pick<SaidRoute, 'schemas'> {
  const schemas: Record<string, readonly Expr[]> = {};
  for (const argument of args) {
    if (argument.is !== 'call' || argument.args[0]?.is !== 'text' || !argument.args[1]) continue;
    const part = TARGETS.get(argument.args[0].text);
    if (part !== undefined) schemas[part] = [...(schemas[part] ?? []), argument.args[1]];
  }
  return Object.keys(schemas).length > 0 ? { schemas } : {};
}

/** `createRoute({ method, path, request, responses })`. */
function openapi(route: Expr | undefined, handler: Expr | undefined): readonly SaidRoute[] {
  const options = route?.is === 'call' ? route.args[0] : route;
  const method = entryOf(options, 'method');
  const path = entryOf(options, 'path');
  if (method?.is !== 'text' || !path) return [];
  const request = entryOf(options, 'request');
  const content = (of: Expr | undefined): readonly Expr[] => {
    const media = entryOf(of, 'content');
    if (media?.is === 'object') return Object.values(media.entries).flatMap((each) => entryOf(each, 'schema') ?? []);
    // `jsonContent(schema, 'description')`
    return of?.is === 'call' ? of.args.slice(0, 1) : [];
  };
  const responses = entryOf(options, 'responses');
  const one = (of: Expr | undefined): readonly Expr[] => (of ? [of] : []);
  return [
    {
      method: method.text.toUpperCase(),
      path,
      ...(handler ? { handler } : {}),
      schemas: {
        body: content(entryOf(request, 'body')),
        query: one(entryOf(request, 'query')),
        params: one(entryOf(request, 'params')),
        headers: one(entryOf(request, 'headers')),
        response:
          responses?.is === 'object'
            ? Object.entries(responses.entries).flatMap(([status, said]) => (/^2|OK|CREATED/.test(status) ? content(said) : []))
            : [],
      },
    },
  ];
}
