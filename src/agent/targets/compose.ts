import { stringify } from 'yaml';
import { featureWords, kebab } from '../hand-off/names.ts';
import { titled } from '../hand-off/quoting.ts';
import type { NeededResource } from '../hand-off/resources.ts';
import type { GenerationTarget } from './target.ts';

interface Recipe {
  readonly image: string;
  readonly port: number;
  readonly command?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder in the container that has to stay. */
  readonly data?: string;
  readonly health?: readonly string[];
}

/** What runs a technology on one machine. Passwords come from outside: without them nothing starts. */
const RECIPES: Readonly<Record<string, Recipe>> = {
  s3: {
    image: 'minio/minio:RELEASE.2025-04-22T22-12-26Z',
    port: 9000,
    command: 'server /data',
    environment: { MINIO_ROOT_USER: '${MINIO_ROOT_USER:?}', MINIO_ROOT_PASSWORD: '${MINIO_ROOT_PASSWORD:?}' },
    data: '/data',
    health: ['CMD', 'mc', 'ready', 'local'],
  },
  gcs: { image: 'fsouza/fake-gcs-server:1.52', port: 4443, command: '-scheme http', data: '/storage' },
  azure: { image: 'mcr.microsoft.com/azure-storage/azurite:3.34.0', port: 10000, data: '/data' },
  sqs: { image: 'softwaremill/elasticmq-native:1.6.12', port: 9324 },
  sns: { image: 'localstack/localstack:4.4', port: 4566, environment: { SERVICES: 'sns,sqs' } },
  rabbitmq: {
    image: 'rabbitmq:4.1',
    port: 5672,
    environment: { RABBITMQ_DEFAULT_USER: '${RABBITMQ_USER:?}', RABBITMQ_DEFAULT_PASS: '${RABBITMQ_PASSWORD:?}' },
    data: '/var/lib/rabbitmq',
    health: ['CMD', 'rabbitmq-diagnostics', '-q', 'ping'],
  },
  kafka: { image: 'apache/kafka:4.0.0', port: 9092, data: '/var/lib/kafka/data' },
  nats: { image: 'nats:2.11', port: 4222, command: '--jetstream --store_dir /data', data: '/data' },
  redis: { image: 'redis:7.4', port: 6379, data: '/data', health: ['CMD', 'redis-cli', 'ping'] },
  memcached: { image: 'memcached:1.6', port: 11211 },
  postgres: {
    image: 'postgres:17',
    port: 5432,
    environment: { POSTGRES_PASSWORD: '${POSTGRES_PASSWORD:?}' },
    data: '/var/lib/postgresql/data',
    health: ['CMD', 'pg_isready', '-U', 'postgres'],
  },
  mysql: {
    image: 'mysql:8.4',
    port: 3306,
    environment: { MYSQL_ROOT_PASSWORD: '${MYSQL_ROOT_PASSWORD:?}' },
    data: '/var/lib/mysql',
    health: ['CMD', 'mysqladmin', 'ping'],
  },
  mongodb: { image: 'mongo:8.0', port: 27017, data: '/data/db' },
};

/** What has to run beside the system for the feature, as a file to add to its compose file. */
export const compose: GenerationTarget = {
  name: 'compose',
  title: 'Compose file',
  generate({ spec, design: { resources } }) {
    const { needed, existing, infrastructure } = resources;
    const there = existing.map(({ kind, name }) => `${kind} (${name})`).join(', ');
    if (needed.length === 0)
      return {
        files: [],
        covers: [],
        note: there === '' ? 'Neither criteria nor decisions ask for a resource.' : `What is asked for is there: ${there}.`,
      };
    if (infrastructure.composeFiles.length === 0 && infrastructure.terraformFiles.length > 0)
      return { files: [], covers: [], note: 'The system is described in Terraform, not in a compose file.' };
    const words = featureWords(spec.feature);
    const byTechnology = new Map<string, NeededResource[]>();
    for (const resource of needed) byTechnology.set(resource.technology, [...(byTechnology.get(resource.technology) ?? []), resource]);
    const services: Record<string, unknown> = {};
    const volumes: Record<string, unknown> = {};
    for (const [technology, own] of byTechnology) {
      const recipe = RECIPES[technology];
      if (recipe === undefined) continue;
      const name = kebab([...words, technology]);
      services[name] = serviceOf(recipe, `${name}-data`, own);
      if (recipe.data !== undefined) volumes[`${name}-data`] = {};
    }
    const [base = 'compose.yaml'] = infrastructure.composeFiles;
    const file = `deploy/compose.${kebab(words)}.yaml`;
    const head = [
      `Run beside the system: docker compose -f ${base} -f ${file} up`,
      ...needed.map(({ kind, because }) => `${kind}: ${titled(because)}`),
    ];
    const text = `${head.map((line) => `# ${line}\n`).join('')}${stringify({ services, ...(Object.keys(volumes).length > 0 ? { volumes } : {}) }, { lineWidth: 0 })}`;
    return {
      files: [{ path: file, text }],
      covers: coveredBy(needed),
      note: `${needed.map(({ kind, technology }) => `${kind} (${technology})`).join(', ')}${there === '' ? '' : `; there already: ${there}`}.`,
    };
  },
};

export const coveredBy = (needed: readonly NeededResource[]): readonly string[] => [...new Set(needed.flatMap(({ criteria }) => criteria))];

function serviceOf(
  { image, port, command, environment, data, health }: Recipe,
  volume: string,
  needed: readonly NeededResource[],
): unknown {
  return {
    image,
    ...(command === undefined ? {} : { command }),
    restart: 'unless-stopped',
    expose: [String(port)],
    ...(environment === undefined ? {} : { environment }),
    ...(data === undefined ? {} : { volumes: [`${volume}:${data}`] }),
    ...(health === undefined ? {} : { healthcheck: { test: health, interval: '10s', timeout: '5s', retries: 5 } }),
    'x-criteria': coveredBy(needed),
  };
}
