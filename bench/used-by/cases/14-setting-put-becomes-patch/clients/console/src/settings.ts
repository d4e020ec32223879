import ky from 'ky';

const settings = ky.extend({ prefixUrl: 'https://settings.acme.test/settings' });

export async function save(key: string, value: string): Promise<void> {
  await settings.put(key, { json: { value } });
}
