const API = 'https://api.acme.test/v1';

export async function greeting(userId: string): Promise<string> {
  const res = await fetch(`${API}/users/${encodeURIComponent(userId)}`);
  const user = (await res.json()) as { id: string; name: string };
  return `Hello ${user.name}`;
}
