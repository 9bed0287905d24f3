import { spawn } from 'node:child_process';
import { type Count, countTests } from './count.ts';
import { type Suite, suites } from './suites.ts';

interface Result {
  readonly suite: Suite;
  readonly count: Count;
  readonly minutes: number;
}

/** Runs a suite, showing its output; one that prints no count is one test by itself. */
async function runSuite(suite: Suite): Promise<Result> {
  console.log(`\n── ${suite.name}: ${suite.command}`);
  const started = performance.now();
  const child = spawn('bash', ['-c', suite.command], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    process.stdout.write(text);
  });
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)));
  const minutes = (performance.now() - started) / 60_000;
  return { suite, count: judge(code, countTests(output)), minutes };
}

function judge(code: number, count: Count | undefined): Count {
  if (count === undefined) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  // A suite that failed without a failed test (it crashed, or cleaned up badly) has failed all the same.
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** The suites that arguments name by a part of their name; all without arguments. */
function chosen(names: readonly string[]): readonly Suite[] {
  return names.length === 0 ? suites : suites.filter(({ name }) => names.some((part) => name.includes(part)));
}

const results: Result[] = [];
for (const suite of chosen(process.argv.slice(2))) results.push(await runSuite(suite));

console.log('\nsuite                        passed  failed  skipped  minutes');
for (const { suite, count, minutes } of results) {
  const numbers = [count.passed, count.failed, count.skipped].map((n, i) =>
    String(n).padStart([8, 8, 9][i] ?? 0),
  );
  console.log(`${suite.name.padEnd(26)} ${numbers.join('')} ${minutes.toFixed(1).padStart(8)}`);
}
const total = (key: keyof Count) => results.reduce((sum, { count }) => sum + count[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exitCode = total('failed') === 0 && results.length > 0 ? 0 : 1;
