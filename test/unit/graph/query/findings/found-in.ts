import type { Node, NodeKind } from '../../../../../graph/model/node.ts';
import { findingsOf } from '../../../../../graph/query/findings/find.ts';
import type { Finding } from '../../../../../graph/query/findings/finding.ts';
import type { GraphReader, StoredDiagnostic } from '../../../../../graph/store/store.ts';
import { snapshotOf } from '../../snapshot/snapshots.ts';
import { sceneOf, type Arrow } from '../scene.ts';

export type { Arrow } from '../scene.ts';
export type Props = Readonly<Record<string, object>>;

/** All findings in a graph that consists of what some arrows name; `files` are those of nodes that their ids do not tell. */
export async function findingsIn(
  arrows: readonly Arrow[],
  props: Props = {},
  diagnostics: readonly StoredDiagnostic[] = [],
  files: Readonly<Record<string, string>> = {},
): Promise<readonly Finding[]> {
  const scene = sceneOf(arrows, props);
  const nodes = scene.nodes.map((node): Node => {
    const file = files[short(node.id)];
    return file === undefined ? node : { ...node, file };
  });
  const reader = {
    find: async ({ kinds }: { readonly kinds: readonly NodeKind[] }): Promise<readonly Node[]> =>
      nodes.filter(({ kind }) => kinds.includes(kind)),
    diagnostics: async () => diagnostics,
  } as unknown as GraphReader;
  return findingsOf(reader, await snapshotOf(nodes, scene.edges));
}

/** The same as `code id`, ids without the repository. */
export const foundIn = async (...scene: Parameters<typeof findingsIn>): Promise<readonly string[]> =>
  (await findingsIn(...scene)).map(({ code, id }) => `${code} ${short(id)}`);

const short = (id: string): string => id.replace('shop//', '');
