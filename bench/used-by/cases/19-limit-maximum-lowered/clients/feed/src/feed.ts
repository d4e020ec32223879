export async function feed(cursor: string): Promise<number> {
  const res = await fetch(`https://events.acme.test/events?cursor=${cursor}`);
  const page = (await res.json()) as { events: object[] };
  return page.events.length;
}
