import type { Expr } from '../../keys.ts';

/** One call of a chain; `name` is empty where the thing itself is called: `knex('orders')`. */
export interface Step {
  readonly name: string;
  readonly args: readonly Expr[];
  readonly created?: true;
}

/** `db.selectFrom('orders').select('id')` from its start: what it hangs on, members read on the way, calls in order. */
export interface Chain {
  readonly base: Expr;
  /** Names between the base and the first call, the method left out: `prisma.order.findMany()` has [`order`]. */
  readonly members: readonly string[];
  readonly steps: readonly Step[];
}

/** Takes a call apart; `callee` may be reduced or as it is written. */
export function chainOf(callee: Expr, args: readonly Expr[], created?: boolean): Chain {
  const steps: Step[] = [];
  let at = callee;
  let given = args;
  let isNew = created === true;
  let pending: readonly string[] = [];
  for (let depth = 0; depth < 200; depth++) {
    const path =
      at.is === 'member' ? at.path : 'path' in at && at.is !== 'external' ? (at.path ?? []) : at.is === 'external' ? at.path : [];
    const inner = at.is === 'member' ? at.of : at;
    const names = [...path, ...pending];
    pending = [];
    const name = inner.is === 'external' && names[0] === 'default' && names.length === 1 ? '' : (names.at(-1) ?? '');
    steps.unshift({ name, args: given, ...(isNew ? { created: true as const } : {}) });
    if (inner.is === 'call' && at.is === 'member') {
      // Members between two calls say nothing of their own: `db.$with('x').query`.
      ({ callee: at, args: given } = inner);
      isNew = inner.created === true;
      continue;
    }
    if (inner.is === 'call') {
      ({ callee: at, args: given } = inner);
      isNew = inner.created === true;
      continue;
    }
    return { base: inner, members: names.slice(0, -1), steps };
  }
  return { base: { is: 'unknown' }, members: [], steps };
}
