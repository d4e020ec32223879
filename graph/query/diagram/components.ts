import { EDGE_CODE } from '../../model/edge.ts';
import { KIND_CODE } from '../../model/node.ts';
import type { Snapshot } from '../../snapshot/csr.ts';
import { flowchart, type Arc, type Vertex } from './mermaid.ts';
import { servicesOf } from './services.ts';

/** More modules than this are shown by folder. */
const MOST_MODULES = 30;

/** C4 level 3: the modules of a service or package, or their folders, and which uses which. Tests are left out. */
export function componentDiagram(graph: Snapshot, target: number): string {
  const { kind, edgeType, edgeFrom, edgeTo, edgeCount } = graph;
  const services = servicesOf(graph);
  const tested = new Set<number>();
  const inPackage = new Set<number>();
  for (let edge = 0; edge < edgeCount; edge++) {
    if (edgeType[edge] === EDGE_CODE.TESTS) tested.add(edgeTo[edge]!);
    if (edgeType[edge] === EDGE_CODE.CONTAINS && edgeFrom[edge] === target && kind[edgeTo[edge]!] === KIND_CODE.Module)
      inPackage.add(edgeTo[edge]!);
  }
  const modules: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++)
    if (
      kind[node] === KIND_CODE.Module &&
      !tested.has(node) &&
      (inPackage.has(node) || services.of(node) === services.of(target)) &&
      (inPackage.size > 0 ? inPackage.has(node) : services.of(node) >= 0)
    )
      modules.push(node);
  const byFolder = modules.length > MOST_MODULES;
  const base = commonFolder(modules.map((node) => graph.fileText(node) ?? ''));
  const component = new Map<number, string>(
    modules.map((node) => {
      const path = (graph.fileText(node) ?? '').slice(base.length);
      return [node, byFolder && path.includes('/') ? `${path.split('/')[0]!}/` : path];
    }),
  );
  const vertices = [...new Set(component.values())].map((name): Vertex => ({ id: name, label: name }));
  const arcs: Arc[] = [];
  for (let edge = 0; edge < edgeCount; edge++) {
    if (edgeType[edge] !== EDGE_CODE.IMPORTS && edgeType[edge] !== EDGE_CODE.RE_EXPORTS) continue;
    const [from, to] = [component.get(edgeFrom[edge]!), component.get(edgeTo[edge]!)];
    if (from !== undefined && to !== undefined && from !== to) arcs.push({ from, to });
  }
  return flowchart(vertices, arcs);
}

function commonFolder(paths: readonly string[]): string {
  const [first = '', ...rest] = paths;
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (folder !== '' && !rest.every((path) => path.startsWith(folder)))
    folder = folder.slice(0, folder.slice(0, -1).lastIndexOf('/') + 1);
  return folder;
}
