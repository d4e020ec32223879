import { describe, expect, it } from 'vitest';
import { terraformFormat } from '../../../../ingest/workers/terraform.ts';
import { readFormat } from '../read-format.ts';

const MAIN = `
# The parcel system.
variable "region" {
  description = "Where it runs."
  default     = "eu-central-1"
}

locals {
  name = "parcels-\${var.region}"
}

data "aws_iam_policy_document" "assume" {
  statement { actions = ["sts:AssumeRole"] }
}

resource "aws_sqs_queue" "jobs" { name = local.name }

resource "aws_lambda_function" "billing" {
  function_name = "billing"
  role          = aws_iam_role.billing[0].arn
  environment {
    variables = merge({
      QUEUE_URL   = aws_sqs_queue.jobs.url
      LOG_LEVEL   = "info"
      DB_PASSWORD = "hunter2"
      (var.region) = { NESTED = "no" }
    }, local.more)
  }
  depends_on = [data.aws_iam_policy_document.assume]
}

resource "aws_ecs_task_definition" "tracking" {
  container_definitions = jsonencode([{
    name        = "tracking"
    environment = [{ name = "PORT", value = "3000" }, { "name" : "BILLING_URL", "value" : "http://billing" }]
    secrets     = [{ name = "API_TOKEN", valueFrom = aws_ssm_parameter.token.arn }]
  }])
}

resource "google_cloud_run_service" "web" {
  template { spec { containers { env {
    name  = "API_URL"
    value = "https://api.example.com"
  } } } }
}

module "network" {
  source = "../modules/network"
  cidr   = var.cidr
  tags   = { for k, v in var.tags : k => upper(v) }
}

output "queue" {
  value = <<-EOT
    \${aws_sqs_queue.jobs.arn} and $\${not.this_one}
  EOT
}
`;

describe('the terraform worker', () => {
  it('states what a module consists of and what refers to what, strings and heredocs included', async () => {
    const { arrows, diagnostics, nodes } = await readFormat(terraformFormat, { 'infra/main.tf': MAIN });
    expect(diagnostics).toEqual([]);
    expect(
      arrows
        .filter((arrow) => arrow.includes('DEPENDS_ON'))
        .map((arrow) => arrow.replaceAll('shop//res:infra/', ''))
        .sort(),
    ).toEqual(
      [
        'aws_ecs_task_definition.tracking DEPENDS_ON aws_ssm_parameter.token',
        'aws_lambda_function.billing DEPENDS_ON aws_iam_role.billing',
        'aws_lambda_function.billing DEPENDS_ON aws_sqs_queue.jobs',
        'aws_lambda_function.billing DEPENDS_ON data.aws_iam_policy_document.assume',
        'aws_lambda_function.billing DEPENDS_ON local.more',
        'aws_lambda_function.billing DEPENDS_ON var.region',
        'aws_sqs_queue.jobs DEPENDS_ON local.name',
        'local.name DEPENDS_ON var.region',
        'module.network DEPENDS_ON shop//res:modules/network/var.cidr',
        'module.network DEPENDS_ON shop//res:modules/network/var.tags',
        'module.network DEPENDS_ON var.cidr',
        'module.network DEPENDS_ON var.tags',
        'output.queue DEPENDS_ON aws_sqs_queue.jobs',
      ].sort(),
    );
    expect(nodes.find(({ name }) => name === 'var.region')).toMatchObject({
      props: { doc: 'Where it runs.' },
      span: { line: 3, endLine: 6 },
    });
  });

  it('declares the environment of functions and containers, without secrets', async () => {
    const { keys, nodes } = await readFormat(terraformFormat, { 'infra/main.tf': MAIN });
    expect(keys.map((key) => (key.key === 'config' ? [key.by.replace('shop//res:infra/', ''), key.name, key.value] : []))).toEqual([
      ['aws_lambda_function.billing', 'QUEUE_URL', undefined],
      ['aws_lambda_function.billing', 'LOG_LEVEL', 'info'],
      ['aws_lambda_function.billing', 'DB_PASSWORD', undefined],
      ['aws_ecs_task_definition.tracking', 'PORT', '3000'],
      ['aws_ecs_task_definition.tracking', 'BILLING_URL', 'http://billing'],
      ['aws_ecs_task_definition.tracking', 'API_TOKEN', undefined],
      ['google_cloud_run_service.web', 'API_URL', 'https://api.example.com'],
    ]);
    expect(nodes.find(({ name }) => name === 'API_TOKEN')?.props).toEqual({ secret: true });
    expect(JSON.stringify(nodes)).not.toContain('hunter2');
  });

  it('links values files to the variables that they set', async () => {
    const { arrows } = await readFormat(terraformFormat, { 'infra/prod.tfvars': 'region = "us-east-1"\n' });
    expect(arrows).toEqual(['shop//doc:infra/prod.tfvars DEPENDS_ON shop//res:infra/var.region']);
  });

  it('reads the rest of a broken file, and says where it is broken', async () => {
    const { diagnostics, things } = await readFormat(terraformFormat, {
      'a.tf': 'resource "x_a" "one" {\n  ] = 3\n  a == 1\n}\n}\nresource "x_b" "two" {}\n',
    });
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'parse-failure', span: expect.objectContaining({ line: 2 }) })]);
    expect(things).toEqual(['Resource shop//res:x_a.one', 'Resource shop//res:x_b.two']);
  });

  it.each([
    ['nothing', ''],
    ['brackets within brackets', `a = ${'['.repeat(20_000)}`],
    ['blocks within blocks', 'b {\n'.repeat(20_000)],
    ['templates within templates', `a = "${'${"'.repeat(5000)}`],
    ['templates without end, one after the other', `a = "${'${ '.repeat(50_000)}`],
    ['a heredoc without end', `a = <<EOT\n${'${x.y\n'.repeat(50_000)}`],
    ['many heredocs without end', 'a = <<EOT\n'.repeat(20_000)],
    ['a comment without end', '/* '.repeat(100_000)],
    ['quotes', '"'.repeat(100_000)],
  ])('takes bounded time over %s', async (_, text) => {
    const started = Date.now();
    await readFormat(terraformFormat, { 'a.tf': text });
    expect(Date.now() - started).toBeLessThan(3000);
  });
});
