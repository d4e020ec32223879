import { eachPath, entryOf, isText, lastOf, verbOf, type Dialect } from '../dialect.ts';

export const koa: Dialect = {
  framework: 'koa',
  packages: /^(koa|@koa\/router|koa-router)$/,
  types: /^(Koa|Router|KoaRouter|Application|default)$/,
  creates({ package: from, steps, calls }) {
    if (!steps.includes('new') && !steps.includes('()')) return undefined;
    if (from === 'koa') return { root: true };
    const prefix = entryOf(calls[0]?.[0], 'prefix');
    return { root: false, ...(prefix ? { prefix } : {}) };
  },
  read(method, args) {
    const verb = verbOf(method);
    if (verb !== undefined) {
      // The path may have a name before it.
      const named = args.length > 2 && isText(args[0]) && isText(args[1]);
      const path = named ? args[1] : args[0];
      const handler = lastOf(args);
      return args.length > 1
        ? { routes: eachPath(path).map((each) => ({ method: verb, ...(each ? { path: each } : {}), ...(handler ? { handler } : {}) })) }
        : undefined;
    }
    if (method === 'prefix' && args[0]) return { prefix: args[0] };
    if (method === 'register' && args[1]?.is === 'list') {
      const handler = args[2] && lastOf([args[2]]);
      return {
        routes: args[1].items.flatMap((each) =>
          each.is === 'text'
            ? [{ method: each.text.toUpperCase(), ...(args[0] ? { path: args[0] } : {}), ...(handler ? { handler } : {}) }]
            : [],
        ),
      };
    }
    if (method !== 'use') return undefined;
    const [mounted] = args;
    // `app.use(mount('/api', api))`
    if (mounted?.is === 'call' && mounted.callee.is === 'external' && mounted.callee.package === 'koa-mount') {
      const [first, second] = mounted.args;
      const child = second ?? first;
      return child ? { mounts: [{ child, ...(second && first ? { prefix: first } : {}) }] } : undefined;
    }
    const prefixes = isText(args[0]) || args[0]?.is === 'list' ? eachPath(args[0]) : [undefined];
    return { mounts: args.flatMap((child) => prefixes.map((prefix) => ({ child, ...(prefix ? { prefix } : {}) }))) };
  },
  gives: (method) =>
    verbOf(method) !== undefined || ['use', 'routes', 'middleware', 'prefix', 'param', 'allowedMethods'].includes(method) ? {} : undefined,
};
