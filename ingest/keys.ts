import type { NodeId } from '../graph/model/id.ts';

/**
 * What units publish for linkers to join on: facts about one file that mean something only together with facts about
 * others. A key never depends on another file, so that a link is right whenever the keys are: linkers run over all keys
 * of all repositories after every change. Kept in the store beside the unit, not part of the graph.
 */
export type LinkKey =
  | DeclaresKey
  | TypeKey
  | ValueKey
  | CallKey
  | BranchKey
  | DecoratedKey
  | ReadKey
  | EnvironmentKey
  | TestKey
  | VerifiesKey
  | OperationKey
  | ChannelKey
  | TableKey
  | ServiceKey
  | PackageKey
  | ConfigKey
  | OwnersKey
  | MentionKey
  | DemandKey
  | GovernsKey
  | AdrKey
  | CriterionKey
  | GraphqlFieldKey
  | GraphqlUseKey
  | CoveredKey;

export type LinkKeyKind = LinkKey['key'];
export type LinkKeyOf<K extends LinkKeyKind> = Extract<LinkKey, { key: K }>;

/** Where a key is stated; the file is that of the unit. */
export interface At {
  readonly line: number;
  readonly col: number;
}

/* Code. Names stand for what they mean in their file; what other files make of them is for the linkers. */

/**
 * An expression as far as its own file tells what it is. `evaluate.ts` of the linkers follows references into other
 * files and parameters to their callers.
 */
export type Expr =
  | { readonly is: 'text'; readonly text: string }
  /** A template or concatenation. */
  | { readonly is: 'join'; readonly parts: readonly Expr[] }
  /** A number, boolean or null, as written. */
  | { readonly is: 'literal'; readonly text: string }
  /** A declaration of the repository, or a member of its value: `PATHS.users` is `PATHS` with the path `users`. */
  | { readonly is: 'declared'; readonly id: NodeId; readonly path?: readonly string[]; readonly type?: readonly TypeName[] }
  /** A parameter of the non-local function `of`, by position; `path` into a destructured or accessed member. `type` as written. */
  | {
      readonly is: 'parameter';
      readonly of: NodeId;
      readonly index: number;
      readonly path?: readonly string[];
      readonly type?: readonly TypeName[];
    }
  /** Parameter `index` of a function written in place as argument `arg` of a call: `app.get('/', (req, res) => …)`. */
  | {
      readonly is: 'received';
      readonly callee: Expr;
      readonly arg: number;
      readonly index: number;
      readonly path?: readonly string[];
      readonly type?: readonly TypeName[];
    }
  /** An environment variable. */
  | { readonly is: 'environment'; readonly name: string; readonly fallback?: Expr }
  /** An export of a package, or a global (`package` is then `global`): `import axios from 'axios'` is axios, [`default`]. */
  | { readonly is: 'external'; readonly package: string; readonly path: readonly string[] }
  /** A value of which only the written type is known: `constructor(private http: HttpService)`. */
  | { readonly is: 'typed'; readonly type: readonly TypeName[] }
  | { readonly is: 'member'; readonly of: Expr; readonly path: readonly string[] }
  | {
      readonly is: 'call';
      readonly callee: Expr;
      readonly args: readonly Expr[];
      /** With `new`. */
      readonly created?: true;
      /** Type arguments. */
      readonly types?: readonly (readonly TypeName[])[];
      readonly type?: readonly TypeName[];
    }
  | {
      readonly is: 'object';
      readonly entries: Readonly<Record<string, Expr>>;
      readonly spread?: true;
      /** Entries whose keys are constants: `{ [TOPICS.created]: onCreated }`. */
      readonly computed?: readonly (readonly [Expr, Expr])[];
      readonly type?: readonly TypeName[];
    }
  | { readonly is: 'list'; readonly items: readonly Expr[] }
  /** A function written in place; what it does is stated by the keys of `at`, the declaration it folds into. */
  | { readonly is: 'function'; readonly at: NodeId; readonly line: number; readonly endLine: number }
  /** Anything else. `type`: declarations of the repository its type is made of. */
  | { readonly is: 'unknown'; readonly type?: readonly TypeName[] };

/** A type by declaration of the repository or by package and name; `list` for `T[]`. Promises are looked through. */
export interface TypeName {
  readonly id?: NodeId;
  readonly package?: string;
  readonly name?: string;
  readonly list?: true;
  readonly args?: readonly (readonly TypeName[])[];
  /** Of a type written in place: its members. */
  readonly members?: Readonly<Record<string, readonly TypeName[]>>;
}

/** The non-local declarations of a module by dotted path; exported ones first in a pair of lists. */
export interface DeclaresKey {
  readonly key: 'declares';
  readonly module: NodeId;
  readonly exported: readonly string[];
  readonly internal: readonly string[];
  /** It is a test file. */
  readonly test?: true;
}

/** An object type: its members with what their types are made of, and what it extends. */
export interface TypeKey {
  readonly key: 'type';
  readonly id: NodeId;
  readonly members: Readonly<Record<string, { readonly type?: readonly TypeName[]; readonly optional?: true }>>;
  readonly bases?: readonly TypeName[];
}

/** The value of a constant, or of a member of it; for functions, `returns` is what they return when one can say. */
export interface ValueKey {
  readonly key: 'value';
  readonly id: NodeId;
  readonly value?: Expr;
  readonly returns?: Expr;
  /** Of functions: the types of their parameters, where one of them is written and not of the language. */
  readonly takes?: readonly (readonly TypeName[])[];
}

/** A call or construction that may reach outside, or hands on something that does. */
export interface CallKey extends At {
  readonly key: 'call';
  /** The declaration in which it stands. */
  readonly from: NodeId;
  readonly callee: Expr;
  readonly args: readonly Expr[];
  readonly created?: true;
  /** Type arguments. */
  readonly types?: readonly (readonly TypeName[])[];
  /** What becomes of the result. */
  readonly result?: ResultUse;
}

/** What is done when a name equals a text: `case 'order.created':` of `switch (topic)`, `if (job.name === MAIL)`. */
export interface BranchKey extends At {
  readonly key: 'branch';
  readonly from: NodeId;
  /** The last name of what is compared: `topic`. */
  readonly name: string;
  readonly equals: Expr;
  readonly endLine: number;
}

export interface ResultUse {
  /** Types that the result, or its body, is taken for: assertion, annotation, type argument, return type of the function around. */
  readonly as?: readonly (TypeName & { /** Where it is asserted. */ readonly line?: number })[];
  /** Dotted paths of members read off the result, or off its `.json()` / `.data` / `.body`, where its type is not declared. */
  readonly reads?: readonly (At & { readonly path: string })[];
}

/**
 * A member of what code was given is read: `req.body.email`, or `req.body` as a whole where its type is declared. `of` is
 * the parameter, its path included.
 */
export interface ReadKey extends At {
  readonly key: 'read';
  readonly from: NodeId;
  readonly of: Expr;
  readonly result?: ResultUse;
}

export interface DecoratedKey extends At {
  readonly key: 'decorated';
  readonly id: NodeId;
  readonly on: 'class' | 'method' | 'property' | 'parameter';
  readonly decorator: Expr;
  readonly args: readonly Expr[];
  /** Of a parameter: its position. */
  readonly index?: number;
  readonly name?: string;
  /** Type of the property or parameter, return type of the method. */
  readonly type?: readonly TypeName[];
}

/** The environment variable `name` is read; without a name, the one that a caller passes as `parameter` of `from`. */
export interface EnvironmentKey extends At {
  readonly key: 'environment';
  readonly from: NodeId;
  readonly name?: string;
  readonly parameter?: number;
  readonly fallback?: true;
}

export interface TestKey extends At {
  readonly key: 'test';
  /** The test case. */
  readonly id: NodeId;
  readonly title: string;
}

/** `@verifies imageUpload/AC-1` or `@satisfies …` in a comment. */
export interface VerifiesKey extends At {
  readonly key: 'verifies';
  readonly from: NodeId;
  readonly tag: 'verifies' | 'satisfies';
  readonly ref: string;
}

/* Contracts and data */

export interface OperationKey extends At {
  readonly key: 'operation';
  readonly id: NodeId;
  readonly api: NodeId;
  /** Capitals. */
  readonly method: string;
  /** With the base path of the API's servers left out. */
  readonly path: string;
  readonly operationId?: string;
  readonly tags?: readonly string[];
  /** URLs or base paths under which it is served. */
  readonly servers?: readonly string[];
  /** Paths of its fields, each a node `<id> <field>`: `request.body.email`, `response.200.items.id`, `request.query.limit`. */
  readonly fields: readonly string[];
}

export interface ChannelKey extends At {
  readonly key: 'channel';
  readonly id: NodeId;
  readonly api?: NodeId;
  /** Topic, queue, subject or event name; may have parameters: `orders.{region}`. */
  readonly address: string;
  readonly messages?: readonly string[];
  /** Paths in the payload, each a node `<id> payload.<field>`. */
  readonly fields: readonly string[];
}

export interface TableKey extends At {
  readonly key: 'table';
  readonly id: NodeId;
  readonly name: string;
  readonly columns: readonly string[];
  /** In which unit kind it is declared. */
  readonly by: 'sql' | 'prisma' | 'code';
}

/* What runs */

export interface ServiceKey extends At {
  readonly key: 'service';
  readonly id: NodeId;
  readonly name: string;
  /** Names under which others reach it: container name, DNS name, `host:port`. */
  readonly hosts: readonly string[];
  /** Folder that it is built from. */
  readonly folder?: string;
  readonly image?: string;
  /** Contracts it says it provides or consumes: paths or names. */
  readonly provides?: readonly string[];
  readonly consumes?: readonly string[];
}

export interface PackageKey {
  readonly key: 'package';
  readonly id: NodeId;
  readonly name: string;
  readonly folder: string;
}

/** A configuration key is given a value, or is declared to exist. */
export interface ConfigKey extends At {
  readonly key: 'config';
  readonly name: string;
  /** The service, resource or document that does. */
  readonly by: NodeId;
  readonly value?: string;
}

export interface OwnersKey {
  readonly key: 'owners';
  /** In the order of the file: the last match wins. */
  readonly rules: readonly (At & { readonly pattern: string; readonly teams: readonly NodeId[] })[];
}

/* What people wrote */

/** Something that a text names. */
export interface MentionKey extends At {
  readonly key: 'mention';
  readonly from: NodeId;
  readonly text: string;
  /** `code`: a code span; `fence`: inside fenced code; `link`: the target of a link; `prose`: a bare word. */
  readonly form: 'code' | 'fence' | 'link' | 'prose';
}

/** A reference that a person wrote on purpose, as text in the naming grammar or as "UserService: for …". */
export interface DemandKey extends At {
  readonly key: 'demand';
  readonly from: NodeId;
  readonly edge:
    | 'DEPENDS_ON'
    | 'SPECIFIES'
    | 'VERIFIES'
    | 'REFINES'
    | 'SUPERSEDES'
    | 'CONFLICTS_WITH'
    | 'MENTIONS'
    | 'DERIVED_FROM'
    | 'DOCUMENTS'
    | 'GOVERNS';
  readonly ref: string;
}

/** A selector over the graph. All given parts must hold; within one, any. */
export interface GovernsKey extends At {
  readonly key: 'governs';
  readonly from: NodeId;
  readonly kinds?: readonly string[];
  /** Globs over names. */
  readonly names?: readonly string[];
  /** Globs over file paths. */
  readonly paths?: readonly string[];
  /** Names in the grammar of docs/reference/names.md; `*` allowed. */
  readonly refs?: readonly string[];
}

export interface AdrKey {
  readonly key: 'adr';
  readonly id: NodeId;
  readonly number?: string;
  readonly slug: string;
  readonly path: string;
  readonly title: string;
}

export interface CriterionKey {
  readonly key: 'criterion';
  readonly id: NodeId;
  readonly spec: NodeId;
  readonly feature: string;
  /** `AC-1`, or an NFR's id. */
  readonly name: string;
}

/* GraphQL and reports */

export interface GraphqlFieldKey extends At {
  readonly key: 'graphql-field';
  readonly id: NodeId;
  readonly type: string;
  readonly field: string;
  /** Named type of the field. */
  readonly of: string;
  readonly root?: 'query' | 'mutation' | 'subscription';
}

/** A field that a client document selects, from the root inwards: `['Query', 'user', 'email']`. */
export interface GraphqlUseKey extends At {
  readonly key: 'graphql-use';
  readonly from: NodeId;
  readonly root: 'query' | 'mutation' | 'subscription' | 'fragment';
  /** Of a fragment: the type it is on. */
  readonly on?: string;
  readonly path: readonly string[];
}

/** Lines of a source file that a report says were run, as [first, last] stretches. */
export interface CoveredKey {
  readonly key: 'covered';
  readonly from: NodeId;
  readonly path: string;
  readonly lines: readonly (readonly [number, number])[];
}

/** Keys as a unit stores them. */
export const keysText = (keys: readonly LinkKey[]): string => (keys.length === 0 ? '' : JSON.stringify(keys));

/** Keys of the units of all repositories, by kind. */
export interface LinkKeys {
  of<K extends LinkKeyKind>(kind: K): readonly Published<LinkKeyOf<K>>[];
}

/** A key and the unit that published it. */
export interface Published<K extends LinkKey> {
  readonly repo: string;
  /** The unit's file. */
  readonly file: string;
  readonly value: K;
}

/** In the order of units, then as stated. Units with equal text give equal keys, so parsing is remembered by text. */
export function readKeys(
  units: Iterable<{ readonly id: string; readonly repo: string; readonly path: string; readonly keys: string }>,
): LinkKeys {
  const byKind = new Map<LinkKeyKind, Published<LinkKey>[]>();
  for (const { repo, path, keys } of [...units].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))) {
    if (keys === '') continue;
    for (const value of JSON.parse(keys) as readonly LinkKey[]) {
      const published = { repo, file: path, value };
      const known = byKind.get(value.key);
      if (known) known.push(published);
      else byKind.set(value.key, [published]);
    }
  }
  return { of: (kind) => (byKind.get(kind) ?? []) as never };
}
