import type { z } from 'zod';
import { PlatformError } from '../graph/errors.ts';

/** Parses what a caller of the library gave. Throws `BAD_INPUT` that names what is wrong. */
export function parseOrThrow<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: at, message }) => (at.length === 0 ? message : `${at.join('.')}: ${message}`));
  throw new PlatformError('BAD_INPUT', `The input is not valid. ${problems.join('; ')}.`, { details: { problems }, cause: parsed.error });
}
