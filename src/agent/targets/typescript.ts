import type { CodeError, CodeField, CodeMethod, CodeModule } from '../hand-off/code-design.ts';
import type { Design } from '../hand-off/design.ts';
import type { JsonSchema } from '../hand-off/field-schemas.ts';
import { pascal } from '../hand-off/names.ts';
import type { PlannedOperation } from '../hand-off/operations.ts';
import { commented, literal } from '../hand-off/quoting.ts';
import { successOf } from '../hand-off/results.ts';
import { typeOfSchema } from '../hand-off/type-of-schema.ts';
import type { GenerationTarget, PackFile } from './target.ts';

/** A service (and a view, where people see something) with one function for each response; the bodies are not built yet. */
export const typescript: GenerationTarget = {
  name: 'typescript',
  title: 'TypeScript skeleton',
  generate({ design, spec }) {
    const { code, style, demands } = design;
    if (code.modules.length === 0) return { files: [], covers: [], note: 'The spec has no criterion to build.' };
    const files: readonly PackFile[] = [
      { path: 'tsconfig.json', text: tsconfig(style.extension) },
      { path: `src/${code.files.errors}.ts`, text: errorsFile(code.name, code.errors) },
      { path: `src/${code.files.types}.ts`, text: typesFile(design) },
      ...code.modules.map((module) => ({ path: `src/${code.files[module.role]}.ts`, text: moduleFile(module, design, spec.feature) })),
    ];
    return {
      files,
      covers: demands.map(({ id }) => id),
      note: `One function for each response, typed errors: ${code.errors.length}; put it into ${style.folder ?? 'the folder of the service that it is for'}.`,
    };
  },
};

const tsconfig = (extension: string): string =>
  `${JSON.stringify(
    {
      compilerOptions: {
        ...{
          target: 'es2022',
          lib: ['es2022'],
          module: 'esnext',
          moduleResolution: 'bundler',
          strict: true,
          noUncheckedIndexedAccess: true,
        },
        ...{
          exactOptionalPropertyTypes: true,
          noImplicitOverride: true,
          verbatimModuleSyntax: true,
          skipLibCheck: true,
          types: [],
          noEmit: true,
        },
        ...(extension === '.ts' ? { allowImportingTsExtensions: true } : {}),
      },
      include: ['src', 'test'],
    },
    undefined,
    2,
  )}\n`;

const errorsFile = (
  name: string,
  errors: readonly CodeError[],
): string => `/** What is specified and not built yet. Goes when the last criterion is built. */
export class NotImplementedError extends Error {
  readonly criterion: string;
  readonly input: unknown;

  constructor(criterion: string, input: unknown) {
    super(\`not implemented yet: \${criterion}\`);
    this.name = 'NotImplementedError';
    this.criterion = criterion;
    this.input = input;
  }
}

/** Something that was asked for and is refused, with the criterion that says so. */
export abstract class ${name}Error extends Error {
  abstract readonly code: string;
  /** Status of HTTP. */
  abstract readonly status: number;
  abstract readonly criterion: string;
}
${errors.map((error) => errorClass(name, error)).join('')}`;

const errorClass = (name: string, { name: own, code, status, demand }: CodeError): string => `
/** ${demand.id}: ${commented(demand.text)} */
export class ${own} extends ${name}Error {
  override readonly name = '${own}';
  readonly code = ${literal(code)};
  readonly status = ${status};
  readonly criterion = ${literal(demand.id)};
}
`;

function typesFile({ code, operations, api }: Design): string {
  const methods = code.modules.flatMap((module) => module.methods);
  const inputs = methods.filter(({ input }) => input.length > 0);
  const results = operations.filter((operation) =>
    methods.some(({ returns }) => typeof returns === 'object' && returns.resultOf === operation),
  );
  return `/** What holds of every request. */
export interface ${code.name}Request {
  /** Who asks; undefined where nobody is signed in. */
  readonly actorId: string | undefined;
}
${inputs
  .map(
    (method) => `
/** Input of \`${method.name}\`, ${method.demand.id}. */
export interface ${inputName(method, code.name)} extends ${code.name}Request {
${method.input.map(fieldText).join('\n')}
}
`,
  )
  .join('')}${results
    .map(
      (operation) => `
/** What \`${operation.method} ${commented(operation.path)}\` answers with. */
export type ${resultName(operation)} = ${typeOfSchema(successOf(operation, api).schema as JsonSchema)};
`,
    )
    .join('')}`;
}

const fieldText = ({ name, type, limits, formats }: CodeField): string => {
  const bounds = limits.map(
    ({ text, min, max, unit }) =>
      `${commented(text)} (${[...(min === undefined ? [] : [`at least ${min}`]), ...(max === undefined ? [] : [`at most ${max}`])].join(', ')}${/^(?:count|number|rate)$/.test(unit) ? '' : ` ${unit}`})`,
  );
  const types = formats === undefined ? [] : [`${formats.areRefused ? 'none of' : 'one of'} ${formats.types.join(', ')}`];
  return `  /** ${[...bounds, ...types].join('; ')} */\n  readonly ${name}: ${type};`;
};

const inputName = ({ name, input }: CodeMethod, feature: string): string =>
  input.length === 0 ? `${feature}Request` : `${pascal([name])}Input`;
const resultName = ({ operationId }: PlannedOperation): string => `${pascal([operationId.replace(/\W/g, '')])}Result`;

function returnType({ returns }: CodeMethod): string {
  if (returns === 'nothing') return 'void';
  return returns === 'due' ? 'boolean' : resultName(returns.resultOf);
}

function moduleFile({ role, name, methods }: CodeModule, { code, style }: Design, feature: string): string {
  const types = [
    ...new Set(
      methods.flatMap((method) => [inputName(method, code.name), ...(typeof method.returns === 'object' ? [returnType(method)] : [])]),
    ),
  ].toSorted();
  const isClass = style.units === 'class';
  const lines = methods.map((method) => {
    const { demand, response, error } = method;
    const doc = [
      `${demand.id}: ${commented(demand.text)}`,
      ...(demand.responses.length > 1 ? [`Here: ${commented(response)}.`] : []),
      ...(method.returns === 'due'
        ? [
            demand.limits.some(({ role }) => role === 'triggers')
              ? 'Answers whether the response was due.'
              : 'Answers whether the limit holds.',
          ]
        : []),
      ...(error === undefined ? [] : [`Throws \`${error.name}\` where it refuses.`]),
    ];
    const text = `/**\n${doc.map((line) => ` * ${line}`).join('\n')}\n */\n${isClass ? 'async ' : 'export async function '}${method.name}(input: ${inputName(method, code.name)}): Promise<${returnType(method)}> {\n  throw new NotImplementedError(${literal(demand.id)}, input);\n}`;
    return isClass ? text.replace(/^/gm, '  ') : text;
  });
  const body = lines.join('\n\n');
  return `import { NotImplementedError } from './${code.files.errors}${style.extension}';
import type { ${types.join(', ')} } from './${code.files.types}${style.extension}';

/** ${role === 'service' ? 'What the system does' : 'What people see'} for ${commented(feature)}. */
${isClass ? `export class ${name} {\n${body}\n}\n` : `\n${body}\n`}`;
}
