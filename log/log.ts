import { createLogger, format, type Logger, transports } from 'winston';

export type LogFormat = 'json' | 'pretty';
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Fields of a log line; the message itself is constant. */
export type Fields = Readonly<Record<string, unknown>>;

/** What the stages' edges log with. */
export interface Log {
  error(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  debug(message: string, fields?: Fields): void;
}

/** Logs to standard error: JSON lines, or pretty text (in colour where asked) for people. */
export function openLog(options: { format: LogFormat; level: LogLevel; colour: boolean }): Log {
  const layout =
    options.format === 'json'
      ? format.combine(format.timestamp(), format.json())
      : format.combine(
          format.timestamp({ format: 'HH:mm:ss.SSS' }),
          ...(options.colour ? [format.colorize({ level: true })] : []),
          format.printf(prettyLine),
        );
  const logger: Logger = createLogger({
    level: options.level,
    format: layout,
    transports: [new transports.Stream({ stream: process.stderr })],
  });
  const write =
    (level: LogLevel) =>
    (message: string, fields: Fields = {}) => {
      logger.log({ level, message, ...fields });
    };
  return { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
}

function prettyLine(info: Record<string | symbol, unknown>): string {
  const { timestamp, level, message, ...fields } = info;
  const rest = Object.entries(fields).map(([name, value]) => `${name}=${text(value)}`);
  return [timestamp, level, message, ...rest].join(' ');
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
