import axios from 'axios';
import { ENDPOINTS } from './endpoints.js';

const hr = axios.create({ baseURL: 'https://hr.acme.test' });

export async function personName(id: string): Promise<string> {
  const { data } = await hr.get<{ name: string }>(ENDPOINTS.person(id));
  return data.name;
}
