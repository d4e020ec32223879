import { describe, expect, it } from 'vitest';
import type { Expr } from '../../../../ingest/keys.ts';
import { clientCallsOf, type ClientCall } from '../../../../ingest/link/http/clients.ts';
import { linkFrom } from '../link-fixture.ts';

async function callIn(code: string): Promise<ClientCall> {
  const { keys } = await linkFrom({ 'src/client.ts': code }, []);
  return clientCallsOf(keys).at(-1)!;
}

/** Names of an object, `?` behind those that are there on some ways only, `…` for others that are not known. */
const namesOf = (expr: Expr | undefined): readonly string[] =>
  expr?.is === 'object'
    ? [...Object.keys(expr.entries).map((name) => (expr.maybe?.includes(name) ? `${name}?` : name)), ...(expr.spread ? ['…'] : [])].sort()
    : [`${expr?.is}`];

describe('what a call over HTTP sends', () => {
  it('has what is written into its parts after they were made', async () => {
    const call = await callIn(`
export async function stores(region: string | undefined, near: string) {
  const url = new URL('https://stores.test/stores');
  url.searchParams.set('near', near);
  if (region) url.searchParams.append('region', region);
  const init: RequestInit = { method: 'POST' };
  init.body = JSON.stringify({ near });
  return fetch(url.toString(), init);
}`);
    expect(call.method).toBe('POST');
    expect((call.url.given ?? []).flatMap(namesOf)).toEqual(['near', 'region?']);
    expect(namesOf(call.body)).toEqual(['near']);
  });

  it('has keys of a conditional spread on some ways only', async () => {
    const { body } = await callIn(`
import axios from 'axios';
export const add = (sku: string, note?: string) =>
  axios.post('https://shop.test/items', { sku, ...(note ? { note } : {}), ...(sku && { known: true }) });`);
    expect(namesOf(body)).toEqual(['known?', 'note?', 'sku']);
  });

  it('has the headers that its client was made with', async () => {
    const { headers } = await callIn(`
import axios from 'axios';
const shop = axios.create({ baseURL: 'https://shop.test', headers: { Authorization: 'Bearer x' } });
export const items = () => shop.get('/items', { headers: { Accept: 'text/csv' } });`);
    expect(namesOf(headers)).toEqual(['Accept', 'Authorization']);
  });

  it('goes to a path that a member of a literal makes', async () => {
    const { url } = await callIn(`
import axios from 'axios';
const PATHS = { person: (id: string) => \`/people/\${id}\` } as const;
const hr = axios.create({ baseURL: 'https://hr.test' });
export const person = (id: string) => hr.get(PATHS.person(id));`);
    expect(url.segments).toEqual(['people', undefined]);
  });

  it('may be one of several texts', async () => {
    const { body } = await callIn(`
import axios from 'axios';
export const add = (urgent: boolean) => axios.post('https://jobs.test/jobs', { priority: urgent ? 'high' : 'low' });`);
    expect(body).toMatchObject({ entries: { priority: { text: 'high', others: ['low'] } } });
  });
});

describe('what is done with the answer', () => {
  it('says which status it is compared with', async () => {
    const { result } = await callIn(`
const OK = 200;
export async function save() {
  const res = await fetch('https://shop.test/items', { method: 'POST' });
  if (res.status !== OK) throw new Error();
}`);
    expect(result?.reads).toMatchObject([{ path: 'status', equals: ['200'] }]);
    expect(result?.body).toBeUndefined();
  });

  it('goes out of sight where it is read by a computed key', async () => {
    const { result } = await callIn(`
export async function cell(column: string) {
  const row = (await (await fetch('https://shop.test/row')).json()) as Record<string, unknown>;
  return String(row[column]);
}`);
    expect(result?.escapes).toMatchObject([{ path: '', to: 'outside', body: true }]);
  });

  it('is followed through lists of requests', async () => {
    const { result } = await callIn(`
export async function clean(ids: string[]) {
  const answers = await Promise.all(ids.map((id) => fetch(\`https://shop.test/items/\${id}\`, { method: 'DELETE' })));
  return answers.filter((answer) => answer.status === 204).length;
}`);
    expect(result?.escapes?.filter(({ path }) => path === '') ?? []).toEqual([]);
    expect(result?.reads).toContainEqual(expect.objectContaining({ path: 'status', equals: ['204'] }));
  });
});
