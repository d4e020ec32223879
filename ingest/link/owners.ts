import ignore from 'ignore';
import { compare, type Edge } from '../../graph/model/edge.ts';
import { documentId, parseId, type NodeId } from '../../graph/model/id.ts';
import type { LinkKeys, OwnersKey, Published } from '../keys.ts';
import type { Linker, Links } from './linker.ts';

/** Modules, packages, services, contracts, tables and documents, and the teams that CODEOWNERS gives their files to. */
export const ownersLinker: Linker = { name: 'owners', link };

/** The one that counts where there are several, as GitHub has it. */
const PRECEDENCE = ['.github/CODEOWNERS', '.gitlab/CODEOWNERS', '.bitbucket/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

function link(repo: string, keys: LinkKeys): Links {
  const packages = new Set(keys.of('package').flatMap((key) => (key.repo === repo ? [`${key.value.folder}/`] : [])));
  const all = keys
    .of('owners')
    .filter((key) => key.repo === repo)
    .map((owners) => ({ owners, folder: folderOf(owners.file), place: PRECEDENCE.indexOf(placeOf(owners.file)) }))
    // In a folder that is no project, no host would look for it.
    .filter(({ folder }) => folder === '' || packages.has(folder))
    // The project that a file stands in before those around it.
    .sort((a, b) => b.folder.length - a.folder.length || a.place - b.place);
  const projects = [...new Map(all.toReversed().map((each) => [each.folder, each])).values()]
    .sort((a, b) => b.folder.length - a.folder.length)
    .map(({ owners, folder }) => ({ owners, folder, ownerOf: ruleFinder(owners) }));
  const edges: Edge[] = [];
  for (const [id, path] of ownable(repo, keys))
    for (const { owners, folder, ownerOf } of projects) {
      const rule = path.startsWith(folder) ? ownerOf(path.slice(folder.length)) : undefined;
      if (!rule) continue;
      for (const team of new Set(rule.teams))
        edges.push({
          from: id,
          type: 'OWNED_BY',
          to: team,
          tier: 'declared',
          confidence: 1,
          rule: 'codeowners',
          sites: [{ line: rule.line, col: rule.col, file: owners.file }],
        });
      break;
    }
  return { nodes: [], edges };
}

/** `.github/CODEOWNERS` of `shop/.github/CODEOWNERS`. */
const placeOf = (file: string): string => /(?:(?:^|(?<=\/))(?:\.github|\.gitlab|\.bitbucket|docs)\/)?CODEOWNERS$/.exec(file)?.[0] ?? file;

/** The folder of the project that a file of owners is for, with a slash at the end; empty for the repository. */
const folderOf = (file: string): string => file.slice(0, file.length - placeOf(file).length);

/** What can have an owner, by the file or folder (`…/`) that says whose it is. The first key to name a thing decides. */
function ownable(repo: string, keys: LinkKeys): ReadonlyMap<NodeId, string> {
  const paths = new Map<NodeId, string>();
  const add = (key: Published<never> | { readonly repo: string }, id: NodeId | undefined, path: string): void => {
    if (key.repo === repo && id !== undefined && !paths.has(id)) paths.set(id, path);
  };
  for (const key of keys.of('declares')) add(key, key.value.module, key.file);
  for (const key of keys.of('package')) add(key, key.value.id, key.file);
  for (const key of keys.of('service').toSorted((a, b) => Number(b.value.folder !== undefined) - Number(a.value.folder !== undefined)))
    add(key, key.value.id, key.value.folder ? `${key.value.folder}/` : key.file);
  for (const key of keys.of('image')) add(key, key.value.id, key.file);
  for (const key of keys.of('operation')) add(key, key.value.api, key.file);
  for (const key of keys.of('channel')) add(key, key.value.api, key.file);
  for (const key of keys.of('table')) add(key, key.value.id, key.file);
  for (const kind of ['mention', 'demand'] as const)
    for (const key of keys.of(kind)) if (parseId(key.value.from)?.scheme === 'doc') add(key, documentId(repo, key.file), key.file);
  for (const key of keys.of('adr')) add(key, key.value.id, key.file);
  return new Map([...paths].sort(([a], [b]) => compare(a, b)));
}

type Rule = OwnersKey['rules'][number];

/** The last rule that matches a path; its owners may be none. */
function ruleFinder({ value: { rules } }: Published<OwnersKey>): (path: string) => Rule | undefined {
  const matchers = rules.map((rule) => ({ rule, matches: matcherOf(rule.pattern) })).reverse();
  return (path) => matchers.find(({ matches }) => matches(path))?.rule;
}

/** Patterns are those of gitignore, without negation and ranges; and `docs/*` does not reach into folders. */
function matcherOf(pattern: string): (path: string) => boolean {
  const written = pattern.replaceAll('[', String.raw`\[`).replaceAll(']', String.raw`\]`);
  const rules = ignore({ ignorecase: false, allowRelativePaths: true }).add(written);
  const covers = (path: string): boolean => rules.ignores(path);
  if (!/[^*]\*$/.test(pattern) || !pattern.includes('/')) return covers;
  return (path) => {
    const bare = path.replace(/\/$/, '');
    const folder = bare.slice(0, bare.lastIndexOf('/') + 1);
    return covers(path) && (folder === '' || !covers(folder));
  };
}
