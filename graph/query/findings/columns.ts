import { refOf } from '../../model/id.ts';
import { dependenciesOf, dependentsOf } from '../edges-of.ts';
import type { Check } from './finding.ts';

/** Only of tables some of whose columns are used by name; keys of either kind serve the database itself. */
export const unreadColumn: Check = {
  code: 'unread-column',
  severity: 'info',
  title: 'No code names a column, although it names others of the table.',
  async find({ graph, nodes }) {
    const isUsed = (id: string): boolean => dependentsOf(graph, id, 'QUERIES', 'MAPS_TO').length > 0;
    const unread = new Set<string>();
    for (const table of await nodes('Table')) {
      const columns = dependenciesOf(graph, table.id, 'CONTAINS').map((node) => graph.id(node));
      if (columns.some(isUsed)) for (const id of columns) if (!isUsed(id)) unread.add(id);
    }
    const isReferred = (id: string): boolean =>
      dependenciesOf(graph, id, 'DEPENDS_ON').length > 0 || dependentsOf(graph, id, 'DEPENDS_ON').length > 0;
    return (await nodes('Column'))
      .filter(({ id, props }) => unread.has(id) && props.primaryKey !== true && props.default === undefined && !isReferred(id))
      .map(({ id, name, file, span }) => ({
        id,
        file,
        span,
        message: `No code reads or writes ${refOf(id)}. Drop ${name}, or say what it is for.`,
      }));
  },
};
