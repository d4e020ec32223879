import ky from 'ky';

export async function flag(key: string): Promise<boolean> {
  const setting = await ky.get(`https://settings.acme.test/settings/${key}`).json<{ value: string }>();
  return setting.value === 'on';
}
