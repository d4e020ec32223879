import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../graph/store/registry.ts';
import type { GraphStore } from '../../graph/store/store.ts';
import { loadLinkers } from '../../ingest/link/registry.ts';
import { createPipeline } from '../../ingest/pipeline.ts';
import { loadWorkers } from '../../ingest/registry.ts';
import type { Repository } from '../../ingest/worker.ts';
import { dump } from '../contract/facts.ts';

/** A bakery, of whose files nearly each says something that is only understood with another one. */
const BAKERY: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "bakery", "workspaces": ["services/*"] }',
  'services/oven/package.json': '{ "name": "oven", "scripts": { "start": "node server.js" } }',
  'services/oven/schema.graphql': 'type Query { bread(id: ID!): Bread }\ntype Bread { id: ID! }\n',
  'contracts/oven.openapi.yaml': `openapi: 3.0.3
info: { title: oven, version: 1.0.0 }
paths:
  /breads:
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: ./bread.schema.json }
      responses: { '201': { description: Baked. } }
`,
  'contracts/bread.schema.json':
    '{ "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": { "flour": { "$ref": "./flour.json" } } }',
  'contracts/flour.json': '{ "type": "object", "properties": { "type": { "type": "integer" } } }',
  'compose.yaml': 'services:\n  oven:\n    image: bakery/oven:${VERSION}\n    env_file: oven.env\n',
  '.env': 'VERSION=1\n',
  'oven.env': 'HEAT=220\n',
  'chart/Chart.yaml': 'apiVersion: v2\nname: counter\nversion: 1.0.0\n',
  'chart/values.yaml': 'image:\n  repository: bakery/counter\n  tag: 1\n',
  'chart/templates/counter.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: counter }
spec:
  template:
    spec:
      containers:
        - name: counter
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
`,
  'db/001.sql': 'CREATE TABLE breads (id int PRIMARY KEY, flour text);\n',
  'db/002.sql': 'ALTER TABLE breads ADD COLUMN crust text;\n',
  'docs/breads.md': '# Breads\n\n`POST /breads` stores a row in `breads`, see `flour`.\n',
  'window/tsconfig.json': '{ "compilerOptions": { "jsx": "react-jsx" }, "include": ["."] }\n',
  'window/show.ts': 'export const shown = 3;\n',
  'till/go.mod': 'module bakery.test/till\n',
  'till/main.go': 'package main\n\nimport "bakery.test/till/sum"\n\nfunc main() { sum.Up() }\n',
  'till/sum/sum.go': 'package sum\n\nfunc Up() {}\n',
};

let folder: string;
let root: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'incremental-')));
  root = path.join(folder, 'bakery');
  repository = { name: 'bakery', root };
  for (const [file, text] of Object.entries(BAKERY)) write(file, text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}
const change = (file: string, from: string, to: string) => () => write(file, BAKERY[file]!.replace(from, to));
const restore = (file: string) => () => write(file, BAKERY[file]!);
const remove = (file: string) => () => rmSync(path.join(root, file));

/** Each makes files stale that it does not touch. */
const EDITS: readonly (readonly [what: string, edit: () => void])[] = [
  ['a schema that a schema of a contract refers to gains a field', change('contracts/flour.json', '"properties": {', '"properties": { "mill": { "type": "string" },')], // prettier-ignore
  ['the same is gone', remove('contracts/flour.json')],
  ['the same is back', restore('contracts/flour.json')],
  [
    'the schema between them is elsewhere',
    () => renameSync(path.join(root, 'contracts/bread.schema.json'), path.join(root, 'bread.schema.json')),
  ],
  ['the schema between them is back', restore('contracts/bread.schema.json')],
  ['a variable of the compose file has another value', change('.env', '1', '2')],
  ['an env_file is gone', remove('oven.env')],
  ['values of a chart name another image', change('chart/values.yaml', 'tag: 1', 'tag: 3')],
  ['a folder is no chart any more', remove('chart/Chart.yaml')],
  ['a folder is a chart again', restore('chart/Chart.yaml')],
  ['a migration before another one makes another table', change('db/001.sql', 'breads', 'loaves')],
  ['a folder that names its schema is no package any more', remove('services/oven/package.json')],
  ['it is a package by another name', change('services/oven/package.json', '"oven"', '"stove"')],
  ['a module of another language has another name', change('till/go.mod', 'bakery.test/till', 'shop.test/till')],
  ['a project has another JSX runtime', change('window/tsconfig.json', '"react-jsx"', '"preserve"')],
  ['a contract becomes a document of nothing', change('contracts/oven.openapi.yaml', 'openapi: 3.0.3', 'version: 3')],
  ['a contract becomes one again', restore('contracts/oven.openapi.yaml')],
];

let repository: Repository;
const workers = await loadWorkers();
const linkers = await loadLinkers();
const open = () => openStore(path.join(mkdtempSync(path.join(folder, 'store-')), 'graph.db'), { create: true });

async function ingest(store: GraphStore, by = linkers): Promise<readonly string[]> {
  using pipeline = createPipeline(store, workers, by, repository);
  await pipeline.run();
  return dump(store);
}

async function clean(): Promise<readonly string[]> {
  const store = await open();
  try {
    return await ingest(store);
  } finally {
    await store.close();
  }
}

it('keeps the graph of all kinds of files as a clean ingest makes it, edit after edit', async () => {
  const store = await open();
  using pipeline = createPipeline(store, workers, linkers, repository);
  await pipeline.run();
  let before = await dump(store);
  for (const [what, edit] of EDITS) {
    edit();
    await pipeline.run();
    const kept = await dump(store);
    expect(kept, what).toEqual(await clean());
    expect(kept, `${what}: nothing changed`).not.toEqual(before);
    before = kept;
  }
  await store.close();
});

it('links again what did not change when there are other linkers', async () => {
  const store = await open();
  const without = await ingest(
    store,
    linkers.filter(({ name }) => name !== 'services'),
  );
  const kept = await ingest(store);
  expect(kept).toEqual(await clean());
  expect(kept).not.toEqual(without);
  await store.close();
});
