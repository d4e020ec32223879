import got from 'got';

const metering = got.extend({
  prefixUrl: 'https://metering.acme.test',
  headers: { 'X-API-Key': process.env.METERING_KEY },
});

export async function push(meter: string, value: number): Promise<void> {
  await metering.post('readings', { json: { meter, value } });
}
