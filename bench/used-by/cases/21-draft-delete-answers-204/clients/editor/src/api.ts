export async function api<T>(path: string, init?: RequestInit): Promise<T> {
  const res = await fetch(`https://drafts.acme.test${path}`, init);
  if (!res.ok) throw new Error(res.statusText);
  return res.json() as Promise<T>;
}
