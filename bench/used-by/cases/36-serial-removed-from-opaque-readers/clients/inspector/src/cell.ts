type Row = Record<string, unknown>;

export async function cell(deviceId: string, column: string): Promise<string> {
  const res = await fetch(`https://devices.acme.test/devices/${deviceId}`);
  const device = (await res.json()) as Row;
  return String(device[column]);
}
