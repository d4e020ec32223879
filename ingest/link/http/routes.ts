import { compare } from '../../../graph/model/edge.ts';
import type { LinkKeys } from '../../keys.ts';
import { exchangesOf } from './exchange.ts';
import type { Route } from './route.ts';
import { registrationsOf } from './routers.ts';
import { nestRoutes } from './servers/nest.ts';
import { nextRoutes } from './servers/next.ts';
import { trpcRoutes } from './servers/trpc.ts';
import { asTemplate } from './url.ts';

const cache = new WeakMap<LinkKeys, readonly Route[]>();

/** Every route that code serves, of all repositories, in order of place. */
export function routesOf(keys: LinkKeys): readonly Route[] {
  let known = cache.get(keys);
  if (!known) {
    const found = new Map<string, Route>();
    for (const route of [...registered(keys), ...nestRoutes(keys), ...nextRoutes(keys), ...trpcRoutes(keys)]) {
      const key = JSON.stringify([route.repo, route.file, route.line, route.col, route.method, route.path]);
      if (!found.has(key)) found.set(key, route);
    }
    cache.set(keys, (known = [...found.values()].sort(inOrder)));
  }
  return known;
}

function* registered(keys: LinkKeys): Iterable<Route> {
  const exchanges = exchangesOf(keys);
  for (const { repo, file, call, framework, said, path, certain, confidence } of registrationsOf(keys)) {
    const found = said.handler && exchanges.handlerOf(said.handler);
    const handler = found?.handler ?? { id: call.from };
    yield {
      repo,
      file,
      line: call.line,
      col: call.col,
      from: call.from,
      method: said.method,
      path: asTemplate(path),
      framework,
      handlers: [handler],
      exchange: exchanges.exchangeOf(handler, said, found?.returns),
      certain,
      confidence,
    };
  }
}

const inOrder = (a: Route, b: Route): number =>
  compare(a.repo, b.repo) ||
  compare(a.file, b.file) ||
  a.line - b.line ||
  a.col - b.col ||
  compare(a.method, b.method) ||
  compare(a.path, b.path);
