import { spawn } from 'node:child_process';
import { type Count, countTests } from './count.ts';
import { failures } from './failures.ts';
import type { Suite } from './suites.ts';

export interface Result {
  readonly suite: Suite;
  readonly count: Count;
  readonly minutes: number;
  /** A line for each failed test. */
  readonly failures: readonly string[];
}

/** Runs a suite and gives its output to `show` as it comes; one that prints no count is one test by itself. */
export async function runSuite(suite: Suite, show: (output: string) => void): Promise<Result> {
  const started = performance.now();
  const child = spawn('bash', ['-c', `exec 2>&1; ${suite.command}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    show(text);
  });
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)));
  const minutes = (performance.now() - started) / 60_000;
  const count = judge(code, countTests(output));
  return { suite, count, minutes, failures: count.failed === 0 ? [] : failures(output) };
}

function judge(code: number, count: Count | undefined): Count {
  if (count === undefined) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  // A suite that failed without a failed test (it crashed, or cleaned up badly) has failed all the same.
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}
