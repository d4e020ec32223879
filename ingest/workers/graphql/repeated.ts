import { isTypeDefinitionNode, type DocumentNode, type NameNode } from 'graphql';
import type { Diagnostic } from '../../../graph/model/provenance.ts';
import type { Lines } from '../../parse/lines.ts';

/** Types that one document defines twice, and fields and values that one type has twice: the first definition counts. */
export function repeatedDefinitions({ definitions }: DocumentNode, file: string, lines: Lines): readonly Diagnostic[] {
  const types = definitions.filter(isTypeDefinitionNode);
  return [
    ...repeatedIn(types.map(({ name }) => name)),
    ...types.flatMap((type) => [
      ...('fields' in type ? repeatedIn((type.fields ?? []).map(({ name }) => name)) : []),
      ...('values' in type ? repeatedIn((type.values ?? []).map(({ name }) => name)) : []),
    ]),
  ].map(({ name, first }): Diagnostic => {
    const line = lines.at(first.loc?.start ?? 0).line;
    const message = `${name.value} is defined on line ${line} already. The first definition counts; rename one, or extend the type.`;
    return { code: 'repeated-definition', severity: 'error', message, file, span: lines.span(name.loc?.start ?? 0, name.loc?.end ?? 0) };
  });
}

function repeatedIn(names: readonly NameNode[]): readonly { readonly name: NameNode; readonly first: NameNode }[] {
  const known = new Map<string, NameNode>();
  return names.flatMap((name) => {
    const first = known.get(name.value);
    if (!first) known.set(name.value, name);
    return first ? [{ name, first }] : [];
  });
}
