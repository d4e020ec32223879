import { intEnv, optionalEnv, requireEnv } from '@parcels/config';

export const config = {
  port: intEnv('PORT', 3000),
  databaseUrl: requireEnv('PARCELS_DATABASE_URL'),
  kafkaBrokers: requireEnv('KAFKA_BROKERS').split(','),
  logLevel: optionalEnv('LOG_LEVEL', 'info'),
  maxWeightGrams: intEnv('MAX_PARCEL_WEIGHT_GRAMS', 30000),
};
