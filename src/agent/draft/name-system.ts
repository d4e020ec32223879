import { compare } from '../../../graph/model/edge.ts';
import { parseId } from '../../../graph/model/id.ts';
import { groupOf } from '../../../graph/model/chunk.ts';
import { contentOf } from '../citations/content-words.ts';
import { parseSentence } from '../../specs/meaning/sentence.ts';
import type { Spec } from '../../specs/spec.ts';
import type { GroundedThing, Grounding, StepContext } from '../model.ts';
import { homeOf } from './home.ts';

/** What a feature belongs to, as sentences name it. */
export interface NamedSystem {
  readonly name: string;
  /** Its id in the graph; absent where the graph does not know it. */
  readonly id?: string;
  /** The folder of its package, with `/` behind; empty where that is the repository. */
  readonly folder?: string;
}

/** What classes are called that stand for a part of a system, and how well they name it. */
const CLASS: readonly (readonly [RegExp, number])[] = [
  [/Service$/, 1],
  [/(?:Resolver|Gateway|Facade|Router)$/, 0.9],
  [/(?:Controller|Module|Manager)$/, 0.8],
];
/** Classes that serve those who build a system, not those who use it. */
const AROUND = /(?:Seed|Seeder|Migration|Mock|Fake|Stub|Test)(?=[A-Z]|$)/;
/** What sharing a word with what is asked for counts for, beside the score of a thing. */
const SHARED = 0.3;
/** Share of the words of a name that are asked for. */
const LEAST = 0.5;
const MOST_CLASSES = 10_000;

interface Candidate extends NamedSystem {
  readonly score: number;
}

/**
 * The service or class of the graph that a feature belongs to: the nearest that is called after what is asked for. Else the package
 * of the nearest code, else the repository.
 */
export async function nameSystem({ things }: Grounding, about: string, { graph: { reader }, repo }: StepContext): Promise<NamedSystem> {
  const asked = contentOf(about).words;
  const packages = (await reader.find({ kinds: ['Package'], repo }, { limit: 1000 })).flatMap(({ id, name, file }) =>
    file === undefined ? [] : [{ id, name, folder: file.replace(/[^/]*$/, '') }],
  );
  const around = (file: string) =>
    packages
      .filter(({ folder }) => file.startsWith(folder))
      .toSorted((a, b) => b.folder.length - a.folder.length || compare(a.id, b.id))[0];
  const near = things.flatMap((thing): readonly Candidate[] => {
    const { named, id, weight } = systemIn(thing) ?? {};
    if (named === undefined || id === undefined || weight === undefined) return [];
    const { shared, share } = likenessTo(named, asked);
    return share < LEAST
      ? []
      : [{ name: named, id, folder: around(thing.evidence.file)?.folder ?? '', score: thing.score * weight + SHARED * shared }];
  });
  const called = (await reader.find({ kinds: ['Class'], repo }, { limit: MOST_CLASSES })).flatMap(
    ({ id, name, file = '' }): readonly Candidate[] => {
      const weight = CLASS.find(([ending]) => ending.test(name))?.[1];
      const { shared, share } = likenessTo(name, asked);
      return weight === undefined || AROUND.test(name) || share < 1 || groupOf(file) !== 'code'
        ? []
        : [{ name, id, folder: around(file)?.folder ?? '', score: weight * SHARED * shared }];
    },
  );
  const [nearest] = [...near, ...called].toSorted((a, b) => b.score - a.score || compare(a.id ?? '', b.id ?? ''));
  // What answers calls has what is called after the same things do it.
  const base = nearest?.name.replace(/(?:Controller|Resolver|Module)$/, '');
  const best = called.find(({ name }) => name === `${base}Service`) ?? nearest;
  if (best) {
    const { score: _, ...system } = best;
    return system;
  }
  const home = await homeOf(things, around, repo, reader);
  const bare = (name: string): string => {
    const last = name.replace(/^@[^/]+\//, '');
    return NAMELESS.test(last) ? name : last;
  };
  if (home?.service) return { name: home.service.name, id: home.service.id, folder: home.folder };
  if (home) return { name: bare(home.name), folder: home.folder, ...(bare(home.name) === home.name ? { id: home.id } : {}) };
  const id = `${repo}//repo:${repo}`;
  const isKnown = (await reader.get([id])).has(id) && bare(repo) === repo;
  return { name: bare(repo), folder: '', ...(isKnown ? { id } : {}) };
}

/** What the criteria of a spec name already, where the graph has it. */
export async function systemOfSpec({ criteria }: Spec, { graph: { reader }, repo }: StepContext): Promise<NamedSystem | undefined> {
  for (const { text } of criteria) {
    const { system } = parseSentence(text);
    const [node] =
      system === undefined ? [] : await reader.find({ name: system, repo, kinds: ['Class', 'Service', 'Package'] }, { limit: 1 });
    if (system !== undefined && node) return { name: system, id: node.id, folder: '' };
  }
  return undefined;
}

/** What a package is called that its scope alone tells apart. */
const NAMELESS = /^(?:source|src|app|application|api|server|backend|frontend|client|web|root|main|core|lib|service|system)?$/i;

const KIND_OF_PART = contentOf('service resolver gateway facade router controller module manager api server app').words;

/** How many words of a name are asked for, and what share of it they are; `Service` and the like are no words of it. */
function likenessTo(name: string, asked: ReadonlySet<string>): { readonly shared: number; readonly share: number } {
  const words = [...contentOf(name).words].filter((word) => !KIND_OF_PART.has(word));
  const shared = words.filter((word) => asked.has(word)).length;
  return { shared, share: words.length === 0 ? 0 : shared / words.length };
}

function systemIn({
  kind,
  name,
  id,
  role,
}: GroundedThing): { readonly named: string; readonly id: string; readonly weight: number } | undefined {
  if (kind === 'Service') return { named: name, id, weight: 1 };
  if (role !== 'code') return undefined;
  const { descriptor = '' } = parseId(id) ?? {};
  const named = kind === 'Class' ? name : descriptor.includes('.') ? descriptor.slice(0, descriptor.indexOf('.')) : '';
  const weight = CLASS.find(([ending]) => ending.test(named))?.[1];
  if (weight === undefined || AROUND.test(named)) return undefined;
  return { named, id: kind === 'Class' ? id : id.slice(0, id.length - descriptor.length + named.length), weight };
}
