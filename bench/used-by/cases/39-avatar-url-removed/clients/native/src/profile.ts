interface Profile {
  id: string;
  name: string;
  avatarUrl: string;
}

export async function title(token: string): Promise<string> {
  const res = await fetch('https://id.acme.test/me', { headers: { authorization: `Bearer ${token}` } });
  const profile = (await res.json()) as Profile;
  return profile.name;
}
