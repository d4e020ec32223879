import axios from 'axios';

export const reserve = (reservation: Record<string, unknown>) =>
  axios.post('https://tables.acme.test/reservations', { ...reservation });
