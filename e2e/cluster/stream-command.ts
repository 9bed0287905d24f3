import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ClusterError } from './errors.ts';

export interface StreamOptions {
  readonly directory: string;
  /** Added to the caller's. */
  readonly environment: Readonly<Record<string, string>>;
  /** Told every line of both outputs. */
  readonly line: (text: string) => void;
}

/** Runs a program that takes long, telling its output as it comes. @returns its exit code */
export function streamCommand(command: readonly string[], options: StreamOptions): Promise<number> {
  const [program = '', ...rest] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      cwd: options.directory,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', options.line);
    }
    child.on('error', (error) => reject(new ClusterError('command-failed', `cannot run ${program}`, error)));
    child.on('close', (code) => resolve(code ?? 128));
  });
}
