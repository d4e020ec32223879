const AUTH = 'https://auth.acme.test';

export async function signIn(user: string, password: string): Promise<string> {
  const res = await fetch(`${AUTH}/sessions`, { method: 'POST', body: JSON.stringify({ user, password }) });
  const { id } = (await res.json()) as { id: string };
  return id;
}

export async function whoAmI(id: string): Promise<string> {
  const res = await fetch(`${AUTH}/sessions/${id}`, { method: 'GET' });
  return ((await res.json()) as { user: string }).user;
}
