import type { SqlToken } from './sql-tokens.ts';

/** Schemas that stand for no schema: those a database uses when none is named. */
const DEFAULT_SCHEMAS = new Set(['public', 'dbo', 'main']);

/** A name as the graph has it: what was quoted keeps its case, all else is in small letters. */
export const folded = ({ kind, value }: SqlToken): string => (kind === 'name' ? value : value.toLowerCase());

/** `orders`, `billing.orders`: the last two parts of a qualified name, without the schema where it is the default one. */
export function tableName(parts: readonly string[]): string {
  const [table = '', schema] = parts.toReversed();
  return schema === undefined || schema === '' || DEFAULT_SCHEMAS.has(schema.toLowerCase()) ? table : `${schema}.${table}`;
}
