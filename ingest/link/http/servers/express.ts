import type { Expr } from '../../../keys.ts';
import { eachPath, isText, lastOf, verbOf, type Dialect } from '../dialect.ts';

export const express: Dialect = {
  framework: 'express',
  packages: /^(express|express-promise-router|restify|polka)$/,
  types: /^(Express|Application|Router|IRouter|IRoute|PromiseRouter)$/,
  creates({ steps }) {
    const [first, second] = steps;
    if (first === 'Router') return { root: false };
    if (first === '()' || first === 'new' || first === 'createServer' || (first === 'express' && second === '()')) return { root: true };
    return undefined;
  },
  read(method, args) {
    const verb = verbOf(method);
    if (verb !== undefined) {
      // `app.get('setting')` reads a setting; `router.route('/x').get(handler)` has no path of its own.
      const isRoute = args.length > 1 || (args[0] !== undefined && !isText(args[0]));
      const path = args.length > 1 ? args[0] : undefined;
      const handler = lastOf(args);
      return isRoute
        ? { routes: eachPath(path).map((each) => ({ method: verb, ...(each ? { path: each } : {}), ...(handler ? { handler } : {}) })) }
        : undefined;
    }
    if (method !== 'use') return undefined;
    const [first, ...rest] = args;
    const isPath = first !== undefined && rest.length > 0 && mayBePath(first);
    const children = (isPath ? rest : args).flatMap((child) => (child.is === 'list' ? child.items : [child]));
    const prefixes = isPath ? eachPath(first) : [undefined];
    return { mounts: children.flatMap((child) => prefixes.map((prefix) => ({ child, ...(prefix ? { prefix } : {}) }))) };
  },
  gives(method, args) {
    if (method === 'route' && args[0]) return { prefix: args[0] };
    return verbOf(method) !== undefined || method === 'use' || method === 'param' ? {} : undefined;
  },
};

/** Functions and routers come behind the path. */
const mayBePath = (expr: Expr): boolean =>
  isText(expr) || ['list', 'environment', 'declared', 'parameter', 'received', 'member', 'literal', 'unknown'].includes(expr.is);
