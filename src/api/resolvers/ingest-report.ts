import type { IngestReportResolvers } from '../generated/resolvers.ts';

export const IngestReport: IngestReportResolvers = {
  diagnostics: ({ diagnostics }) => diagnostics.length,
};
