import { columnId, configKeyId, declarationId, fieldId, parseId, simpleName, type NodeId } from '../../graph/model/id.ts';
import { scopeOf, withinScope } from '../../graph/model/scope.ts';
import type { GovernsKey, LinkKeys, Published } from '../keys.ts';
import { endpointsOf } from './endpoints.ts';
import { globMatcher, nameMatcher } from './glob.ts';
import type { Linker, Links } from './linker.ts';
import { createLinks } from './links.ts';
import { referentsOf, type Referent } from './referents.ts';
import { mentionResolver } from './resolve-mention.ts';
import { unknownReference } from './unknown-reference.ts';

/** What decisions and policies bind: what their selectors select, and what the text of a decision in force names. */
export const governsLinker: Linker = { name: 'governs', link };

/** Things that one selector may select: a policy on everything is about nothing in particular. */
const MOST = 2000;
const BY_REF = 1;
const BY_PATH = 0.9;
const BY_NAME = 0.7;
const BY_TEXT = 0.6;

function link(repo: string, keys: LinkKeys): Links {
  const links = createLinks();
  const select = selector(repo, keys);
  for (const key of keys.of('governs')) {
    if (key.repo !== repo) continue;
    const { from, line, col } = key.value;
    const { referents, rule, missing } = select(key);
    const sites = [{ line, col, file: key.file }];
    for (const ref of missing ?? []) links.diagnostic(unknownReference(key.file, key.value, ref));
    for (const { id, confidence } of referents.slice(0, MOST))
      links.edge({ from, type: 'GOVERNS', to: id, tier: 'declared', confidence, rule, sites });
  }
  const resolve = mentionResolver(keys);
  for (const mention of keys.of('mention')) {
    if (mention.repo !== repo || !mention.value.governs) continue;
    const { referents, rule } = resolve(mention);
    const { from, line, col } = mention.value;
    for (const { id } of referents.filter(({ confidence }) => confidence >= BY_TEXT))
      if (isGovernable(id))
        links.edge({
          from,
          type: 'GOVERNS',
          to: id,
          tier: 'text',
          confidence: BY_TEXT,
          rule: rule.replace('mention', 'governs'),
          sites: [{ line, col, file: mention.file }],
        });
  }
  return links.done();
}

/** Texts are not governed, nor is what others publish. */
const isGovernable = (id: NodeId): boolean =>
  !['doc', 'adr', 'policy', 'spec', 'ticket', 'npm', 'team'].includes(parseId(id)?.scheme ?? '');

interface Selected {
  readonly referents: readonly Referent[];
  readonly rule: string;
  /** References without a wildcard that name nothing. */
  readonly missing?: readonly string[];
}

/**
 * All parts of a selector must hold; within one, any. Without refs, names or paths, `kinds` alone select. What is not
 * named by a ref is looked for in the package that the selector stands in, paths being read from there or from the root.
 */
function selector(repo: string, keys: LinkKeys): (key: Published<GovernsKey>) => Selected {
  const known = referentsOf(keys);
  const own = [...known.things].filter(([, thing]) => thing.repo === repo);
  const declared = keys.of('declares').filter((key) => key.repo === repo);
  const files = filesOf(repo, keys);
  const packages = keys.of('package').flatMap((key) => (key.repo === repo ? [key.value.folder] : []));

  const byRefs = (refs: readonly string[]): readonly Referent[] =>
    refs.flatMap((ref) => {
      if (!ref.includes('*')) return known.named(repo, ref);
      const fits = nameMatcher(ref.startsWith(`${repo}//`) ? ref : `${repo}//${ref}`);
      return [...own.map(([id]) => id), ...known.modules(repo).map((path) => known.file(repo, path)!)]
        .filter(fits)
        .map((id) => ({ id, confidence: BY_REF }));
    });
  const placeIn = (scope: string, paths: readonly string[] | undefined): ((file: string) => boolean) => {
    const fit = paths?.map(globMatcher);
    return (file) => {
      const path = withinScope(file, scope);
      return path !== undefined && (fit === undefined || fit.some((fits) => fits(path) || fits(file)));
    };
  };
  const byPaths = (isAt: (file: string) => boolean): readonly Referent[] =>
    known
      .modules(repo)
      .filter(isAt)
      .map((module) => ({ id: known.file(repo, module)!, confidence: BY_PATH }));
  const byNames = (
    names: readonly string[] | undefined,
    kinds: readonly string[] | undefined,
    isAt: (file: string) => boolean,
  ): readonly Referent[] => {
    const fit = names?.map(nameMatcher);
    const isNamed = (name: string): boolean => fit === undefined || fit.some((fits) => fits(name) || fits(simpleName(name)));
    const confidence = names === undefined ? BY_PATH : BY_NAME;
    const things = own.filter(
      ([id, { kind, name }]) => (kinds === undefined || kinds.includes(kind)) && isNamed(name) && files.get(id)?.some(isAt),
    );
    const isDeclared = kinds === undefined || kinds.some((kind) => DECLARED.has(kind));
    const declarations = isDeclared && names !== undefined ? declared : [];
    return [
      ...things.map(([id]) => ({ id, confidence })),
      ...declarations.flatMap(({ value }) => {
        const path = parseId(value.module)?.path ?? '';
        return value.test || !isAt(path)
          ? []
          : value.exported.filter(isNamed).map((name) => ({ id: declarationId(repo, path, name), confidence }));
      }),
    ];
  };

  return ({ file, value: { refs, paths, names, kinds } }) => {
    if (refs !== undefined) {
      const isKind = (id: NodeId): boolean => kinds === undefined || kinds.includes(known.things.get(id)?.kind ?? kinds[0]!);
      return {
        referents: byRefs(refs).filter(({ id }) => isKind(id)),
        rule: 'governs-ref',
        missing: refs.filter((ref) => !ref.includes('*') && known.named(repo, ref).length === 0),
      };
    }
    const isAt = placeIn(scopeOf(file, packages, known.modules(repo)), paths);
    if (names === undefined && (kinds === undefined || kinds.includes('Module')) && paths !== undefined)
      return { referents: byPaths(isAt), rule: 'governs-path' };
    if (names === undefined && kinds === undefined) return { referents: [], rule: '' };
    return { referents: byNames(names, kinds, isAt), rule: names === undefined ? 'governs-kind' : 'governs-name' };
  };
}

/** Kinds that keys do not tell apart: what a name is declared as. */
const DECLARED = new Set(['Function', 'Method', 'Class', 'Interface', 'TypeAlias', 'Enum', 'Variable', 'Property', 'Namespace']);

/** Files in which things that selectors select are stated. */
function filesOf(repo: string, keys: LinkKeys): ReadonlyMap<NodeId, readonly string[]> {
  const files = new Map<NodeId, string[]>();
  const add = (id: NodeId, file: string): void => {
    const known = files.get(id);
    if (known) known.push(file);
    else files.set(id, [file]);
  };
  for (const kind of ['operation', 'channel', 'table', 'service', 'package'] as const)
    for (const { repo: at, file, value } of keys.of(kind)) {
      if (at !== repo) continue;
      add(value.id, file);
      if (value.key === 'operation') for (const field of value.fields) add(fieldId(value.id, field), file);
      if (value.key === 'operation') add(value.api, file);
      if (value.key === 'channel') for (const field of value.fields) add(`${value.id} payload.${field}`, file);
      if (value.key === 'table') for (const column of value.columns) add(columnId(repo, value.name, column), file);
    }
  for (const key of [...keys.of('config'), ...keys.of('environment')])
    if (key.repo === repo && key.value.name !== undefined) add(configKeyId(repo, key.value.name), key.file);
  for (const { id, repo: at, routes } of endpointsOf(keys)) if (at === repo) for (const { file } of routes) add(id, file);
  return files;
}
