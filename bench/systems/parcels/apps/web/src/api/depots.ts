import { request } from './client';

export interface Depot {
  code: string;
  name: string;
  city: string;
  capacity: number;
}

export interface DepotLoad {
  code: string;
  waiting: number;
}

export const fetchDepots = (city?: string): Promise<Depot[]> =>
  request<Depot[]>('GET', city ? `/depots?city=${encodeURIComponent(city)}` : '/depots');

export const fetchDepotLoad = (code: string): Promise<DepotLoad> => request<DepotLoad>('GET', `/depots/${code}/load`);
