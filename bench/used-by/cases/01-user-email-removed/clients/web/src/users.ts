const API = 'https://api.acme.test/v1';

interface User {
  id: string;
  name: string;
  email: string;
}

export async function showUser(id: string): Promise<void> {
  const res = await fetch(`${API}/users/${id}`);
  if (!res.ok) throw new Error(`no user ${id}`);
  const user = (await res.json()) as User;
  document.querySelector('#name')!.textContent = user.name;
  document.querySelector('#contact')!.setAttribute('href', `mailto:${user.email}`);
}
