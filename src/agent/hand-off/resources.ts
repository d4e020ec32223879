import type { NodeOf } from '../../../graph/model/node.ts';
import type { Spec } from '../../specs/spec.ts';
import type { Evidence, Grounding, StepContext } from '../model.ts';

export const RESOURCE_KINDS = ['bucket', 'queue', 'topic', 'database', 'cache'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Something that has to run or be there for a feature, and is not yet. */
export interface NeededResource {
  readonly kind: ResourceKind;
  /** What it is made of, as the system or the text names it: `s3`, `rabbitmq`, `kafka`, `postgres`, `redis`, …. */
  readonly technology: string;
  /** Why, in words: the criterion or decision that asks for it. */
  readonly because: string;
  /** Criteria and NFRs that ask for it. */
  readonly criteria: readonly string[];
  /** Of the decision that asks for it, where one does. */
  readonly evidence?: Evidence;
}

/** How the system says what it runs on. */
export interface Infrastructure {
  readonly composeFiles: readonly string[];
  readonly terraformFiles: readonly string[];
  /** Provider of most of its Terraform resources: `aws`, `google`, `azurerm`. */
  readonly provider: string;
}

export interface PlannedResources {
  readonly needed: readonly NeededResource[];
  /** Of a kind that is asked for, and there already. */
  readonly existing: readonly { readonly kind: ResourceKind; readonly name: string; readonly criteria: readonly string[] }[];
  readonly infrastructure: Infrastructure;
}

/** What a text asks for with these words. */
const ASKED: Readonly<Record<ResourceKind, RegExp>> = {
  bucket: /\b(?:bucket|object stor(?:age|e)|blob stor(?:age|e)|S3\w*|MinIO|GCS|cloud storage)\b/i,
  queue: /\b(?:queue[sd]?|enqueues?|job queue|background jobs?|SQS|RabbitMQ|BullMQ|Bull queue|message broker|dead[- ]letter)\b/i,
  topic: /\b(?:topics?|event bus|event stream|pub\/sub|Kafka|SNS|NATS|EventBridge)\b/i,
  database: /\b(?:database|PostgreSQL|Postgres|MySQL|MariaDB|MongoDB|relational store|new table|tables? \w+)\b/i,
  cache: /\b(?:caches?|cached|caching|Redis|Valkey|Memcached)\b/i,
};
/** What names a technology, and which it is. */
const TECHNOLOGIES: Readonly<Record<ResourceKind, readonly (readonly [string, RegExp])[]>> = {
  bucket: [
    ['s3', /\b(?:S3\w*|MinIO|@?aws-sdk\/client-s3|aws_s3)\b/i],
    ['gcs', /\b(?:GCS|@google-cloud\/storage|google_storage)\b/i],
    ['azure', /\b(?:azure\/storage-blob|azurerm_storage)\b/i],
  ],
  queue: [
    ['sqs', /\bSQS\b|client-sqs|aws_sqs/i],
    ['rabbitmq', /\bRabbitMQ\b|\bamqp(?:lib)?\b/i],
    ['redis', /\b(?:BullMQ|bull|ioredis|Redis)\b/i],
    ['kafka', /\bkafka(?:js)?\b/i],
  ],
  topic: [
    ['kafka', /\bkafka(?:js)?\b/i],
    ['sns', /\bSNS\b|client-sns|aws_sns/i],
    ['nats', /\bNATS\b/i],
    ['rabbitmq', /\bRabbitMQ\b|\bamqp(?:lib)?\b/i],
    ['redis', /\bRedis\b/i],
  ],
  database: [
    ['postgres', /\b(?:PostgreSQL|Postgres|pg|aws_db_instance)\b/i],
    ['mysql', /\b(?:MySQL|MariaDB|mysql2)\b/i],
    ['mongodb', /\b(?:MongoDB|mongoose)\b/i],
  ],
  cache: [
    ['redis', /\b(?:Redis|ioredis|Valkey)\b/i],
    ['memcached', /\bMemcached\b/i],
  ],
};
/** Where neither text nor system names one. */
const USUAL: Readonly<Record<ResourceKind, string>> = {
  bucket: 's3',
  queue: 'rabbitmq',
  topic: 'kafka',
  database: 'postgres',
  cache: 'redis',
};
/** What a feature does that needs it, where a decision alone names it. */
const NEEDING: Readonly<Record<ResourceKind, RegExp>> = {
  bucket: /\b(?:files?|pictures?|images?|photos?|attachments?|documents?|uploads?|exports?|videos?|thumbnails?)\b/i,
  queue: /\b(?:background|asynchron\w+|retr(?:y|ies)|deliver\w*|later|schedul\w+|jobs?)\b/i,
  topic: /\b(?:publish\w*|emits?|events?)\b/i,
  database: /\b(?:stores?|saves?|persists?|records?|keeps?)\b/i,
  cache: /\b(?:latency|milliseconds|response time|p9\d)\b/i,
};
/** What is there already, by the image or type of a resource or service, or a data store's technology. */
const THERE: Readonly<Record<ResourceKind, RegExp>> = {
  bucket: /minio|localstack|_s3_bucket\b|storage_bucket\b|storage_container\b|seaweedfs|azurite/i,
  queue: /rabbitmq|elasticmq|_sqs_queue\b|activemq|servicebus_queue|localstack/i,
  topic: /kafka|redpanda|\bnats\b|_sns_topic\b|pubsub_topic|localstack/i,
  database: /postgres|mysql|mariadb|mongo(?!-express)|_db_instance\b|_rds_|sql_database|cockroach|sqlite/i,
  cache: /redis|valkey|memcached|elasticache/i,
};

/** The resources that criteria, NFRs and decisions in force ask for, those that the system has told apart. */
export async function resourcesOf(spec: Spec, grounding: Grounding, { graph: { reader }, repo }: StepContext): Promise<PlannedResources> {
  const nodes = await reader.find({ kinds: ['Resource', 'Service', 'DataStore'], repo }, { limit: 5000 });
  const packages = (await reader.find({ kinds: ['Package'] }, { limit: 5000 })).map(({ name }) => name);
  const statements = [
    ...spec.criteria.filter(({ priority }) => priority !== 'wont').map(({ id, text }) => ({ id, text })),
    ...spec.nfrs.map(({ id, text }) => ({ id, text })),
    ...spec.dependencies.map(({ target, reason }) => ({ id: undefined, text: `${target} ${reason ?? ''}` })),
  ];
  const decisions = grounding.things
    .filter(({ role }) => role === 'decision')
    .map(({ name, evidence }) => ({ name, text: evidence.quote, evidence }));
  const needed: NeededResource[] = [];
  const existing: PlannedResources['existing'][number][] = [];
  for (const kind of RESOURCE_KINDS) {
    const asking = statements.filter(({ text }) => ASKED[kind].test(text));
    const decision = statements.some(({ text }) => NEEDING[kind].test(text))
      ? decisions.find(({ text }) => ASKED[kind].test(text))
      : undefined;
    if (asking.length === 0 && decision === undefined) continue;
    const criteria = asking.flatMap(({ id }) => id ?? []);
    const said = [...asking.map(({ text }) => text), decision?.text ?? ''].join('\n');
    const named = (text: string): string | undefined => TECHNOLOGIES[kind].find(([, words]) => words.test(text))?.[0];
    const technology = named(said) ?? named(packages.join('\n')) ?? USUAL[kind];
    // A Redis that runs as a cache holds queues, too.
    const isShared = /^(?:redis|kafka|rabbitmq)$/.test(technology);
    const there = nodes.find((node) => THERE[kind].test(describe(node)) || (isShared && describe(node).toLowerCase().includes(technology)));
    if (there !== undefined) {
      existing.push({ kind, name: there.name, criteria });
      continue;
    }
    const [first] = asking;
    needed.push({
      kind,
      technology,
      because:
        first === undefined
          ? `${decision!.name} decides so`
          : first.id === undefined
            ? `the dependency "${first.text.trim()}"`
            : `${first.id} says "${first.text}"`,
      criteria,
      ...(decision === undefined ? {} : { evidence: decision.evidence }),
    });
  }
  return { needed, existing, infrastructure: infrastructureOf(nodes) };
}

function describe(node: Awaited<ReturnType<StepContext['graph']['reader']['find']>>[number]): string {
  if (node.kind === 'Resource')
    return `${node.props.type} ${node.props.image ?? ''} ${node.props.type.startsWith('compose/') ? '' : node.name}`;
  if (node.kind === 'DataStore') return node.props.technology;
  return node.kind === 'Service' ? (node.props.image ?? '') : '';
}

function infrastructureOf(
  nodes: readonly { readonly file?: string | undefined; readonly kind: string; readonly props: unknown }[],
): Infrastructure {
  const files = [...new Set(nodes.flatMap(({ file }) => file ?? []))].toSorted();
  const types = nodes.flatMap((node) => (node.kind === 'Resource' ? [(node as NodeOf<'Resource'>).props.type] : []));
  const count = (provider: string): number => types.filter((type) => type.startsWith(`${provider}_`)).length;
  const provider = (['aws', 'google', 'azurerm'] as const).reduce((best, one) => (count(one) > count(best) ? one : best));
  return {
    composeFiles: files.filter((file) => /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i.test(file)),
    terraformFiles: files.filter((file) => /\.(?:tf|tofu)$/i.test(file)),
    provider,
  };
}
