import { openLog } from '@weir/log/log.ts';
import { agentCommand } from './config.ts';
import { AgentError } from './errors.ts';
import { remove } from './remove.ts';
import { run } from './run.ts';

const version = '0.1.0';
const terminal = process.stderr.isTTY === true;
const colour = terminal && !('NO_COLOR' in process.env);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const command = agentCommand(
  {
    run: (config) =>
      run({
        config,
        version,
        log: openLog({ format: config.logFormat, level: config.logLevel, colour }),
        clock: { now: () => Date.now(), monotonic: () => Number(process.hrtime.bigint()) / 1e6 },
        random: () => Math.random(),
        signal: stop.signal,
      }),
    remove: (options) => remove(options, console.log),
  },
  version,
  terminal,
);

try {
  await command.parseAsync();
} catch (error) {
  if (!(error instanceof AgentError)) throw error;
  console.error(`weir-agent: ${error.message}`);
  process.exitCode = 2;
}
