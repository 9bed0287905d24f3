import { type Command, Option } from 'commander';
import type { LogFormat, LogLevel } from './log.ts';

export interface LogFlags {
  readonly logFormat: LogFormat;
  readonly logLevel: LogLevel;
}

/** Adds the flags; unless told, logs are for people where a terminal shows them. */
export const withLogFlags = (command: Command, terminal: boolean): Command =>
  command
    .addOption(
      new Option('--log-format <format>')
        .env('WEIR_LOG_FORMAT')
        .choices(['json', 'pretty'])
        .default(terminal ? 'pretty' : 'json'),
    )
    .addOption(
      new Option('--log-level <level>')
        .env('WEIR_LOG_LEVEL')
        .choices(['error', 'warn', 'info', 'debug'])
        .default('info'),
    );
