import { BookingsApi } from './generated/BookingsApi.js';

const api = new BookingsApi();

export async function roomsUntil(to: string): Promise<string[]> {
  const bookings = await api.listBookings({ to });
  return bookings.map((booking) => booking.room);
}
