export async function recent(): Promise<object[]> {
  const query = new URLSearchParams({ limit: '20' });
  const res = await fetch('https://events.acme.test/events?' + query.toString());
  const page = (await res.json()) as { events: object[] };
  return page.events;
}
