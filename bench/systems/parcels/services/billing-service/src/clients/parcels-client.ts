import axios, { type AxiosInstance } from 'axios';
import type { BillingConfig } from '../config';

/** The part of a parcel that billing needs. */
export interface BillableParcel {
  id: string;
  senderId: string;
  weightGrams: number;
  serviceLevel: string;
  status: string;
}

export interface BillingSender {
  id: string;
  companyName: string;
  email: string;
  plan: string;
}

export class ParcelsClient {
  private readonly http: AxiosInstance;

  constructor(config: Pick<BillingConfig, 'parcelsUrl' | 'httpTimeoutMs'>) {
    this.http = axios.create({ baseURL: config.parcelsUrl, timeout: config.httpTimeoutMs });
  }

  async getParcel(id: string): Promise<BillableParcel> {
    const response = await this.http.get<BillableParcel>(`/parcels/${id}`);
    return response.data;
  }

  async getSender(id: string): Promise<BillingSender> {
    const { data } = await this.http.get<BillingSender>(`/senders/${encodeURIComponent(id)}`);
    return data;
  }
}
