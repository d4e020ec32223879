import { writeFile } from 'node:fs/promises';
import axios from 'axios';

export async function snapshot(deviceId: string): Promise<void> {
  const { data } = await axios.get(`https://devices.acme.test/devices/${deviceId}`);
  await writeFile(`${deviceId}.json`, JSON.stringify(data));
}
