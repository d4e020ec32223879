import type { LinkKeys } from '../../../keys.ts';
import { evaluatorOf } from '../../evaluate.ts';
import { originOf } from '../../origin.ts';
import { exchangesOf } from '../exchange.ts';
import type { Route } from '../route.ts';
import { asTemplate } from '../url.ts';

const HANDLER = /(?:^|\/)app\/(?:(.+)\/)?route\.[cm]?[jt]sx?$/;
const API = /(?:^|\/)pages\/(api(?:\/.+)?)\.[cm]?[jt]sx?$/;
const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/** Servers that Next.js hands requests on to, with routes of their own. */
const SERVERS = /^(hono|@hono|@trpc)(\/|$)/;

/** Files that Next.js serves by their path: `app/**\/route.ts` and `pages/api/**`. */
export function* nextRoutes(keys: LinkKeys): Iterable<Route> {
  const exchanges = exchangesOf(keys);
  const evaluator = evaluatorOf(keys);
  const serves = new Set(keys.of('call').flatMap(({ repo, file }) => (API.test(file) || HANDLER.test(file) ? [`${repo}//${file}`] : [])));
  const hosts = new Set(
    keys.of('call').flatMap(({ repo, file, value }) => {
      const origin = originOf(value.callee);
      return origin && SERVERS.test(origin.package) && /^(handle|fetchRequestHandler|createNextApiHandler)$/.test(origin.steps[0] ?? '')
        ? [`${repo}//${file}`]
        : [];
    }),
  );
  for (const { repo, file, value } of keys.of('declares')) {
    if (value.test || (/\[\[?\.\.\.\w+\]?\]/.test(file) && hosts.has(`${repo}//${file}`))) continue;
    const handler = HANDLER.exec(file);
    const api = handler ? null : API.exec(file);
    if (!handler && (!api || !serves.has(`${repo}//${file}`))) continue;
    const path = handler ? handlerPath(handler[1] ?? '') : asTemplate(`/${api![1]!.replace(/(^|\/)index$/, '')}`);
    const names = handler ? value.exported.filter((name) => METHODS.has(name)) : defaultExport(value.exported);
    for (const name of names) {
      const id = `${value.module}#${name}`;
      // `handle(app)`: a server within, which has routes of its own.
      const origin = originOf(evaluator.reduce({ is: 'declared', id }));
      if (origin && SERVERS.test(origin.package)) continue;
      const found = exchanges.handlerOf({ is: 'declared', id }) ?? { handler: { id } };
      yield {
        repo,
        file,
        line: 1,
        col: 1,
        from: value.module,
        method: handler ? name : 'ALL',
        path,
        framework: 'next',
        handlers: [found.handler],
        exchange: exchanges.exchangeOf(found.handler, {}, undefined),
        certain: true,
        confidence: 1,
      };
    }
  }
}

/** Groups `(shop)` and slots `@modal` are not part of the path. */
const handlerPath = (folders: string): string =>
  asTemplate(
    folders
      .split('/')
      .filter((folder) => !/^\(.*\)$/.test(folder) && !folder.startsWith('@'))
      .join('/'),
  );

/** The default export; its name where it has one. `config` is what Next.js reads beside it. */
function defaultExport(exported: readonly string[]): readonly string[] {
  if (exported.includes('default')) return ['default'];
  const first = exported.find((name) => name !== 'config' && !name.includes('.'));
  return first === undefined ? [] : [first];
}
