import { constants } from 'node:os';
import { join } from 'node:path';
import { LabError } from '../lab/errors.ts';
import { Lab } from '../lab/lab.ts';
import { repository } from '../lab/process.ts';
import { makePaint } from './paint.ts';
import { showAgentDeath } from './show-agent-death.ts';
import { showChange } from './show-change.ts';
import { showDenials } from './show-denials.ts';
import { showReachability } from './show-reachability.ts';
import type { Stage } from './stage.ts';

const began = performance.now();
const paint = makePaint(process.stdout.isTTY === true && !('NO_COLOR' in process.env));
const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const say = (line: string): void => {
  for (const part of line.split('\n')) write(`  ${part}`.trimEnd());
};
let failures = 0;
let steps = 0;

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    process.exitCode = 128 + constants.signals[name];
    interrupted.abort(new LabError('interrupted', `ended by ${name}`));
  });
}

async function step(title: string, body: () => Promise<void>): Promise<void> {
  interrupted.signal.throwIfAborted();
  steps += 1;
  write(`\n${paint('bold', `${steps}  ${title}`)}`);
  await Promise.race([body(), aborted(interrupted.signal)]);
}

/** Never resolves; rejects when the signal aborts. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
}

async function raise(): Promise<Lab> {
  const folder = join(repository, 'config/samples/shop');
  const lab = await Lab.up({
    folder,
    name: 'demo',
    wiring: 'mixed',
    signal: interrupted.signal,
    report: (text) => say(paint('grey', text)),
  });
  return lab;
}

async function describe(lab: Lab): Promise<void> {
  await lab.waitEnforced();
  for (const { name, wiring } of lab.plan.nodes) {
    const pods = lab.plan.pods.filter(({ node }) => node === name).map(({ key }) => key);
    const how = wiring === 'p2p' ? 'a route for each pod' : 'pods on a bridge';
    const revision = lab.operatorStatus()?.nodes[name]?.enforced;
    say(`${paint('bold', name)} (${how}) enforces revision ${revision}: ${pods.join(', ')}`);
  }
}

async function run(lab: Lab): Promise<void> {
  const fail = (line: string): void => {
    failures += 1;
    say(paint('red', line));
  };
  const stage: Stage = { lab, paint, say, fail };
  await step('Who reaches whom: real connections, compared with the evaluator', () =>
    showReachability(stage, true),
  );
  await step('A change while connections run', () => showChange(stage));
  await step('An agent dies', () => showAgentDeath(stage));
  await step('Why was it denied? From the logs of the agents', () => showDenials(stage));
  await step('And everything once more', () => showReachability(stage, false));
}

let lab: Lab | undefined;
try {
  await step('A cluster of network namespaces from config/samples/shop', async () => {
    lab = await raise();
    await describe(lab);
  });
  if (lab !== undefined) await run(lab);
} catch (error) {
  failures += 1;
  write(`\n${paint('red', error instanceof LabError ? `${error.code}: ${error.message}` : String(error))}`);
} finally {
  await lab?.down();
}
const seconds = ((performance.now() - began) / 1000).toFixed(0);
const outcome =
  failures === 0
    ? paint('green', 'All observed was as expected')
    : paint('red', `Not as expected: ${failures}`);
write(`\n${outcome} (${seconds} s). The cluster is gone again.`);
process.exitCode ??= failures === 0 ? 0 : 1;
// Traffic of an interrupted step may still be under way.
process.exit();
