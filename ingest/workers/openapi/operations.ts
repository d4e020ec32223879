import { compare } from '../../../graph/model/edge.ts';
import { childOf, type Place, type References } from '../../parse/references.ts';
import { entriesOf, isRecord, itemsOf, memberOf, textOf } from '../../parse/tree.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** An operation as written: what it says itself, and the path items it stands in, the nearest first. */
export interface WrittenOperation {
  /** Capitals. */
  readonly method: string;
  /** As written; the name of a webhook. */
  readonly path: string;
  readonly webhook: boolean;
  readonly place: Place;
  readonly items: readonly Place[];
}

/** Operations of `paths`, then of `webhooks`, in the order of the document. */
export function operationsOf(references: References): readonly WrittenOperation[] {
  const found: WrittenOperation[] = [];
  for (const section of ['paths', 'webhooks']) {
    const paths = childOf(references.root, section);
    for (const [path] of entriesOf(paths.value)) {
      if (path.startsWith('x-')) continue;
      const items = joined(references, childOf(paths, path));
      for (const method of METHODS) {
        const item = items.find(({ value }) => isRecord(memberOf(value, method)));
        if (item) found.push({ method: method.toUpperCase(), path, webhook: section === 'webhooks', place: childOf(item, method), items });
      }
    }
  }
  return found;
}

/** A path item and what its `$ref` adds to it. */
function joined(references: References, item: Place): readonly Place[] {
  const items: Place[] = [];
  for (
    let at: Place | undefined = item;
    at && isRecord(at.value) && !items.some(({ value }) => value === at!.value);
    at = references.target(at)
  )
    items.push(at);
  return items;
}

/** A parameter, with the place of the entry that may only refer to it. */
export interface WrittenParameter {
  readonly name: string;
  /** `path`, `query`, `header`, `cookie`; in version 2 also `body` and `formData`. */
  readonly in: string;
  readonly place: Place;
  readonly entry: Place;
}

export interface WrittenParameters {
  readonly parameters: readonly WrittenParameter[];
  /** None of them leads nowhere. */
  readonly complete: boolean;
}

/** Parameters of an operation; its own come before those of its path. */
export function parametersOf(references: References, { place, items }: WrittenOperation): WrittenParameters {
  const found = new Map<string, WrittenParameter>();
  let complete = true;
  for (const holder of [place, ...items]) {
    const list = childOf(holder, 'parameters');
    for (const index of itemsOf(list.value).keys()) {
      const entry = childOf(list, index);
      const parameter = references.follow(entry);
      const [name, where] = [textOf(memberOf(parameter?.value, 'name')), textOf(memberOf(parameter?.value, 'in'))];
      if (!parameter || name === undefined || where === undefined) complete = false;
      else if (!found.has(`${where} ${name}`)) found.set(`${where} ${name}`, { name, in: where, place: parameter, entry });
    }
  }
  return { parameters: [...found.values()], complete };
}

/** Base URLs and paths: of the nearest that states some. */
export function serversOf(document: unknown, holders: readonly Place[]): readonly string[] {
  for (const { value } of holders) {
    const servers = itemsOf(memberOf(value, 'servers')).flatMap(urlOf);
    if (servers.length > 0) return servers;
  }
  const [host, base] = [textOf(memberOf(document, 'host')), textOf(memberOf(document, 'basePath'))];
  if (host === undefined) return base === undefined ? [] : [base];
  const schemes = itemsOf(memberOf(document, 'schemes')).filter((scheme) => typeof scheme === 'string');
  return (schemes.length > 0 ? schemes : ['https']).map((scheme) => `${scheme}://${host}${base ?? ''}`);
}

/** With its variables at their defaults, as far as they have one. */
function urlOf(server: unknown): readonly string[] {
  const url = textOf(memberOf(server, 'url'));
  if (url === undefined) return [];
  const variables = memberOf(server, 'variables');
  return [
    url.slice(0, 2000).replaceAll(/\{([^{}]*)\}/g, (written, name: string) => {
      const value = memberOf(memberOf(variables, name), 'default');
      return typeof value === 'string' || typeof value === 'number' ? String(value) : written;
    }),
  ];
}

/** Names of the security schemes that an operation asks for, each with the requirement that does. */
export function securityOf(root: Place, operation: Place): ReadonlyMap<string, Place> {
  const list = securityAt(root, operation);
  const found = new Map<string, Place>();
  for (const index of itemsOf(list.value).keys()) {
    const requirement = childOf(list, index);
    for (const [scheme] of entriesOf(requirement.value)) if (!found.has(scheme)) found.set(scheme, childOf(requirement, scheme));
  }
  return found;
}

const securityAt = (root: Place, operation: Place): Place =>
  Array.isArray(memberOf(operation.value, 'security')) ? childOf(operation, 'security') : childOf(root, 'security');

/** Ways to sign in, where they are more than a choice of schemes. */
export function signInsOf(root: Place, operation: Place): { readonly signIns?: string[] } {
  const list = securityAt(root, operation);
  const ways = [...itemsOf(list.value).keys()].map((index) => entriesOf(childOf(list, index).value).map(([scheme]) => scheme));
  return ways.some((schemes) => schemes.length !== 1) ? { signIns: ways.map((schemes) => schemes.sort(compare).join(' + ')) } : {};
}
