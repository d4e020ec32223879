import { describe, expect, it } from 'vitest';
import type { Expr, OperationKey } from '../../../../../ingest/keys.ts';
import { clientCallsOf } from '../../../../../ingest/link/http/clients.ts';
import { sentBy, type SentParts } from '../../../../../ingest/link/http/sent.ts';
import { linkFrom } from '../../link-fixture.ts';

const OPERATION: OperationKey = {
  key: 'operation',
  id: 'shop//api:shop#PUT /carts/{id}',
  api: 'shop//api:shop',
  method: 'PUT',
  path: '/carts/{id}',
  line: 1,
  col: 1,
  fields: ['request.body.note', 'request.query.dry', 'request.header.x-shop'],
};

async function sentIn(code: string): Promise<SentParts> {
  const { keys } = await linkFrom({ 'src/client.ts': code }, []);
  return sentBy(
    keys,
    clientCallsOf(keys).find(({ method }) => method === 'PUT')!,
    OPERATION,
  );
}

const namesOf = (layers: readonly Expr[]): readonly string[] =>
  layers.flatMap((layer) => (layer.is === 'object' ? Object.keys(layer.entries) : [layer.is]));

const SENDER = `
type Transport = (url: string, init: { method: string; headers: Record<string, string>; body: string }) => Promise<{ text: string }>;
export function createClient(base: string, transport: Transport) {
  const send = async (route: string, ...given: unknown[]) => {
    const [method = 'GET', path = ''] = route.split(' ');
    const headers = { 'x-shop': 'berlin' };
    const { text } = await transport(base + path, { method, headers, body: JSON.stringify(given) });
    return JSON.parse(text);
  };`;

describe('what a function is told to send', () => {
  it('is the literal that has fields of the operation; its headers are those that the function puts on', async () => {
    const { body, query, header } = await sentIn(`${SENDER}
  return { save: (id: string, note: string) => send('PUT /carts/{id}', [id], { note }) };
}`);
    expect([namesOf(body.layers), body.open]).toEqual([['note'], false]);
    expect([namesOf(query.layers), query.open]).toEqual([[], false]);
    expect([namesOf(header.layers), header.open]).toEqual([['x-shop'], false]);
  });

  it('is told apart by names of parts, and by fields', async () => {
    const { body, query } = await sentIn(`${SENDER}
  return { save: (id: string, note: string) => send('PUT /carts/{id}', { query: { dry: true }, body: { note } }) };
}`);
    expect([namesOf(body.layers), namesOf(query.layers)]).toEqual([['note'], ['dry']]);
  });

  it('is not known where it is handed over as a whole, or the function is not seen', async () => {
    const whole = await sentIn(`${SENDER}
  return { save: (id: string, cart: any) => send('PUT /carts/{id}', [id], cart) };
}`);
    expect(whole.body.open).toBe(true);
    const unseen = await sentIn(`
interface Client { call(route: string, params: readonly string[], body: unknown): Promise<unknown> }
export const save = (client: Client, note: string) => client.call('PUT /carts/{id}', ['1'], { note });`);
    expect([namesOf(unseen.body.layers), unseen.header.open]).toEqual([['note'], true]);
  });
});

describe('what a library sends', () => {
  it('is what is written', async () => {
    const { body, header } = await sentIn(
      `export const save = () => fetch('/carts/1', { method: 'PUT', headers: { accept: '*/*' }, body: JSON.stringify({ note: '' }) });`,
    );
    expect([namesOf(body.layers), namesOf(header.layers), body.open]).toEqual([['note'], ['accept'], false]);
  });
});
