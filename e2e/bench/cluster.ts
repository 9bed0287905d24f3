// Weir on a real API server: how long a change takes until kernels enforce it, and what a restart costs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { binaryPaths } from '../cluster/binaries.ts';
import { cacheFolder } from '../cluster/cache-folder.ts';
import { WeirCluster } from '../cluster-weir/weir-cluster.ts';
import { atInterruption, interruptible } from './interruption.ts';
import { measureLatency } from './latency.ts';
import { measureRestart } from './operator-restart.ts';
import { formatResult, type Result } from './result.ts';

if (process.argv.includes('--if-built')) {
  const missing = Object.values(binaryPaths(cacheFolder(process.env))).filter((path) => !existsSync(path));
  if (missing.length > 0) {
    console.error(`bench: no cluster, for these are not built: ${missing.join(' ')}`);
    process.exit();
  }
}

const resultsFile = resolve(import.meta.dirname, '../../bench-results.json');

const results: Result[] = [];
const report = (found: readonly Result[]): void => {
  for (const result of found) console.log(formatResult(result));
  results.push(...found);
};

async function run(): Promise<void> {
  const began = performance.now();
  console.error('bench: a cluster with two nodes');
  const up = WeirCluster.up({ report: console.error });
  let ending: Promise<void> | undefined;
  const down = (): Promise<void> => {
    ending ??= up.then((weir) => weir.down());
    return ending;
  };
  atInterruption(() => down().catch(() => undefined));
  try {
    const weir = await up;
    console.error('bench: from the write of a change to the commits of both nodes');
    await measureLatency(weir, report);
    console.error('bench: an operator that restarts, with 5,000 pods and 1,000 policies');
    report(await measureRestart(weir));
  } finally {
    await down();
  }
  writeResults();
  console.error(`bench: wrote ${resultsFile} after ${((performance.now() - began) / 1000).toFixed(0)} s`);
}

/** In the place of those of the same name. */
function writeResults(): void {
  const others: readonly Result[] = existsSync(resultsFile)
    ? JSON.parse(readFileSync(resultsFile, 'utf8'))
    : [];
  const measured = new Set(results.map(({ name }) => name));
  const all = [...others.filter(({ name }) => !measured.has(name)), ...results];
  writeFileSync(resultsFile, `${JSON.stringify(all, null, 2)}\n`);
}

await interruptible(run);
