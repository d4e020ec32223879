import { parseId, refOf, SCHEMES, type NodeId } from '../../graph/model/id.ts';
import type { At, DemandKey, LinkKeys, Published } from '../keys.ts';
import { declaredNamesOf } from './declared-names.ts';
import type { Linker, Links } from './linker.ts';
import { createLinks, type LinkCollector } from './links.ts';
import { referentsOf, type Referent } from './referents.ts';
import { mentionResolver } from './resolve-mention.ts';
import { unknownReference } from './unknown-reference.ts';

/** References that people wrote on purpose: what a spec depends on, which decision replaces which, what a test verifies. */
export const demandsLinker: Linker = { name: 'demands', link };

/** `[imageUpload/AC-1]` in the title of a test. Other brackets may hold a path. */
const IN_TITLE = /\[([\w-]+(?:\/[\w.-]+)+(?:@[\w.-]+)?)\]/g;
const CRITERION = /^[\w-]+\/(?:AC|NFR)-[\w.]+/;

function link(repo: string, keys: LinkKeys): Links {
  const links = createLinks();
  const known = referentsOf(keys);
  const resolve = demandResolver(keys);
  const demands = keys.of('demand').filter((key) => key.repo === repo);
  const replaced = new Set<string>();
  for (const demand of demands.toSorted((a, b) => rank(a.value) - rank(b.value))) {
    const { from, edge: type, ref, inverse, line, col } = demand.value;
    const { referents, rule } = resolve(demand);
    if (referents.length === 0) links.diagnostic(unknownReference(demand.file, demand.value, ref));
    for (const { id, confidence } of referents) {
      const [start, to] = inverse ? [id, from] : [from, id];
      if (start === to || (type === 'REFINES' && replaced.has(`${start}\n${to}`))) continue;
      if (type === 'SUPERSEDES') replaced.add(`${start}\n${to}`);
      links.edge({ from: start, type, to, tier: 'declared', confidence, rule, sites: [{ line, col, file: demand.file }] });
    }
  }
  for (const { repo: at, file, value } of keys.of('verifies')) {
    if (at !== repo) continue;
    const type = value.tag === 'verifies' ? 'VERIFIES' : 'SATISFIES';
    stated(links, known.named(repo, value.ref, value.from, file), value.from, type, `${value.tag}-tag`, file, value, value.ref);
  }
  for (const { repo: at, file, value } of keys.of('test')) {
    if (at !== repo) continue;
    for (const [, ref = ''] of value.title.matchAll(IN_TITLE)) {
      const criterion = known.named(repo, CRITERION.test(ref) ? ref : `spec:${ref}`);
      if (criterion.length > 0 || CRITERION.test(ref)) stated(links, criterion, value.id, 'VERIFIES', 'test-title', file, value, ref);
    }
  }
  for (const { file, id, others } of doubles(repo, keys)) links.diagnostic(duplicate(file, id, others));
  return links.done();
}

/** Records that go by one number: what one says is taken for what the other says. */
function doubles(
  repo: string,
  keys: LinkKeys,
): readonly { readonly file: string; readonly id: NodeId; readonly others: readonly string[] }[] {
  const files = new Map<NodeId, string[]>();
  for (const { repo: at, file, value } of keys.of('adr')) if (at === repo) files.set(value.id, [...(files.get(value.id) ?? []), file]);
  return [...files].flatMap(([id, found]) =>
    found.length < 2 ? [] : found.map((file) => ({ file, id, others: found.filter((other) => other !== file) })),
  );
}

const duplicate = (file: string, id: NodeId, others: readonly string[]) =>
  ({
    code: 'duplicate-adr',
    severity: 'warning',
    message: `${refOf(id)} is also the name of ${others.join(', ')}. Give one of them another number.`,
    file,
    span: { line: 1, col: 1, endLine: 1, endCol: 1 },
  }) as const;

/** Supersession first: whoever replaces a record does not refine it as well. */
const rank = ({ edge }: DemandKey): number => (edge === 'SUPERSEDES' ? 0 : 1);

function stated(
  links: LinkCollector,
  referents: readonly Referent[],
  from: NodeId,
  type: 'VERIFIES' | 'SATISFIES',
  rule: string,
  file: string,
  { line, col }: At,
  ref: string,
): void {
  if (referents.length === 0) links.diagnostic(unknownReference(file, { line, col }, ref));
  for (const { id, confidence } of referents)
    links.edge({ from, type, to: id, tier: 'declared', confidence, rule, sites: [{ line, col, file }] });
}

/**
 * What a demand means: a name in the grammar; else, of "UserService: for …", the service of that name, the class or
 * interface, the package, or the API, in this order; else what the same text would mean in a document.
 */
function demandResolver(
  keys: LinkKeys,
): (demand: Published<DemandKey>) => { readonly referents: readonly Referent[]; readonly rule: string } {
  const known = referentsOf(keys);
  const declared = declaredNamesOf(keys);
  const mention = mentionResolver(keys);
  return ({ repo, file, value: { from, ref, line, col } }) => {
    const named = known.named(repo, ref, from, file);
    if (named.length > 0) return { referents: named, rule: 'named' };
    const name = (/^([^:]{1,100}?)\s*:(?:\s|$)/.exec(ref)?.[1] ?? ref).trim();
    const scheme = parseId(ref)?.scheme;
    if (scheme === name && (SCHEMES as readonly string[]).includes(scheme)) return { referents: [], rule: '' };
    const inGrammar = known.named(repo, name, from, file);
    if (inGrammar.length > 0) return { referents: inGrammar, rule: 'named' };
    const service = known.service(repo, name);
    if (service !== undefined) return { referents: [{ id: service, confidence: 0.95 }], rule: 'service-name' };
    const classes = declared.find(repo, file, name);
    if (classes.length > 0) return { referents: classes, rule: 'declared-name' };
    const own = known.package(repo, name);
    if (own !== undefined) return { referents: [{ id: own, confidence: 0.9 }], rule: 'package-name' };
    const api = known.api(repo, name);
    if (api !== undefined) return { referents: [{ id: api, confidence: 0.7 }], rule: 'api-name' };
    const { referents, rule } = mention({ repo, file, value: { key: 'mention', from, text: name, form: 'code', line, col } });
    return { referents, rule };
  };
}
