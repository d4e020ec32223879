import { compare } from '../../../graph/model/edge.ts';
import { parseId } from '../../../graph/model/id.ts';
import { contentOf } from '../citations/content-words.ts';
import type { GroundedThing, Grounding, StepContext } from '../model.ts';

/** What a feature belongs to, as sentences name it. */
export interface NamedSystem {
  readonly name: string;
  /** Its id in the graph; absent where the graph does not know it. */
  readonly id?: string;
  /** The folder of its package, with `/` behind; empty where that is the repository. */
  readonly folder?: string;
}

/** What classes are called that do something for others, and how well that names a part of a system. */
const CLASS: readonly (readonly [RegExp, number])[] = [
  [/Service$/, 1],
  [/(?:Controller|Resolver|Router|Gateway|Module|Manager|Facade)$/, 0.9],
  [/(?:Handler|UseCase|Interactor|Processor|Worker|Job|Repository|Client|Provider)$/, 0.7],
];

/**
 * The service or class of the graph that a feature belongs to: the nearest that shares a word with what is asked for. Else the package
 * of the nearest code, else the repository.
 */
export async function nameSystem({ things }: Grounding, about: string, { graph: { reader }, repo }: StepContext): Promise<NamedSystem> {
  const asked = contentOf(about).words;
  const packages = (await reader.find({ kinds: ['Package'], repo }, { limit: 1000 })).flatMap(({ id, name, file }) =>
    file === undefined ? [] : [{ id, name, folder: file.replace(/[^/]*$/, '') }],
  );
  const around = (file: string) =>
    packages.filter(({ folder }) => file.startsWith(folder)).toSorted((a, b) => b.folder.length - a.folder.length || compare(a.id, b.id))[0];
  const candidates = things.flatMap((thing): readonly (NamedSystem & { readonly score: number })[] => {
    const { named, id, weight } = systemIn(thing) ?? {};
    if (named === undefined || id === undefined || weight === undefined) return [];
    const shared = [...contentOf(named).words].filter((word) => asked.has(word)).length;
    if (shared === 0) return [];
    return [{ name: named, id, folder: around(thing.evidence.file)?.folder ?? '', score: thing.score * weight + 0.3 * shared }];
  });
  const [best] = candidates.toSorted((a, b) => b.score - a.score || compare(a.id ?? '', b.id ?? ''));
  if (best) return { name: best.name, ...(best.id === undefined ? {} : { id: best.id }), ...(best.folder === undefined ? {} : { folder: best.folder }) };
  const code = things.find(({ role }) => role === 'code' || role === 'operation' || role === 'entity');
  const home = code && around(code.evidence.file);
  const bare = (name: string): string => name.replace(/^@[^/]+\//, '') || name;
  if (home) return { name: bare(home.name), folder: home.folder, ...(bare(home.name) === home.name ? { id: home.id } : {}) };
  const id = `${repo}//repo:${repo}`;
  const isKnown = (await reader.get([id])).has(id) && bare(repo) === repo;
  return { name: bare(repo), folder: '', ...(isKnown ? { id } : {}) };
}

function systemIn({ kind, name, id, role }: GroundedThing): { readonly named: string; readonly id: string; readonly weight: number } | undefined {
  if (kind === 'Service') return { named: name, id, weight: 1 };
  if (role !== 'code') return undefined;
  const { descriptor = '' } = parseId(id) ?? {};
  const named = kind === 'Class' ? name : descriptor.includes('.') ? descriptor.slice(0, descriptor.indexOf('.')) : '';
  const weight = CLASS.find(([ending]) => ending.test(named))?.[1];
  if (weight === undefined) return undefined;
  return { named, id: kind === 'Class' ? id : id.slice(0, id.length - descriptor.length + named.length), weight };
}
