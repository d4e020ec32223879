// @ts-check
/**
 * What each kind of node is, for docs/reference/graph.md: by group, in the order of `NODE_KINDS`.
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>}
 */
export const NODE_MEANINGS = {
  Code: {
    Repository: 'a repository',
    Package: 'a package: of the repository, or published (`external`)',
    Module: 'a source file',
    Namespace: 'a namespace',
    Function: 'a function, or a constant that is one',
    Method: 'a method or accessor of a class or interface, or a function in a literal that has a name',
    Constructor: 'a constructor',
    Class: 'a class',
    Interface: 'an interface',
    TypeAlias: 'a type alias',
    Enum: 'an enumeration',
    EnumMember: 'a value of an enumeration',
    Variable: 'a variable or constant',
    Property: 'a property of a class, interface, type or literal',
    TestFile: 'a file of tests',
    TestCase: 'a test, by its titles',
    Gap: 'something that could not be analysed, and why; a question that meets one is answered *unknown*',
  },
  Contracts: {
    Api: 'a contract: OpenAPI, AsyncAPI, GraphQL, Protocol Buffers',
    Operation: 'an operation, webhook, query, mutation or call; what an application does with a channel',
    Schema: 'a named schema, type, message or input',
    SchemaProperty: 'a field: of a schema, or by its path of a request, response or payload',
    SecurityScheme: 'a way to sign in',
    Channel: 'a channel, topic, queue or subject, by its address',
    Message: 'a message that a channel carries',
  },
  'What runs': {
    Service: 'a service: of compose files, manifests, catalogues, or a package that starts',
    Endpoint: 'a route that code serves: method and whole path',
    HttpCall: 'a call over HTTP that reaches no operation and no endpoint of the graph',
    Resource: 'an image, cloud resource, Kubernetes object, workflow, job, chart, volume …',
    ConfigKey: 'an environment variable, secret or key of a ConfigMap',
  },
  Data: {
    DataStore: 'a database, by its kind',
    Table: 'a table, view or collection',
    Column: 'a column, or a field of a document',
    Migration: 'a migration',
  },
  'What people wrote': {
    Document: 'a document',
    Section: 'a stretch of a document under one heading; a part of a file of settings or a script under its name',
    Adr: 'a decision record',
    Policy: 'a policy',
    PolicyRule: 'a rule of a policy',
    Spec: 'a feature that is specified',
    AcceptanceCriterion: 'a criterion, requirement or scenario of a spec',
    Nfr: 'a requirement on quality',
    Question: 'an open question of a spec',
    Ticket: 'a ticket or issue',
    Team: 'a team or person that owns',
    Commit: 'a commit; kept for later, no worker states one yet',
    Approval: 'what somebody decided about one state of a spec: asked for its review, approved it, or wants changes',
  },
};
