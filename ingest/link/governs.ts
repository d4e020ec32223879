import { declarationId, parseId, simpleName, type NodeId } from '../../graph/model/id.ts';
import type { At, GovernsKey, LinkKeys, Published } from '../keys.ts';
import { globMatcher, nameMatcher } from './glob.ts';
import type { Linker, Links } from './linker.ts';
import { createLinks } from './links.ts';
import { referentsOf, type Referent } from './referents.ts';
import { mentionResolver } from './resolve-mention.ts';

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
    for (const ref of missing ?? []) links.diagnostic(unknown(key.file, key.value, ref));
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

const unknown = (file: string, { line, col }: At, ref: string) =>
  ({
    code: 'unknown-reference',
    severity: 'warning',
    message: `${ref} names nothing in the graph. Correct the name (docs/reference/names.md), or add what it names.`,
    file,
    span: { line, col, endLine: line, endCol: col + ref.length },
  }) as const;

/** Texts are not governed, nor is what others publish. */
const isGovernable = (id: NodeId): boolean =>
  !['doc', 'adr', 'policy', 'spec', 'ticket', 'npm', 'team'].includes(parseId(id)?.scheme ?? '');

interface Selected {
  readonly referents: readonly Referent[];
  readonly rule: string;
  /** References without a wildcard that name nothing. */
  readonly missing?: readonly string[];
}

/** All parts of a selector must hold; within one, any. Without refs, names or paths, `kinds` alone select. */
function selector(repo: string, keys: LinkKeys): (key: Published<GovernsKey>) => Selected {
  const known = referentsOf(keys);
  const own = [...known.things].filter(([, thing]) => thing.repo === repo);
  const declared = keys.of('declares').filter((key) => key.repo === repo);
  const files = fileOf(repo, keys);

  const byRefs = (refs: readonly string[]): readonly Referent[] =>
    refs.flatMap((ref) => {
      if (!ref.includes('*')) return known.named(repo, ref);
      const fits = nameMatcher(ref.startsWith(`${repo}//`) ? ref : `${repo}//${ref}`);
      return [...own.map(([id]) => id), ...known.modules(repo).map((path) => known.file(repo, path)!)]
        .filter(fits)
        .map((id) => ({ id, confidence: BY_REF }));
    });
  const byPaths = (paths: readonly string[]): readonly Referent[] => {
    const fit = paths.map(globMatcher);
    return known
      .modules(repo)
      .filter((module) => fit.some((fits) => fits(module)))
      .map((module) => ({ id: known.file(repo, module)!, confidence: BY_PATH }));
  };
  const byNames = (
    names: readonly string[] | undefined,
    kinds: readonly string[] | undefined,
    paths: readonly string[] | undefined,
  ): readonly Referent[] => {
    const fit = names?.map(nameMatcher);
    const inPath = paths?.map(globMatcher);
    const isNamed = (name: string): boolean => fit === undefined || fit.some((fits) => fits(name) || fits(simpleName(name)));
    const isAt = (file: string | undefined): boolean => inPath === undefined || (file !== undefined && inPath.some((fits) => fits(file)));
    const confidence = names === undefined ? BY_PATH : BY_NAME;
    const things = own.filter(
      ([id, { kind, name }]) => (kinds === undefined || kinds.includes(kind)) && isNamed(name) && isAt(files.get(id)),
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

  return ({ value: { refs, paths, names, kinds } }) => {
    if (refs !== undefined) {
      const isKind = (id: NodeId): boolean => kinds === undefined || kinds.includes(known.things.get(id)?.kind ?? kinds[0]!);
      return {
        referents: byRefs(refs).filter(({ id }) => isKind(id)),
        rule: 'governs-ref',
        missing: refs.filter((ref) => !ref.includes('*') && known.named(repo, ref).length === 0),
      };
    }
    if (names === undefined && (kinds === undefined || kinds.includes('Module')) && paths !== undefined)
      return { referents: byPaths(paths), rule: 'governs-path' };
    if (names === undefined && kinds === undefined) return { referents: [], rule: '' };
    return { referents: byNames(names, kinds, paths), rule: names === undefined ? 'governs-kind' : 'governs-name' };
  };
}

/** Kinds that keys do not tell apart: what a name is declared as. */
const DECLARED = new Set(['Function', 'Method', 'Class', 'Interface', 'TypeAlias', 'Enum', 'Variable', 'Property', 'Namespace']);

/** Files of things that have one. */
function fileOf(repo: string, keys: LinkKeys): ReadonlyMap<NodeId, string> {
  const files = new Map<NodeId, string>();
  for (const kind of ['operation', 'channel', 'table', 'service', 'package'] as const)
    for (const key of keys.of(kind)) if (key.repo === repo && !files.has(key.value.id)) files.set(key.value.id, key.file);
  return files;
}
