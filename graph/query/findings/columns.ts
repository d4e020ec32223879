import { EDGE_CODE } from '../../model/edge.ts';
import { dependenciesOf, dependentsOf, type Check } from './finding.ts';

/** Only of tables some of whose columns are used by name; keys of either kind serve the database itself. */
export const unreadColumn: Check = {
  code: 'unread-column',
  severity: 'info',
  title: 'No code names a column, although it names others of the table.',
  async find({ graph, nodes }) {
    const isUsed = (id: string): boolean => dependentsOf(graph, id, 'QUERIES', 'MAPS_TO').length > 0;
    const found = [];
    for (const table of await nodes('Table')) {
      const columns = dependenciesOf(graph, table.id, 'CONTAINS').map((node) => graph.id(node));
      if (!columns.some(isUsed)) continue;
      found.push(...columns.filter((id) => !isUsed(id)));
    }
    const unread = new Set(found);
    const isReferred = (id: string): boolean => {
      const node = graph.indexOf(id);
      const out = graph.edgeType.subarray(graph.outOffsets[node], graph.outOffsets[node + 1]);
      return out.includes(EDGE_CODE.DEPENDS_ON) || dependentsOf(graph, id, 'DEPENDS_ON').length > 0;
    };
    return (await nodes('Column'))
      .filter(({ id, props }) => unread.has(id) && props.primaryKey !== true && props.default === undefined && !isReferred(id))
      .map(({ id, name, file, span }) => ({
        id,
        file,
        span,
        message: `No code reads or writes ${id.slice(id.indexOf('table:'))}. Drop ${name}, or say what it is for.`,
      }));
  },
};
