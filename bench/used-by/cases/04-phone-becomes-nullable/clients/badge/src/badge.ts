export async function badge(id: string): Promise<string> {
  const res = await fetch(`https://contacts.acme.test/api/contacts/${id}`);
  const contact = (await res.json()) as { displayName?: string };
  return contact?.displayName?.toUpperCase() ?? 'VISITOR';
}
