import type { Edge } from '../../graph/model/edge.ts';
import { configKeyId, type NodeId } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import type { LinkKeys } from '../keys.ts';
import type { Linker, Links } from './linker.ts';

/**
 * Environment variables that code reads. The key is claimed although nothing may declare it: that is worth knowing. Who
 * declares it claims it, too, and is then what names it.
 */
export const configLinker: Linker = { name: 'config', link };

function link(repo: string, keys: LinkKeys): Links {
  const nodes = new Map<NodeId, Node>();
  const edges = new Map<string, Edge>();
  for (const { repo: at, file, value } of keys.of('environment')) {
    if (at !== repo) continue;
    const { name, from, line, col } = value;
    const id = configKeyId(repo, name);
    if (!nodes.has(id))
      nodes.set(id, { id, kind: 'ConfigKey', name, repo, file, span: { line, col, endLine: line, endCol: col + name.length }, props: {} });
    const identity = `${from}\n${id}`;
    const edge = edges.get(identity) ?? {
      from,
      type: 'READS_CONFIG',
      to: id,
      tier: 'compiler',
      confidence: 1,
      rule: 'environment-read',
      sites: [],
    };
    edges.set(identity, { ...edge, sites: [...edge.sites, { line, col, file }] });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}
