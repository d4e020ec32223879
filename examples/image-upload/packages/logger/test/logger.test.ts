import { LogLevel, MemoryLogger } from '@acme/logger';
import { expect, test } from 'vitest';

test('a child adds its fields and writes to its parent', () => {
  const logger = new MemoryLogger({ service: 'upload' });
  logger.child({ userId: 'u1' }).warn('slow', { milliseconds: 2100 });
  expect(logger.entries).toEqual([
    { level: LogLevel.Warn, message: 'slow', fields: { service: 'upload', userId: 'u1', milliseconds: 2100 } },
  ]);
});
