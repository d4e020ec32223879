import { routesOf } from '../../../../../ingest/link/http/routes.ts';
import type { Route } from '../../../../../ingest/link/http/route.ts';
import { linkFrom } from '../../link-fixture.ts';
import type { Sources } from '../../typescript/fixture.ts';

const short = (id: string): string => id.replace(/^shop\/\/code:/, '');

export interface Served {
  readonly routes: readonly Route[];
  /** `METHOD /path handler`, sorted; handlers written in place as `declaration@line`. */
  readonly lines: readonly string[];
  /** The route with this method and path. Throws when there is none. */
  route(name: string): Route;
}

/** What the code of a fixture serves. No packages are installed. */
export async function served(sources: Sources): Promise<Served> {
  const { keys } = await linkFrom(sources, []);
  const routes = routesOf(keys);
  const handlers = (route: Route): string =>
    route.handlers.map(({ id, line }) => short(id) + (line === undefined ? '' : `@${line}`)).join();
  return {
    routes,
    lines: routes.map((route) => `${route.method} ${route.path} ${handlers(route)}`).sort(),
    route: (name) => {
      const found = routes.find(({ method, path }) => `${method} ${path}` === name);
      if (!found) throw new Error(`There is no ${name}, but ${routes.map(({ method, path }) => `${method} ${path}`).join(', ')}`);
      return found;
    },
  };
}
