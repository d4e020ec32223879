import axios, { type AxiosInstance } from 'axios';
import type { BillingConfig } from '../config';

interface Shipment {
  id: string;
  parcelId: string;
  state: string;
  signedBy: string | null;
}

export interface DeliveryProof {
  delivered: boolean;
  signedBy: string | null;
}

export class TrackingClient {
  private readonly http: AxiosInstance;

  constructor(config: Pick<BillingConfig, 'trackingUrl' | 'httpTimeoutMs'>) {
    this.http = axios.create({ baseURL: `${config.trackingUrl}/api`, timeout: config.httpTimeoutMs });
  }

  async proofOfDelivery(parcelId: string): Promise<DeliveryProof> {
    const { data } = await this.http.get<Shipment>(`/shipments/${parcelId}`);
    return { delivered: data.state === 'delivered', signedBy: data.signedBy };
  }
}
