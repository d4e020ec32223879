import { featureWords, kebab } from '../hand-off/names.ts';
import { visibleLine } from '../../visible.ts';
import { titled } from '../hand-off/quoting.ts';
import type { NeededResource, ResourceKind } from '../hand-off/resources.ts';
import type { GenerationTarget } from './target.ts';

interface Names {
  /** `image_upload` */
  readonly id: string;
  /** `image-upload` */
  readonly name: string;
}

type Recipe = (names: Names) => string;

/** What somebody has to say before it can be made. */
const variable = (name: string, description: string): string => `variable "${name}" {
  description = "${description}"
  type        = string
}`;

/** What a provider has for a kind, closed to the public and encrypted where the provider leaves it open. */
const RECIPES: Readonly<Record<string, Readonly<Record<ResourceKind, Recipe>>>> = {
  aws: {
    bucket: ({ id, name }) => `resource "aws_s3_bucket" "${id}" {
  bucket_prefix = "${name}-"
}

resource "aws_s3_bucket_public_access_block" "${id}" {
  bucket                  = aws_s3_bucket.${id}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "${id}" {
  bucket = aws_s3_bucket.${id}.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

output "${id}_bucket" {
  value = aws_s3_bucket.${id}.bucket
}`,
    queue: ({ id, name }) => `resource "aws_sqs_queue" "${id}_dead" {
  name                    = "${name}-dead"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "${id}" {
  name                    = "${name}"
  sqs_managed_sse_enabled = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.${id}_dead.arn
    maxReceiveCount     = 5
  })
}

output "${id}_queue_url" {
  value = aws_sqs_queue.${id}.url
}`,
    topic: ({ id, name }) => `resource "aws_sns_topic" "${id}" {
  name              = "${name}"
  kms_master_key_id = "alias/aws/sns"
}

output "${id}_topic_arn" {
  value = aws_sns_topic.${id}.arn
}`,
    database: ({ id, name }) => `resource "aws_db_instance" "${id}" {
  identifier                  = "${name}"
  engine                      = "postgres"
  instance_class              = var.${id}_database_class
  allocated_storage           = 20
  username                    = "${id}"
  manage_master_user_password = true
  storage_encrypted           = true
  publicly_accessible         = false
}

variable "${id}_database_class" {
  description = "Size of the database of ${name}."
  type        = string
  default     = "db.t4g.micro"
}`,
    cache: ({ id, name }) => `resource "aws_elasticache_replication_group" "${id}" {
  replication_group_id       = "${name}"
  description                = "Cache of ${name}"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
}`,
  },
  google: {
    bucket: ({ id, name }) => `resource "google_storage_bucket" "${id}" {
  name                        = "\${var.${id}_project}-${name}"
  location                    = "EU"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
}

${variable(`${id}_project`, 'Project that names of buckets begin with.')}`,
    queue: ({ id, name }) => `resource "google_pubsub_topic" "${id}_jobs" {
  name = "${name}-jobs"
}

resource "google_pubsub_subscription" "${id}_jobs" {
  name  = "${name}-jobs"
  topic = google_pubsub_topic.${id}_jobs.id
}`,
    topic: ({ id, name }) => `resource "google_pubsub_topic" "${id}" {
  name = "${name}"
}`,
    database: ({ id, name }) => `resource "google_sql_database_instance" "${id}" {
  name             = "${name}"
  database_version = "POSTGRES_16"
  settings {
    tier = "db-f1-micro"
    ip_configuration {
      ipv4_enabled = false
    }
  }
}`,
    cache: ({ id, name }) => `resource "google_redis_instance" "${id}" {
  name                    = "${name}"
  memory_size_gb          = 1
  transit_encryption_mode = "SERVER_AUTHENTICATION"
}`,
  },
  azurerm: {
    bucket: ({ id }) => `resource "azurerm_storage_container" "${id}" {
  name                  = "${id.replaceAll('_', '-')}"
  storage_account_id    = var.${id}_storage_account_id
  container_access_type = "private"
}

${variable(`${id}_storage_account_id`, 'Storage account that holds the container.')}`,
    queue: ({ id, name }) => `resource "azurerm_servicebus_queue" "${id}" {
  name         = "${name}"
  namespace_id = var.${id}_queue_namespace_id
}

${variable(`${id}_queue_namespace_id`, 'Service Bus namespace of the queue.')}`,
    topic: ({ id, name }) => `resource "azurerm_servicebus_topic" "${id}" {
  name         = "${name}"
  namespace_id = var.${id}_topic_namespace_id
}

${variable(`${id}_topic_namespace_id`, 'Service Bus namespace of the topic.')}`,
    database: ({ id, name }) => `resource "azurerm_postgresql_flexible_server_database" "${id}" {
  name      = "${name}"
  server_id = var.${id}_database_server_id
}

${variable(`${id}_database_server_id`, 'Server of the database.')}`,
    cache: ({ id, name }) => `resource "azurerm_redis_cache" "${id}" {
  name                = "${name}"
  resource_group_name = var.${id}_resource_group
  location            = var.${id}_location
  capacity            = 0
  family              = "C"
  sku_name            = "Basic"
  minimum_tls_version = "1.2"
}

${variable(`${id}_resource_group`, 'Resource group of the cache.')}

${variable(`${id}_location`, 'Where the cache runs.')}`,
  },
};

/** New resources as Terraform, where the system is described in it. */
export const terraform: GenerationTarget = {
  name: 'terraform',
  title: 'Terraform',
  generate({ spec, design: { resources } }) {
    const { needed, infrastructure } = resources;
    if (needed.length === 0) return { files: [], covers: [], note: 'No new resource is needed.' };
    const [first] = infrastructure.terraformFiles;
    if (first === undefined) return { files: [], covers: [], note: 'The system has no Terraform.' };
    const name = kebab(featureWords(spec.feature)).slice(0, 40).replace(/-+$/, '');
    const names = { name, id: name.replaceAll('-', '_') };
    const recipes = RECIPES[infrastructure.provider]!;
    const blocks = needed.map((resource) => `${head(resource)}\n${recipes[resource.kind](names)}\n`);
    return {
      files: [{ path: `deploy/${name}.tf`, text: `# Resources of ${titled(spec.feature)}\n\n${blocks.join('\n')}` }],
      covers: [...new Set(needed.flatMap(({ criteria }) => criteria))],
      note: `${needed.map(({ kind }) => kind).join(', ')} with the provider ${infrastructure.provider}; put it beside ${visibleLine(first)}.`,
    };
  },
};

const head = ({ kind, because, criteria }: NeededResource): string =>
  `# ${kind}: ${titled(because)}${criteria.length === 0 ? '' : ` (${criteria.join(', ')})`}`;
