import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { openLog } from '@weir/log/log.ts';
import { CommanderError } from 'commander';
import { certificate } from './cli/certificate.ts';
import { check } from './cli/check.ts';
import { operatorCommand } from './cli/command.ts';
import { explain } from './cli/explain.ts';
import { serve } from './cli/serve.ts';
import { OperatorError } from './errors.ts';

const clock = () => Date.now();
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const colour = process.stderr.isTTY === true && !('NO_COLOR' in process.env);
const command = operatorCommand(
  {
    serve: (options) =>
      serve({
        options,
        log: openLog({ format: options.logFormat, level: options.logLevel, colour }),
        clock,
        monotonic: () => performance.now(),
        random: Math.random,
        identity: `${hostname()}_${randomUUID()}`,
        signal: stop.signal,
      }),
    check: async (paths, settings) => {
      if (!(await check(paths, settings, console.log))) process.exitCode = 1;
    },
    explain: async (paths, options) => {
      const output = { write: console.log, warn: console.error };
      if (!(await explain(paths, options, output))) process.exitCode = 1;
    },
    certificate: (options) => certificate(options, clock),
    wait: async (options) => {
      const { waitForEnforced } = await import('./cli/wait.ts');
      const parts = {
        ...options,
        monotonic: () => performance.now(),
        write: console.log,
        signal: stop.signal,
      };
      if (!(await waitForEnforced(parts))) process.exitCode = 1;
    },
    uninstall: async ({ access, ...options }) => {
      const { uninstallBy } = await import('./cli/uninstall.ts');
      const parts = {
        ...options,
        monotonic: () => performance.now(),
        write: console.log,
        signal: stop.signal,
      };
      if (!(await uninstallBy(access, parts))) process.exitCode = 1;
    },
  },
  '0.1.0',
  process.stderr.isTTY === true,
);

try {
  await command.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  if (!(error instanceof OperatorError)) throw error;
  console.error(`weir-operator: ${error.message} (${error.code})`);
  process.exitCode = 2;
}
