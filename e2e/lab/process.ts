import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from './errors.ts';
import { namespacePath } from './net/namespace.ts';
import type { ProcessId } from './state.ts';
import { isAlive, processId } from './state.ts';

/** The repository's top: programs and objects are named from there. */
export const repository = join(import.meta.dirname, '../..');

export interface ProcessSpec {
  readonly command: readonly string[];
  /** Network namespace to run in; undefined: the caller's. */
  readonly namespace: string | undefined;
  /** Gets stdout and stderr, appended. */
  readonly log: string;
  /** See LabState. */
  readonly marker: string;
}

/** A program in a network namespace. `ip netns exec` would hide /sys/fs/bpf, nsenter does not. */
export const inNamespaceCommand = (namespace: string, command: readonly string[]): readonly string[] => [
  'nsenter',
  `--net=${namespacePath(namespace)}`,
  '--',
  ...command,
];

/** Starts a process that goes on when this one ends. @throws LabError command-failed */
export async function startProcess(spec: ProcessSpec): Promise<ProcessId> {
  const { command, namespace, log, marker } = spec;
  const [program = '', ...rest] = namespace === undefined ? command : inNamespaceCommand(namespace, command);
  const output = openSync(log, 'a', 0o600);
  try {
    const child = spawn(program, rest, {
      cwd: repository,
      detached: true,
      env: { ...process.env, WEIR_LAB_MARKER: marker },
      stdio: ['ignore', output, output],
    });
    await new Promise<void>((resolve, reject) => {
      child.on('spawn', resolve);
      child.on('error', (error) => reject(new LabError('command-failed', `cannot run ${program}`, error)));
    });
    child.unref();
    const id = child.pid === undefined ? undefined : processId(child.pid);
    if (id === undefined)
      throw new LabError('process-ended', `${command.join(' ')} ended at once: ${logEnd(log)}`);
    return id;
  } finally {
    closeSync(output);
  }
}

/** Ends processes, first asked and after `patience` milliseconds killed; those that have ended are left alone. */
export async function endProcesses(ids: readonly ProcessId[], patience = 10_000): Promise<void> {
  for (const id of ids) signal(id, 'SIGTERM');
  const deadline = Date.now() + patience;
  while (ids.some(isAlive) && Date.now() < deadline) await sleep(20);
  for (const id of ids) signal(id, 'SIGKILL');
  while (ids.some(isAlive)) await sleep(10);
}

/** Signals the process only if it is still the one that was started. */
export function signal(id: ProcessId, name: NodeJS.Signals): void {
  try {
    if (isAlive(id)) process.kill(id.pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}

/** The last lines of a log, for messages. */
export function logEnd(log: string, lines = 15): string {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(no log)';
  }
}
