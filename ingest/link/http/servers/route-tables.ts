import type { Expr, LinkKeys } from '../../../keys.ts';
import { exchangesOf } from '../exchange.ts';
import type { Route } from '../route.ts';
import { testModules } from '../../test-modules.ts';
import { asTemplate } from '../url.ts';

const OPERATION = /^(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS)\s+(\/\S*)$/;

/** Tables of handlers that are handed to a function, whatever it does with them: `serve({ 'GET /users/{id}': getUser })`. */
export function* tableRoutes(keys: LinkKeys): Iterable<Route> {
  const exchanges = exchangesOf(keys);
  const isTest = testModules(keys);
  for (const { repo, file, value: call } of keys.of('call')) {
    if (isTest(repo, file)) continue;
    for (const argument of call.args) {
      for (const { method, path, handler } of handlersIn(argument)) {
        const found = exchanges.handlerOf(handler);
        if (!found) continue;
        yield {
          repo,
          file,
          line: found.handler.line ?? call.line,
          col: found.handler.line === undefined ? call.col : 1,
          from: call.from,
          method,
          path: asTemplate(path),
          framework: 'route-table',
          handlers: [found.handler],
          exchange: exchanges.exchangeOf(found.handler, {}, found.returns),
          certain: false,
          confidence: 0.9,
        };
      }
    }
  }
}

/** Entries of an object of which every key is an operation and every value a function. */
function handlersIn(table: Expr): readonly { readonly method: string; readonly path: string; readonly handler: Expr }[] {
  if (table.is !== 'object') return [];
  const entries = Object.entries(table.entries).map(([key, handler]) => ({ operation: OPERATION.exec(key), handler }));
  return entries.every(({ operation, handler }) => operation && (handler.is === 'function' || handler.is === 'declared'))
    ? entries.map(({ operation, handler }) => ({ method: operation![1]!, path: operation![2]!, handler }))
    : [];
}
