import axios from 'axios';

const bookings = axios.create({ baseURL: 'https://bookings.acme.test/v1' });

export async function agenda(from: string, to: string): Promise<string[]> {
  const { data } = await bookings.request<{ room: string }[]>({ method: 'GET', url: '/bookings', params: { from, to } });
  return data.map((booking) => booking.room);
}
