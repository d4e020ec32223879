import { readSpec } from '../../specs/read-spec.ts';
import type { StepContext } from '../model.ts';
import type { Saying } from './saying.ts';

/** Whom something belongs to: who says what it is for, and who says how it is done. */
export interface Owners {
  readonly why?: string;
  readonly how?: string;
}

/** The owners that documents name: of a spec in its file, of all else by `OWNED_BY` (policies, CODEOWNERS). */
export async function ownersOf(
  { layer, evidence: { node, file } }: Saying,
  { graph: { reader }, repo }: Pick<StepContext, 'graph' | 'repo'>,
): Promise<Owners> {
  if (layer === 'request') return {};
  const text = layer === 'spec' && /\.ya?ml$/i.test(file) ? (await reader.text(repo, file))?.text : undefined;
  const spec = text === undefined ? undefined : readSpec(text, file).spec;
  const named = await ownerOf(reader, repo, node, file);
  const { name, why, how = named ?? name } = spec?.owner ?? {};
  // Rules are owned for what they are for; decisions and contracts for how things are done.
  if (layer === 'policy') return named === undefined ? {} : { why: named };
  return { ...(why === undefined ? {} : { why }), ...(how === undefined ? {} : { how }) };
}

async function ownerOf(reader: StepContext['graph']['reader'], repo: string, node: string, file: string): Promise<string | undefined> {
  const around = [node, node.replace(/\/[^/]*$/, ''), node.replace(/#.*$/s, ''), `${repo}//doc:${file}`];
  for (const from of new Set(around)) {
    const [edge] = await reader.edges({ from: [from], types: ['OWNED_BY'] }, 1);
    if (edge) return (await reader.get([edge.to])).get(edge.to)?.name;
  }
  return undefined;
}
