import type { Expr, TypeName } from '../../../keys.ts';
import { entryOf, lastOf, verbOf, type Dialect, type SaidRoute } from '../dialect.ts';

export const fastify: Dialect = {
  framework: 'fastify',
  packages: /^(fastify|fastify-plugin|@fastify\/.+)$/,
  types: /^Fastify(\w*Instance|Plugin\w*)$/,
  creates({ package: from, steps }) {
    if (from !== 'fastify') return undefined;
    const [first, second] = steps;
    return first === '()' || ((first === 'fastify' || first === 'Fastify') && second === '()') ? { root: true } : undefined;
  },
  read(method, args, types) {
    const verb = verbOf(method);
    const handler = lastOf(args);
    if (verb !== undefined) {
      if (args.length < 2 || !args[0] || !handler) return undefined;
      const options = args[1];
      return { routes: [{ method: verb, path: args[0], handler: entryOf(handler, 'handler') ?? handler, ...shapes(options, types) }] };
    }
    if (method === 'route') {
      const [options] = args;
      const methods = entryOf(options, 'method');
      const path = entryOf(options, 'url') ?? entryOf(options, 'path');
      const answer = entryOf(options, 'handler');
      if (!path) return undefined;
      const names = (methods?.is === 'list' ? methods.items : [methods]).flatMap((each) =>
        each?.is === 'text' ? [each.text.toUpperCase()] : [],
      );
      return { routes: names.map((name) => ({ method: name, path, ...(answer ? { handler: answer } : {}), ...shapes(options, types) })) };
    }
    if (method !== 'register' || !args[0]) return undefined;
    const prefix = entryOf(args[1], 'prefix');
    return { mounts: [{ child: args[0], ...(prefix ? { prefix } : {}) }] };
  },
  gives: (method) =>
    verbOf(method) !== undefined || ['register', 'route', 'withTypeProvider', 'after', 'decorate', 'addHook'].includes(method)
      ? {}
      : undefined,
};

const PARTS = {
  body: ['body', 'Body'],
  query: ['querystring', 'Querystring'],
  params: ['params', 'Params'],
  headers: ['headers', 'Headers'],
} as const;

/** `schema` of the options and the type argument `<{ Body: … }>`. */
function shapes(options: Expr | undefined, types: readonly (readonly TypeName[])[]): Pick<SaidRoute, 'schemas' | 'types'> {
  const schema = entryOf(options, 'schema');
  const members = types.flat().flatMap((type) => (type.members ? [type.members] : []));
  const schemas: Record<string, readonly Expr[]> = {};
  const written: Record<string, readonly TypeName[]> = {};
  for (const [part, [option, member]] of Object.entries(PARTS)) {
    const said = entryOf(schema, option) ?? (option === 'querystring' ? entryOf(schema, 'query') : undefined);
    if (said) schemas[part] = [said];
    written[part] = members.flatMap((each) => (Object.hasOwn(each, member) ? (each[member] ?? []) : []));
  }
  const response = entryOf(schema, 'response');
  if (response?.is === 'object')
    schemas['response'] = Object.entries(response.entries).flatMap(([status, said]) => (status.startsWith('2') ? [said] : []));
  written['response'] = members.flatMap((each) => (Object.hasOwn(each, 'Reply') ? (each['Reply'] ?? []) : []));
  return { schemas, types: written };
}
