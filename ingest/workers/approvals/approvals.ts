import type { Edge } from '../../../graph/model/edge.ts';
import { approvalId, specId, type NodeId } from '../../../graph/model/id.ts';
import type { Node, NodeOf } from '../../../graph/model/node.ts';
import type { Diagnostic, Span } from '../../../graph/model/provenance.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import { docProps } from '../../parse/doc-text.ts';
import { readTrees, scalarAt } from '../../parse/tree.ts';
import { ApprovalEntry, readRows } from './approval-log.ts';

const LOG = /\.approvals\.jsonl$/i;
/** One line that was altered makes all that follow wrong. */
const MOST_PROBLEMS = 50;

/** Decisions about specs: the logs beside them. What of a log cannot be relied on is told, and states nothing. */
export const approvalsFormat: SourceFormat = { name: 'approvals', version: 1, claims: (path) => LOG.test(path), read };

function read(source: Source): SourceFacts {
  const { repo, path, text } = source;
  const diagnostics: Diagnostic[] = [];
  const tell = (code: string, message: string, span: Span): void => {
    if (diagnostics.length < MOST_PROBLEMS) diagnostics.push({ code, severity: 'warning', message, file: path, span });
  };
  const feature = featureBeside(source);
  const lines = text.split('\n');
  const spanOf = (line: number): Span => ({ line, col: 1, endLine: line, endCol: (lines[line - 1]?.replace(/\r$/, '').length ?? 0) + 1 });
  if (feature === undefined) tell('no-spec', 'There is no spec beside it. Put the log beside the *.spec.yaml that it is about.', spanOf(1));
  const nodes = new Map<string, Node>();
  const edges: Edge[] = [];
  for (const { line, entry, problems } of readRows(text, entryOf, feature)) {
    const span = spanOf(line);
    for (const { code, message } of problems) tell(`approval-${code}`, message, span);
    if (!entry || problems.length > 0) continue;
    const node = approvalOf(source, entry, span);
    if (nodes.has(node.id)) continue;
    nodes.set(node.id, node);
    const spec = specId(repo, entry.feature);
    const state = (from: NodeId, type: Edge['type'], to: NodeId): void =>
      void edges.push({ from, type, to, tier: 'declared', confidence: 1, sites: [{ line, col: 1, file: path }] });
    state(spec, 'CONTAINS', node.id);
    if (entry.action === 'approve') state(node.id, 'APPROVES', spec);
  }
  return { nodes: [...nodes.values()], edges, diagnostics };
}

function approvalOf({ repo, path }: Source, entry: ApprovalEntry, span: Span): NodeOf<'Approval'> {
  const { action, feature, version, hash, role, by, at, commit, comment } = entry;
  return {
    id: approvalId(repo, feature, entry.id),
    kind: 'Approval',
    name: `${action} ${feature}@${version}`,
    repo,
    file: path,
    span,
    props: {
      action,
      ...(role === undefined ? {} : { role }),
      by: by.name,
      email: by.email,
      version,
      hash,
      at,
      ...(commit === undefined ? {} : { commit }),
      ...(comment === undefined ? {} : { comment }),
      ...docProps(comment),
    },
  };
}

/** What the spec beside a log calls itself; undefined where there is no spec. */
function featureBeside({ path, other }: Source): string | undefined {
  const stem = path.replace(LOG, '');
  const text = other(`${stem}.spec.yaml`) ?? other(`${stem}.spec.yml`);
  if (text === undefined) return undefined;
  const [tree] = readTrees(text, path).trees;
  return (tree && scalarAt(tree, ['feature'])?.trim()) ?? stem.replace(/^.*\//, '');
}

function entryOf(row: string): ApprovalEntry | undefined {
  try {
    return ApprovalEntry.parse(JSON.parse(row));
  } catch {
    return undefined;
  }
}
