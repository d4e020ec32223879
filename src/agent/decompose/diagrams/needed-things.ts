import { compare } from '../../../../graph/model/edge.ts';
import type { NodeKind } from '../../../../graph/model/node.ts';
import { thingsNamed } from '../../../../graph/query/named-things.ts';
import type { Spec } from '../../../specs/spec.ts';
import type { Grounding, StepContext } from '../../model.ts';

/** What a spec says that its feature needs. */
export interface Need {
  /** Of the thing in the graph; undefined where there is none yet. */
  readonly id?: string;
  readonly name: string;
}

const KINDS: readonly NodeKind[] = ['Service', 'Class', 'Interface', 'Function', 'Table', 'Api'];

/** The dependencies of a spec as things of the graph: as the request was grounded, by their names in the grammar, by bare names. */
export async function neededThings(
  { dependencies }: Pick<Spec, 'dependencies'>,
  { things }: Grounding,
  { graph: { reader }, repo }: StepContext,
): Promise<readonly Need[]> {
  return Promise.all(
    dependencies.map(async ({ target }): Promise<Need> => {
      const bare = target.replace(/^\w+:/, '');
      const grounded = things.find(({ id, name }) => id === target || id.endsWith(`//${target}`) || name === bare);
      if (grounded) return { id: grounded.id, name: grounded.name };
      const named = await thingsNamed(reader, /^\w+:/.test(target) ? target : `svc:${target}`);
      const found = named.length > 0 ? named : await reader.find({ repo, name: bare, kinds: KINDS }, { limit: 10 });
      const [first] = [...found].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compare(a.id, b.id));
      return first ? { id: first.id, name: first.name } : { name: target };
    }),
  );
}
