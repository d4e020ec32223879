/**
 * Node ids are readable strings: `<repository>//<scheme>:<path>[#<descriptor>]`, for example
 * `shop//code:src/cart.ts#Cart.add`. They depend on names only, never on line numbers, list positions or machine
 * paths. The part after `//` is the grammar people use from outside (docs/reference/names.md). Things that belong to
 * no repository, such as a published npm package, have no prefix: `npm:express`.
 */
export type NodeId = string;

export const SCHEMES = ['repo', 'pkg', 'npm', 'code', 'test', 'gap'] as const;
export type Scheme = (typeof SCHEMES)[number];

const SEPARATOR = '//';

export interface IdParts {
  readonly repo?: string;
  readonly scheme: string;
  /** File path or name; what stands before `#`. */
  readonly path: string;
  /** What stands after the first `#`. */
  readonly descriptor?: string;
}

/** `#` ends a path, so a `#` inside one is written `%23`, and `%` is written `%25`. */
const escapePath = (path: string): string => (/[%#]/.test(path) ? path.replaceAll('%', '%25').replaceAll('#', '%23') : path);
const unescapePath = (path: string): string => path.replaceAll('%23', '#').replaceAll('%25', '%');

/** Builds an id; the inverse of {@link parseId}. `repo` must not contain `//`, end with `/` or begin like a scheme. */
export function makeId(parts: IdParts & { readonly scheme: Scheme }): NodeId {
  const local = `${parts.scheme}:${escapePath(parts.path)}${parts.descriptor === undefined ? '' : `#${parts.descriptor}`}`;
  return parts.repo === undefined ? local : `${parts.repo}${SEPARATOR}${local}`;
}

/** Id of a source file as a module. */
export const moduleId = (repo: string, path: string): NodeId => makeId({ repo, scheme: 'code', path });

/** Id of a declaration: dotted path of the names around it, outermost first, within its file. */
export const declarationId = (repo: string, path: string, name: string): NodeId => makeId({ repo, scheme: 'code', path, descriptor: name });

const ID = new RegExp(
  String.raw`^(?:(?!(?:${SCHEMES.join('|')}):)(?<repo>(?:(?!//).)+)//)?(?<scheme>[a-z]+):(?<path>[^#]*)(?:#(?<descriptor>.*))?$`,
  's',
);

/** Splits an id, or a name without repository, into its parts; undefined when it has no scheme. */
export function parseId(id: string): IdParts | undefined {
  const match = ID.exec(id);
  if (!match?.groups) return undefined;
  const { repo, scheme, path, descriptor } = match.groups;
  return {
    scheme: scheme!,
    path: unescapePath(path!),
    ...(repo === undefined ? {} : { repo }),
    ...(descriptor === undefined ? {} : { descriptor }),
  };
}

/** The last name of a dotted path. A computed name, `[Symbol.iterator]`, is one name. */
export const simpleName = (dotted: string): string =>
  dotted.slice(dotted.lastIndexOf('.', dotted.endsWith(']') ? dotted.lastIndexOf('[') : undefined) + 1);
