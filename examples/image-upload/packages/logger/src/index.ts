export { createConsoleLogger } from './console-logger.ts';
export { LogLevel, type LogFields, type Logger } from './logger.ts';
export { MemoryLogger } from './memory-logger.ts';
