import { canonicalName } from '../model/canonical-name.ts';
import { parseId, refOf, type Scheme } from '../model/id.ts';
import type { Node, NodeKind } from '../model/node.ts';
import type { GraphReader } from '../store/store.ts';
import { findAll } from './find-all.ts';

/** Kinds whose names people write in more than one way, by the scheme of their ids. */
const LOOSE: Partial<Record<Scheme, readonly NodeKind[]>> = {
  svc: ['Service'],
  adr: ['Adr'],
  api: ['Api', 'Operation', 'Schema', 'SchemaProperty'],
  event: ['Channel', 'Message', 'SchemaProperty'],
  table: ['Table', 'Column'],
  policy: ['Policy', 'PolicyRule'],
  team: ['Team'],
  spec: ['Spec', 'AcceptanceCriterion', 'Nfr', 'Question'],
};
const OPERATION = /^(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS|TRACE)\s+(\/\S*)((?:\s+\S+)?)$/i;

/**
 * Things that are no code, by names that are not quite their ids: another name for a path parameter, a service in another
 * spelling, a decision with its slug, an operation without its API. Empty when nothing answers.
 */
export async function thingsNamed(reader: GraphReader, text: string): Promise<readonly Node[]> {
  const operation = OPERATION.exec(text.trim());
  if (operation) return operations(reader, operation[1]!.toUpperCase(), operation[2]!, operation[3]!.trim());
  const criterion = /^(?:ac:)?([\w.-]+\/[A-Z]+-[\w.-]+)$/.exec(text);
  if (criterion) return byId(reader, `spec:${criterion[1]!}`);
  const id = parseId(text);
  const kinds = id && Object.hasOwn(LOOSE, id.scheme) ? LOOSE[id.scheme as Scheme] : undefined;
  if (!id || !kinds) return [];
  const wanted = looseForm(id.scheme, text.slice(text.indexOf(`${id.scheme}:`)));
  const nodes = await findAll(reader, { kinds, ...(id.repo === undefined ? {} : { repo: id.repo }) });
  return nodes.filter((node) => looseForm(id.scheme, refOf(node.id)) === wanted);
}

async function byId(reader: GraphReader, local: string): Promise<readonly Node[]> {
  const repos = await reader.repositories();
  return [...(await reader.get(repos.map((repo) => `${repo}//${local}`))).values()];
}

/** Contracts before the code that serves them. */
async function operations(reader: GraphReader, method: string, path: string, field: string): Promise<readonly Node[]> {
  const wanted = `${method} ${template(path)}`;
  const nodes = await findAll(reader, { kinds: ['Operation', 'Endpoint'] });
  const found = nodes.filter((node) => `${methodOf(node)} ${template(pathOf(node))}` === wanted);
  const contracts = found.filter(({ kind }) => kind === 'Operation');
  const meant = contracts.length > 0 ? contracts : found;
  if (field === '') return meant;
  return [...(await reader.get(meant.map(({ id }) => `${id} ${field}`))).values()];
}

const methodOf = (node: Node): string => (node.kind === 'Operation' || node.kind === 'Endpoint' ? (node.props.method ?? '') : '');
const pathOf = (node: Node): string => (node.kind === 'Operation' || node.kind === 'Endpoint' ? (node.props.path ?? '') : '');

/** Names of parameters do not matter. */
const template = (path: string): string => path.replace(/\{[^}]*\}|:[A-Za-z_]\w*/g, '{}').replace(/(.)\/$/, '$1');

/** Equal for names that mean the same. */
function looseForm(scheme: string, local: string): string {
  const name = local.slice(scheme.length + 1);
  switch (scheme) {
    case 'svc':
    case 'team':
      return canonicalName(name);
    case 'adr': {
      const number = /^(.*\/)?0*(\d+)(?![\d.])/.exec(name);
      return number ? `${number[1] ?? ''}${number[2]!}` : name.toLowerCase();
    }
    case 'api': {
      const hash = name.indexOf('#');
      const [api, rest] = hash < 0 ? [name, ''] : [name.slice(0, hash), name.slice(hash + 1)];
      const operation = /^([A-Z]+) (\/\S*)(.*)$/.exec(rest);
      const part = operation ? `${operation[1]} ${template(operation[2]!)}${fieldForm(operation[3]!)}` : fieldForm(rest);
      return `${canonicalName(api.replace(/[-_]?api$/i, '') || api)}#${part}`;
    }
    case 'event':
      return fieldForm(name);
    default:
      return name.toLowerCase();
  }
}

/** `items[].id` is `items.id`. */
const fieldForm = (field: string): string => field.replaceAll('[]', '').replaceAll('.*.', '.');
