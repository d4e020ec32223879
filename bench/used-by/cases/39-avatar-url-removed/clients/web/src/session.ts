import { api, type Profile } from './api.js';

let cached: Profile | undefined;

export async function currentProfile(): Promise<Profile> {
  cached ??= await api.me();
  return cached;
}
