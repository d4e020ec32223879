import { session } from './paths.js';

export async function signOut(id: string): Promise<void> {
  await fetch(session(id), { method: 'DELETE', credentials: 'include' });
  location.assign('/');
}
