import { z } from 'zod';
import { NODE_KINDS } from '../../../graph/model/node.ts';

/**
 * What docs/reference/policy.schema.json asks of a policy. Used to tell people what is wrong; the reader takes what it
 * understands whether or not a policy is valid.
 */
const KINDS: ReadonlySet<string> = new Set(NODE_KINDS);
const text = z.string().min(1);
const Names = z.union([text, z.array(text).min(1)], { error: 'is neither text nor a list of texts' });
const Kind = z.string().refine((kind) => KINDS.has(kind), { error: 'is no kind of node such as Operation, Column or Module' });
const Kinds = z.union([Kind, z.array(Kind).min(1)], { error: 'is neither a kind of node, such as Operation, nor a list of them' });
const name = z
  .union([z.string(), z.number()], { error: 'is missing, or no text' })
  .refine((value) => /^[\w.@-]+$/.test(String(value)), { error: 'is no name of letters, digits, . _ and -' });

/** The first of these that a constraint names is decided from the graph: graph/query/findings/policies.ts. */
const Decidable = z.strictObject(
  {
    forbidDependency: z.strictObject({ from: Names, to: Names }).optional(),
    requireOwner: z.boolean().optional(),
    requireTest: z.boolean().optional(),
    requireAuth: z.boolean().optional(),
    forbidProperty: z.strictObject({ names: Names }).optional(),
  },
  {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? 'names what cannot be decided; known are forbidDependency, requireOwner, requireTest, requireAuth and forbidProperty'
        : 'is neither text nor an object',
  },
);

export const PolicyRule = z.looseObject({
  id: name,
  statement: z.string({ error: 'is missing, or no text' }).min(1),
  severity: z.string().optional(),
  appliesTo: z
    .strictObject({ kinds: Kinds.optional(), names: Names.optional(), paths: Names.optional(), refs: Names.optional() })
    .optional(),
  constraint: z.unknown().optional(),
});

/** A constraint in words is for people; one of another form is meant to be decided. */
export const Constraint = z.unknown().superRefine((value, context) => {
  if (value === undefined || typeof value === 'string') return;
  for (const { message, path } of Decidable.safeParse(value).error?.issues ?? []) context.addIssue({ code: 'custom', message, path });
});

export const Policy = z.looseObject({
  policy: name,
  title: z.string().optional(),
  owner: z.string().optional(),
  rules: z.array(z.unknown(), { error: 'is missing, or no list' }),
});
