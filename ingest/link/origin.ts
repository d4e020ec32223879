import type { Expr, TypeName } from '../keys.ts';

/** Where a value comes from, when that is a package: `axios.create({…}).get` is axios, [`create`, `()`, `get`]. */
export interface Origin {
  readonly package: string;
  /** Names from the export on; `()` for a call, `new` for a construction. An instance of a type begins with `<Type>`. */
  readonly steps: readonly string[];
  /** Arguments of the calls among the steps, in order. */
  readonly calls: readonly (readonly Expr[])[];
}

/** Follows a reduced expression to the package it comes from; undefined where it comes from the repository, or nobody knows. */
export function originOf(expr: Expr): Origin | undefined {
  switch (expr.is) {
    case 'external': {
      const steps =
        expr.package === 'global' ? expr.path.filter((step) => step !== 'globalThis' && step !== 'window' && step !== 'self') : expr.path;
      return { package: expr.package, steps: steps[0] === 'default' ? steps.slice(1) : steps, calls: [] };
    }
    case 'member': {
      const of = originOf(expr.of);
      return of && { ...of, steps: [...of.steps, ...expr.path] };
    }
    case 'call': {
      const of = originOf(expr.callee);
      return of && { ...of, steps: [...of.steps, expr.created ? 'new' : '()'], calls: [...of.calls, expr.args] };
    }
    case 'typed':
      return instanceOf(expr.type, []);
    case 'parameter':
    case 'received':
      return instanceOf(expr.type ?? [], expr.path ?? []);
    default:
      return undefined;
  }
}

function instanceOf(types: readonly TypeName[], path: readonly string[]): Origin | undefined {
  const type = types.find((each) => each.package !== undefined);
  return type && { package: type.package!, steps: [`<${type.name ?? ''}>`, ...path], calls: [] };
}
