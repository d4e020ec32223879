/** Databases: drivers and what stands on top of them. */
const DATA: readonly RegExp[] = [
  /^(pg|pg-promise|postgres|slonik|mysql|mysql2(\/.*)?|sqlite3|better-sqlite3|node:sqlite|@photostructure\/sqlite|@databases\/.+|sql-template-strings|sql-template-tag|@vercel\/postgres|@neondatabase\/serverless|mssql|oracledb)$/,
  /^(typeorm|@nestjs\/typeorm|drizzle-orm(\/.*)?|mongoose|@nestjs\/mongoose|knex|kysely|@prisma\/client|sequelize(-typescript)?|@mikro-orm\/.+|mongodb|objection)$/,
];

/**
 * Packages, and globals, whose calls linkers understand. Workers state no keys for calls into others. Each pattern is of a
 * whole import specifier; a linker that learns a new package adds it here.
 */
const KNOWN: readonly RegExp[] = [
  // HTTP servers
  /^(express|express-promise-router|fastify|koa|hono|@koa\/router|koa-router|koa-mount|restify|polka|@hono\/.+|h3|elysia)(\/.*)?$/,
  /^(@fastify\/.+|fastify-plugin|@nestjs\/.+|nestjs-.+|next|next\/.+|@trpc\/server(\/.*)?|routing-controllers|tsoa|@tsed\/.+|@apollo\/.+)$/,
  // GraphQL servers
  /^(@graphql-tools\/.+|graphql-tools|apollo-server(-.+)?|graphql-yoga|@graphql-yoga\/.+|mercurius|graphql-modules|graphql-http(\/.*)?|express-graphql|type-graphql)$/,
  // HTTP clients
  /^(axios|got|ky|ky-universal|node-fetch|cross-fetch|undici|isomorphic-fetch|superagent|supertest|supertest-.+|openapi-fetch|openapi-react-query|request|request-promise|needle|wretch|ofetch|phin|@angular\/common\/http|@trpc\/client|@playwright\/test)$/,
  /^(swr|react-query|@tanstack\/.+-query|axios-.+|graphql-request|@apollo\/client(\/.*)?|apollo-boost|@apollo\/react-.+|urql|@urql\/.+|graphql-tag|gatsby|react-relay)$/,
  // Messages
  /^(kafkajs|@confluentinc\/.+|node-rdkafka|amqplib(\/.*)?|amqp-connection-manager|nats|@nats-io\/.+|redis|ioredis|bullmq|bull|mqtt|pg-boss|@google-cloud\/pubsub|@azure\/service-bus|@azure\/event-hubs|@golevelup\/.+|sqs-consumer|node-nats-streaming)$/,
  /^(aws-sdk(\/.*)?|@aws-sdk\/.+|node:events|events|eventemitter2|eventemitter3|mitt|rxjs|socket\.io(-client)?|ws)$/,
  ...DATA,
  // Configuration and schemas
  /^(dotenv|dotenv-.+|envalid|env-var|convict|config|znv|@t3-oss\/env-.+|joi|zod|class-validator|class-transformer|yup|valibot|@sinclair\/typebox)$/,
];
const KNOWN_GLOBALS: ReadonlySet<string> = new Set([
  'fetch',
  'EventSource',
  'WebSocket',
  'URL',
  'URLSearchParams',
  'Request',
  'XMLHttpRequest',
  'axios',
  'JSON',
]);

/** Packages whose exports make HTTP applications and routers. */
const SERVERS =
  /^(express|express-promise-router|fastify|koa|hono|@koa\/router|koa-router|restify|polka|@hono\/.+|hono\/.+|@nestjs\/core|@trpc\/server)$/;

export const isServerPackage = (specifier: string): boolean => SERVERS.test(specifier);

const known = new Map<string, boolean>();

/** Whether calls of what `specifier` exports are stated; `global` with the name of a global. */
export function isKnownPackage(specifier: string, globalName?: string): boolean {
  if (specifier === 'global') return globalName !== undefined && KNOWN_GLOBALS.has(globalName);
  let answer = known.get(specifier);
  if (answer === undefined) known.set(specifier, (answer = KNOWN.some((pattern) => pattern.test(specifier))));
  return answer;
}

/** Whether a package is a driver of a database, a query builder or an ORM. */
export const isDataPackage = (specifier: string): boolean => DATA.some((pattern) => pattern.test(specifier));
