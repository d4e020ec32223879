import pino from 'pino';
import { config } from './config';

export const logger = pino({
  name: 'parcels',
  level: config.logLevel,
  redact: ['recipientEmail', '*.recipientEmail'],
});
