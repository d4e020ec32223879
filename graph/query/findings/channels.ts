import { KIND_CODE } from '../../model/node.ts';
import { dependentsOf, edgesInto } from '../edges-of.ts';
import { siteOf, type Check } from './finding.ts';

/** Only where channels are documented at all. */
export const undocumentedChannel: Check = {
  code: 'undocumented-channel',
  severity: 'warning',
  title: 'Code sends to or receives from a channel that no contract describes, although others are described.',
  async find({ graph, nodes }) {
    const channels = await nodes('Channel');
    const isDocumented = (id: string): boolean =>
      dependentsOf(graph, id, 'CONTAINS', 'PUBLISHES', 'SUBSCRIBES').some(
        (node) => graph.kind[node] === KIND_CODE.Api || graph.kind[node] === KIND_CODE.Operation,
      );
    if (!channels.some(({ id }) => isDocumented(id))) return [];
    return channels
      .filter(({ id }) => !isDocumented(id))
      .flatMap(({ id, name }) => {
        const uses = edgesInto(graph, id, 'PUBLISHES', 'SUBSCRIBES');
        if (uses.length === 0) return [];
        return [
          {
            id,
            ...siteOf(graph, uses[0]!),
            message: `No contract describes the channel ${name}. Add it to the AsyncAPI document.`,
            related: uses.map((edge) => graph.id(graph.edgeFrom[edge]!)),
          },
        ];
      });
  },
};
