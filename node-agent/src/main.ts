import { openLog } from '@weir/log/log.ts';
import { collectWhenIdle } from './collect-when-idle.ts';
import { agentCommand } from './config.ts';
import { AgentError } from './errors.ts';
import { giveBackFreed } from './kernel/give-back.ts';
import { remove } from './remove.ts';
import { run } from './run.ts';

const version = '0.1.0';
const terminal = process.stderr.isTTY === true;
const colour = terminal && !('NO_COLOR' in process.env);
/** Time for what came last to be over. */
const collectEveryMs = 2_500;
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

// With --expose-gc, as in the image.
const { gc } = globalThis;
const compacting = { type: 'major', execution: 'sync', flavor: 'last-resort' } as const;
if (gc !== undefined)
  collectWhenIdle(() => {
    gc(compacting);
    giveBackFreed();
  }, collectEveryMs);

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
