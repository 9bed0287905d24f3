import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { removeDatapath } from '@weir/node-agent/src/kernel/remove-datapath.ts';
import { measureAgent } from './agent.ts';
import { measureApply } from './apply.ts';
import { compileBench } from './bench-object.ts';
import { measureFirstCompile } from './first-compile.ts';
import { atInterruption, interruptible } from './interruption.ts';
import { benchPins, removeLeftovers } from './leftovers.ts';
import { measureMillion } from './million.ts';
import { measureProgram } from './program.ts';
import { measurePush } from './push.ts';
import { formatResult, type Result } from './result.ts';
import { podPrefixes4, podPrefixes6, randomPrefixes4, randomPrefixes6 } from './synthetic-bundle.ts';
import { compareSearches6, compareVerdicts, comparisonResults } from './verdict.ts';

const resultsFile = resolve(import.meta.dirname, '../../bench-results.json');
const shippedAgent = resolve(import.meta.dirname, '../../build/js/weir-agent.mjs');

const results: Result[] = [];
const report = (found: readonly Result[]): void => {
  for (const result of found) console.log(formatResult(result));
  results.push(...found);
};
/** Most of what comes after it keeps the process busy, so that a signal must be heard before. */
async function progress(what: string): Promise<void> {
  console.error(`bench: ${what}`);
  await nextTurn();
}

const verdictCases = [
  ['100', () => randomPrefixes4(100)],
  ['10k', () => randomPrefixes4(10_000)],
  ['50k', () => randomPrefixes4(50_000)],
  ['250k', () => randomPrefixes4(250_000)],
  ['50k_pods', () => podPrefixes4(50_000)],
] as const;
const search6Cases = [
  ['50k', () => randomPrefixes6(50_000)],
  ['50k_pods', () => podPrefixes6(50_000)],
] as const;

async function run(): Promise<void> {
  removeLeftovers();
  compileBench();
  for (const [label, prefixes] of verdictCases) {
    await progress(`verdicts, ${label} IPv4 prefixes`);
    const found = compareVerdicts(prefixes());
    report(comparisonResults('verdict', label, found));
    if (label === '50k')
      report([
        { name: 'bytes_per_prefix_50k', value: found.searchBytes / 50_000, unit: 'bytes', better: 'lower' },
      ]);
  }
  for (const [label, prefixes] of search6Cases) {
    await progress(`searches, ${label} IPv6 prefixes`);
    report(comparisonResults('search_v6', label, compareSearches6(prefixes())));
  }
  await progress('whole programs, 10k prefixes');
  report(await measureProgram());
  await progress('a policy change, 50k prefixes');
  report(await measureApply());
  await progress('a million prefixes');
  report(await measureMillion());
  await progress('an agent of 250 pods, 50k prefixes');
  report(await measureAgent([shippedAgent]));
  await progress('a push to 500 agents');
  report(await measurePush());
  await progress('the first compile of 100,000 pods and 75,000 policies, and changes of one');
  report(await measureFirstCompile());
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  await progress(`wrote ${resultsFile}`);
}

atInterruption(() => removeDatapath(benchPins));
await interruptible(run);
