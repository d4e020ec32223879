import { describe, expect, test } from 'vitest';
import { createApiClient, type Transport } from '../src/api-client.ts';

const body = new Uint8Array([1, 2]);

function client(status: number, text: string) {
  const requests: Parameters<Transport>[] = [];
  const transport: Transport = async (...request) => {
    requests.push(request);
    request[2](2, 2);
    return { status, text };
  };
  return { api: createApiClient({ baseUrl: '/api', token: 't' }, transport), requests };
}

describe('uploadImage', () => {
  test('posts the picture with the session and reports progress', async () => {
    const { api, requests } = client(201, '{"id":"i1"}');
    const seen: number[] = [];
    const result = await api.uploadImage(body, { fileName: 'me.png', onProgress: (sent) => seen.push(sent) });
    expect(result).toEqual({ ok: true, value: { id: 'i1' } });
    expect(requests[0]?.slice(0, 2)).toEqual([
      '/api/images',
      { method: 'POST', headers: { authorization: 'Bearer t', 'x-file-name': 'me.png' }, body },
    ]);
    expect(seen).toEqual([2]);
  });

  test.each([
    [413, '', 'This picture is too large.'],
    [422, '{"message":"Refused."}', 'Refused.'],
    [502, '<html>', 'The upload failed.'],
  ])('turns %i into words', async (status, text, error) => {
    const { api } = client(status, text);
    expect(await api.uploadImage(body, { fileName: 'me.png', onProgress: () => {} })).toEqual({ ok: false, error });
  });
});
