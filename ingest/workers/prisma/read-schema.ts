import { parsePrismaSchema, type SchemaDeclaration } from '@loancrate/prisma-schema-parser';
import { messageOf } from '../../../graph/errors.ts';

export interface SchemaProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface PrismaDeclarations {
  readonly declarations: readonly SchemaDeclaration[];
  readonly problems: readonly SchemaProblem[];
}

const BLOCK = /^[ \t]*(?:\/\/\/[^\n]*\n[ \t]*)*(?:model|enum|type|view|datasource|generator)[ \t]+\w+[ \t]*\{[^]*?^[ \t]*\}/gm;
const MOST_PROBLEMS = 20;

/** Declarations of a schema. Where the whole is no valid schema its blocks are read one by one, so that one loses only itself. */
export function readSchema(text: string): PrismaDeclarations {
  const { declarations, problems } = readBlocks(text);
  const untyped: SchemaProblem[] = [];
  // The parser lets a field pass that has no type, against its own types.
  const typed = declarations.map((declaration) => {
    if (declaration.kind !== 'model' && declaration.kind !== 'view' && declaration.kind !== 'type') return declaration;
    const isTyped = (member: (typeof declaration.members)[number]): boolean => {
      if (member.kind !== 'field' || (member.type as unknown) !== null) return true;
      const start = member.name.location?.start.offset ?? 0;
      untyped.push({ message: `The field ${member.name.value} has no type.`, start, end: member.location?.end.offset ?? start });
      return false;
    };
    return { ...declaration, members: declaration.members.filter(isTyped) };
  });
  return { declarations: typed, problems: [...problems, ...untyped].slice(0, MOST_PROBLEMS) };
}

function readBlocks(text: string): PrismaDeclarations {
  const bare = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  const whole = parse(bare, 0);
  if (Array.isArray(whole)) return { declarations: whole, problems: [] };
  const declarations: SchemaDeclaration[] = [];
  const problems: SchemaProblem[] = [];
  for (const { 0: block, index } of bare.matchAll(BLOCK)) {
    // What stands before is blanked, so that offsets are those of the file.
    const read = parse(block, index);
    if (Array.isArray(read)) declarations.push(...read);
    else if (problems.length < MOST_PROBLEMS) problems.push(read);
  }
  // The text between the blocks is at fault, or there is no block.
  return { declarations, problems: problems.length > 0 ? problems : [whole] };
}

/** Offsets of what is read are moved on by `base`. */
function parse(text: string, base: number): SchemaDeclaration[] | SchemaProblem {
  try {
    const { declarations } = parsePrismaSchema(text);
    return base === 0 ? declarations : moved(declarations, base);
  } catch (error) {
    const message = messageOf(error).split('\n')[0]!.slice(0, 200);
    const at = locationOf(error);
    return {
      message: /[.!]$/.test(message) ? message : `${message}.`,
      start: base + (at?.start ?? 0),
      end: base + (at?.end ?? text.length),
    };
  }
}

function locationOf(error: unknown): { readonly start: number; readonly end: number } | undefined {
  const location =
    typeof error === 'object' && error !== null && 'location' in error
      ? (error.location as { start?: { offset?: unknown }; end?: { offset?: unknown } })
      : undefined;
  const [start, end] = [location?.start?.offset, location?.end?.offset];
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : undefined;
}

function moved<T>(value: T, by: number): T {
  if (Array.isArray(value)) return value.map((item: unknown) => moved(item, by)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'offset' && typeof inner === 'number' ? inner + by : moved<unknown>(inner, by),
    ]),
  ) as T;
}
