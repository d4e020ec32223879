import type { Expr, TypeName } from '../../keys.ts';
import type { Origin } from '../origin.ts';

/** How one framework says what it serves. Adding a framework of routers is adding one of these. */
export interface Dialect {
  readonly framework: string;
  readonly packages: RegExp;
  /** Names of the types of applications and routers. */
  readonly types: RegExp;
  /** What a call of an export makes; undefined when it is neither an application nor a router. */
  creates(origin: Origin): Made | undefined;
  /** What a call of a method of an application or router says. `types` are its type arguments. */
  read(method: string, args: readonly Expr[], types: readonly (readonly TypeName[])[]): Said | undefined;
  /** What a call of a method of an application or router gives back, where that is one as well. */
  gives(method: string, args: readonly Expr[]): Given | undefined;
}

export interface Made {
  /** It is served as it is; a router has to be mounted. */
  readonly root: boolean;
  readonly prefix?: Expr;
}

/** The same application or router, or a view of it at a path. */
export interface Given {
  readonly prefix?: Expr;
}

export interface Said {
  readonly routes?: readonly SaidRoute[];
  readonly mounts?: readonly { readonly child: Expr; readonly prefix?: Expr }[];
  /** From now on everything of this router stands behind it. */
  readonly prefix?: Expr;
}

export interface SaidRoute {
  readonly method: string;
  /** Absent: the path of the router itself. */
  readonly path?: Expr;
  /** Template as OpenAPI writes it already. */
  readonly template?: true;
  readonly handler?: Expr;
  readonly schemas?: Partial<Readonly<Record<'body' | 'query' | 'params' | 'headers' | 'response', readonly Expr[]>>>;
  readonly types?: Partial<Readonly<Record<'body' | 'query' | 'params' | 'headers' | 'response', readonly TypeName[]>>>;
}

const VERBS: ReadonlyMap<string, string> = new Map([
  ...['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'].map((verb) => [verb, verb.toUpperCase()] as const),
  ['del', 'DELETE'],
  ['all', 'ALL'],
  ['any', 'ALL'],
]);

/** `GET` of `get`; undefined for what is no method of HTTP. */
export const verbOf = (name: string): string | undefined => VERBS.get(name);

/** Several paths may be given as a list. */
export const eachPath = (path: Expr | undefined): readonly (Expr | undefined)[] => (path?.is === 'list' ? path.items : [path]);

export const lastOf = (args: readonly Expr[]): Expr | undefined => {
  const last = args.at(-1);
  return last?.is === 'list' ? last.items.at(-1) : last;
};

export const entryOf = (expr: Expr | undefined, name: string): Expr | undefined =>
  expr?.is === 'object' && Object.hasOwn(expr.entries, name) ? expr.entries[name] : undefined;

export const isText = (expr: Expr | undefined): boolean => expr?.is === 'text' || expr?.is === 'join';
