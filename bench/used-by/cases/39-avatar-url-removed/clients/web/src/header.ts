import { currentProfile } from './session.js';

export async function header(): Promise<string> {
  const { avatarUrl: picture, name } = await currentProfile();
  return `<img src="${picture}" alt="${name}">`;
}
