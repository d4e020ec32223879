import type { SqlToken } from './sql-tokens.ts';

/** Schemas that stand for no schema: those a database uses when none is named. */
const DEFAULT_SCHEMAS = new Set(['public', 'dbo', 'main']);

/** A name as the graph has it: what was quoted keeps its case, all else is in small letters. */
export const folded = ({ kind, value }: SqlToken): string => (kind === 'name' ? value : value.toLowerCase());

/** `schema.table`, without the schema where it is the default one. */
export const qualified = (schema: string | undefined, table: string): string =>
  schema === undefined || schema === '' || DEFAULT_SCHEMAS.has(schema.toLowerCase()) ? table : `${schema}.${table}`;

/** `orders`, `billing.orders`: the last two parts of a qualified name, without the schema where it is the default one. */
export const tableName = (parts: readonly string[]): string => qualified(parts.at(-2), parts.at(-1) ?? '');
