import type { NodeId } from '../../../../graph/model/id.ts';
import type { HttpRouteKey, LinkKeys, Published } from '../../../keys.ts';
import { exchangesOf } from '../exchange.ts';
import type { Route } from '../route.ts';
import { testModules } from '../../test-modules.ts';
import { asTemplate } from '../url.ts';

/** Routes of languages that are read without a compiler: prefixes of other files are not known, handlers are found by name. */
export function* languageRoutes(keys: LinkKeys): Iterable<Route> {
  const routes = keys.of('http-route');
  if (routes.length === 0) return;
  const { exchangeOf } = exchangesOf(keys);
  const isTest = testModules(keys);
  const declared = declaredNames(keys);
  for (const key of routes) {
    const { repo, file, value } = key;
    if (isTest(repo, file)) continue;
    const { id, named } = handlerOf(key, declared);
    yield {
      repo,
      file,
      line: value.line,
      col: value.col,
      from: value.from,
      method: value.method === 'ANY' ? 'ALL' : value.method,
      path: asTemplate(value.path),
      framework: value.framework,
      handlers: [{ id }],
      exchange: exchangeOf(undefined, {}, undefined),
      certain: false,
      confidence: named ? 0.8 : 0.9,
    };
  }
}

/** The only declaration of that name in the repository; else the one that registers the route. */
function handlerOf(
  { repo, value }: Published<HttpRouteKey>,
  declared: ReadonlyMap<string, readonly NodeId[]>,
): { readonly id: NodeId; readonly named: boolean } {
  const name = value.handler?.replace(/\(.*$/s, '').split(/\.|::/).at(-1);
  const found = name === undefined ? [] : (declared.get(`${repo}//${name}`) ?? []);
  return found.length === 1 ? { id: found[0]!, named: true } : { id: value.from, named: false };
}

/** Declarations by their last name. */
function declaredNames(keys: LinkKeys): ReadonlyMap<string, readonly NodeId[]> {
  const found = new Map<string, NodeId[]>();
  for (const { repo, value } of keys.of('declares'))
    for (const dotted of value.test ? [] : [...value.exported, ...value.internal]) {
      const name = `${repo}//${dotted.slice(dotted.lastIndexOf('.') + 1)}`;
      const id = `${value.module}#${dotted}`;
      const known = found.get(name);
      if (known) known.push(id);
      else found.set(name, [id]);
    }
  return found;
}
