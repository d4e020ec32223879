import { BaseLogger, LogLevel, type LogFields, type Logger } from './logger.ts';

class ConsoleLogger extends BaseLogger {
  protected override write(level: LogLevel, message: string, fields: LogFields): void {
    const line = JSON.stringify({ level: LogLevel[level].toLowerCase(), message, ...fields });
    process.stderr.write(`${line}\n`);
  }

  override child(fields: LogFields): Logger {
    return new ConsoleLogger(this.level, { ...this.fields, ...fields });
  }
}

/** One JSON object a line, on stderr. */
export function createConsoleLogger(service: string, level = LogLevel.Info): Logger {
  return new ConsoleLogger(level, { service });
}
