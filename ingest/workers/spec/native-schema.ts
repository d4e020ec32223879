import { z } from 'zod';
import { isRecord } from '../../parse/tree.ts';

/**
 * What `docs/reference/spec.schema.json` asks of a spec, as far as it can be said of one value. Used to tell people what
 * is wrong; {@link readNative} takes what it understands whether or not a spec is valid.
 */
const Ref = z
  .string()
  .regex(
    /^([^\s:]+\/\/)?(spec|ac|adr|svc|api|gql|policy|code|test|metric|doc|ticket|note|iac|event|table|env|endpoint|schema|res|team|pkg|npm|db|migration|repo|commit|http):.+/s,
    {
      error: 'is no reference such as svc:UserService or api:user#GET /users',
    },
  );
const LINKS = [
  'implements',
  'constrainedBy',
  'dependsOn',
  'conflictsWith',
  'refines',
  'verifiedBy',
  'derivedFrom',
  'documentedBy',
  'affects',
] as const;
const Link = z.looseObject({
  rel: z.enum(LINKS),
  target: Ref,
});
/** `- UserService: for …` and `- When X: Y` without quotes are maps to YAML and text to people. */
const Text = z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))]);
const Verify = z.looseObject({ kind: z.enum(['test', 'contract', 'metric', 'policy', 'static', 'manual']), ref: z.string().optional() });
const Steps = z.union([z.string(), z.array(z.string()).min(1)]);
const Scenario = z
  .record(z.string(), z.unknown())
  .refine((scenario) => ['when', 'then'].every((step) => Steps.safeParse(scenario[step]).success), {
    error: 'needs when and then',
  });
const Criterion = z.looseObject({
  id: z
    .string()
    .regex(/^AC-[A-Za-z0-9]{1,12}$/, { error: 'is no criterion id such as AC-1' })
    .optional(),
  rev: z.int().min(1).optional(),
  text: z.string().min(8),
  ears: z.looseObject({ pattern: z.enum(['ubiquitous', 'event', 'state', 'unwanted', 'optional', 'complex']).optional() }).optional(),
  scenarios: z.array(Scenario).optional(),
  priority: z.enum(['must', 'should', 'could', 'wont']).optional(),
  verify: z.array(Verify).optional(),
  links: z.array(Link).optional(),
});
const NfrItem = z.looseObject({
  id: z
    .string()
    .regex(/^NFR-[A-Za-z0-9](?:[\w-]{0,70}[A-Za-z0-9])?$/, { error: 'is no id such as NFR-P1' })
    .optional(),
  text: z.string(),
  measure: z.looseObject({ metric: z.string(), op: z.enum(['<', '<=', '=', '>=', '>']), value: z.number() }).optional(),
});
const version = /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){0,2}$/;

const isObject = (value: unknown, key: string): boolean => isRecord(value) && Object.hasOwn(value, key);

/** The part that judges an item: objects by their own schema, so that the message says which member is wrong. */
const either = (key: string, object: z.ZodType): z.ZodType =>
  z.unknown().superRefine((value, context) => {
    const { error } = (isObject(value, key) ? object : Text).safeParse(value);
    if (!error) return;
    if (!isObject(value, key)) context.addIssue({ code: 'custom', message: `is neither text nor an object with ${key}` });
    else for (const { message, path } of error.issues) context.addIssue({ code: 'custom', message, path: [...path] });
  });

export const NativeSpec = z.looseObject({
  apiVersion: z.literal('specgraph/v1').optional(),
  feature: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{1,63}$/, { error: 'is no name of letters, digits, _ and -' }),
  id: z
    .string()
    .regex(/^SPEC-[A-Za-z0-9_-]{2,64}$/, { error: 'is no id such as SPEC-imageUpload' })
    .optional(),
  specVersion: z.union([z.number().positive(), z.string().regex(version, { error: 'is no version such as 1.0' })]),
  owner: z.union([z.string().min(1), z.looseObject({})]),
  status: z.enum(['draft', 'in_review', 'approved', 'implemented', 'superseded', 'rejected', 'deprecated']).optional(),
  description: z.string().min(20),
  acceptance: z.array(either('text', Criterion)).min(1),
  nfrs: z.record(z.string(), z.union([z.string(), z.array(either('text', NfrItem)), z.looseObject({})])).optional(),
  dependencies: z
    .array(either('target', z.looseObject({ target: Ref, contract: Ref.optional(), range: z.string().optional() })))
    .optional(),
  questions: z
    .array(z.looseObject({ id: z.string().regex(/^Q-[A-Za-z0-9]{1,12}$/, { error: 'is no id such as Q-1' }), text: z.string() }))
    .optional(),
  links: z.array(Link).optional(),
  provenance: z
    .array(z.looseObject({ claim: z.string().startsWith('/'), sources: z.array(z.looseObject({ node: Ref })), basis: z.string() }))
    .optional(),
  supersedes: z.string().optional(),
});
