import { destination, pino } from 'pino';
import type { Config } from './config.ts';

/** Messages for whoever operates specgraph, never results. Details are plain data; secrets do not belong in them. */
export interface Log {
  debug(message: string, details?: Readonly<Record<string, unknown>>): void;
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** One JSON object a line on stderr; stdout belongs to results. */
export function createLog(level: Config['log']): Log {
  const logger = pino({ level, base: null }, destination({ dest: 2, sync: true }));
  return {
    debug: (message, details = {}) => logger.debug(details, message),
    info: (message, details = {}) => logger.info(details, message),
    warn: (message, details = {}) => logger.warn(details, message),
    error: (message, details = {}) => logger.error(details, message),
  };
}
