import type { TreePath } from '../../../ingest/parse/tree.ts';
import { parseSentence } from '../../specs/meaning/sentence.ts';
import type { Spec } from '../../specs/spec.ts';
import { meansPeople } from '../parse/people.ts';

/** A sentence of a spec that demands something, which has to say where it comes from. */
export interface Demanded {
  readonly text: string;
  readonly at: TreePath;
  /** The one pointer to it that stays when its list is sorted anew. */
  readonly pointer: string;
  /** All that `claim` may call it. */
  readonly pointers: readonly string[];
  /** The system that has to do it: the name is not part of what is said. */
  readonly names: readonly string[];
}

/** A name as a segment of a JSON pointer (RFC 6901). */
export const segment = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The normative sentences of a spec, in the order of its file. */
export function demandedIn(spec: Spec): readonly Demanded[] {
  const whole = (key: 'description' | 'why', text: string | undefined): readonly Demanded[] =>
    text === undefined || text.trim() === '' ? [] : [{ text, at: [key], pointer: `/${key}`, pointers: [`/${key}`], names: [] }];
  const part = ({
    id,
    text,
    at,
    ears,
  }: {
    readonly id: string;
    readonly text: string;
    readonly at: TreePath;
    readonly ears?: { readonly system?: string };
  }): Demanded => {
    const pointer = `/${[...(typeof at.at(-1) === 'number' ? at.slice(0, -1) : at), id].join('/')}`;
    const pointers = [pointer, `/${at.join('/')}`].flatMap((one) => [one, `${one}/text`]);
    // A person that has to do something is no system: `the user shall`.
    const { system = ears?.system } = parseSentence(text);
    return {
      text,
      at,
      pointer,
      pointers,
      names: system === undefined || (meansPeople(system) && system !== ears?.system && !/[-_./]|[a-z][A-Z]/.test(system)) ? [] : [system],
    };
  };
  return [
    ...whole('description', spec.description),
    ...whole('why', spec.why),
    ...spec.criteria.map(part),
    ...spec.nfrs.map(part),
    ...spec.dependencies.flatMap(({ at, target, reason }): readonly Demanded[] => {
      if (reason === undefined) return [];
      const pointer = `/dependencies/${segment(target)}`;
      return [{ text: reason, at, pointer, pointers: [pointer, `/${at.join('/')}`], names: [] }];
    }),
    ...spec.outOfScope.map((text, index): Demanded => {
      const pointer = `/outOfScope/${index}`;
      return { text, at: ['outOfScope', index], pointer, pointers: [pointer], names: [] };
    }),
  ];
}
