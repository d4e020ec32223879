import type { NodeId } from '../../../graph/model/id.ts';
import type { CallKey, Expr, LinkKeys } from '../../keys.ts';

/** Functions written in place as arguments, found by what stands in them. */
export interface Functions {
  /** `<declaration>:<line>` of the innermost function around a call which receives the parameter. */
  around(call: CallKey, parameter: Extract<Expr, { is: 'received' }>): string | undefined;
}

interface Written {
  readonly line: number;
  readonly endLine: number;
  readonly arg: number;
  readonly callee: string;
  /** The call that it is an argument of. */
  readonly of: CallKey;
}

const cache = new WeakMap<LinkKeys, Functions>();

export function functionsOf(keys: LinkKeys): Functions {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = createFunctions(keys)));
  return known;
}

function createFunctions(keys: LinkKeys): Functions {
  const byHolder = new Map<NodeId, Written[]>();
  for (const { value: call } of keys.of('call'))
    for (const [arg, argument] of call.args.entries()) {
      if (argument.is !== 'function') continue;
      const known = byHolder.get(argument.at) ?? [];
      if (known.length === 0) byHolder.set(argument.at, known);
      known.push({ line: argument.line, endLine: argument.endLine, arg, callee: lastStep(call.callee), of: call });
    }
  return {
    around({ from, line, col }, { arg, callee }) {
      const name = lastStep(callee);
      const isOwn = ({ of }: Written): boolean => of.line === line && of.col === col;
      let best: Written | undefined;
      for (const each of byHolder.get(from) ?? [])
        if (
          each.arg === arg &&
          !isOwn(each) &&
          each.callee === name &&
          each.line <= line &&
          line <= each.endLine &&
          (!best || each.line >= best.line)
        )
          best = each;
      return best && `${from}:${best.line}`;
    },
  };
}

/** What the function is an argument of, by name. */
function lastStep(expr: Expr): string {
  const path = 'path' in expr ? expr.path : undefined;
  if (path && path.length > 0) return path.at(-1)!;
  return expr.is === 'declared' ? expr.id : expr.is;
}
