import type { Demand } from './demands.ts';
import type { CodeStyle } from './code-style.ts';
import { boundaryValues, isOfInput, type Limit } from './limits.ts';
import { camel, createNames, featureWords, kebab, pascal, tellingWords } from './names.ts';
import type { PlannedOperation } from './operations.ts';
import { isRefusing } from '../../specs/meaning/words.ts';

/** Names of the code of a feature: what is generated in one language calls what is generated in another file by them. */
export interface CodeDesign {
  /** `ImageUpload` */
  readonly name: string;
  readonly modules: readonly CodeModule[];
  readonly errors: readonly CodeError[];
  /** File names without folder and extension, by what is in them. */
  readonly files: Readonly<Record<'service' | 'view' | 'types' | 'errors' | 'test', string>>;
}

export interface CodeModule {
  readonly role: 'service' | 'view';
  /** `ImageUploadService` */
  readonly name: string;
  readonly methods: readonly CodeMethod[];
}

/** One response of one criterion. */
export interface CodeMethod {
  readonly name: string;
  readonly demand: Demand;
  readonly response: string;
  readonly input: readonly CodeField[];
  /** Thrown where it refuses. */
  readonly error?: CodeError;
  /** `due`: whether the response was due. */
  readonly returns: 'nothing' | 'due' | { readonly resultOf: PlannedOperation };
}

export interface CodeField {
  readonly name: string;
  readonly type: 'number' | 'string';
  readonly limits: readonly Limit[];
  /** Of a field that holds a media type. */
  readonly formats?: Demand['formats'];
}

export interface CodeError {
  readonly name: string;
  /** Kebab-case. */
  readonly code: string;
  readonly status: number;
  readonly demand: Demand;
}

export function codeDesign(
  feature: string,
  demands: readonly Demand[],
  operations: readonly PlannedOperation[],
  style: CodeStyle,
): CodeDesign {
  const words = featureWords(feature);
  const name = pascal(words);
  const errorNames = createNames();
  for (const taken of ['NotImplemented', name]) errorNames(taken, '');
  const errors = demands.flatMap((demand): readonly CodeError[] => {
    if (demand.refusal === undefined) return [];
    const reason = reasonOf(demand);
    const unique = errorNames(pascal(reason), demand.id);
    return [{ name: `${unique}Error`, code: kebab(reason), status: demand.refusal, demand }];
  });
  const roles = ['service', 'view'] as const;
  // Of both modules together: the types of their inputs share a file.
  const names = createNames();
  const modules = roles.flatMap((role): readonly CodeModule[] => {
    const own = demands.filter(({ where }) => (where === 'client') === (role === 'view'));
    const methods = own.flatMap((demand) =>
      methodsOf(
        demand,
        errors.find((error) => error.demand === demand),
        operations,
        names,
      ),
    );
    return methods.length === 0 ? [] : [{ role, name: `${name}${role === 'service' ? 'Service' : 'View'}`, methods }];
  });
  const file = (role: string): string => fileName(words, role, style);
  return {
    name,
    modules,
    errors,
    files: {
      service: file('service'),
      view: file('view'),
      types: file('types'),
      errors: file('errors'),
      test: fileName(words, 'acceptance', { ...style, hasDottedRoles: true }),
    },
  };
}

function methodsOf(
  demand: Demand,
  error: CodeError | undefined,
  operations: readonly PlannedOperation[],
  names: ReturnType<typeof createNames>,
): readonly CodeMethod[] {
  const { responses, limits, formats } = demand;
  const refusing = Math.max(0, responses.findIndex(isRefusing));
  // Whether a limit holds is something to ask where nobody is refused for it.
  const isAsked = limits.some(({ role }) => role === 'triggers' || (role === 'accepts' && error === undefined));
  const operation = operations.find((one) => one.demands.includes(demand));
  const isAnswer =
    demand.refusal === undefined &&
    demand.sentence.conditions.some(({ kind }) => kind === 'when') &&
    operation !== undefined &&
    operation.method !== 'DELETE';
  const fields = new Map<string, CodeField>();
  for (const limit of limits) {
    if (limit.role === 'deadline' || limit.role === 'yields') continue;
    const known = fields.get(limit.field);
    fields.set(limit.field, {
      name: limit.field,
      type: limit.unit === 'characters' ? 'string' : 'number',
      limits: [...(known?.limits ?? []), limit],
    });
  }
  if (formats.types.length > 0 && error !== undefined) fields.set('mediaType', { name: 'mediaType', type: 'string', limits: [], formats });
  return responses.map((response, at) => ({
    name: names(camel(methodWords(demand, response, at === refusing ? error : undefined)), demand.id),
    demand,
    response,
    input: [...fields.values()],
    ...(error !== undefined && at === refusing ? { error } : {}),
    returns: at > 0 || error !== undefined ? 'nothing' : isAsked ? 'due' : isAnswer ? { resultOf: operation } : 'nothing',
  }));
}

/** `refuse` and why, `check` and what is bounded, else what is done without when and how. */
function methodWords({ sentence, limits }: Demand, response: string, error: CodeError | undefined): readonly string[] {
  if (error !== undefined && sentence.conditions.length > 0) return ['refuse', ...error.code.split('-')];
  const [limit] = limits;
  if (sentence.conditions.length === 0 && limit?.role === 'accepts') return ['check', ...tellingWords(limit.subject)];
  const bare = response
    .replace(/\s+(?:with|by)\s+(?:an?\s+)?(?:HTTP\s+|status\s+|code\s+)*[1-5]\d\d\b/gi, '')
    .replace(/\s+(?:within|in|no later than)\s+\S+\s(?:milli|micro)?(?:seconds?|minutes?|hours?|days?|ms|s)\b/gi, '');
  return tellingWords(bare);
}

/** Why it is refused, in words that make a name. */
function reasonOf({ sentence, limits, refusal, text, id }: Demand): readonly string[] {
  const condition = sentence.conditions.find(({ kind }) => kind === 'if') ?? sentence.conditions[0];
  const limit = limits.find(isOfInput);
  const usual: Readonly<Record<number, readonly string[]>> = { 401: ['not', 'signed', 'in'], 415: ['unsupported', 'format'] };
  const words =
    condition !== undefined
      ? tellingWords(condition.text)
      : limit !== undefined
        ? [...tellingWords(limit.subject), ...(limit.max === undefined ? ['below', 'limit'] : ['above', 'limit'])]
        : (usual[refusal ?? 0] ?? tellingWords(text));
  return words.length > 0 ? words : tellingWords(id);
}

function fileName(words: readonly string[], role: string, { files, hasDottedRoles }: CodeStyle): string {
  const joined = (parts: readonly string[]): string =>
    files === 'camel' ? camel(parts) : files === 'pascal' ? pascal(parts) : files === 'snake' ? parts.join('_') : kebab(parts);
  return hasDottedRoles ? `${joined(words)}.${role}` : joined([...words, role]);
}

/** A value that a limit takes. */
export const valueWithin = (limits: readonly Limit[]): number =>
  limits
    .flatMap(boundaryValues)
    .map(({ value }) => value)
    .toSorted((a, b) => a - b)
    .find((value) => limits.every(({ min = -Infinity, max = Infinity }) => value >= min && value <= max)) ?? 0;
