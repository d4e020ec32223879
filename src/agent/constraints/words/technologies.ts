/** Technologies by what they are chosen for: within a row one excludes another for the same purpose. A data file: add words, not code. */
export const TECHNOLOGIES: Readonly<Record<string, string>> = {
  'relational database': 'postgresql postgres mysql mariadb oracle sqlserver mssql sqlite cockroachdb db2 aurora timescaledb',
  'document database': 'mongodb mongo couchdb dynamodb firestore cosmosdb couchbase cassandra scylladb hbase',
  'search engine': 'elasticsearch opensearch solr algolia meilisearch typesense lucene',
  cache: 'redis memcached valkey hazelcast dragonfly',
  'message broker':
    'kafka rabbitmq nats jetstream pulsar sqs sns activemq mqtt servicebus eventhubs kinesis zeromq artemis redpanda pubsub',
  'interface style': 'rest grpc graphql soap trpc json-rpc xml-rpc thrift',
  'payload format': 'protobuf avro msgpack messagepack xml json',
  'push channel': 'websocket websockets sse long-polling',
  'object storage': 's3 minio blobstorage gcs ceph',
  cloud: 'aws azure gcp hetzner ovh digitalocean heroku',
  orchestration: 'kubernetes nomad ecs swarm openshift',
  'infrastructure tool': 'terraform pulumi cloudformation ansible bicep opentofu',
  'authentication scheme': 'oauth api-key mtls basic-auth saml',
  'identity provider': 'keycloak auth0 okta cognito entra zitadel',
  'token style': 'jwt opaque-token session-cookie paseto',
  'password hash': 'bcrypt argon2 argon2id scrypt pbkdf2 md5 sha-1 sha1',
  'backend framework': 'nestjs express fastify hono koa spring django rails laravel',
  'frontend framework': 'react vue angular svelte solidjs',
  language: 'typescript java kotlin golang python rust php ruby scala elixir',
  orm: 'prisma typeorm drizzle sequelize mikroorm knex hibernate',
  'test runner': 'jest vitest mocha jasmine',
  protocol: 'https http mqtt amqp coap ftp sftp smtp opc-ua modbus',
  'bulk transfer': 'ftp sftp ftps scp rsync webdav',
};
const CATEGORIES = new Map<string, string[]>();
for (const [category, names] of Object.entries(TECHNOLOGIES))
  for (const name of names.split(' ')) CATEGORIES.set(name, [...(CATEGORIES.get(name) ?? []), category]);
const SAME: Readonly<Record<string, string>> = {
  postgres: 'postgresql',
  mongo: 'mongodb',
  websockets: 'websocket',
  messagepack: 'msgpack',
  'sha-1': 'sha1',
  argon2id: 'argon2',
  jetstream: 'nats',
};
const GENERIC: Readonly<Record<string, string>> = {
  'search engine': 'search engine',
  'message broker': 'message broker',
  'message queue': 'message broker',
  queue: 'message broker',
  'message bus': 'message broker',
  'event bus': 'message broker',
  'document database': 'document database',
  'document store': 'document database',
  nosql: 'document database',
  'web socket': 'push channel',
  websocket: 'push channel',
};

const SCHEMES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:api|access) keys?\b/gi, ' api-key '],
  [/\b(?:client certificates?|mutual tls|mtls)\b/gi, ' mtls '],
  [/\bbasic auth\w*\b/gi, ' basic-auth '],
  [/\b(?:oauth ?2?(?:\.0)?|openid(?: connect)?|oidc)\b/gi, ' oauth '],
];

/** The scheme of a contract as it is called here. */
export const schemeOf = (type: string, scheme: string): string | undefined =>
  ({ apikey: 'api-key', mutualtls: 'mtls', oauth2: 'oauth', openidconnect: 'oauth' })[type.toLowerCase()] ??
  (/^basic$/i.test(scheme) ? 'basic-auth' : undefined);

export interface Technology {
  readonly name: string;
  readonly category: string;
}

/** The technologies that a text names, in order. */
export function technologiesIn(text: string): readonly Technology[] {
  const found = new Map<string, Technology>();
  const named = SCHEMES.reduce((all, [pattern, name]) => all.replace(pattern, name), text);
  for (const [word] of named.toLowerCase().matchAll(/[a-z][a-z\d]*(?:-[a-z\d]+)*/g)) {
    const categories = CATEGORIES.get(word) ?? CATEGORIES.get(word.replace(/js$/, ''));
    if (categories === undefined) continue;
    const name = SAME[word] ?? word;
    // Words of everyday language are names only with a capital.
    if (
      /^(?:express|react|spring|rust|ruby|rails|solid|okta|rest|go|oracle|python|nats|java|swift|swarm|nomad|jest|mocha|celery|aurora|entra|opaque-token)$/.test(
        word,
      ) &&
      !new RegExp(`\\b(?:${word[0]!.toUpperCase()}${word.slice(1)}|${word.toUpperCase()})\\b`).test(text)
    )
      continue;
    for (const category of categories) found.set(`${name} ${category}`, { name, category });
  }
  return [...found.values()];
}

/** Kinds of technology that a text names as a whole: "any other search engine". */
export const kindsIn = (text: string): readonly string[] =>
  Object.entries(GENERIC).flatMap(([words, category]) => (new RegExp(`\\b${words}s?\\b`, 'i').test(text) ? [category] : []));
