import { parseId, type NodeId } from '../../../../graph/model/id.ts';
import type { Expr, LinkKeys } from '../../../keys.ts';
import { evaluatorOf } from '../../evaluate.ts';
import { originOf } from '../../origin.ts';
import { exchangesOf } from '../exchange.ts';
import type { Route } from '../route.ts';
import { testModules } from '../../test-modules.ts';

const KINDS: ReadonlyMap<string, string> = new Map([
  ['query', 'QUERY'],
  ['mutation', 'MUTATION'],
  ['subscription', 'SUBSCRIPTION'],
]);
const DEEPEST = 8;

/** Procedures of tRPC routers, by the path under which clients call them. */
export function* trpcRoutes(keys: LinkKeys): Iterable<Route> {
  const { reduce } = evaluatorOf(keys);
  const exchanges = exchangesOf(keys);
  const isTest = testModules(keys);
  const values = new Map(
    keys.of('value').flatMap((key) => (key.value.value ? [[key.value.id, { ...key, expr: key.value.value }] as const] : [])),
  );

  /** `router`, `query` … where an expression is a call of such a member of what tRPC made. */
  const madeBy = (expr: Expr): string | undefined => {
    if (expr.is !== 'call') return undefined;
    const origin = originOf(reduce(expr.callee));
    return origin?.package.startsWith('@trpc/server') ? origin.steps.at(-1) : undefined;
  };

  interface Procedure {
    readonly path: readonly string[];
    readonly holder: NodeId;
    readonly kind: string;
    readonly expr: Extract<Expr, { is: 'call' }>;
  }
  const mounted = new Set<NodeId>();
  function* walk(expr: Expr, holder: NodeId, path: readonly string[], depth: number): Iterable<Procedure> {
    if (depth > DEEPEST) return;
    if (expr.is === 'declared' && !expr.path) {
      const known = values.get(expr.id);
      if (depth > 0) mounted.add(expr.id);
      if (known) yield* walk(known.expr, expr.id, path, depth + 1);
      return;
    }
    if (expr.is === 'object') {
      for (const [name, entry] of Object.entries(expr.entries)) yield* walk(entry, holder, [...path, name], depth + 1);
      return;
    }
    if (expr.is !== 'call') return;
    const made = madeBy(expr);
    if (made === 'router' && expr.args[0]) yield* walk(expr.args[0], holder, path, depth + 1);
    else if (made === 'mergeRouters') for (const argument of expr.args) yield* walk(argument, holder, path, depth + 1);
    else if (made !== undefined && KINDS.has(made) && path.length > 0) yield { path, holder, kind: KINDS.get(made)!, expr };
  }

  const roots = [...values.values()].flatMap(({ repo, file, value, expr }) => {
    const made = isTest(repo, file) ? undefined : madeBy(expr);
    return made === 'router' || made === 'mergeRouters' ? [{ repo, file, id: value.id, procedures: [...walk(expr, value.id, [], 0)] }] : [];
  });
  for (const { repo, id, procedures } of roots) {
    if (mounted.has(id)) continue;
    for (const { path, holder, kind, expr } of procedures) {
      const found = (expr.args[0] && exchanges.handlerOf(expr.args[0])) ?? { handler: { id: holder } };
      yield {
        repo,
        file: parseId(found.handler.id)?.path ?? '',
        line: found.handler.line ?? 1,
        col: 1,
        from: holder,
        method: kind,
        path: path.join('.'),
        framework: 'trpc',
        handlers: [found.handler],
        exchange: exchanges.exchangeOf(found.handler, { schemas: { body: inputs(expr), response: outputs(expr) } }, found.returns),
        certain: true,
        confidence: 1,
      };
    }
  }
}

const inputs = (expr: Expr): readonly Expr[] => chained(expr, 'input');
const outputs = (expr: Expr): readonly Expr[] => chained(expr, 'output');

/** What a call of this name along a chain is given. */
function chained(expr: Expr, name: string, depth = 0): readonly Expr[] {
  if (depth > DEEPEST || expr.is !== 'call') return [];
  const { callee } = expr;
  const path = 'path' in callee ? callee.path : undefined;
  const own = path?.at(-1) === name && expr.args[0] ? [expr.args[0]] : [];
  return callee.is === 'member' ? [...chained(callee.of, name, depth + 1), ...own] : own;
}
