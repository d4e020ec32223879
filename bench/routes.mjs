// @ts-check
/**
 * node bench/routes.mjs [--tree FOLDER] [--json]
 * Whether every route that an application serves is an Endpoint, and which of its end-to-end tests' calls reach one.
 *
 * The application is the prepared repository nestjs-boilerplate; what it serves is its own word: its own `main.ts` runs, with
 * `listen` and the connection to the database left out, and the Swagger document that it makes is kept. Routes that it
 * keeps out of the document on purpose (`@ApiExcludeEndpoint`) are routes all the same, so that mark is taken off before. One
 * run for each file driver, because the driver decides which controller there is; the union counts. Nothing is written to the repository.
 *
 * The calls are found by a regular expression over `test/**\/*.e2e-spec.ts`: every `.get(…)`, `.post(…)` … whose first argument
 * is a path. What each is expected to reach is the route of the application with its method and path; a call that none of them
 * answers, of a resource that the tests generate first or of the mail server, is expected to reach nothing.
 * Exit code 1 where the sets differ, a call reaches an endpoint that it should not, or less than 95 % of the calls reach what they should.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { graphOf, option, percent, treeOf } from './harness.mjs';

const NAME = 'nestjs-boilerplate';
const DRIVERS = ['local', 's3', 's3-presigned'];
const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
const LEAST_RECALL = 0.95;

/** Loaded before the application: nothing is reached over the network, and the document goes to a file. */
const HOOKS = `
const fs = require('node:fs');
const { createRequire } = require('node:module');
const own = createRequire(process.cwd() + '/package.json');
own('reflect-metadata');
const typeorm = own('typeorm');
typeorm.DataSource.prototype.initialize = async function () {
  await this.buildMetadatas();
  return this;
};
typeorm.DataSource.prototype.destroy = async function () {};
const { NestApplication } = own('@nestjs/core/nest-application');
NestApplication.prototype.listen = async () => process.exit(0);
const { SwaggerModule } = own('@nestjs/swagger');
const create = SwaggerModule.createDocument;
SwaggerModule.setup = () => {};
SwaggerModule.createDocument = (app, ...rest) => {
  for (const module of app.container.getModules().values())
    for (const { metatype } of module.controllers.values())
      for (const name of Object.getOwnPropertyNames(metatype.prototype))
        Reflect.deleteMetadata('swagger/apiExcludeEndpoint', metatype.prototype[name]);
  const document = create.call(SwaggerModule, app, ...rest);
  fs.writeFileSync(process.env.SPECGRAPH_DOCUMENT, JSON.stringify(document));
  return document;
};
`;

/** Method and path of every route in the documents that the application makes. */
function servedBy(/** @type {string} */ tree, /** @type {string} */ folder) {
  const hooks = path.join(folder, 'hooks.cjs');
  writeFileSync(hooks, HOOKS);
  const settings = Object.fromEntries(
    readFileSync(path.join(tree, 'env-example-relational'), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const match = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line);
        return match ? [[match[1], String(match[2]).replace(/^"(.*)"$/, '$1')]] : [];
      }),
  );
  const served = new Set();
  for (const driver of DRIVERS) {
    const document = path.join(folder, `${driver}.json`);
    const result = spawnSync(
      process.execPath,
      ['-r', hooks, '-r', path.join(tree, 'node_modules', 'ts-node', 'register', 'transpile-only.js'), path.join('src', 'main.ts')],
      {
        cwd: tree,
        encoding: 'utf8',
        timeout: 180_000,
        env: {
          ...process.env,
          ...settings,
          FILE_DRIVER: driver,
          ACCESS_KEY_ID: 'none',
          SECRET_ACCESS_KEY: 'none',
          AWS_S3_REGION: 'none',
          AWS_DEFAULT_S3_BUCKET: 'none',
          TS_NODE_PROJECT: path.join(tree, 'tsconfig.json'),
          SPECGRAPH_DOCUMENT: document,
        },
      },
    );
    if (!existsSync(document))
      throw new Error(`The application made no document with the file driver ${driver}:\n${result.stdout}${result.stderr}`);
    const { paths } = JSON.parse(readFileSync(document, 'utf8'));
    for (const [template, item] of Object.entries(paths))
      for (const method of METHODS) if (item[method]) served.add(`${method.toUpperCase()} ${template}`);
  }
  return served;
}

const segmentsOf = (/** @type {string} */ route) => route.split('?')[0]?.split('/').filter(Boolean) ?? [];

/** Calls of the end-to-end tests, and the route that each is expected to reach; null: none of the application. */
export function expectedCalls(/** @type {string} */ tree, /** @type {ReadonlySet<string>} */ served) {
  return readdirSync(path.join(tree, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.e2e-spec.ts'))
    .map((file) => `test/${file.replaceAll(path.sep, '/')}`)
    .sort()
    .flatMap((file) => {
      const text = readFileSync(path.join(tree, file), 'utf8');
      return Array.from(text.matchAll(/\.(get|post|patch|put|delete)\(\s*(['"`])(\/[^'"`]*)\2/g), (match) => {
        const method = String(match[1]).toUpperCase();
        const url = String(match[3]);
        const given = segmentsOf(url.replaceAll(/\$\{[^}]*\}/g, '*'));
        const reached = [...served]
          .filter((route) => {
            const [verb, template = ''] = route.split(' ');
            const wanted = segmentsOf(template);
            return (
              verb === method && wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at])
            );
          })
          .sort((a, b) => (a.match(/\{/g) ?? []).length - (b.match(/\{/g) ?? []).length);
        const line = text.slice(0, match.index).split('\n').length;
        return { file, line, method, url, expected: reached[0] ?? null };
      });
    });
}

/** @typedef {{ id: string, kind: string, props: { method?: string, path?: string } }} Node */
/** @typedef {{ from: string, type: string, to: string, sites: readonly { file?: string, line: number }[] }} Edge */

function measure() {
  const tree = option('tree') ?? treeOf(NAME);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-routes-'));
  try {
    const served = servedBy(tree, folder);
    const lines = graphOf(tree);
    /** @type {Map<string, string>} */
    const endpoints = new Map(
      lines.flatMap(({ node }) => (node?.kind === 'Endpoint' ? [[node.id, `${node.props.method} ${node.props.path}`]] : [])),
    );
    const stated = new Set(endpoints.values());
    const missing = [...served].filter((route) => !stated.has(route)).sort();
    const surplus = [...stated].filter((route) => !served.has(route)).sort();

    /** @type {Map<string, { file: string, line: number, route: string }[]>} */
    const invoked = new Map();
    for (const { edge } of lines) {
      const route = edge?.type === 'INVOKES' ? endpoints.get(edge.to) : undefined;
      if (route === undefined) continue;
      for (const site of edge.sites) {
        const file = site.file ?? edge.from.replace(/^.*?\/\/(code|test):/, '').replace(/#.*$/s, '');
        invoked.set(file, [...(invoked.get(file) ?? []), { file, line: site.line, route }]);
      }
    }
    const calls = expectedCalls(tree, served);
    const reaching = calls.filter(({ expected }) => expected !== null);
    // A call that spans lines stands on the line of what it is called on: up to three before the path.
    const reaches = (/** @type {{ file: string, line: number }} */ call, /** @type {string | null} */ route) =>
      (invoked.get(call.file) ?? []).some(
        (site) => site.line <= call.line && site.line >= call.line - 3 && (route === null || site.route === route),
      );
    const found = reaching.filter((call) => reaches(call, call.expected));
    const missed = reaching.filter((call) => !reaches(call, call.expected));
    const wrong = calls.filter((call) => call.expected === null && reaches(call, null));
    return { served, stated, missing, surplus, calls, reaching, found, missed, wrong };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { served, stated, missing, surplus, calls, reaching, found, missed, wrong } = measure();
const recall = reaching.length === 0 ? 0 : found.length / reaching.length;
if (process.argv.includes('--json'))
  console.log(JSON.stringify({ served: [...served].sort(), missing, surplus, calls, missed, wrong, recall }, undefined, 2));
else {
  console.log(`${NAME}: ${served.size} routes served, ${stated.size} endpoints, ${missing.length} missing, ${surplus.length} too many`);
  for (const route of missing) console.log(`  missing  ${route}`);
  for (const route of surplus) console.log(`  surplus  ${route}`);
  console.log(
    `end-to-end tests: ${calls.length} calls, ${reaching.length} of the application, ${found.length} reach their endpoint (${percent(found.length, reaching.length)})`,
  );
  for (const { file, line, method, url } of wrong) console.log(`  wrong    ${file}:${line} ${method} ${url} reaches an endpoint`);
  for (const { file, line, method, url, expected } of missed) console.log(`  missed   ${file}:${line} ${method} ${url} → ${expected}`);
}
if (missing.length + surplus.length + wrong.length > 0 || recall < LEAST_RECALL) process.exitCode = 1;
