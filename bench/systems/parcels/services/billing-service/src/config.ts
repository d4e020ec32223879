import { intEnv, optionalEnv, requireEnv } from '@parcels/config';

export interface BillingConfig {
  port: number;
  databaseUrl: string;
  parcelsUrl: string;
  trackingUrl: string;
  paygateUrl: string;
  paygateApiKey: string;
  kafkaBrokers: string[];
  paymentTermDays: number;
  httpTimeoutMs: number;
}

export function loadConfig(): BillingConfig {
  return {
    port: intEnv('PORT', 3000),
    databaseUrl: requireEnv('BILLING_DATABASE_URL'),
    parcelsUrl: requireEnv('PARCELS_URL'),
    trackingUrl: requireEnv('TRACKING_URL'),
    paygateUrl: optionalEnv('PAYGATE_URL', 'https://api.paygate.example'),
    paygateApiKey: requireEnv('PAYGATE_API_KEY'),
    kafkaBrokers: requireEnv('KAFKA_BROKERS').split(','),
    paymentTermDays: intEnv('PAYMENT_TERM_DAYS', 14),
    httpTimeoutMs: intEnv('HTTP_TIMEOUT_MS', 3000),
  };
}
