import type { Count } from './count.ts';
import { type Result, runSuite } from './run-suite.ts';
import { type Suite, suites } from './suites.ts';

/** How many suites that wait more than they compute run at once. */
const atOnce = 3;

const title = ({ name, command }: Suite): string => `\n── ${name}: ${command}\n`;

/** One after the other, each shown as it runs. */
async function runInTurn(chosen: readonly Suite[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const suite of chosen) {
    process.stdout.write(title(suite));
    results.push(await runSuite(suite, (output) => process.stdout.write(output)));
  }
  return results;
}

/** Several at once, each shown whole when it has ended. */
async function runSideBySide(chosen: readonly Suite[]): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...chosen];
  const work = async (): Promise<void> => {
    for (let suite = queue.shift(); suite !== undefined; suite = queue.shift()) {
      console.log(`\n── ${suite.name} has begun; what it prints follows when it has ended`);
      let output = title(suite);
      const result = await runSuite(suite, (text) => {
        output += text;
      });
      results.push(result);
      process.stdout.write(output);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return chosen.flatMap((suite) => results.filter((result) => result.suite === suite));
}

/** The suites that arguments name by a part of their name; all without arguments. */
function choose(names: readonly string[]): readonly Suite[] {
  return names.length === 0 ? suites : suites.filter(({ name }) => names.some((part) => name.includes(part)));
}

const started = performance.now();
const chosen = choose(process.argv.slice(2));
const results = [
  ...(await runInTurn(chosen.filter(({ waits }) => !waits))),
  ...(await runSideBySide(chosen.filter(({ waits }) => waits))),
];

console.log('\nsuite                        passed  failed  skipped  minutes');
for (const { suite, count, minutes } of results) {
  const numbers = [count.passed, count.failed, count.skipped].map((n, i) =>
    String(n).padStart([8, 8, 9][i] ?? 0),
  );
  console.log(`${suite.name.padEnd(26)} ${numbers.join('')} ${minutes.toFixed(1).padStart(8)}`);
}
console.log(`in all ${((performance.now() - started) / 60_000).toFixed(1)} minutes`);
// At the end, where a log that was cut off still has it.
for (const { suite, failures } of results)
  for (const failure of failures) console.log(`\nfailed in ${suite.name}: ${failure}`);
const total = (key: keyof Count) => results.reduce((sum, { count }) => sum + count[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exitCode = total('failed') === 0 && results.length > 0 ? 0 : 1;
