import { factMask } from '../../model/edge.ts';
import { lastName, refOf } from '../../model/id.ts';
import { dependenciesOf, dependentsOf, edgesInto } from '../edges-of.ts';
import type { Check } from './finding.ts';

/** `updatedAt`: kept by the database or its mapper. */
const KEPT = /^(?:created|updated|modified|deleted|inserted|changed)_?(?:at|on|date|time)$/i;

/**
 * Only of tables some of whose columns are used by name, and whose rows code never reads or writes as they are; keys of
 * either kind serve the database itself.
 */
const WHOLE = factMask('spread');

export const unreadColumn: Check = {
  code: 'unread-column',
  severity: 'info',
  title: 'No code names a column, although it names others of the table.',
  async find({ graph, nodes }) {
    const isUsed = (id: string): boolean => dependentsOf(graph, id, 'QUERIES', 'MAPS_TO').length > 0;
    const unread = new Set<string>();
    for (const table of await nodes('Table')) {
      const columns = dependenciesOf(graph, table.id, 'CONTAINS').map((node) => graph.id(node));
      const isWhole = edgesInto(graph, table.id, 'QUERIES').some((edge) => (graph.edgeFactsAny[edge]! & WHOLE) !== 0);
      if (!isWhole && columns.some(isUsed)) for (const id of columns) if (!isUsed(id)) unread.add(id);
    }
    const isReferred = (id: string): boolean =>
      dependenciesOf(graph, id, 'DEPENDS_ON').length > 0 || dependentsOf(graph, id, 'DEPENDS_ON').length > 0;
    return (await nodes('Column'))
      .filter(
        ({ id, props }) =>
          unread.has(id) && props.primaryKey !== true && props.default === undefined && !isReferred(id) && !KEPT.test(lastName(id)),
      )
      .map(({ id, name, file, span }) => ({
        id,
        file,
        span,
        message: `No code reads or writes ${refOf(id)}. Drop ${name}, or say what it is for.`,
      }));
  },
};
