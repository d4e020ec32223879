import { slug } from 'github-slugger';
import { entriesOf, itemsOf, memberOf, scalarAt, type Tree, type TreePath } from '../../parse/tree.ts';
import { eachAt } from '../../parse/one-or-many.ts';
import { NativeSpec } from './native-schema.ts';
import { unnamed } from './statement.ts';

const MOST_PROBLEMS = 50;

/** A part of a spec as its file states it, before anything is made of it. */
export interface StatedPart {
  readonly at: TreePath;
  readonly item: unknown;
  readonly text: string;
  /** What people gave it, or what follows from its text; unique in the file unless people gave one twice. */
  readonly id: string;
  readonly isGiven: boolean;
}

export interface StatedNfr extends StatedPart {
  readonly category: string;
}

export interface StatedParts {
  readonly criteria: readonly StatedPart[];
  readonly nfrs: readonly StatedNfr[];
  readonly questions: readonly StatedPart[];
}

/** Criteria, NFRs and questions of a spec, with their ids. Those that say nothing are left out. */
export function statedParts(tree: Tree): StatedParts {
  const spec = tree.value;
  const listed = (key: string): readonly Unnamed[] =>
    itemsOf(memberOf(spec, key)).flatMap((item, index) => statedText(tree, [key, index], item));
  const criteria = listed('acceptance');
  const nfrs = entriesOf(memberOf(spec, 'nfrs')).flatMap(([category, value]) =>
    eachAt(value, ['nfrs', category]).flatMap(([item, at]) => statedText(tree, at, item).map((nfr) => ({ ...nfr, category }))),
  );
  const questions = listed('questions');
  const taken = new Set([...criteria, ...nfrs, ...questions].flatMap(({ given }) => (given === undefined ? [] : [given])));
  const times = new Map<string, number>();
  const named = <P extends Unnamed>({ given, ...part }: P, prefix: string): Omit<P, 'given'> & Pick<StatedPart, 'id' | 'isGiven'> => {
    if (given !== undefined) return { ...part, id: given, isGiven: true };
    let id = unnamed(prefix, part.text);
    for (let time = times.get(id) ?? 2, first = id; taken.has(id); time++) {
      id = unnamed(prefix, `${part.text}\n${time}`);
      times.set(first, time + 1);
    }
    taken.add(id);
    return { ...part, id, isGiven: false };
  };
  return {
    criteria: criteria.map((part) => named(part, 'AC')),
    nfrs: nfrs.map((part) => named(part, `NFR-${slug(part.category) || 'other'}`)),
    questions: questions.map((part) => named(part, 'Q')),
  };
}

interface Unnamed {
  readonly at: TreePath;
  readonly item: unknown;
  readonly text: string;
  readonly given: string | undefined;
}

function statedText(tree: Tree, at: TreePath, item: unknown): readonly Unnamed[] {
  const text = textAt(tree, at, item);
  return text === undefined ? [] : [{ at, item, text, given: scalarAt(tree, [...at, 'id']) }];
}

/** Text of an item of a list: of the scalar, of its `text`, or of the map that YAML made of `k: v`. */
export function textAt(tree: Tree, at: TreePath, item: unknown): string | undefined {
  const text = scalarAt(tree, at) ?? scalarAt(tree, [...at, 'text']);
  if (text !== undefined) return text.trim() === '' ? undefined : text;
  const [[key, value] = [], ...more] = entriesOf(item);
  if (key === undefined || more.length > 0 || (typeof value === 'object' && value !== null)) return undefined;
  return `${key}: ${scalarAt(tree, [...at, key]) ?? ''}`.trim();
}

/** Names under which `about` and `claim` point to a part: by its place, which moves, and by its id, which does not. */
export const pointersTo = ({ at, id }: StatedPart): readonly string[] => [
  `/${at.join('/')}`,
  `/${(typeof at.at(-1) === 'number' ? [...at.slice(0, -1), id] : [...at, id]).join('/')}`,
];

/** What the schema finds wrong with a spec, for people. */
export function invalidPartsOf(tree: Tree): readonly { readonly at: TreePath; readonly message: string }[] {
  return (NativeSpec.safeParse(tree.value).error?.issues ?? []).slice(0, MOST_PROBLEMS).map(({ path, message }) => {
    const at = path.map((segment) => (typeof segment === 'number' ? segment : String(segment)));
    const name = at.length === 0 ? 'The spec' : at.join('.');
    return { at, message: `${name}: ${message}. The rest of the spec is read; see spec.schema.json for what is expected.` };
  });
}
