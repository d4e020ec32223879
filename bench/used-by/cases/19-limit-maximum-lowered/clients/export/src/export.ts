import axios from 'axios';

const events = axios.create({ baseURL: 'https://events.acme.test' });

export async function* exportAll(): AsyncGenerator<object> {
  let cursor: string | undefined;
  do {
    const page = await events.get<{ events: object[]; cursor?: string }>('/events', { params: { limit: 500, cursor } });
    yield* page.data.events;
    cursor = page.data.cursor;
  } while (cursor);
}
