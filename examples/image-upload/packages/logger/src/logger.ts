export enum LogLevel {
  Debug = 10,
  Info = 20,
  Warn = 30,
  Error = 40,
}

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** What services log through. Events about an upload always carry `userId`. */
export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to everything it writes. */
  child(fields: LogFields): Logger;
}

/** Shared half of all loggers: levels and fields. Subclasses only write. */
export abstract class BaseLogger implements Logger {
  constructor(
    protected readonly level: LogLevel,
    protected readonly fields: LogFields,
  ) {}

  protected abstract write(level: LogLevel, message: string, fields: LogFields): void;
  abstract child(fields: LogFields): Logger;

  info(message: string, fields: LogFields = {}): void {
    this.log(LogLevel.Info, message, fields);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.log(LogLevel.Warn, message, fields);
  }

  error(message: string, fields: LogFields = {}): void {
    this.log(LogLevel.Error, message, fields);
  }

  private log(level: LogLevel, message: string, fields: LogFields): void {
    if (level >= this.level) this.write(level, message, { ...this.fields, ...fields });
  }
}
