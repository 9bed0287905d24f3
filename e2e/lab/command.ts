import { spawn } from 'node:child_process';
import { LabError } from './errors.ts';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. Rejects only where it cannot be started. */
export function runCommand(command: readonly string[], input = ''): Promise<CommandResult> {
  const [program = '', ...rest] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'pipe'] });
    const out = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out.stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      out.stderr += chunk;
    });
    child.on('error', (error) => reject(new LabError('command-failed', `cannot run ${program}`, error)));
    child.on('close', (code) => resolve({ code: code ?? 128, ...out }));
    child.stdin.on('error', () => undefined).end(input);
  });
}

/** As runCommand, and the exit code must be 0. @throws LabError command-failed with what the program said */
export async function mustRun(command: readonly string[], input = ''): Promise<string> {
  const result = await runCommand(command, input);
  if (result.code === 0) return result.stdout;
  const said = (result.stderr || result.stdout).trim();
  throw new LabError('command-failed', `${command.join(' ')} ended with ${result.code}: ${said}`);
}
