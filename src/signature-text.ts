import type { SignatureShape } from '../graph/model/node.ts';

/** A call signature as TypeScript writes it: `<T>(items: T[], ...rest: T[]): T`. */
export function signatureText({ parameters, returns, typeParameters }: SignatureShape): string {
  const generics = typeParameters ? `<${typeParameters.join(', ')}>` : '';
  const list = parameters.map(
    ({ name, type, optional, rest }) => `${rest ? '...' : ''}${name}${optional ? '?' : ''}${type === undefined ? '' : `: ${type}`}`,
  );
  return `${generics}(${list.join(', ')})${returns === undefined ? '' : `: ${returns}`}`;
}
