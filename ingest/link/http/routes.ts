import { compare } from '../../../graph/model/edge.ts';
import type { LinkKeys } from '../../keys.ts';
import { exchangesOf } from './exchange.ts';
import type { Route } from './route.ts';
import { registrationsOf } from './routers.ts';
import { nestRoutes } from './servers/nest.ts';
import { languageRoutes } from './servers/languages.ts';
import { nextRoutes } from './servers/next.ts';
import { tableRoutes } from './servers/route-tables.ts';
import { trpcRoutes } from './servers/trpc.ts';
import { asTemplate } from './url.ts';

const cache = new WeakMap<LinkKeys, readonly Route[]>();

/** Every route that code serves, of all repositories, in order of place. */
export function routesOf(keys: LinkKeys): readonly Route[] {
  let known = cache.get(keys);
  if (!known) {
    const found = new Map<string, Route>();
    for (const route of [
      ...registered(keys),
      ...nestRoutes(keys),
      ...nextRoutes(keys),
      ...trpcRoutes(keys),
      ...tableRoutes(keys),
      ...languageRoutes(keys),
    ]) {
      const key = JSON.stringify([route.repo, route.file, route.line, route.col, route.method, route.path]);
      if (!found.has(key)) found.set(key, route);
    }
    cache.set(keys, (known = [...found.values()].sort(inOrder)));
  }
  return known;
}

function* registered(keys: LinkKeys): Iterable<Route> {
  const exchanges = exchangesOf(keys);
  for (const { repo, file, line, col, call, framework, said, path, certain, confidence } of registrationsOf(keys)) {
    // What answers everything that nothing else answers says of no path that it is served.
    if (isCatchAll(path)) continue;
    const found = said.handler && exchanges.handlerOf(said.handler);
    const handler = found?.handler ?? { id: call.from };
    const exchange = exchanges.exchangeOf(handler, said, found?.returns);
    const { from } = call;
    for (const template of new Set(withoutOptional(path).map(asTemplate)))
      yield {
        repo,
        file,
        line,
        col,
        from,
        method: said.method,
        path: template,
        framework,
        handlers: [handler],
        exchange,
        certain,
        confidence,
      };
  }
}

const isCatchAll = (path: string): boolean => /^\/?(\{?\*\w*\}?|\(\.\*\)|:\w+\(\.\*\))$/.test(path);

/** `/users/:id?` is `/users` as well. */
function withoutOptional(path: string): readonly string[] {
  const match = /^(.*?)\/:\w+(?:\([^)]*\))?\?$/.exec(path);
  return match ? [match[1]!, path.slice(0, -1)] : [path];
}

const inOrder = (a: Route, b: Route): number =>
  compare(a.repo, b.repo) ||
  compare(a.file, b.file) ||
  a.line - b.line ||
  a.col - b.col ||
  compare(a.method, b.method) ||
  compare(a.path, b.path);
