import { compare } from '../../../graph/model/edge.ts';
import type { Node, NodeKind } from '../../../graph/model/node.ts';
import { findAll } from '../../../graph/query/find-all.ts';
import { git } from '../../diff/git.ts';
import { baseOf } from '../decompose/repo-files.ts';
import type { StepContext } from '../model.ts';
import type { ChangedLines } from './changed-lines.ts';
import type { TakenDecision } from './feedback.ts';
import { quoteLine } from './quote-line.ts';

/** Things of which it is a decision to have them. */
const KIND: Partial<Readonly<Record<NodeKind, TakenDecision['kind']>>> = {
  Operation: 'operation',
  Channel: 'event',
  Table: 'table',
  Column: 'column',
  ConfigKey: 'config',
  HttpCall: 'call',
  Service: 'service',
  Resource: 'resource',
  Adr: 'decision-record',
};
/** Of one name all over a system: another line that names it is no decision. */
const SHARED: ReadonlySet<TakenDecision['kind']> = new Set(['dependency', 'config', 'table', 'event', 'service', 'resource']);

/**
 * The decisions that are in a diff: new dependencies, operations, events, tables, columns, configuration, calls of others' systems, services,
 * resources and decision records, each by the line that brought it. `planned` are ids of what the hand-off planned.
 */
export async function takenDecisions(
  changed: ReadonlyMap<string, ChangedLines>,
  since: string,
  planned: ReadonlySet<string>,
  { graph: { reader }, repo, root }: StepContext,
): Promise<readonly TakenDecision[]> {
  const documents = await documentsOf({ reader, repo });
  const found: (TakenDecision & { readonly id: string })[] = [];
  for (const [path, { added, removed }] of [...changed].toSorted(([a], [b]) => compare(a, b))) {
    const stored = await reader.text(repo, path);
    if (!stored) continue;
    const candidates: { readonly kind: TakenDecision['kind']; readonly id: string; readonly name: string; readonly line: number }[] = [];
    for (const node of await findAll(reader, { repo, file: path })) {
      const kind = KIND[node.kind];
      if (kind !== undefined && node.span) candidates.push({ kind, id: node.id, name: node.name, line: node.span.line });
      if (node.kind === 'Package')
        for (const { to, sites } of await reader.edges({ from: [node.id], types: ['DEPENDS_ON'] }, 10_000))
          if (sites[0]) candidates.push({ kind: 'dependency', id: to, name: to.slice(to.lastIndexOf(':') + 1), line: sites[0].line });
      for (const { to, sites } of await reader.edges({ from: [node.id], types: ['READS_CONFIG'] }, 1000))
        if (sites[0]) candidates.push({ kind: 'config', id: to, name: to.slice(to.lastIndexOf(':') + 1), line: sites[0].line });
    }
    candidates.sort((a, b) => a.line - b.line || compare(a.id, b.id));
    for (const { kind, id, name, line } of candidates) {
      const evidence = quoteLine(id, path, stored.text, line, stored.commit);
      if (!added.has(line) || removed.has(evidence.quote) || found.some((one) => one.id === id)) continue;
      if (SHARED.has(kind) && (await wasNamed(root, since, name, kind === 'dependency' ? baseOf(path) : undefined))) continue;
      const documentedBy =
        kind === 'decision-record' ? id : planned.has(id) ? 'hand-off' : documents.find((one) => one.names(id, name))?.id;
      found.push({ id, kind, name, ...(documentedBy === undefined ? {} : { documentedBy }), evidence });
    }
  }
  return withoutParts(found).map(({ id: _id, ...decision }) => decision);
}

/** A new table brings its columns, a new service the image that it is: one decision. */
function withoutParts<T extends Pick<TakenDecision, 'kind' | 'name'> & { readonly id: string }>(found: readonly T[]): readonly T[] {
  const tables = found.filter(({ kind }) => kind === 'table').map(({ id }) => id);
  const services = new Set(found.filter(({ kind }) => kind === 'service').map(({ name }) => name));
  return found.filter(({ id, kind, name }) =>
    kind === 'column' ? !tables.some((table) => id.startsWith(`${table}.`)) : kind !== 'resource' || !services.has(name),
  );
}

/** Whether a name stood anywhere in the system then; of a dependency, in a manifest. What was only written about was not there yet. */
const wasNamed = (root: string, since: string, name: string, manifest?: string): Promise<boolean> =>
  git(root, [
    ...['grep', '--quiet', '--fixed-strings', '--word-regexp', '-e', name, since, '--'],
    ...(manifest === undefined ? [':(exclude)*.md', ':(exclude)*.spec.y*ml', ':(exclude)*lock*'] : [`:(glob)**/${manifest}`]),
  ]).then(
    () => true,
    () => false, // none, by its exit code
  );

interface Written {
  readonly id: string;
  names(id: string, name: string): boolean;
}

/** Decisions and specs, by what they are about: what the graph links them to, or the words of their file. */
async function documentsOf({
  reader,
  repo,
}: Pick<StepContext, 'repo'> & Pick<StepContext['graph'], 'reader'>): Promise<readonly Written[]> {
  const written: Written[] = [];
  for (const node of await findAll(reader, { kinds: ['Adr', 'Spec'], repo })) {
    const text = node.file === undefined ? '' : ((await reader.text(repo, node.file))?.text ?? '');
    const ids = [node.id, ...(node.kind === 'Spec' ? await partsOf(node, reader) : [])];
    const edges = await reader.edges({ from: ids, types: ['MENTIONS', 'SPECIFIES', 'DEPENDS_ON', 'GOVERNS', 'DECIDES'] }, 10_000);
    const linked = new Set(edges.map(({ to }) => to));
    written.push({ id: node.id, names: (id, name) => linked.has(id) || hasWord(text, name) });
  }
  return written;
}

const partsOf = async ({ id }: Node, reader: StepContext['graph']['reader']): Promise<readonly string[]> =>
  (await reader.edges({ from: [id], types: ['CONTAINS'] }, 10_000)).map(({ to }) => to);

/** Shorter names are words of any text. */
const SHORTEST = 3;

/** A name that is a word of the language, too, is meant only in a heading, or as code. */
function hasWord(text: string, name: string): boolean {
  if (name.length < SHORTEST) return false;
  if (/^[a-z]+$/.test(name))
    return text.includes(`\`${name}\``) || text.split('\n').some((row) => row.startsWith('#') && stands(row, name));
  return stands(text, name);
}

function stands(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[\w-]/.test(text[at - 1] ?? ' ') && !/[\w-]/.test(text[at + name.length] ?? ' ')) return true;
  return false;
}
