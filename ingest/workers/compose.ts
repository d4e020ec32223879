import { configKeyId, documentId, resourceId, serviceId, type NodeId } from '../../graph/model/id.ts';
import { collectFacts, type Facts } from '../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../file-worker.ts';
import { interpolated } from '../parse/config-value.ts';
import { readDotenv } from '../parse/dotenv.ts';
import { declareConfig, readConfig, readInterpolations } from '../parse/environment.ts';
import { dockerfileId, imageNode } from '../parse/image.ts';
import { folderOf, pathFrom } from '../parse/paths.ts';
import { entriesOf, isRecord, itemsOf, memberOf, scalarOf, readTrees, textOf, type Tree, type TreePath } from '../parse/tree.ts';
import { scalarsOf } from '../parse/scalars.ts';
import { eachAt } from '../parse/one-or-many.ts';

const COMPOSE = /(?:^|[/.-])(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i;
const RESOURCES = ['volumes', 'networks', 'secrets', 'configs'] as const;
type ResourceSection = (typeof RESOURCES)[number];

/** docker-compose files: services, what they are built from, need and are told. */
export const composeFormat: SourceFormat = {
  name: 'compose',
  version: 2,
  claims: (path) => COMPOSE.test(path),
  recognises: (text) => /^["']?(?:services|include)["']?\s*:/m.test(text),
  read,
};

/** What the parts of one file share. */
interface Reading {
  readonly source: Source;
  readonly facts: Facts;
  readonly tree: Tree;
  /** Variables of the `.env` file beside it, which fills in `${NAME}`. */
  readonly variables: ReadonlyMap<string, string>;
}

function read(source: Source): SourceFacts {
  const facts = collectFacts(source.path);
  const { trees, diagnostics } = readTrees(source.text, source.path);
  facts.diagnose(...diagnostics);
  const dotenv = source.other(pathFrom(folderOf(source.path), '.env') ?? '.env');
  const variables = new Map(readDotenv(dotenv ?? '').flatMap(({ name, value, optional }) => (optional ? [] : [[name, value] as const])));
  for (const tree of trees.slice(0, 1)) {
    const reading = { source, facts, tree, variables };
    for (const section of RESOURCES)
      for (const [name, value] of entriesOf(memberOf(tree.value, section))) resource(reading, section, name, value);
    for (const [name, value] of entriesOf(memberOf(tree.value, 'services'))) service(reading, name, value);
  }
  return facts.done();
}

const composeResource = (repo: string, section: ResourceSection, name: string): NodeId =>
  resourceId(repo, `compose/${section.slice(0, -1)}/${name}`);

function resource({ source: { repo, path }, facts, tree }: Reading, section: ResourceSection, name: string, value: unknown): void {
  const span = tree.spanOf([section, name]);
  const id = facts.node({
    id: composeResource(repo, section, name),
    kind: 'Resource',
    name,
    repo,
    file: path,
    span,
    props: { type: `compose/${section.slice(0, -1)}` },
  });
  const variable = textOf(memberOf(value, 'environment'));
  if (variable !== undefined) readConfig(facts, { repo, file: path, span }, id, variable, 'compose-secret');
}

function service(reading: Reading, name: string, value: unknown): void {
  const { source, facts, tree } = reading;
  const { repo, path } = source;
  const at: TreePath = ['services', name];
  const span = tree.spanOf(at);
  const id = serviceId(repo, name);
  const filled = (text: unknown): string | undefined =>
    typeof text === 'string' || typeof text === 'number' ? interpolated(String(text), reading.variables) : undefined;
  const depend = (to: NodeId, where: TreePath, rule: string): void => facts.edge(id, 'DEPENDS_ON', to, tree.spanOf(where), rule);

  const image = filled(memberOf(value, 'image'));
  const ports = [...itemsOf(memberOf(value, 'ports')), ...itemsOf(memberOf(value, 'expose'))].flatMap((port) => portOf(port, filled) ?? []);
  const built = build(reading, id, at, memberOf(value, 'build'), filled);
  const folder = built?.folder;
  facts.node({
    id,
    kind: 'Service',
    name,
    repo,
    file: path,
    span,
    props: {
      ...(image === undefined ? {} : { image }),
      ...(ports.length === 0
        ? {}
        : { ports: ports.map(({ published, target }) => (published === undefined ? target : `${published}:${target}`)) }),
    },
  });
  if (image !== undefined) {
    const where = tree.spanOf([...at, 'image']);
    const used = imageNode(facts, { repo, file: path, span: where }, image);
    if (built?.image === undefined) facts.edge(id, 'DEPLOYED_AS', used, where, 'compose-image');
    else facts.edge(used, 'ALIASES', built.image, where, 'compose-build');
  }

  for (const [other, where] of namesIn(memberOf(value, 'depends_on'), [...at, 'depends_on']))
    depend(serviceId(repo, other), where, 'compose-depends-on');
  for (const [other, where] of namesIn(memberOf(value, 'links'), [...at, 'links']))
    depend(serviceId(repo, other.split(':')[0]!), where, 'compose-link');
  const mode = /^service:(.+)$/.exec(textOf(memberOf(value, 'network_mode')) ?? '')?.[1];
  if (mode !== undefined) depend(serviceId(repo, mode), [...at, 'network_mode'], 'compose-network-mode');
  for (const section of RESOURCES)
    for (const [used, where] of usedIn(section, memberOf(value, section), [...at, section]))
      depend(composeResource(repo, section, used), where, `compose-${section}`);

  environment(reading, id, [...at, 'environment'], memberOf(value, 'environment'));
  const configs = envFiles(reading, id, [...at, 'env_file'], memberOf(value, 'env_file'));
  for (const [where, text] of scalarsOf(value))
    readInterpolations(facts, { repo, file: path, span: tree.spanOf([...at, ...where]) }, id, text, 'compose-interpolation');

  const aliases = entriesOf(memberOf(value, 'networks')).flatMap(([, network]) =>
    itemsOf(memberOf(network, 'aliases')).flatMap((alias) => textOf(alias) ?? []),
  );
  const names = [...new Set([name, ...['container_name', 'hostname'].flatMap((key) => filled(memberOf(value, key)) ?? []), ...aliases])];
  facts.key({
    key: 'service',
    id,
    name,
    hosts: [
      ...names,
      ...ports.flatMap(({ target, published }) => [
        ...names.map((host) => `${host}:${target}`),
        ...(published === undefined ? [] : [`localhost:${published}`]),
      ]),
    ],
    ...(folder === undefined ? {} : { folder }),
    ...(configs.length === 0 ? {} : { configs }),
    line: span.line,
    col: span.col,
  });
}

interface Built {
  readonly folder: string;
  readonly image?: NodeId;
}

/** The folder a service is built from, and the image that its Dockerfile makes. */
function build(
  reading: Reading,
  id: NodeId,
  at: TreePath,
  value: unknown,
  filled: (text: unknown) => string | undefined,
): Built | undefined {
  const { source, facts, tree } = reading;
  if (value === undefined || value === null) return undefined;
  const written = filled(isRecord(value) ? (memberOf(value, 'context') ?? '.') : value);
  const folder = written === undefined ? undefined : pathFrom(folderOf(source.path), written);
  environment(reading, id, [...at, 'build', 'args'], memberOf(value, 'args'));
  if (folder === undefined) return undefined;
  const dockerfile = pathFrom(folder, filled(memberOf(value, 'dockerfile')) ?? 'Dockerfile');
  if (dockerfile === undefined) return { folder };
  const image = dockerfileId(source.repo, dockerfile);
  facts.edge(id, 'DEPLOYED_AS', image, tree.spanOf([...at, 'build']), 'compose-build');
  // A shared context, such as the root of a monorepo, says less than where the Dockerfile is.
  const own = folderOf(dockerfile);
  return { image, folder: own.startsWith(folder === '' ? '' : `${folder}/`) && own !== '' ? own : folder };
}

/** `environment` and `args`, as a map or as a list of `NAME=value`. A name without value is passed on from the outside. */
function environment({ source: { repo, path }, facts, tree, variables }: Reading, by: NodeId, at: TreePath, value: unknown): void {
  const entries: readonly (readonly [string, string | undefined, TreePath])[] = Array.isArray(value)
    ? itemsOf(value).flatMap((item, index) => {
        const [, name, text] = /^([^=]+)(?:=([\s\S]*))?$/.exec(textOf(item) ?? '') ?? [];
        return name === undefined ? [] : [[name, text, [...at, index]] as const];
      })
    : entriesOf(value).map(
        ([name, item]) =>
          [name, item === null || isRecord(item) ? undefined : (tree.sourceOf([...at, name]) ?? scalarOf(item)), [...at, name]] as const,
      );
  for (const [name, text, where] of entries) {
    const place = { repo, file: path, span: tree.spanOf(where) };
    declareConfig(facts, place, by, name.trim(), 'compose-environment', {
      value: text === undefined ? undefined : interpolated(text, variables),
    });
    if (text === undefined) readConfig(facts, place, by, name.trim(), 'compose-environment');
  }
}

/** The documents that `env_file` names; what stands in those that are part of the repository is declared by the service. */
function envFiles({ source, facts, tree }: Reading, by: NodeId, at: TreePath, value: unknown): readonly NodeId[] {
  return eachAt(value, at).flatMap(([item, where]) => {
    const file = pathFrom(folderOf(source.path), textOf(item) ?? textOf(memberOf(item, 'path')) ?? '/');
    const text = file === undefined ? undefined : source.other(file);
    if (file === undefined || text === undefined) return [];
    const document = documentId(source.repo, file);
    facts.edge(by, 'DEPENDS_ON', document, tree.spanOf(where), 'compose-env-file');
    for (const { name, span, optional } of readDotenv(text))
      if (!optional) facts.edge(by, 'DECLARES', configKeyId(source.repo, name), { ...span, file }, 'compose-env-file');
    return [document];
  });
}

/** A list of names, or a map by name. */
const namesIn = (value: unknown, at: TreePath): readonly (readonly [string, TreePath])[] =>
  Array.isArray(value)
    ? itemsOf(value).flatMap((item, index) => (typeof item === 'string' ? [[item, [...at, index]] as const] : []))
    : entriesOf(value).map(([name]) => [name, [...at, name]] as const);

/** Names of what the project declares; paths of the host are none. */
function usedIn(section: ResourceSection, value: unknown, at: TreePath): readonly (readonly [string, TreePath])[] {
  if (section === 'networks') return namesIn(value, at);
  return itemsOf(value).flatMap((item, index) => {
    const written = textOf(item) ?? textOf(memberOf(item, 'source'));
    const name = section === 'volumes' && typeof item === 'string' ? (written?.includes(':') ? written.split(':')[0] : undefined) : written;
    return name !== undefined && /^[\w][\w.-]*$/.test(name) ? [[name, [...at, index]] as const] : [];
  });
}

interface Port {
  readonly target: string;
  readonly published?: string;
}

/** `3000`, `8080:80`, `127.0.0.1:8080:80/tcp`, or the long form. Of a range, the first. */
function portOf(value: unknown, filled: (text: unknown) => string | undefined): Port | undefined {
  const number = (text: string | undefined): string | undefined => /^\d{1,5}/.exec(text ?? '')?.[0];
  if (isRecord(value)) {
    const [target, published] = [number(filled(value['target'])), number(filled(value['published']))];
    return target === undefined ? undefined : { target, ...(published === undefined ? {} : { published }) };
  }
  const parts = (filled(value) ?? '').split(':');
  const target = number(parts.at(-1));
  const published = number(parts.at(-2));
  return target === undefined ? undefined : { target, ...(published === undefined ? {} : { published }) };
}
