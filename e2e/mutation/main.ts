import { Command, InvalidArgumentError } from 'commander';
import { mutations } from './mutations.ts';
import { type Run, SourcesCopy } from './sources-copy.ts';

/**
 * Shows that the property test finds what it should: each rule of the compiler that is broken here must make evaluator
 * and image disagree. Exit code 1: a mistake went unseen, or the test fails without one.
 */
const command = new Command('mutation')
  .description('breaks the compiler on purpose, and expects the property test to find each mistake')
  .option('--seed <number>', 'of the random clusters', wholeNumber, 1)
  .option('--runs <number>', 'clusters for each mistake', wholeNumber, 2000)
  .argument('[name...]', 'only mistakes whose name has one of these texts')
  .parse();
const { seed, runs } = command.opts<{ readonly seed: number; readonly runs: number }>();
const chosen = mutations.filter(
  ({ name }) => command.args.length === 0 || command.args.some((text) => name.includes(text)),
);

const copy = new SourcesCopy();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    copy.remove();
    process.exit(1);
  });
}
try {
  process.exitCode = await main();
} finally {
  copy.remove();
}

async function main(): Promise<number> {
  const sound = await copy.runProperty(seed, runs);
  if (sound.exitCode !== 0) {
    console.error(sound.output);
    console.error('the property test fails without a mistake');
    return 1;
  }
  let unseen = 0;
  for (const mutation of chosen) {
    const run = await copy.with(mutation, () => copy.runProperty(seed, runs));
    const found = clustersUntilFound(run);
    if (found === undefined) unseen++;
    console.log(`${found === undefined ? 'NOT FOUND' : `found after ${found} clusters`}: ${mutation.name}`);
  }
  console.log(`${chosen.length - unseen} of ${chosen.length} mistakes found`);
  return unseen === 0 ? 0 : 1;
}

/** Undefined: the property held. A run that fails otherwise, say because it does not load, proves nothing. */
function clustersUntilFound({ output }: Run): number | undefined {
  const found = /Property failed after (\d+) tests/.exec(output);
  return found ? Number(found[1]) : undefined;
}

function wholeNumber(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number is expected');
  return Number(text);
}
