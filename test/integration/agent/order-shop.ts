import type { PackFile } from '../../../src/agent/targets/target.ts';

/** A shop in the manner of NestJS: dotted file names, imports without extension, one API with keys, Terraform of one provider. */
export const orderShop = (provider: 'aws' | 'google' | 'azurerm'): readonly PackFile[] => [
  { path: 'package.json', text: '{ "name": "shop", "dependencies": { "amqplib": "0.10.0" } }' },
  { path: 'tsconfig.json', text: '{ "compilerOptions": { "strict": true, "module": "commonjs", "moduleResolution": "node10" } }' },
  {
    path: 'src/orders/orders.service.ts',
    text: "import { OrderStore } from './orders.repository';\nexport class OrdersService {\n  constructor(private readonly store: OrderStore) {}\n  list() {\n    return this.store.all();\n  }\n}\n",
  },
  { path: 'src/orders/orders.repository.ts', text: 'export class OrderStore {\n  all(): string[] {\n    return [];\n  }\n}\n' },
  {
    path: 'src/orders/orders.controller.ts',
    text: "import { OrdersService } from './orders.service';\nexport class OrdersController {\n  constructor(private readonly orders: OrdersService) {}\n}\n",
  },
  {
    path: 'openapi.yaml',
    text: `openapi: 3.0.3
info: { title: shop, version: 1.0.0 }
servers: [{ url: https://shop.internal }]
security: [{ key: [] }]
paths:
  /api/v1/orderLines/{orderLineId}:
    get:
      operationId: getOrderLine
      parameters: [{ name: orderLineId, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/OrderLine' } } } }
        '401': { description: Who, content: { application/json: { schema: { $ref: '#/components/schemas/Fault' } } } }
  /api/v1/comments/{commentId}:
    get:
      operationId: getComment
      parameters: [{ name: commentId, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Comment' } } } }
        '401': { description: Who, content: { application/json: { schema: { $ref: '#/components/schemas/Fault' } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Api-Key } }
  schemas:
    OrderLine: { type: object, required: [id], properties: { id: { type: string }, tags: { type: array, items: { type: string } }, note: { type: string, nullable: true } } }
    Comment: { type: object, required: [id, body], properties: { id: { type: string }, body: { type: string }, state: { type: string, enum: [shown, hidden] } } }
    Fault: { type: object, required: [errorCode], properties: { errorCode: { type: integer }, reasons: { type: array, items: { type: object, properties: { text: { type: string } } } } } }
`,
  },
  {
    path: 'infra/main.tf',
    text: `resource "${{ aws: 'aws_ecs_cluster', google: 'google_cloud_run_service', azurerm: 'azurerm_resource_group' }[provider]}" "shop" {\n  name = "shop"\n}\n`,
  },
];

/** A system that speaks GraphQL alone, in functions. */
export const GRAPHQL: readonly PackFile[] = [
  { path: 'package.json', text: '{ "name": "shop" }' },
  { path: 'tsconfig.json', text: '{ "compilerOptions": { "strict": true, "module": "nodenext" } }' },
  {
    path: 'src/listOrders.ts',
    text: "import { openStore } from './orderStore.js';\nexport function listOrders(): string[] {\n  return openStore();\n}\n",
  },
  { path: 'src/orderStore.ts', text: 'export function openStore(): string[] {\n  return [];\n}\n' },
  { path: 'schema.graphql', text: 'type Query {\n  orders: [Order!]!\n}\n\ntype Order {\n  id: ID!\n}\n' },
];
