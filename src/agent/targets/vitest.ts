import type { Scenario } from '../../specs/spec.ts';
import { valueWithin, type CodeField, type CodeMethod, type CodeModule } from '../hand-off/code-design.ts';
import type { Design } from '../hand-off/design.ts';
import { boundaryValues, type Limit } from '../hand-off/limits.ts';
import { commented, literal, titled } from '../hand-off/quoting.ts';
import type { GenerationTarget } from './target.ts';

/** Longest deadline that a test waits for, in milliseconds. */
const LONGEST_WAIT = 60_000;
/** A format that no criterion takes. */
const OTHER_FORMAT = 'application/x-not-listed';

/** Acceptance tests, bound to their criteria by title. They fail until the criterion is built, and until somebody wrote what to look for. */
export const vitest: GenerationTarget = {
  name: 'vitest',
  title: 'Acceptance tests (vitest)',
  generate({ design, spec }) {
    const { code, demands, style } = design;
    if (code.modules.length === 0) return { files: [], covers: [], note: 'The spec has no criterion to test.' };
    const nfrs = spec.nfrs.map(({ id, text }) => `test.todo(${literal(`${tagOf(spec.feature, id)} ${titled(text)}`)});`);
    const text = `${imports(design)}
/** What a test hands in where its criterion does not say. */
const request = { actorId: 'somebody' } as const;

/** What a call was refused with. What is not built yet ends the test with its reason. */
async function refusalOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (error instanceof NotImplementedError) throw error;
    return error;
  }
}

/** Stands where a test has to say what it looks for: no test passes without. */
function missing(criterion: string, what: string, seen: unknown): never {
  throw new Error(\`assertion not written yet: \${criterion}: \${what} (seen: \${JSON.stringify(seen)})\`);
}

${demands.map((demand) => suite(demand.id, demand.text, testsOf(demand.id, spec.feature, design))).join('\n')}${nfrs.length === 0 ? '' : `\n${suite('NFRs', 'measured elsewhere', nfrs)}`}`;
    const note = `${demands.length} criteria, each with its limits and scenarios${style.testFramework === undefined || style.testFramework === 'vitest' ? '' : `; the system tests with ${style.testFramework}, whose \`describe\`, \`test\` and \`expect\` take the same calls`}.`;
    return {
      files: [{ path: `test/acceptance/${code.files.test}.test.ts`, text }],
      covers: [...demands.map(({ id }) => id), ...spec.nfrs.map(({ id }) => id)],
      note,
    };
  },
};

function imports({ code, style }: Design): string {
  const from = (file: string): string => literal(`../../src/${file}${style.extension}`);
  const errors = ['NotImplementedError', ...code.errors.map(({ name }) => name)];
  const modules = code.modules.map(({ role, name }) =>
    style.units === 'class' ? `import { ${name} } from ${from(code.files[role])};` : `import * as ${role} from ${from(code.files[role])};`,
  );
  const instances =
    style.units === 'class' ? `\n${code.modules.map(({ role, name }) => `const ${role} = new ${name}();`).join('\n')}\n` : '';
  return `import { describe, expect, test } from 'vitest';\nimport { ${errors.join(', ')} } from ${from(code.files.errors)};\n${modules.join('\n')}\n${instances}`;
}

/** By which a test is bound to its criterion; nothing in it is a placeholder of a title. */
const tagOf = (feature: string, id: string): string => `[${`${feature}/${id}`.replace(/[^\w./-]/g, '-')}]`;

const suite = (id: string, text: string, tests: readonly string[]): string =>
  `describe(${literal(`${id}: ${titled(text)}`)}, () => {\n${tests.map((one) => one.replace(/^(?=.)/gm, '  ')).join('\n\n')}\n});\n`;

function testsOf(id: string, feature: string, { code }: Design): readonly string[] {
  const own = code.modules.flatMap((module) =>
    module.methods.filter(({ demand }) => demand.id === id).map((method) => ({ module, method })),
  );
  const tag = tagOf(feature, id);
  const [main] = own.toSorted((a, b) => Number(b.method.error !== undefined) - Number(a.method.error !== undefined));
  return [
    ...own.flatMap(({ module, method }) => ofResponse(tag, module, method)),
    ...(main === undefined
      ? []
      : main.method.demand.scenarios.map((scenario, at) => ofScenario(tag, main.module, main.method, scenario, at))),
  ];
}

function ofResponse(tag: string, module: CodeModule, method: CodeMethod): readonly string[] {
  const { demand, error, response, input } = method;
  const title = demand.responses.length > 1 ? response : demand.text;
  const rows = input.flatMap((field) => rowsOf(field, method));
  const waits = demand.limits.filter(({ role, max }) => role === 'deadline' && max !== undefined && max <= LONGEST_WAIT);
  const deadlines = error !== undefined ? [] : waits.map((limit) => ofDeadline(tag, module, method, limit));
  const tables =
    error !== undefined || method.returns === 'due'
      ? input.filter((field) => rowsOf(field, method).length > 0).map((field) => table(tag, module, method, field))
      : [];
  if (rows.length > 0 && tables.length > 0) return [...tables, ...deadlines];
  return [...(deadlines.length > 0 ? [] : [plain(`${tag} ${titled(title)}`, conditionsOf(method), module, method)]), ...deadlines];
}

const conditionsOf = ({ demand }: CodeMethod): readonly string[] =>
  demand.sentence.conditions.map(({ kind, text }) => `${kind[0]!.toUpperCase()}${kind.slice(1)} ${text}`);

/** One call, and what became of it. */
function plain(title: string, comments: readonly string[], module: CodeModule, method: CodeMethod): string {
  const said = comments.map((line) => `  // ${commented(line)}\n`).join('');
  const { demand, error, response } = method;
  const call = callOf(module, method, undefined);
  const body =
    error === undefined
      ? `  const seen: unknown = await ${call};\n  missing(${literal(demand.id)}, ${literal(titled(response))}, seen);`
      : `  const refusal = await refusalOf(() => ${call});\n  expect(refusal).toBeInstanceOf(${error.name});`;
  return `test(${literal(title)}, async () => {\n${said}${body}\n});`;
}

function ofScenario(tag: string, module: CodeModule, method: CodeMethod, scenario: Scenario, at: number): string {
  const { name, given, when, outcome, examples } = scenario;
  const steps = [
    ...given.map((step) => `Given ${step}`),
    ...when.map((step) => `When ${step}`),
    ...outcome.map((step) => `Then ${step}`),
    ...examples.map((example) => `Example ${JSON.stringify(example)}`),
  ];
  const expected = outcome.join('; ');
  return plain(`${tag} ${titled(name ?? (expected === '' ? `scenario ${at + 1}` : expected))}`, steps, module, {
    ...method,
    response: expected === '' ? method.response : expected,
  });
}

function ofDeadline(tag: string, module: CodeModule, method: CodeMethod, { text, max = 0 }: Limit): string {
  return `test(${literal(`${tag} ${titled(`in ${text}: ${method.response}`)}`)}, async () => {
  const started = Date.now();
  await ${callOf(module, method, undefined)};
  expect(Date.now() - started).toBeLessThanOrEqual(${max});
}, ${max + 5000});`;
}

interface Row {
  readonly label: string;
  readonly value: number | string;
  readonly isWithin: boolean;
}

function rowsOf({ limits, formats }: CodeField, { returns }: CodeMethod): readonly Row[] {
  if (formats !== undefined) {
    const { types, areRefused } = formats;
    return [
      ...types.map((value) => ({ label: value, value, isWithin: !areRefused })),
      ...(areRefused ? [] : [{ label: `${OTHER_FORMAT} is not listed`, value: OTHER_FORMAT, isWithin: false }]),
    ];
  }
  const role = returns === 'due' && limits.some((limit) => limit.role === 'triggers') ? 'triggers' : 'accepts';
  const own = limits.filter((limit) => limit.role === role);
  const isWithin = (value: number): boolean => own.every(({ min = -Infinity, max = Infinity }) => value >= min && value <= max);
  const rows = own.flatMap(boundaryValues).map(({ label, value }) => ({ label, value, isWithin: isWithin(value) }));
  return rows.filter((row, at) => rows.findIndex(({ value }) => value === row.value) === at);
}

/** The values at the bounds of one field; the others hold what is taken. */
function table(tag: string, module: CodeModule, method: CodeMethod, field: CodeField): string {
  const rows = rowsOf(field, method).map(
    ({ label, value, isWithin }) => `  [${literal(titled(label))}, ${typeof value === 'string' ? literal(value) : value}, ${isWithin}],`,
  );
  const call = callOf(module, method, field);
  const body =
    method.error === undefined
      ? `  expect(await ${call}).toBe(isWithin);`
      : `  const refusal = await refusalOf(() => ${call});\n  if (isWithin) expect(refusal).toBeUndefined();\n  else expect(refusal).toBeInstanceOf(${method.error.name});`;
  const type = field.formats === undefined ? 'number' : 'string';
  return `test.each<[string, ${type}, boolean]>([\n${rows.join('\n')}\n])(${literal(`${tag} %s`)}, async (_label, value, isWithin) => {\n${body}\n});`;
}

function callOf({ role }: CodeModule, { name, input, demand }: CodeMethod, tested: CodeField | undefined): string {
  const fields = input.map((field) => {
    if (field === tested) return `${field.name}: ${field.type === 'string' && field.formats === undefined ? "'x'.repeat(value)" : 'value'}`;
    if (field.formats !== undefined) return `${field.name}: ${literal(field.formats.areRefused ? OTHER_FORMAT : field.formats.types[0]!)}`;
    const value = valueWithin(field.limits);
    return `${field.name}: ${field.type === 'string' ? `'x'.repeat(${value})` : value}`;
  });
  const actor = demand.refusal === 401 ? ['actorId: undefined'] : [];
  return `${role}.${name}({ ...request, ${[...actor, ...fields].join(', ')} })`.replace('({ ...request,  })', '(request)');
}
