import type { ParameterShape, SignatureShape } from '../model/node.ts';
import type { ChangeKind } from './change.ts';
import { sameCode, shorten } from './code-text.ts';

/** A kind of change, and what was compared, for people. */
export interface Finding {
  readonly change: ChangeKind;
  readonly detail: string;
}

/** Findings for the call signatures of one declaration; several on either side are overloads. */
export function compareSignatures(before: readonly SignatureShape[], after: readonly SignatureShape[]): readonly Finding[] {
  const gone = before.filter((signature) => !after.some((other) => sameSignature(signature, other)));
  const added = after.filter((signature) => !before.some((other) => sameSignature(signature, other)));
  if (gone.length === 0 && added.length === 0) {
    const reordered = before.length !== after.length || before.some((signature, at) => !sameSignature(signature, after[at]!));
    return reordered ? [{ change: 'change-type', detail: 'overloads are tried in another order' }] : [];
  }
  if (gone.length === 1 && added.length === 1) return compareSignature(gone[0]!, added[0]!);
  const appended = gone.length === 0 && before.length > 0 && before.every((signature, at) => sameSignature(signature, after[at]!));
  if (appended) return added.map((signature) => ({ change: 'add-optional-parameter', detail: `overload ${printed(signature)} added` }));
  return [...gone.map((signature) => describe(signature, 'removed')), ...added.map((signature) => describe(signature, 'added'))];
}

const describe = (signature: SignatureShape, what: string): Finding => ({
  change: 'change-type',
  detail: `signature ${printed(signature)} ${what}`,
});

const printed = ({ parameters, returns }: SignatureShape): string =>
  shorten(`(${parameters.map(({ name }) => name).join(', ')})${returns === undefined ? '' : `: ${returns}`}`);

const sameSignature = (a: SignatureShape, b: SignatureShape): boolean => compareSignature(a, b).length === 0;

function compareSignature(before: SignatureShape, after: SignatureShape): readonly Finding[] {
  const findings: Finding[] = [];
  const [was, is] = [before.typeParameters?.join(', ') ?? '', after.typeParameters?.join(', ') ?? ''];
  if (!sameCode(was, is)) findings.push({ change: 'change-type', detail: `type parameters <${shorten(was)}> → <${shorten(is)}>` });
  const [receiverBefore, receiverAfter] = [receiver(before), receiver(after)];
  if (!sameCode(receiverBefore, receiverAfter))
    findings.push({ change: 'change-type', detail: `type of this ${shorten(receiverBefore)} → ${shorten(receiverAfter)}` });
  findings.push(...compareParameters(before.parameters.filter(isArgument), after.parameters.filter(isArgument)));
  if (!sameCode(before.returns, after.returns))
    findings.push({
      change: 'change-type',
      detail: `return type ${shorten(before.returns ?? 'inferred')} → ${shorten(after.returns ?? 'inferred')}`,
    });
  return findings;
}

/** `this` is written like a parameter, but callers pass no argument for it. */
const isArgument = ({ name }: ParameterShape): boolean => name !== 'this';
const receiver = ({ parameters }: SignatureShape): string => parameters.find((parameter) => !isArgument(parameter))?.type ?? 'any';

const isRequired = ({ optional, rest }: ParameterShape): boolean => !optional && !rest;
const named = ({ name }: ParameterShape): string => `parameter "${shorten(name)}"`;

function compareParameters(before: readonly ParameterShape[], after: readonly ParameterShape[]): readonly Finding[] {
  if (isReordering(before, after)) return compareReordered(before, after);
  const rows = align(before, after);
  const lastKept = rows.findLastIndex(({ was, is }) => was && is);
  return rows.flatMap(({ was, is }, at): readonly Finding[] => {
    if (was && is) return compareParameter(was, is);
    if (was) return [{ change: 'remove-parameter', detail: `${named(was)} removed` }];
    if (!is) return [];
    if (isRequired(is)) return [{ change: 'add-required-parameter', detail: `${named(is)} added` }];
    if (at < lastKept) return [{ change: 'change-type', detail: `optional ${named(is)} added before others, whose places shift` }];
    return [{ change: 'add-optional-parameter', detail: `optional ${named(is)} added` }];
  });
}

function compareParameter(before: ParameterShape, after: ParameterShape): readonly Finding[] {
  const findings: Finding[] = [];
  if (!before.rest !== !after.rest)
    findings.push({
      change: 'change-type',
      detail: after.rest ? `${named(after)} now takes the rest` : `${named(after)} no longer takes the rest`,
    });
  else if (!before.optional && after.optional)
    findings.push({ change: 'add-optional-parameter', detail: `${named(after)} is now optional` });
  else if (before.optional && !after.optional)
    findings.push({ change: 'add-required-parameter', detail: `${named(after)} is now required` });
  if (!sameCode(before.type, after.type))
    findings.push({
      change: 'change-type',
      detail: `${named(after)} ${shorten(before.type ?? 'inferred')} → ${shorten(after.type ?? 'inferred')}`,
    });
  if (findings.length === 0 && !sameCode(before.name, after.name))
    findings.push({ change: 'behaviour', detail: `${named(before)} is now called "${shorten(after.name)}"` });
  return findings;
}

function isReordering(before: readonly ParameterShape[], after: readonly ParameterShape[]): boolean {
  const names = (parameters: readonly ParameterShape[]): string[] => parameters.map(({ name }) => name);
  const [was, is] = [names(before), names(after)];
  return was.join('\n') !== is.join('\n') && was.toSorted().join('\n') === is.toSorted().join('\n');
}

/** Callers that still compile pass their arguments to other parameters, so there is always something to say. */
function compareReordered(before: readonly ParameterShape[], after: readonly ParameterShape[]): readonly Finding[] {
  const detail = `parameters reordered: (${shorten(after.map(({ name }) => name).join(', '))})`;
  const retyped = before.some((parameter, at) => {
    const now = after[at]!;
    return !sameCode(parameter.type, now.type) || isRequired(parameter) !== isRequired(now) || !parameter.rest !== !now.rest;
  });
  return [{ change: retyped ? 'change-type' : 'behaviour', detail }];
}

interface Row {
  readonly was?: ParameterShape;
  readonly is?: ParameterShape;
}

/** Pairs parameters by name in order; between the pairs, by position. */
function align(before: readonly ParameterShape[], after: readonly ParameterShape[]): readonly Row[] {
  const at = commonAt(before, after);
  if (at === undefined) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, i) => ({
      ...(before[i] ? { was: before[i] } : {}),
      ...(after[i] ? { is: after[i] } : {}),
    }));
  }
  const [i, j] = at;
  return [
    ...align(before.slice(0, i), after.slice(0, j)),
    { was: before[i]!, is: after[j]! },
    ...align(before.slice(i + 1), after.slice(j + 1)),
  ];
}

/** Where the first parameter that keeps its name stands on both sides. */
function commonAt(before: readonly ParameterShape[], after: readonly ParameterShape[]): readonly [number, number] | undefined {
  for (const [i, { name }] of before.entries()) {
    const j = after.findIndex((other) => sameCode(other.name, name));
    if (j >= 0) return [i, j];
  }
  return undefined;
}
