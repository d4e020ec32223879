export async function comment(text: string): Promise<string> {
  const res = await fetch('https://comments.acme.test/comments', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  if (res.status !== 200) throw new Error(`comment refused: ${res.status}`);
  return ((await res.json()) as { id: string }).id;
}
