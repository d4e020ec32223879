import { KIND_CODE } from '../../model/node.ts';
import { edgesInto } from '../edges-of.ts';
import { siteOf, type Check, type FindingContext, type Found } from './finding.ts';

export const supersededDecision: Check = {
  code: 'superseded-decision',
  severity: 'warning',
  title: 'A text relies on a decision that has been superseded.',
  async find({ graph, nodes }) {
    return (await nodes('Adr'))
      .filter(({ props }) => props.status === 'superseded')
      .flatMap(({ id, name }) =>
        edgesInto(graph, id, 'MENTIONS', 'DEPENDS_ON', 'DERIVED_FROM')
          .filter((edge) => graph.kind[graph.edgeFrom[edge]!] !== KIND_CODE.Adr)
          .map((edge) => ({
            id,
            ...siteOf(graph, edge),
            message: `${name} has been superseded. Name the decision that replaced it.`,
            related: [graph.id(graph.edgeFrom[edge]!)],
          })),
      );
  },
};

/** What linkers could not resolve is a diagnostic; of some codes, a finding. */
const fromDiagnostics = ({ diagnostics }: FindingContext, code: string): readonly Found[] =>
  diagnostics
    .filter((diagnostic) => diagnostic.code === code)
    .map(({ unit, message, file, span }) => ({ id: file ?? unit, file, span, message }));

export const missingMention: Check = {
  code: 'missing-mention',
  severity: 'warning',
  title: 'A document names a file or symbol that does not exist.',
  find: async (context) => fromDiagnostics(context, 'mention-unresolved'),
};

export const unknownReference: Check = {
  code: 'unknown-reference',
  severity: 'error',
  title: 'A spec, ticket or test names something on purpose that does not exist.',
  find: async (context) => fromDiagnostics(context, 'unknown-reference'),
};
