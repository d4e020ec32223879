import type { ChangeKind } from '../../graph/query/change.ts';
import type { TopLevel } from '../../ingest/workers/typescript/top-level.ts';

/**
 * How a module differs outside its declarations. A name it no longer passes on is taken from those who import the
 * module; new imports and new exports concern nobody.
 */
export function compareTopLevel(before: TopLevel, after: TopLevel): readonly { readonly change: ChangeKind; readonly detail: string }[] {
  const lost = [...before.passedOn.keys()].filter((name) => !after.passedOn.has(name));
  const narrowed = [...before.passedOn].filter(([name, as]) => as === 'value' && after.passedOn.get(name) === 'type');
  const rebound = [...before.imports].filter(([name, from]) => after.imports.has(name) && after.imports.get(name) !== from);
  return [
    ...lost.map((name) => ({ change: 'change-visibility' as const, detail: `no longer exports ${name}` })),
    ...narrowed.map(([name]) => ({ change: 'change-visibility' as const, detail: `exports ${name} as a type only` })),
    ...rebound.map(([name, from]) => ({ change: 'behaviour' as const, detail: `"${name}" was ${from}, is ${after.imports.get(name)}` })),
    ...(before.statements === after.statements ? [] : [{ change: 'behaviour' as const, detail: 'top-level statements changed' }]),
  ];
}
