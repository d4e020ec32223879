import type { CodegenConfig } from '@graphql-codegen/cli';
import { enums } from './src/api/resolvers/enums.ts';

/** What resolvers of a type get as their parent. */
const parent = (file: string, type: string): string => `../../../${file}.ts#${type} as ${type}Parent`;

const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'src/api/generated/resolvers.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        defaultScalarType: 'unknown',
        maybeValue: 'T | null | undefined',
        inputMaybeValue: 'T | null | undefined',
        contextType: '../context.ts#ApiContext',
        enumValues: enums,
        mappers: {
          ...Object.fromEntries(Object.keys(enums).map((name) => [name, name])), // or the plugin calls them null
          Entity: parent('graph/model/node', 'Node'),
          Parameter: parent('graph/model/node', 'ParameterShape'),
          Signature: parent('graph/model/node', 'SignatureShape'),
          Site: parent('graph/model/edge', 'Site'),
          SearchHit: parent('src/retrieval/search', 'RankedNode'),
          RankedFile: parent('src/retrieval/search', 'RankedFile'),
          ContextPack: parent('src/retrieval/context-pack', 'ContextPack'),
          Passage: parent('src/retrieval/context-pack', 'Passage'),
          SimilarEntity: parent('src/retrieval/similar', 'SimilarNode'),
          RelatedEntity: parent('src/retrieval/related', 'RelatedThing'),
          Diagnostic: parent('graph/store/store', 'StoredDiagnostic'),
          Impact: parent('graph/query/change', 'ImpactAnswer'),
          ImpactedItem: parent('graph/query/change', 'ImpactedItem'),
          TestToRun: parent('graph/query/change', 'TestToRun'),
          UnknownItem: parent('graph/query/change', 'UnknownItem'),
          Finding: parent('graph/query/findings/finding', 'Finding'),
          Hop: parent('graph/query/change', 'Hop'),
          DetectedChange: parent('graph/query/change', 'DetectedChange'),
          DiffImpact: parent('src/diff/diff-impact', 'DiffImpactAnswer'),
          SkippedChange: parent('src/diff/diff-impact', 'SkippedChange'),
          Stats: parent('src/system', 'Stats'),
          IngestReport: parent('src/system', 'IngestReport'),
          Job: parent('src/api/jobs', 'Job'),
          Spec: parent('src/specs/spec-at-hand', 'SpecAtHand'),
          Thread: parent('src/api/threads', 'ThreadAtHand'),
          Gate: parent('src/agent/thread/gate', 'Gate'),
          ClarifyGate: parent('src/agent/thread/gate', 'ClarifyGate'),
          SettleGate: parent('src/agent/thread/gate', 'SettleGate'),
          ReviewGate: parent('src/agent/thread/gate', 'ReviewGate'),
          GapQuestion: parent('src/agent/model', 'GapQuestion'),
          Conflict: parent('src/agent/model', 'Conflict'),
          ProposedAnswer: parent('src/agent/thread/status', 'ProposedAnswer'),
          TimelineEntry: parent('src/agent/thread/status', 'TimelineEntry'),
          Doer: parent('src/agent/thread/record', 'Doer'),
          HandOff: parent('src/api/threads', 'HandOffAtHand'),
          NeighbourEdge: parent('src/api/neighbours', 'Neighbour'),
        },
      },
    },
  },
};

export default config;
