import { documentId, resourceId, type NodeId } from '../../graph/model/id.ts';
import { collectFacts, type Facts } from '../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../file-worker.ts';
import { declareConfig } from '../parse/environment.ts';
import { readHcl, type HclBlock, type HclBody, type HclEntry, type HclValue } from '../parse/hcl.ts';
import { linesOf, wholeSpan, type Lines } from '../parse/lines.ts';
import { baseName, folderOf, pathFrom } from '../parse/paths.ts';

const TERRAFORM = /\.(?:tf|tofu|tfvars)$/i;
/** Attributes and blocks that hold environment variables: Lambda, ECS, Cloud Run, App Service, Kubernetes, Heroku. */
const ENVIRONMENT = /^(?:env|environment|environment_variables?|env_vars?|app_settings|config_vars)$/;
/** Characters. Longer files are data. */
const LONGEST = 2_000_000;
/** Names that stand for no block. */
const BUILT_IN = /^(?:each|count|self|path|terraform|provider)\./;

/** Terraform and OpenTofu: resources, data, modules, variables, outputs and locals, and what refers to what. */
export const terraformFormat: SourceFormat = {
  name: 'terraform',
  version: 1,
  claims: (path) => TERRAFORM.test(path),
  read,
};

interface Reading {
  readonly source: Source;
  readonly facts: Facts;
  readonly lines: Lines;
  readonly folder: string;
}

function read(source: Source): SourceFacts {
  const { repo, path, text } = source;
  const facts = collectFacts(path);
  if (text.length > LONGEST) {
    const message = `Has ${text.length} characters; the most that are read of a Terraform file are ${LONGEST}.`;
    facts.diagnose({ code: 'too-large', severity: 'warning', message, file: path, span: { line: 1, col: 1, endLine: 1, endCol: 1 } });
    return facts.done();
  }
  const lines = linesOf(text);
  const reading = { source, facts, lines, folder: folderOf(path) };
  const { body, problems } = readHcl(text);
  if (problems.length > 0)
    facts.diagnose({
      code: 'parse-failure',
      severity: 'warning',
      message: `Is not valid HCL here${problems.length > 1 ? ` and in ${problems.length - 1} more places` : ''}; the rest is read.`,
      file: path,
      span: lines.span(problems[0]!, problems[0]! + 1),
    });
  if (/\.tfvars$/i.test(path)) variables(reading, body, documentId(repo, path), wholeSpan(text));
  else for (const block of body.blocks) blockOf(reading, block);
  return facts.done();
}

/** Within one folder names are unique; the folder is the module. */
const idOf = (repo: string, folder: string, address: string): NodeId => resourceId(repo, folder === '' ? address : `${folder}/${address}`);

function variables(
  { source: { repo, path }, facts, lines, folder }: Reading,
  body: HclBody,
  id: NodeId,
  span: ReturnType<typeof wholeSpan>,
): void {
  facts.node({ id, kind: 'Document', name: baseName(path), repo, file: path, span, props: {} });
  for (const { name, start, end } of body.attributes)
    facts.edge(id, 'DEPENDS_ON', idOf(repo, folder, `var.${name}`), lines.span(start, end), 'terraform-variable');
}

function blockOf(reading: Reading, block: HclBlock): void {
  const [first = '', second = ''] = block.labels;
  if (block.type === 'resource') thing(reading, `${first}.${second}`, first, block);
  else if (block.type === 'data') thing(reading, `data.${first}.${second}`, `data.${first}`, block);
  else if (block.type === 'module') moduleOf(reading, first, block);
  else if (block.type === 'variable') thing(reading, `var.${first}`, 'terraform/variable', block);
  else if (block.type === 'output') thing(reading, `output.${first}`, 'terraform/output', block);
  else if (block.type === 'locals')
    for (const entry of block.body.attributes) {
      const id = node(reading, `local.${entry.name}`, 'terraform/local', entry);
      references(reading, id, entry.value);
    }
}

function node(
  { source: { repo, path }, facts, lines, folder }: Reading,
  address: string,
  type: string,
  { start, end }: { start: number; end: number },
  doc?: string,
): NodeId {
  const props = { type, ...(doc === undefined ? {} : { doc: doc.slice(0, 300) }) };
  return facts.node({
    id: idOf(repo, folder, address),
    kind: 'Resource',
    name: address,
    repo,
    file: path,
    span: lines.span(start, end),
    props,
  });
}

const textOf = (body: HclBody, name: string): string | undefined => body.attributes.find((entry) => entry.name === name)?.value.text;

function thing(reading: Reading, address: string, type: string, block: HclBlock): NodeId {
  const id = node(reading, address, type, block, textOf(block.body, 'description'));
  inside(reading, id, block.body);
  return id;
}

/** A module of the repository is handed its variables, and a change of one reaches those who set it. */
function moduleOf(reading: Reading, name: string, block: HclBlock): void {
  const { source, facts, lines, folder } = reading;
  const id = thing(reading, `module.${name}`, 'terraform/module', block);
  const written = textOf(block.body, 'source');
  const inner = written?.startsWith('.') ? pathFrom(folder, written) : undefined;
  if (inner === undefined) return;
  for (const { name: argument, start, end } of block.body.attributes)
    if (!/^(?:source|version|count|for_each|providers|depends_on)$/.test(argument))
      facts.edge(id, 'DEPENDS_ON', idOf(source.repo, inner, `var.${argument}`), lines.span(start, end), 'terraform-module-variable');
}

function inside(reading: Reading, id: NodeId, body: HclBody): void {
  for (const entry of body.attributes) {
    references(reading, id, entry.value);
    if (ENVIRONMENT.test(entry.name)) environment(reading, id, entry.value);
    else containers(reading, id, entry.value);
  }
  for (const block of body.blocks) {
    if (ENVIRONMENT.test(block.type)) {
      const name = textOf(block.body, 'name');
      if (name !== undefined) declare(reading, id, name, block, textOf(block.body, 'value'));
      for (const entry of block.body.attributes) if (entry.name === 'variables') environment(reading, id, entry.value);
    }
    inside(reading, id, block.body);
  }
}

/** Lists of `{name, value}` under `environment` anywhere in a value, as container definitions have them. */
function containers(reading: Reading, id: NodeId, { entries = [], items = [] }: HclValue): void {
  for (const item of items) containers(reading, id, item);
  for (const { name, value } of entries) {
    if (ENVIRONMENT.test(name)) environment(reading, id, value);
    else if (name === 'secrets') environment(reading, id, value, true);
    else containers(reading, id, value);
  }
}

function environment(reading: Reading, id: NodeId, { entries = [], items = [] }: HclValue, secret?: true): void {
  for (const entry of entries) declare(reading, id, entry.name, entry, entry.value.text, secret);
  for (const item of items) {
    const part = (name: string): HclEntry | undefined => item.entries?.find((entry) => entry.name.toLowerCase() === name);
    const name = part('name')?.value.text;
    if (name !== undefined) declare(reading, id, name, item, part('value')?.value.text, secret);
    // `merge({…}, var.more)`
    else if (item.entries) environment(reading, id, item, secret);
  }
}

function declare(
  { source, facts, lines }: Reading,
  by: NodeId,
  name: string,
  { start, end }: { start: number; end: number },
  value: string | undefined,
  secret?: true,
): void {
  declareConfig(facts, { repo: source.repo, file: source.path, span: lines.span(start, end) }, by, name, 'terraform-environment', {
    value,
    secret,
  });
}

function references({ source: { repo }, facts, lines, folder }: Reading, from: NodeId, value: HclValue): void {
  for (const { name, start } of value.references) {
    if (BUILT_IN.test(name)) continue;
    const [first = '', second = '', third = ''] = name.split('.');
    const address = first === 'data' ? `data.${second}.${third}` : `${first}.${second}`;
    // A provider's type has an underscore; what has none is a variable of a `for`.
    if (!/^(?:var|local|module|data)$/.test(first) && !/^[a-z][a-z0-9]*_/.test(first)) continue;
    const to = idOf(repo, folder, address);
    if (to !== from) facts.edge(from, 'DEPENDS_ON', to, lines.span(start, start + name.length), 'terraform-reference');
  }
}
