import type { DECLARATION_KINDS, DeclarationProps, NodeOf } from '../model/node.ts';
import { sameCode, shorten } from './code-text.ts';
import { compareSignatures, type Finding } from './compare-signatures.ts';

export type Declaration = NodeOf<(typeof DECLARATION_KINDS)[number]>;

const VISIBILITY = ['private', 'protected', 'public'] as const;

/**
 * How one declaration differs from what it was: a finding for each difference, none where only white space, comments or
 * documentation differ. Differences that take nothing away from anybody (exported, made more visible or writable, no
 * longer abstract) are no findings.
 *
 * What is compared is what is written. Where no type is written, a change of the body may change the inferred type too:
 * that is reported as `behaviour`, and the detail says so.
 */
export function compareDeclaration(before: Declaration, after: Declaration): readonly Finding[] {
  if (before.kind !== after.kind) return [{ change: 'change-type', detail: `was a ${before.kind}, is a ${after.kind}` }];
  return [
    ...compareVisibility(before.props, after.props),
    ...compareFlags(before.props, after.props),
    ...compareType(before.props, after.props),
    ...compareHeritage(before, after),
    ...compareSignatures(before.props.signatures ?? [], after.props.signatures ?? []),
    ...compareAsync(before.props, after.props),
    ...compareBody(before, after),
  ];
}

function compareVisibility(before: DeclarationProps, after: DeclarationProps): readonly Finding[] {
  const findings: Finding[] = [];
  const was = before.visibility ?? 'public';
  const is = after.visibility ?? 'public';
  if (before.exported && !after.exported) findings.push({ change: 'change-visibility', detail: 'is no longer exported' });
  else if (before.exported && (before.default ?? false) !== (after.default ?? false))
    findings.push({ change: 'change-visibility', detail: after.default ? 'is now the default export' : 'is no longer the default export' });
  if (VISIBILITY.indexOf(is) < VISIBILITY.indexOf(was)) findings.push({ change: 'change-visibility', detail: `${was} → ${is}` });
  return findings;
}

function compareFlags(before: DeclarationProps, after: DeclarationProps): readonly Finding[] {
  const findings: Finding[] = [];
  if (!before.optional && after.optional) findings.push({ change: 'make-optional', detail: 'is now optional' });
  if (before.optional && !after.optional) findings.push({ change: 'make-required', detail: 'is now required' });
  if (!before.static !== !after.static)
    findings.push({ change: 'change-type', detail: after.static ? 'is now static' : 'is no longer static' });
  if (!before.abstract && after.abstract) findings.push({ change: 'change-type', detail: 'is now abstract' });
  if (!before.readonly && after.readonly) findings.push({ change: 'change-type', detail: 'is now readonly' });
  if (!before.accessor !== !after.accessor)
    findings.push({ change: 'behaviour', detail: after.accessor ? 'is now an accessor' : 'is no longer an accessor' });
  return findings;
}

function compareType(before: DeclarationProps, after: DeclarationProps): readonly Finding[] {
  const findings: Finding[] = [];
  if (!sameCode(before.type, after.type))
    findings.push({ change: 'change-type', detail: `type ${shorten(before.type ?? 'inferred')} → ${shorten(after.type ?? 'inferred')}` });
  const [was, is] = [before.typeParameters?.join(', ') ?? '', after.typeParameters?.join(', ') ?? ''];
  if (!sameCode(was, is)) findings.push({ change: 'change-type', detail: `type parameters <${shorten(was)}> → <${shorten(is)}>` });
  return findings;
}

/**
 * A base that goes, or changes its type arguments, changes what the type is assignable to. One that is added takes
 * nothing away, but an interface passes on new members to those who implement it.
 */
function compareHeritage(before: Declaration, after: Declaration): readonly Finding[] {
  const [was, is] = [before.props.heritage ?? [], after.props.heritage ?? []];
  const gone = was.filter((clause) => !is.some((other) => sameCode(clause, other)));
  const added = is.filter((clause) => !was.some((other) => sameCode(clause, other)));
  if (gone.length > 0) {
    const now = added.length > 0 ? added.join(' ') : 'nothing';
    return [{ change: 'change-type', detail: `heritage ${shorten(gone.join(' '))} → ${shorten(now)}` }];
  }
  return added.map((clause) => ({ change: after.kind === 'Interface' ? 'add-member' : 'behaviour', detail: `${shorten(clause)} added` }));
}

/** With a written return type, `async` shows only in how the function runs; without, it changes the type. */
function compareAsync(before: DeclarationProps, after: DeclarationProps): readonly Finding[] {
  if (!before.async === !after.async) return [];
  const written = after.signatures?.every(({ returns }) => returns !== undefined) ?? false;
  return [{ change: written ? 'behaviour' : 'change-type', detail: after.async ? 'is now async' : 'is no longer async' }];
}

function compareBody(before: Declaration, after: Declaration): readonly Finding[] {
  if (before.props.body === after.props.body) return [];
  const { type, signatures } = after.props;
  switch (after.kind) {
    case 'Interface':
    case 'TypeAlias':
      return [{ change: 'change-type', detail: 'call, construct or index signatures changed' }];
    case 'EnumMember':
      return [{ change: 'behaviour', detail: 'value changed' }];
    case 'Class':
    case 'Enum':
    case 'Namespace':
      return [{ change: 'behaviour', detail: 'decorators or static blocks changed' }];
    case 'Constructor':
      return [{ change: 'behaviour', detail: 'body changed' }];
    case 'Function':
    case 'Method':
    case 'Property':
    case 'Variable': {
      const written = type !== undefined || (signatures?.every(({ returns }) => returns !== undefined) ?? false);
      const what = signatures ? 'body' : 'initializer';
      return [{ change: 'behaviour', detail: written ? `${what} changed` : `${what} changed, and with it perhaps the inferred type` }];
    }
  }
}
