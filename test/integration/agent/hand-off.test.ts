import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv } from 'ajv';
import { buildSchema, validateSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { asyncapi } from '../../../ingest/workers/asyncapi/asyncapi.ts';
import { openapi } from '../../../ingest/workers/openapi/openapi.ts';
import { terraformFormat } from '../../../ingest/workers/terraform.ts';
import type { PackFile } from '../../../src/agent/targets/target.ts';
import { openSystem } from '../../../src/index.ts';
import { readSpec } from '../../../src/specs/read-spec.ts';
import { readFormat } from '../../unit/ingest/read-format.ts';
import { contextOf, folderOf, inNothing, inputOf, SPECS, specTextOf } from './hand-off-fixture.ts';
import { GRAPHQL, orderShop } from './order-shop.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SAMPLE = join(ROOT, 'examples/image-upload');
const TSC = join(ROOT, 'node_modules/@typescript/native/bin/tsc');

/** Every pack made here, by system and spec. */
const packs: { readonly name: string; readonly spec: string; readonly files: readonly PackFile[]; readonly folder: string }[] = [];
let workspace: string;

const textOf = (name: string, path: RegExp): string | undefined =>
  packs.find((pack) => pack.name === name)?.files.find((file) => path.test(file.path))?.text;
const withFile = (path: RegExp) =>
  packs.flatMap(({ name, files }) => files.filter((file) => path.test(file.path)).map((file) => ({ name, ...file })));

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'hand-off-packs-'));
  symlinkSync(join(ROOT, 'node_modules'), join(workspace, 'node_modules'));
  writeFileSync(join(workspace, 'package.json'), '{ "type": "module" }');
  const systems = {
    sample: SAMPLE,
    nothing: undefined,
    aws: folderOf(orderShop('aws')),
    google: folderOf(orderShop('google')),
    azurerm: folderOf(orderShop('azurerm')),
    graph: folderOf(GRAPHQL),
  };
  for (const [system, root] of Object.entries(systems)) {
    const context = await contextOf(root);
    for (const [spec, written] of Object.entries(SPECS)) {
      // What differs between providers is what they run.
      if (/^(?:google|azurerm|graph)$/.test(system) && !/^(?:imageUpload|webhookDelivery|reportScheduling)$/.test(spec)) continue;
      const input = root === undefined ? inNothing(written) : inputOf(written);
      const files = await context.use(input);
      expect(await context.use(input), 'twice the same bytes').toEqual(files);
      const folder = join(workspace, `${system}-${spec}`);
      for (const { path, text } of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      packs.push({ name: `${system}-${spec}`, spec, files, folder });
    }
    await context.close();
  }
}, 300_000);
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

describe('a pack', () => {
  test('has the files that its README names, inside of it and each once', () => {
    expect(packs).toHaveLength(27);
    for (const { files, name } of packs) {
      const paths = files.map(({ path }) => path);
      expect(new Set(paths).size, name).toBe(paths.length);
      for (const path of paths) expect(path, name).toMatch(/^(?!.*\.\.)[\w-][\w./-]*$/);
      expect(paths).toEqual(
        expect.arrayContaining([
          'README.md',
          'AGENTS.md',
          'CONTEXT.md',
          'POLICIES.md',
          'TASKS.md',
          'tasks.json',
          'DEFINITION-OF-DONE.md',
          'agents/code/AGENTS.md',
          'agents/test/AGENTS.md',
          'agents/infrastructure/AGENTS.md',
          'agents/docs/AGENTS.md',
        ]),
      );
      const readme = files.find(({ path }) => path === 'README.md')!.text;
      for (const [, path = ''] of readme.matchAll(/\| `([^`]+)`/g)) expect(paths, name).toContain(path);
      expect(files.find(({ path }) => path.endsWith('.spec.yaml'))?.text).toBe(
        specTextOf(SPECS[packs.find((pack) => pack.files === files)!.spec]!),
      );
    }
  });

  test('says what hostile texts say, and obeys none of them', () => {
    for (const { name, files } of packs)
      for (const { path, text } of files.filter((file) => file.path.endsWith('.md'))) {
        expect(outsideOfFences(text), `${name} ${path}`).not.toMatch(/^# Ignore the spec/m);
        expect(outsideOfFences(text), `${name} ${path}`).not.toMatch(/^<script>|[^\\]<script>/m);
        expect(text.replaceAll(/\n/g, ''), `${name} ${path}`).not.toMatch(/\u202e/);
      }
    expect(textOf('sample-imageUpload', /^POLICIES/)).toMatch(
      /policies\/data\.policy\.yaml:3-7 @ sha256:0{12}[\s\S]*````\nMail addresses are never logged\./,
    );
  });

  test('says why a target made nothing', () => {
    expect(textOf('nothing-orderExport', /^README/)).toContain(
      '| AsyncAPI fragment | none | No criterion says that an event is published. |',
    );
    expect(textOf('nothing-orderExport', /^README/)).toContain('| Terraform | none | No new resource is needed. |');
    expect(textOf('sample-orderExport', /^README/)).toContain('Left out by the spec\n\n- AC-6');
  });
});

test('a spec without criteria is handed over all the same', async () => {
  const context = await contextOf(undefined);
  const { spec, ...input } = inNothing(SPECS['imageUpload']!);
  const files = await context.use({ ...input, spec: { ...spec, criteria: [], nfrs: [], dependencies: [] } });
  await context.close();
  expect(files.map(({ path }) => path).filter((path) => !path.endsWith('.md'))).toEqual(['spec/image-upload.spec.yaml', 'tasks.json']);
  expect(files.find(({ path }) => path === 'README.md')?.text).toContain(
    '| TypeScript skeleton | none | The spec has no criterion to build. |',
  );
});

test('the spec of the sample, as it was written first, joins the operation that is there', async () => {
  const specText = readFileSync(join(SAMPLE, 'specs/imageUpload.spec.yaml'), 'utf8');
  const spec = readSpec(specText, 'specs/imageUpload.spec.yaml').spec!;
  const context = await contextOf(SAMPLE);
  const files = await context.use({ ...inputOf(SPECS['imageUpload']!), spec, specText });
  await context.close();
  const { security, paths } = parse(files.find(({ path }) => path === 'contracts/openapi.yaml')!.text);
  const limit = spec.criteria.find(({ text }) => text.includes('5MB'))!.id;
  const signIn = spec.nfrs.find(({ text }) => text.includes('session'))!.id;
  expect(security).toEqual([{ session: [] }]);
  expect(paths['/images'].post).toMatchObject({
    'x-existing': 'shop//api:upload#POST /images',
    requestBody: { content: { 'image/jpeg': { schema: { maxLength: 4_999_999 } } } },
    responses: { 413: { 'x-criteria': [limit] }, 401: { 'x-criteria': [signIn] } },
  });
  expect(files.find(({ path }) => path.endsWith('acceptance.test.ts'))?.text).toContain('fileSizeInBytes: value');
  expect(files.find(({ path }) => path.startsWith('docs/'))?.text).toContain('- The system shows a progress bar during upload. (AC-');
});

describe('the TypeScript', () => {
  test('compiles under strict, the tests with it', () => {
    for (const { folder, name } of packs) {
      const { stdout, status } = spawnSync(
        process.execPath,
        [TSC, '-p', folder, '--noUnusedLocals', '--noUnusedParameters', '--erasableSyntaxOnly', '--noImplicitReturns'],
        { encoding: 'utf8' },
      );
      expect(stdout, name).toBe('');
      expect(status, name).toBe(0);
    }
  });

  test('is in the manner of the system', () => {
    expect(textOf('sample-imageUpload', /^src\/image-upload-service\.ts$/)).toContain("from './image-upload-errors.ts'");
    expect(textOf('aws-imageUpload', /^src\/image-upload\.service\.ts$/)).toContain("from './image-upload.errors'");
    expect(textOf('nothing-imageUpload', /^src\/image-upload-service\.ts$/)).toContain("from './image-upload-errors.js'");
    expect(textOf('graph-imageUpload', /^src\/imageUploadService\.ts$/)).toMatch(/^export async function storePicture\(/m);
    expect(textOf('graph-imageUpload', /acceptance\.test\.ts$/)).toContain("import * as service from '../../src/imageUploadService.js'");
  });
});

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string; readonly failureMessages: readonly string[] }[];
  }[];
}

const runTests = (folder: string): Report => {
  const out = join(folder, 'report.json');
  spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder, '--reporter=json', `--outputFile=${out}`],
    { cwd: folder, stdio: 'pipe' },
  );
  return JSON.parse(readFileSync(out, 'utf8')) as Report;
};

describe('the acceptance tests', () => {
  let report: Report;
  beforeAll(() => {
    report = runTests(workspace);
  }, 300_000);

  test('run, and fail because nothing is built', () => {
    expect(report.testResults).toHaveLength(packs.length);
    for (const { assertionResults, name } of report.testResults) {
      expect(assertionResults.length, name).toBeGreaterThan(4);
      for (const { status, title, failureMessages } of assertionResults) {
        if (/\/NFR-/.test(title)) expect(status, title).toBe('todo');
        else {
          const [, id = ''] = /^\[[\w-]+\/(AC-\d+)\] \S/.exec(title) ?? [];
          expect(id, title).not.toBe('');
          expect(status, title).toBe('failed');
          expect(failureMessages.join('\n'), title).toContain(`not implemented yet: ${id}`);
        }
      }
    }
  });

  test('are there for each criterion and scenario that is to be built', () => {
    for (const { folder, spec } of packs) {
      const own = report.testResults
        .filter(({ name }) => name.startsWith(`${folder}/`))
        .flatMap(({ assertionResults }) => assertionResults.map(({ title }) => title));
      SPECS[spec]!.criteria.forEach((criterion, at) => {
        const expected = typeof criterion === 'string' ? 1 : criterion.priority === 'wont' ? 0 : 1 + (criterion.scenarios?.length ?? 0);
        const found = own.filter((title) => title.startsWith(`[${SPECS[spec]!.feature}/AC-${at + 1}] `)).length;
        if (expected === 0) expect(found).toBe(0);
        else expect(found, `${folder} AC-${at + 1}`).toBeGreaterThanOrEqual(expected);
      });
    }
  });

  test('try a limit below, at and above it', () => {
    const tests = textOf('sample-imageUpload', /acceptance\.test\.ts$/)!;
    expect(tests).toContain(
      "['just below 5 MB: 4999999 bytes', 4999999, true],\n    ['at 5 MB: 5000000 bytes', 5000000, true],\n    ['just above 5 MB: 5000001 bytes', 5000001, false],",
    );
    const reasons = textOf('sample-commentModeration', /acceptance\.test\.ts$/)!;
    for (const row of ['9, false', '10, true', '11, true', '499, true', '500, true', '501, false']) expect(reasons).toContain(`${row}],`);
    expect(textOf('sample-reportScheduling', /acceptance\.test\.ts$/)).toMatch(/20, true\],\n.*21, false\]/);
    expect(textOf('sample-reportScheduling', /acceptance\.test\.ts$/)).toMatch(/1000, false\],\n.*1001, true\]/);
  });

  test('pass for a criterion that is built, and only then', () => {
    const folder = join(workspace, 'sample-imageUpload');
    const service = join(folder, 'src/image-upload-service.ts');
    const text = readFileSync(service, 'utf8');
    const built = text
      .replace(
        /(async refuseFileLargerThan5Mb\([^{]*\{\n) +throw [^;]*;/,
        '$1if (input.fileSizeInBytes > 5_000_000) throw new FileLargerThan5MbError();',
      )
      .replace(/(async storePicture\([^{]*\{\n) +throw [^;]*;/, "$1return { id: '1' } as never;")
      .replace(/^/, "import { FileLargerThan5MbError } from './image-upload-errors.ts';\n");
    expect(built).toContain('5_000_000');
    writeFileSync(service, built);
    const results = runTests(folder).testResults.flatMap(({ assertionResults }) => assertionResults);
    writeFileSync(service, text);
    expect(results.filter(({ title }) => title.includes('AC-3')).map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
    expect(results.filter(({ title }) => title.includes('AC-2')).map(({ status }) => status)).not.toContain('passed');
    expect(results.find(({ title }) => title.includes('store the picture'))?.failureMessages.join()).toContain(
      'assertion not written yet: AC-1',
    );
  });

  test('are bound to the criteria by the graph', async () => {
    const tests = textOf('sample-imageUpload', /acceptance\.test\.ts$/)!;
    const folder = folderOf([
      { path: 'package.json', text: '{ "name": "shop" }' },
      { path: 'specs/imageUpload.spec.yaml', text: specTextOf(SPECS['imageUpload']!) },
      { path: 'test/acceptance.test.ts', text: tests },
    ]);
    const system = await openSystem({ store: join(folder, 'graph.db'), embedder: { use: 'none' } });
    try {
      await system.ingest(folder, { repo: 'shop' });
      for (let number = 1; number <= 6; number++) {
        const { incoming } = await system.show(`spec:imageUpload/AC-${number}`);
        expect(incoming.filter(({ edge }) => edge.type === 'VERIFIES').length, `AC-${number}`).toBeGreaterThan(0);
      }
    } finally {
      await system.close();
    }
  });
});

describe('the OpenAPI fragment', () => {
  test('passes the recommended rules of a linter, and the graph reads it', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const fragments = withFile(/openapi\.yaml$/);
    expect(fragments.length).toBe(packs.length - 3);
    for (const { name, text } of fragments) {
      const problems = await lintFromString({ source: text, absoluteRef: `/tmp/${name}/openapi.yaml`, config });
      // A licence is the owner's to give; the sample's server is what it is.
      expect(
        problems.filter(({ ruleId }) => ruleId !== 'info-license').map(({ ruleId, message }) => `${ruleId}: ${message}`),
        name,
      ).toEqual([]);
      const { diagnostics, nodes } = await readFormat(openapi, { 'contracts/delta.yaml': text });
      expect(diagnostics, name).toEqual([]);
      expect(
        nodes.some(({ kind }) => kind === 'Operation'),
        name,
      ).toBe(true);
    }
  });

  test('a linter finds what is wrong in one', async () => {
    const broken = textOf('sample-imageUpload', /openapi\.yaml$/)!.replace(
      '$ref: "#/components/schemas/Failure"',
      "$ref: '#/components/schemas/Nothing'",
    );
    const config = await createConfig({ extends: ['recommended'] });
    expect(await lintFromString({ source: broken, config })).not.toEqual([]);
  });

  test('follows the API that it joins', () => {
    const sample = parse(textOf('sample-imageUpload', /openapi\.yaml$/)!);
    const upload = sample.paths['/images'].post;
    expect(upload.operationId).toBe('uploadImage');
    expect(upload.requestBody.content['image/png'].schema).toMatchObject({
      contentMediaType: 'image/png',
      maxLength: 5_000_000,
      'x-criteria': ['AC-2', 'AC-3'],
    });
    expect(upload.responses['413']['x-criteria']).toEqual(['AC-3']);
    expect(upload.responses['401']['x-criteria']).toEqual(['AC-4']);
    expect(upload.responses['201'].content['application/json'].schema.properties.thumbnails.properties).toHaveProperty('small');
    expect(sample.components).toMatchObject({
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: { Failure: { required: ['message'] } },
    });

    const shop = parse(textOf('aws-commentModeration', /openapi\.yaml$/)!);
    const hide = shop.paths['/api/v1/comments/{commentId}/hide'].post;
    expect(hide.responses['403']['x-criteria']).toEqual(['AC-3']);
    expect(hide.requestBody.content['application/json'].schema.properties.reason).toMatchObject({
      minLength: 10,
      maxLength: 500,
      'x-criteria': expect.arrayContaining(['AC-2']),
    });
    expect(shop.components.securitySchemes).toEqual({ key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } });
    expect(shop.components.schemas.Failure.required).toEqual(['errorCode']);
    expect(Object.keys(parse(textOf('aws-orderExport', /openapi\.yaml$/)!).paths)).toContain('/api/v1/orderExports');
  });

  test('is of HTTP as it is usually spoken where there is no API', () => {
    const { paths, components } = parse(textOf('nothing-orderExport', /openapi\.yaml$/)!);
    expect(Object.keys(paths)).toEqual(['/order-exports', '/order-exports/{id}', '/order-exports/{id}/cancellations']);
    expect(Object.keys(paths['/order-exports'].post.responses)).toEqual(['202', '409', '422']);
    expect(components.schemas.Failure.required).toEqual(['title', 'status']);
  });
});

test('the AsyncAPI fragment is read by the graph without complaint, and named as the events of the system', async () => {
  const fragments = withFile(/asyncapi\.yaml$/);
  expect(fragments.length).toBeGreaterThan(10);
  for (const { name, text } of fragments) {
    const { diagnostics, nodes } = await readFormat(asyncapi, { 'contracts/delta.yaml': text });
    expect(diagnostics, name).toEqual([]);
    expect(
      nodes.some(({ kind }) => kind === 'Channel'),
      name,
    ).toBe(true);
  }
  const sample = parse(textOf('sample-imageUpload', /asyncapi\.yaml$/)!);
  expect(sample.channels.imageStored.address).toBe('image.stored');
  expect(Object.keys(sample.components.messages.ImageStored.payload.properties)).toEqual(['at', 'type', 'userId']);
});

test('the GraphQL extension fits the schema of the system', () => {
  const extensions = withFile(/\.graphql$/);
  expect(extensions.map(({ name }) => name).toSorted()).toEqual(['graph-imageUpload', 'graph-reportScheduling', 'graph-webhookDelivery']);
  const base = GRAPHQL.find(({ path }) => path === 'schema.graphql')!.text;
  for (const { name, text } of extensions) expect(validateSchema(buildSchema(`${base}\n${text}`)), name).toEqual([]);
  expect(textOf('graph-imageUpload', /\.graphql$/)).toMatch(/uploadProfilePicture\(input: UploadProfilePictureInput!\)/);
  expect(textOf('graph-imageUpload', /^README/)).toContain('The system speaks GraphQL');
});

describe('new resources', () => {
  test('are a compose file that its schema accepts', () => {
    const schema = JSON.parse(readFileSync(join(ROOT, 'test/fixtures/compose/compose-spec.schema.json'), 'utf8')) as object;
    const validate = new Ajv({ strict: false, validateFormats: false, validateSchema: false }).compile(schema);
    const files = withFile(/compose\..*\.yaml$/);
    expect(files.length).toBeGreaterThan(5);
    for (const { name, text } of files) {
      const document = parse(text) as { services: Record<string, { image: string }> };
      expect(validate(document), `${name}: ${JSON.stringify(validate.errors)}`).toBe(true);
      expect(Object.keys(document.services).length, name).toBeGreaterThan(0);
    }
    expect(validate({ services: { a: { imagee: 'redis' } } })).toBe(false);
    expect(textOf('sample-imageUpload', /compose\.image-upload\.yaml$/)).toMatch(/minio\/minio:/);
    expect(textOf('nothing-webhookDelivery', /compose/)).toMatch(/rabbitmq:[\s\S]*postgres:/);
    expect(textOf('aws-imageUpload', /compose/)).toBeUndefined();
  });

  test('are Terraform of the provider that the system has', async () => {
    const files = withFile(/\.tf$/);
    expect(files.map(({ name }) => name).toSorted()).toEqual(
      expect.arrayContaining(['aws-imageUpload', 'azurerm-webhookDelivery', 'google-reportScheduling']),
    );
    for (const { name, text } of files) {
      const { diagnostics, nodes } = await readFormat(terraformFormat, { 'deploy/new.tf': text });
      expect(diagnostics, name).toEqual([]);
      const provider = name.split('-')[0]!;
      const types = nodes.flatMap((node) => (node.kind === 'Resource' ? [node.props.type] : []));
      expect(types.filter((type) => type.startsWith(`${provider}_`)).length, name).toBeGreaterThan(0);
    }
  });
});

test('the manual says each criterion in a sentence with its id', () => {
  for (const { files, spec } of packs) {
    const page = files.find(({ path }) => path.startsWith('docs/'))!.text;
    const sentences = page.split('\n').filter((line) => line.startsWith('- '));
    for (const sentence of sentences) expect(sentence).toMatch(/\. \(AC-\d+\)$/);
    const wanted = SPECS[spec]!.criteria.filter((criterion) => typeof criterion === 'string' || criterion.priority !== 'wont').length;
    expect(sentences).toHaveLength(wanted);
  }
  expect(textOf('sample-imageUpload', /^docs\//)).toContain('- If you are not signed in, UploadService rejects the upload. (AC-4)');
});

/** Lines that no fence holds. */
function outsideOfFences(text: string): string {
  let fence: string | undefined;
  return text
    .split('\n')
    .filter((line) => {
      const [ticks] = /^`{3,}/.exec(line) ?? [];
      if (fence === undefined && ticks !== undefined) fence = ticks;
      else if (fence !== undefined && ticks !== undefined && ticks.length >= fence.length && line === ticks) fence = undefined;
      return fence === undefined;
    })
    .join('\n');
}
