export async function comment(text: string): Promise<string> {
  const res = await fetch('https://comments.acme.test/comments', { method: 'POST', body: JSON.stringify({ text }) });
  if (!res.ok) throw new Error('comment refused');
  const { id } = (await res.json()) as { id: string };
  return id;
}
