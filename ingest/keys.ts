import type { NodeId } from '../graph/model/id.ts';
import type { Span } from '../graph/model/provenance.ts';
import { compare } from '../graph/model/edge.ts';

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
  | BoundKey
  | HeaderKey
  | DecoratedKey
  | ReadKey
  | EnvironmentKey
  | TestKey
  | VerifiesKey
  | OperationKey
  | ChannelKey
  | TableKey
  | SchemaChangeKey
  | ServiceKey
  | RouteKey
  | ApiKey
  | PackageKey
  | ImageKey
  | ConfigKey
  | OwnersKey
  | DocumentKey
  | MentionKey
  | DemandKey
  | GovernsKey
  | AdrKey
  | CriterionKey
  | GraphqlFieldKey
  | GraphqlUseKey
  | CoveredKey
  | HistoryKey
  | ImportsKey
  | HttpRouteKey
  | HttpCallKey;

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
  | {
      readonly is: 'text';
      readonly text: string;
      /** Other texts that it may be instead: `urgent ? 'high' : 'low'`. */
      readonly others?: readonly string[];
    }
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
  /** An environment variable; without a name, the one that `by` turns out to name. */
  | { readonly is: 'environment'; readonly name: string; readonly by?: Expr; readonly fallback?: Expr }
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
      /** Where it stands, `<module>:<line>:<col>`, if it may make an application or router: two routers are not one. */
      readonly made?: string;
    }
  | {
      readonly is: 'object';
      readonly entries: Readonly<Record<string, Expr>>;
      /** It has keys that are not written here: those of `spreads`, or computed ones. */
      readonly spread?: true;
      readonly spreads?: readonly Expr[];
      /** Entries that are only there under a condition: `if (region) query.set('region', region)`. */
      readonly maybe?: readonly string[];
      /** Entries whose keys are constants: `{ [TOPICS.created]: onCreated }`. */
      readonly computed?: readonly (readonly [Expr, Expr])[];
      /** Line and column of the keys, where the object says what a table is made of. */
      readonly at?: Readonly<Record<string, readonly [number, number]>>;
      readonly type?: readonly TypeName[];
    }
  | { readonly is: 'list'; readonly items: readonly Expr[] }
  /** A function written in place; what it does is stated by the keys of `at`, the declaration it folds into. */
  | {
      readonly is: 'function';
      readonly at: NodeId;
      readonly line: number;
      readonly endLine: number;
      /** What it gives back, of one that may answer requests or only names something: `() => users.id`. */
      readonly returns?: Expr;
    }
  /** Anything else. `type`: declarations of the repository its type is made of. */
  | { readonly is: 'unknown'; readonly type?: readonly TypeName[] };

/** A type by declaration of the repository or by package and name; `list` for `T[]`. Promises are looked through. */
export interface TypeName {
  readonly id?: NodeId;
  readonly package?: string;
  readonly name?: string;
  readonly list?: true;
  readonly args?: readonly (readonly TypeName[])[];
  /** Only these members of it, or all but these: `Pick`, `Omit`, and what is called so. */
  readonly only?: readonly string[];
  readonly without?: readonly string[];
  /** All members are optional. */
  readonly partial?: true;
  /** Of a type written in place: its members. */
  readonly members?: Readonly<Record<string, readonly TypeName[]>>;
  /** Those of `members` that may be missing. */
  readonly optional?: readonly string[];
}

/** The non-local declarations of a module by dotted path; exported ones first in a pair of lists. */
export interface DeclaresKey {
  readonly key: 'declares';
  readonly module: NodeId;
  readonly exported: readonly string[];
  readonly internal: readonly string[];
  /** It is a test file. */
  readonly test?: true;
  /** First and last line of each: the exported ones, then the internal ones. */
  readonly lines?: readonly (readonly [number, number])[];
}

/** What a module of a language without a compiler here imports, as it names it; `imports.ts` finds the modules. */
export interface ImportsKey {
  readonly key: 'imports';
  readonly module: NodeId;
  readonly language: string;
  /** `members` may be modules of their own: `from app import users`. */
  readonly items: readonly (At & { readonly name: string; readonly members?: readonly string[] })[];
}

/** A route that code in another language serves. */
export interface HttpRouteKey extends At {
  readonly key: 'http-route';
  /** The declaration that handles it; the one that registers it where `handler` stands in another file. */
  readonly from: NodeId;
  /** Capitals; `ANY`. */
  readonly method: string;
  /** Template below what the file says of prefixes: `/users/{id}`. */
  readonly path: string;
  readonly framework: string;
  /** The handler as written, where this file does not declare it. */
  readonly handler?: string;
}

/** A call over HTTP in another language. */
export interface HttpCallKey extends At {
  readonly key: 'http-call';
  readonly from: NodeId;
  /** Capitals. */
  readonly method?: string;
  /** With `{}` for what is only known when the program runs: `{}/users/{}`. */
  readonly url: string;
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
  /** Line and column of the name. */
  readonly at?: readonly [number, number];
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
  /** Of a chain over several lines: line and column of the name of the method. */
  readonly named?: readonly [number, number];
  /** Type arguments. */
  readonly types?: readonly (readonly TypeName[])[];
  /** What becomes of the result. */
  readonly result?: ResultUse;
  /** It names a constant, `env('API_URL')`, and code says what holds without a result. */
  readonly fallback?: true;
}

/** What is done when a name equals a text: `case 'order.created':` of `switch (topic)`, `if (job.name === MAIL)`. */
export interface BranchKey extends At {
  readonly key: 'branch';
  readonly from: NodeId;
  readonly equals: Expr;
  readonly endLine: number;
}

/** Code puts a header on requests that are made elsewhere: `config.headers.Authorization = …` of an interceptor. */
export interface HeaderKey extends At {
  readonly key: 'header';
  readonly from: NodeId;
  readonly name: string;
}

/** A value is held against a number: `if (title.length > MAX_TITLE)`. */
export interface BoundKey extends At {
  readonly key: 'bound';
  readonly from: NodeId;
  /** The last name of what is bounded: `title`. */
  readonly name: string;
  readonly by: Expr;
}

/** A type that a value is taken for. */
export interface AssertedType extends TypeName {
  /** Where it is asserted; absent where a signature says it. */
  readonly line?: number;
}

export interface ResultUse {
  /** Types that the result, or its body, is taken for: assertion, annotation, type argument, return type of the function around. */
  readonly as?: readonly AssertedType[];
  /** Dotted paths of members read off the result where its type is not declared; `body`: off its `.json()`, `.data`, `.body`. */
  readonly reads?: readonly (At & {
    readonly path: string;
    readonly body?: true;
    /** Texts and numbers that it is compared with. */
    readonly equals?: readonly string[];
  })[];
  /** It is handed on as a whole to where its use cannot be seen from here: an untyped return, an argument, a spread. */
  readonly handedOn?: true;
  /**
   * The same of it, or of a part of its body, by where it goes: `outside` is code that is not of the repository or a
   * computed key, `inside` is another declaration.
   */
  readonly escapes?: readonly (At & { readonly path: string; readonly to: 'outside' | 'inside'; readonly body?: true })[];
  /** Its body is read: `.json()`, `.data`. */
  readonly body?: true;
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
  /** Code says what holds where it is not set. */
  readonly fallback?: true;
  /** It is not read, but given a value or said to exist. */
  readonly sets?: true;
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
  /** Paths in the payload, each a node `<id> payload.<field>`. */
  readonly fields: readonly string[];
}

export interface TableKey extends At {
  readonly key: 'table';
  readonly id: NodeId;
  readonly name: string;
  readonly columns: readonly string[];
  /** What code calls it and its columns, where that differs by more than case: a Prisma model and its fields. */
  readonly model?: string;
  readonly properties?: Readonly<Record<string, string>>;
  /** Fields of the model that lead to other models, by name. */
  readonly relations?: Readonly<Record<string, string>>;
}

/**
 * One clause of a schema file or migration. Tables are what these add up to, set by set, in the order of `order` and,
 * within a file, as stated: see `link/tables.ts`.
 */
export interface SchemaChangeKey {
  readonly key: 'schema-change';
  /** Files of one set describe one database: the folder of the project, and its dialect where folders say so. */
  readonly set: string;
  /** Sorts by code unit: schema files first, then migrations by version. */
  readonly order: string;
  /** The migration that makes the change. */
  readonly migration?: NodeId;
  /** The database, where the text or its folder says of what kind it is. */
  readonly store?: NodeId;
  readonly span: Span;
  readonly change: SchemaChange;
}

export type SchemaChange = { readonly table: string } & (
  | { readonly op: 'create-table'; readonly view?: true; readonly doc?: string; readonly model?: string }
  | { readonly op: 'drop-table' }
  | { readonly op: 'rename-table'; readonly to: string }
  /** It has all columns of `to` as well: `LIKE`, `INHERITS`. */
  | { readonly op: 'like-table'; readonly to: string }
  | ({ readonly op: 'add-column' | 'alter-column'; readonly column: string } & ColumnFacts)
  | { readonly op: 'drop-column'; readonly column: string }
  | { readonly op: 'rename-column'; readonly column: string; readonly to: string }
  | {
      readonly op: 'foreign-key';
      readonly column: string;
      readonly to: string;
      /** Absent: the primary key of `to`. */
      readonly toColumn?: string;
      readonly constraint?: string;
    }
  | { readonly op: 'drop-constraint'; readonly constraint: string }
  | { readonly op: 'comment'; readonly column?: string; readonly doc: string }
  /** An index or a constraint names it. */
  | { readonly op: 'touch'; readonly column: string }
  /** A view names `to`, or a column of it, or of one of `among` where its query does not say of which. */
  | { readonly op: 'uses'; readonly to: string; readonly toColumn?: string; readonly among?: readonly string[] }
  /** `table` is the name of an enumerated type, which has, or is given, these values. */
  | { readonly op: 'enum'; readonly values: readonly string[]; readonly add?: true }
);

export interface ColumnFacts {
  readonly type?: string;
  readonly nullable?: boolean;
  readonly primaryKey?: boolean;
  /** Null: it has none any more. */
  readonly default?: string | null;
  readonly doc?: string;
  /** What code calls it, where that is another name. */
  readonly property?: string;
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
  /** Contracts it says it provides or consumes: paths or names. */
  readonly provides?: readonly string[];
  readonly consumes?: readonly string[];
  /** Resources all of whose configuration keys it is given (`envFrom`). */
  readonly configs?: readonly NodeId[];
  /** Labels that selectors find it by, `name=value`. */
  readonly labels?: readonly string[];
}

/** Names in the network that lead to the services with these labels. */
export interface RouteKey extends At {
  readonly key: 'route';
  /** The resource that routes. */
  readonly id: NodeId;
  readonly hosts: readonly string[];
  /** All of them: `name=value`. */
  readonly selector: readonly string[];
  /** The routes that it hands on to, by their resources. */
  readonly to?: readonly NodeId[];
}

/** The name by which a catalogue knows a contract. */
export interface ApiKey extends At {
  readonly key: 'api';
  readonly id: NodeId;
  readonly name: string;
}

export interface PackageKey {
  readonly key: 'package';
  readonly id: NodeId;
  readonly name: string;
  readonly folder: string;
  /** It has a script that starts it, at this line. */
  readonly starts?: number;
}

/** An image that is built here. */
export interface ImageKey extends At {
  readonly key: 'image';
  readonly id: NodeId;
  /** Of the Dockerfile. */
  readonly folder: string;
}

/** A configuration key is given a value, or is declared to exist. */
export interface ConfigKey extends At {
  readonly key: 'config';
  readonly name: string;
  /** The service, resource or document that does. */
  readonly by: NodeId;
  readonly value?: string;
  /** Its value is that of the key `name` of the resource `by` (`configMapKeyRef`). */
  readonly ref?: { readonly by: NodeId; readonly name: string };
}

export interface OwnersKey {
  readonly key: 'owners';
  /** In the order of the file: the last match wins. */
  readonly rules: readonly (At & { readonly pattern: string; readonly teams: readonly NodeId[] })[];
}

/* What people wrote */

/** A file that people read: what a link to it, or to a part of it, leads to. */
export interface DocumentKey {
  readonly key: 'document';
  readonly id: NodeId;
  /** Slugs of its sections, each a node `doc:<file>#<slug>`. */
  readonly sections?: readonly string[];
  /** It is the README of its folder. */
  readonly readme?: true;
}

/** Something that a text names. */
export interface MentionKey extends At {
  readonly key: 'mention';
  readonly from: NodeId;
  readonly text: string;
  /** `code`: a code span; `fence`: inside fenced code; `link`: the target of a link; `prose`: a bare word;
   * `word`: a bare word in a code span, which only means something beside what it is a part of. */
  readonly form: 'code' | 'fence' | 'link' | 'prose' | 'word';
  /** What is named has to obey: it stands in the decision of a record that is in force. */
  readonly governs?: true;
  /** The text says to make it: "create `src/seed.ts`". */
  readonly planned?: true;
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
  /** The edge leads from what `ref` names to `from`: "superseded by". */
  readonly inverse?: true;
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
  readonly title: string;
}

export interface CriterionKey {
  readonly key: 'criterion';
  readonly id: NodeId;
  readonly spec: NodeId;
  readonly feature: string;
  /** `AC-1`, or an NFR's id. */
  readonly name: string;
  /** It is no name that people gave: it follows from the place in the list, and yields to names that are given. */
  readonly byPlace?: true;
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

/**
 * A field that a client document selects, from the root inwards: `['Query', 'user', 'email']`. Where a fragment names a
 * type, `...User` stands before the fields it selects.
 */
export interface GraphqlUseKey extends At {
  readonly key: 'graphql-use';
  readonly from: NodeId;
  readonly root: 'query' | 'mutation' | 'subscription' | 'fragment';
  /** Of a fragment: the type it is on. */
  readonly on?: string;
  /** Of a fragment: its name. */
  readonly fragment?: string;
  readonly path: readonly string[];
  /** Arguments given to the field. */
  readonly args?: readonly string[];
  /** Not the field is used, but this fragment, on what the path leads to. */
  readonly spread?: string;
  /** Not a field is used, but this type, for a variable. */
  readonly type?: string;
}

/** Lines of a source file that a report says were run, as [first, last] stretches. */
export interface CoveredKey {
  readonly key: 'covered';
  readonly from: NodeId;
  /** As the report names it, which may be with the path of another machine. */
  readonly path: string;
  readonly lines: readonly (readonly [number, number])[];
  /** Line of the report that says so. */
  readonly at?: number;
}

/** How often a module was changed in the commits that were looked at, and who changed it most. */
export interface HistoryKey {
  readonly key: 'history';
  readonly module: NodeId;
  readonly changes: number;
  /** Names, the most frequent first. */
  readonly authors: readonly string[];
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

/** In the order of units, then as stated. */
export function readKeys(
  units: Iterable<{ readonly id: string; readonly repo: string; readonly path: string; readonly keys: string }>,
): LinkKeys {
  const byKind = new Map<LinkKeyKind, Published<LinkKey>[]>();
  for (const { repo, path, keys } of [...units].sort((a, b) => compare(a.id, b.id))) {
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
