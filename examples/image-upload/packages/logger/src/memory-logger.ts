import { BaseLogger, LogLevel, type LogFields, type Logger } from './logger.ts';

interface LogEntry {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

/** Keeps what was logged, for tests. Children share the entries of their parent. */
export class MemoryLogger extends BaseLogger {
  readonly entries: LogEntry[];

  constructor(fields: LogFields = {}, entries: LogEntry[] = []) {
    super(LogLevel.Debug, fields);
    this.entries = entries;
  }

  protected override write(level: LogLevel, message: string, fields: LogFields): void {
    this.entries.push({ level, message, fields });
  }

  override child(fields: LogFields): Logger {
    return new MemoryLogger({ ...this.fields, ...fields }, this.entries);
  }
}
