import { childOf, placeAt, type References } from '../../parse/references.ts';
import { isRecord, memberOf, textOf } from '../../parse/tree.ts';
import { securityOf, type WrittenOperation, type WrittenParameters } from './operations.ts';

/** Reports what makes a document one that its readers disagree about. References are checked where they are followed. */
export function checkStructure(
  references: References,
  operations: readonly WrittenOperation[],
  parameters: readonly WrittenParameters[],
): void {
  const { root } = references;
  const { value } = root;
  if (!isRecord(memberOf(value, 'info'))) references.report('missing-info', 'warning', 'Has no `info`; add a title and a version.', root);
  const isNewer = /^3\.[1-9]/.test(String(memberOf(value, 'openapi')));
  if (
    !isRecord(memberOf(value, 'paths')) &&
    !(isNewer && (isRecord(memberOf(value, 'webhooks')) || isRecord(memberOf(value, 'components'))))
  )
    references.report('missing-paths', 'warning', 'Has no `paths`, so it describes no operation.', root);
  const schemes = placeAt(
    root,
    memberOf(value, 'swagger') === undefined ? ['components', 'securitySchemes'] : ['securityDefinitions'],
  ).value;
  const names = new Map<string, string>();
  for (const [index, operation] of operations.entries()) {
    const { method, path, webhook, place } = operation;
    const operationId = textOf(memberOf(place.value, 'operationId'));
    if (operationId !== undefined) {
      const first = names.get(operationId);
      if (first === undefined) names.set(operationId, `${method} ${path}`);
      else
        references.report(
          ...(['duplicate-operation-id', 'warning'] as const),
          `The operationId ${operationId} is also that of ${first}; each has to be unique.`,
          childOf(place, 'operationId'),
        );
    }
    for (const [scheme, at] of securityOf(root, place))
      if (!isRecord(memberOf(schemes, scheme)))
        references.report('unknown-security-scheme', 'warning', `Asks for the security scheme ${scheme}, which is not declared.`, at);
    if (webhook || !parameters[index]!.complete) continue;
    const declared = new Set(parameters[index]!.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name));
    for (const [, name = ''] of path.slice(0, 2000).matchAll(/\{([^{}]*)\}/g))
      if (!declared.has(name.replace(/\*$/, '')) && !declared.has(name))
        references.report(
          'undeclared-path-parameter',
          'warning',
          `The path parameter {${name}} of ${method} ${path} is not declared.`,
          place,
        );
  }
}
