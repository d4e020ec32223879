import type { NodeId } from '../../../graph/model/id.ts';
import type { Expr } from '../../keys.ts';

/** Where something is stated. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

/** A column as code declares it. */
export interface MappedColumn {
  readonly name: string;
  /** What code calls it. */
  readonly property: string;
  /** The declaration that stands for it: a property, or the constant that the whole table is. */
  readonly id: NodeId;
  /** It is called so in the code; false where a convention makes the name. */
  readonly explicit: boolean;
  readonly type?: string;
  readonly nullable?: true;
  readonly primaryKey?: true;
  readonly default?: string;
  readonly at: Place;
  /** What a foreign key leads to: an entity, and the property of it that is meant (absent: its primary key). */
  readonly references?: { readonly entity: NodeId; readonly property?: string };
}

/** A class, constant or type that stands for a table. */
export interface Entity {
  readonly library: string;
  readonly repo: string;
  readonly id: NodeId;
  /** What code calls it where it is named by a text: `User` in `model('User')`. */
  readonly name: string;
  /** `orders`, `billing.orders`. */
  readonly table: string;
  readonly explicit: boolean;
  readonly at: Place;
  readonly columns: readonly MappedColumn[];
  /** Properties that lead to other entities. */
  readonly relations: ReadonlyMap<string, NodeId>;
  /** Further declarations that stand for the same table: a model beside its schema. */
  readonly aliases?: readonly NodeId[];
  /** What it is stored in has columns that are not declared: collections, inherited tables. */
  readonly open?: true;
}

export const textOf = (expr: Expr | undefined): string | undefined => (expr?.is === 'text' ? expr.text : undefined);
export const entryOf = (expr: Expr | undefined, ...names: readonly string[]): Expr | undefined => {
  if (expr?.is !== 'object') return undefined;
  for (const name of names) if (Object.hasOwn(expr.entries, name)) return expr.entries[name];
  return undefined;
};
export const isTrue = (expr: Expr | undefined): boolean => expr?.is === 'literal' && expr.text === 'true';
/** The written default of a column, where it is a constant. */
export const defaultOf = (expr: Expr | undefined): string | undefined =>
  expr?.is === 'text' || expr?.is === 'literal' ? expr.text.slice(0, 100) : undefined;
/** What `() => User`, `User` and `'User'` name. */
export function targetOf(
  expr: Expr | undefined,
): { readonly id: NodeId; readonly path?: readonly string[] } | { readonly name: string } | undefined {
  if (expr?.is === 'function') return targetOf(expr.returns);
  if (expr?.is === 'declared') return { id: expr.id, ...(expr.path ? { path: expr.path } : {}) };
  return expr?.is === 'text' ? { name: expr.text } : undefined;
}
