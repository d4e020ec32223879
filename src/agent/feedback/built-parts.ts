import { z } from 'zod';
import type { Node, NodeKind } from '../../../graph/model/node.ts';
import { refOf } from '../../../graph/model/id.ts';
import type { SourceFormat } from '../../../ingest/file-worker.ts';
import { asyncapi } from '../../../ingest/workers/asyncapi/asyncapi.ts';
import { composeFormat } from '../../../ingest/workers/compose.ts';
import { sqlFormat } from '../../../ingest/workers/sql/sql.ts';
import { terraformFormat } from '../../../ingest/workers/terraform.ts';
import type { StepContext } from '../model.ts';
import type { BuiltPart, CriterionBinding } from './feedback.ts';
import type { SpecThread } from './pack-of-spec.ts';
import { quoteLine } from './quote-line.ts';

const FORMATS: readonly SourceFormat[] = [asyncapi, composeFormat, sqlFormat, terraformFormat];
const KIND: Partial<Readonly<Record<NodeKind, BuiltPart['kind']>>> = {
  Channel: 'event',
  Service: 'service',
  Resource: 'resource',
  ConfigKey: 'config',
  Table: 'table',
};

/** What became of the events, services, resources, configuration and tables of a hand-off. Its files are read as the system's are. */
export async function builtParts(
  { pack, packFolder }: SpecThread,
  { graph: { reader }, repo }: StepContext,
): Promise<readonly BuiltPart[]> {
  const built = new Map<string, BuiltPart>();
  for (const [path, text] of pack) {
    const format = FORMATS.find((one) => one.claims(path) && (one.recognises?.(text, path) ?? true));
    if (!format) continue;
    const { nodes } = await format.read({ repo, path, text, other: (other) => pack.get(other) });
    for (const node of nodes) {
      const kind = KIND[node.kind];
      if (kind === undefined || built.has(node.id)) continue;
      const plan = quoteLine(`hand-off:${refOf(node.id)}`, `${packFolder}/${path}`, text, node.span?.line ?? 1);
      const actual = (await reader.get([node.id])).get(node.id) ?? (await sameImage(node, { reader, repo }));
      const stored = actual?.file === undefined ? undefined : await reader.text(repo, actual.file);
      built.set(node.id, {
        kind,
        name: node.name,
        state: !actual ? 'missing' : actual.id === node.id ? 'there' : 'different',
        differences: actual && actual.id !== node.id ? [`is called ${actual.name}`] : [],
        covers: [],
        evidence: [
          plan,
          ...(actual?.file !== undefined && stored
            ? [quoteLine(actual.id, actual.file, stored.text, actual.span?.line ?? 1, stored.commit)]
            : []),
        ],
      });
    }
  }
  return [...built.values()];
}

/** What runs the same program under another name. */
async function sameImage(
  planned: Node,
  { reader, repo }: Pick<StepContext, 'repo'> & Pick<StepContext['graph'], 'reader'>,
): Promise<Node | undefined> {
  const image = imageOf(planned);
  if (image === undefined) return undefined;
  const known = await reader.find({ kinds: ['Service', 'Resource'], repo }, { limit: 10_000 });
  return known.find((node) => imageOf(node) === image);
}

const imageOf = (node: Node): string | undefined =>
  node.kind === 'Service' || node.kind === 'Resource' ? /([^/:@]+)(?::[^/]*)?(?:@.*)?$/.exec(node.props.image ?? '')?.[1] : undefined;

const Tasks = z.object({
  tasks: z.array(
    z.object({
      id: z.string(),
      covers: z.array(z.string()),
      ownedFiles: z.array(z.object({ path: z.string(), isNew: z.boolean(), reason: z.string() })),
    }),
  ),
});

/** What became of the files that tasks wanted to be written. `isThere` says what is in the work tree. */
export async function builtFiles(
  { pack, packFolder }: SpecThread,
  criteria: readonly CriterionBinding[],
  isThere: (path: string) => Promise<boolean>,
): Promise<readonly BuiltPart[]> {
  const text = pack.get('tasks.json');
  const parsed = text === undefined ? undefined : Tasks.safeParse(parseJson(text)).data;
  if (text === undefined || !parsed) return [];
  const bound = new Set(criteria.filter(({ level }) => level === 'L1').map(({ id }) => id));
  const asked = new Set(criteria.filter(({ otherwise }) => otherwise === undefined).map(({ id }) => id));
  const built: BuiltPart[] = [];
  for (const { covers, ownedFiles } of parsed.tasks)
    for (const { path, isNew } of ownedFiles) {
      if (!isNew) continue;
      const line = text.slice(0, Math.max(0, text.indexOf(JSON.stringify(path)))).split('\n').length;
      const isDone = covers.filter((id) => asked.has(id)).every((id) => bound.has(id));
      built.push({
        kind: 'file',
        name: path,
        state: (await isThere(path)) ? 'there' : isDone ? 'elsewhere' : 'missing',
        differences: [],
        covers,
        evidence: [quoteLine(`hand-off:${path}`, `${packFolder}/tasks.json`, text, line)],
      });
    }
  return built;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // somebody edited the pack: what cannot be read is planned no more
  }
}
