import { describe, expect, it } from 'vitest';
import { factMask } from '../../../../graph/model/edge.ts';
import { callsLinker } from '../../../../ingest/link/calls.ts';
import { endpointsLinker } from '../../../../ingest/link/endpoints.ts';
import { languagesFormat } from '../../../../ingest/workers/languages/languages.ts';
import { openapi } from '../../../../ingest/workers/openapi/openapi.ts';
import { linkFrom } from '../link-fixture.ts';

const CONTRACT = `openapi: 3.1.0
info: { title: stock, version: 1.0.0 }
servers: [{ url: 'https://stock.shop/v1' }]
paths:
  /items/{id}:
    get: { operationId: getItem, responses: { '200': { description: The item. } } }
    delete: { operationId: dropItem, responses: { '204': { description: Gone. } } }
  /orders:
    post: { operationId: order, responses: { '201': { description: The order. } } }
`;
const link = (files: Readonly<Record<string, string>>) =>
  linkFrom({ 'contracts/stock.yaml': CONTRACT, ...files }, [endpointsLinker, callsLinker], [openapi, languagesFormat]);

describe('calls over HTTP in languages without a compiler', () => {
  it('reach operations like those of TypeScript, less surely', async () => {
    const { arrows, edge } = await link({
      'py/stock.py': `import requests
BASE = "https://stock.shop/v1"
def item(id): return requests.get(f"{BASE}/items/{id}")
def order(): return requests.post("https://stock.shop/v1/orders", json={})
`,
      'go/stock.go': `package stock
import "net/http"
func Item(base string, id string) { http.Get(base + "/items/" + id) }
`,
    });
    expect(arrows('INVOKES')).toEqual([
      'go/stock.go#Item INVOKES api:stock#GET /items/{id}',
      'py/stock.py#item INVOKES api:stock#GET /items/{id}',
      'py/stock.py#order INVOKES api:stock#POST /orders',
    ]);
    const { tier, confidence, sites } = edge('py/stock.py#order INVOKES api:stock#POST /orders');
    expect({ tier, confidence }).toEqual({ tier: 'heuristic', confidence: 0.9 });
    // Which fields it sends and reads cannot be seen.
    expect(sites).toMatchObject([{ line: 4, file: 'py/stock.py', facts: factMask('spread', 'as-value', 'result-used') }]);
  });

  it('are calls of others where a host is written, and nothing where only a path is', async () => {
    const { things, arrows } = await link({
      'py/pay.py': `import requests
def pay(): return requests.post("https://api.pay.example/charges")
def lost(): return requests.get("/nowhere")
def unknown(base): return requests.get(base + "/nowhere")
`,
    });
    expect(things).toEqual(['HttpCall http:api.pay.example#POST /charges']);
    expect(arrows()).toEqual(['py/pay.py#pay INVOKES http:api.pay.example#POST /charges']);
  });

  it('survive URLs that are none', async () => {
    const { arrows } = await link({
      'py/odd.py': `import requests
def odd(x): return [requests.get(""), requests.get(x), requests.get("{}"), requests.get("://"), requests.get("%zz/items/1"), requests.get(f"{x}{x}")]
`,
    });
    expect(arrows()).toEqual([]);
  });
});
