import { EDGE_CODE } from '../../model/edge.ts';
import { KIND_CODE } from '../../model/node.ts';
import type { Snapshot } from '../../snapshot/csr.ts';
import { isCode } from '../carry.ts';
import { dependentsOf } from '../edges-of.ts';
import { moduleOf } from '../module-of.ts';
import { sequence, type Message, type Participant } from './mermaid.ts';
import { servicesOf } from './services.ts';

const DEEPEST = 6;
const MOST_MESSAGES = 60;
const { Operation, Endpoint, Table, Channel, Class, Constructor } = KIND_CODE;

/** What happens when something is called, before it is drawn. */
export interface Calls {
  readonly participants: readonly Participant[];
  readonly messages: readonly Message[];
}

/** What happens when an operation is called, as far as calls, queries and messages tell, in the order of the source. */
export function callSequence(graph: Snapshot, target: number): string {
  const { participants, messages } = callsOf(graph, target);
  return sequence(participants, messages);
}

/** The caller comes first among the participants. */
export function callsOf(graph: Snapshot, target: number, most = MOST_MESSAGES): Calls {
  const participants = new Map<string, Participant>();
  const messages: Message[] = [];
  const services = servicesOf(graph);
  const take = (id: string, label: string, actor = false): string => {
    if (!participants.has(id)) participants.set(id, { id, label, ...(actor ? { actor } : {}) });
    return id;
  };
  /** A class, or a module, in its service. */
  const participantOf = (node: number): string => {
    const owner = graph.parent[node]!;
    const holder = owner >= 0 && graph.kind[owner] === Class ? owner : graph.kind[node] === Class ? node : moduleOf(graph, node);
    const at = holder < 0 ? node : holder;
    const service = services.of(node);
    return take(graph.id(at), `${service < 0 ? '' : `${graph.nameText(service)} / `}${graph.nameText(at)}`);
  };
  const say = (message: Message): boolean => {
    if (messages.length >= most) return false;
    messages.push(message);
    return true;
  };
  const entered = new Set<number>();

  const enter = (code: number, depth: number): void => {
    if (depth > DEEPEST || entered.has(code)) return;
    entered.add(code);
    const from = participantOf(code);
    for (const edge of outOf(graph, code)) {
      const to = graph.edgeTo[edge]!;
      switch (graph.edgeType[edge]) {
        case EDGE_CODE.CALLS:
        case EDGE_CODE.INSTANTIATES: {
          if (!isCode(graph, to)) break;
          // A class is made by its constructor, where it has one that is written.
          if (graph.edgeType[edge] === EDGE_CODE.INSTANTIATES && constructs(graph, code, to)) break;
          const other = participantOf(to);
          if (other !== from && !say({ from, to: other, text: saidAs(graph, to) })) return;
          enter(to, depth + 1);
          break;
        }
        case EDGE_CODE.QUERIES:
          if (graph.kind[to] === Table && !say({ from, to: take(graph.id(to), graph.nameText(to)), text: 'query' })) return;
          break;
        case EDGE_CODE.PUBLISHES:
          if (graph.kind[to] === Channel && !say({ from, to: take(graph.id(to), graph.nameText(to)), text: 'publish', dotted: true }))
            return;
          break;
        case EDGE_CODE.INVOKES:
          if (!call(from, to, depth + 1)) return;
          break;
        default:
      }
    }
  };

  /** A call over the network: to whoever handles it, else to whom it is addressed. */
  const call = (from: string, operation: number, depth: number): boolean => {
    const handlers = handlersOf(graph, operation);
    if (handlers.length === 0) {
      const service = services.of(operation);
      return say({
        from,
        to: take(graph.id(service < 0 ? operation : service), graph.nameText(service < 0 ? operation : service)),
        text: graph.nameText(operation),
      });
    }
    for (const handler of handlers) {
      if (!say({ from, to: participantOf(handler), text: graph.nameText(operation) })) return false;
      enter(handler, depth);
    }
    return true;
  };

  const isWire = graph.kind[target] === Operation || graph.kind[target] === Endpoint;
  const caller = take('caller', isWire ? 'Client' : 'Caller', true);
  if (isWire) call(caller, target, 0);
  else {
    say({ from: caller, to: participantOf(target), text: graph.nameText(target) });
    enter(target, 0);
  }
  return { participants: [...participants.values()], messages };
}

/** Whether code calls a constructor of the class. */
function constructs({ outOffsets, edgeType, edgeTo, kind, parent }: Snapshot, code: number, type: number): boolean {
  for (let edge = outOffsets[code]!; edge < outOffsets[code + 1]!; edge++) {
    const to = edgeTo[edge]!;
    if (edgeType[edge] === EDGE_CODE.CALLS && kind[to] === Constructor && parent[to] === type) return true;
  }
  return false;
}

function saidAs(graph: Snapshot, called: number): string {
  const type = graph.kind[called] === Constructor ? graph.parent[called]! : called;
  return type >= 0 && graph.kind[type] === Class ? `new ${graph.nameText(type)}` : graph.nameText(called);
}

/** Edges out of a node in the order in which they stand in its file. */
function outOf({ outOffsets, edgeLine, edgeCol }: Snapshot, node: number): readonly number[] {
  const edges: number[] = [];
  for (let edge = outOffsets[node]!; edge < outOffsets[node + 1]!; edge++) edges.push(edge);
  return edges.sort((a, b) => edgeLine[a]! - edgeLine[b]! || edgeCol[a]! - edgeCol[b]! || a - b);
}

function handlersOf(graph: Snapshot, operation: number): readonly number[] {
  const direct = dependentsOf(graph, operation, 'HANDLES').filter((node) => isCode(graph, node));
  const realised = dependentsOf(graph, operation, 'REALIZES').filter((node) => graph.kind[node] === Endpoint);
  return [...new Set([...direct, ...realised.flatMap((endpoint) => handlersOf(graph, endpoint))])].sort((a, b) => a - b);
}
