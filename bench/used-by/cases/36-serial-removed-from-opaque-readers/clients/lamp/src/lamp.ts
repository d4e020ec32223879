export async function lamp(deviceId: string): Promise<'green' | 'red'> {
  const res = await fetch(`https://devices.acme.test/devices/${deviceId}`);
  const { online } = (await res.json()) as { online: boolean };
  return online ? 'green' : 'red';
}
