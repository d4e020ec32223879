interface Reservation {
  guests: number;
  at: Date;
}

export async function reserve({ guests, at }: Reservation): Promise<boolean> {
  const res = await fetch('https://tables.acme.test/reservations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ guests, at: at.toISOString() }),
  });
  return res.ok;
}
