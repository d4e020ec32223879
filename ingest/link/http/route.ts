import type { NodeId } from '../../../graph/model/id.ts';
import type { Expr, Published, ReadKey, TypeName } from '../../keys.ts';

/** A declaration that answers requests. */
export interface Handler {
  readonly id: NodeId;
  /** Of a function written in place, which folds into `id`: the lines it stands on. */
  readonly line?: number;
  readonly endLine?: number;
}

/** What is known of one part of a request. */
export interface Received {
  /** Types it is taken for. */
  readonly types: readonly TypeName[];
  /** What validates it: a schema of zod, typebox or JSON Schema, reduced. */
  readonly schemas: readonly Expr[];
  /** Where the handler reads it. */
  readonly reads: readonly Published<ReadKey>[];
}

/** What is answered. */
export interface Answered {
  /** From annotations, decorators and type arguments. */
  readonly types: readonly TypeName[];
  readonly schemas: readonly Expr[];
  /** What the handler sends or returns. */
  readonly values: readonly Expr[];
}

export interface Exchange {
  readonly body: Received;
  readonly query: Received;
  readonly params: Received;
  readonly headers: Received;
  readonly response: Answered;
}

/** A method and path that code answers. */
export interface Route {
  readonly repo: string;
  readonly file: string;
  readonly line: number;
  readonly col: number;
  /** The declaration in which it is registered. */
  readonly from: NodeId;
  /** Capitals; `ALL` for every method, `QUERY`, `MUTATION`, `SUBSCRIPTION` of tRPC. */
  readonly method: string;
  /** The whole path as OpenAPI writes it: `/api/v1/users/{id}`; of tRPC `users.byId`. */
  readonly path: string;
  readonly framework: string;
  readonly handlers: readonly Handler[];
  readonly exchange: Exchange;
  /** False where a name, not a value or type, says that this is an application. */
  readonly certain: boolean;
  /** 0–1. */
  readonly confidence: number;
}
