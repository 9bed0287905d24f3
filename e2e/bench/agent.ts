import { setTimeout as sleep } from 'node:timers/promises';
import { AgentBench } from './agent-bench.ts';
import type { Memory } from './agent-memory.ts';
import { AgentTraffic } from './agent-traffic.ts';
import { atInterruption } from './interruption.ts';
import { processorTime } from './processor-time.ts';
import type { Result } from './result.ts';

const size = { pods: 250, prefixes: 50_000 } as const;
const changes = 20;
const restarts = 8;
/** After a change it is written to a file, and what it took is collected. */
const settleMs = 6_000;
const settledMegabytes = 0.5;
const betweenRestartsMs = 1_000;

/** A real agent that governs 250 pods with a bundle of 50,000 prefixes: its memory, and what a restart takes. */
export async function measureAgent(program: readonly string[]): Promise<readonly Result[]> {
  const bench = new AgentBench(size);
  const forget = atInterruption(() => bench.down());
  try {
    await bench.up();
    return await measure(bench, program);
  } finally {
    forget();
    await bench.down();
  }
}

async function measure(bench: AgentBench, program: readonly string[]): Promise<readonly Result[]> {
  await bench.startAgent(program);
  const readings = [await settledMemory(bench)];
  for (let change = 0; change < changes; change++) await bench.change(change);
  readings.push(await settledMemory(bench));
  const traffic = new AgentTraffic(bench.node);
  try {
    traffic.start();
    const times: number[] = [];
    const processor: number[] = [];
    for (let restart = 0; restart < restarts; restart++) {
      await bench.endAgent(restart % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
      times.push(await bench.startAgent(program));
      processor.push(processorTime(bench.pid));
      await sleep(betweenRestartsMs);
    }
    readings.push(await settledMemory(bench));
    const { sent, misjudged } = await traffic.stop();
    console.error(
      `bench: agent, MB after the bundle, after changes, after restarts: ${readings.map(text).join('; ')}`,
    );
    return [...memoryResults(readings), ...restartResults({ times, processor, sent, misjudged })];
  } finally {
    traffic.close();
  }
}

/** When it falls no more. */
async function settledMemory(bench: AgentBench): Promise<Memory> {
  for (let former = Number.POSITIVE_INFINITY; ; ) {
    await sleep(settleMs);
    const memory = bench.memory();
    if (memory.resident > former - settledMegabytes) return memory;
    former = memory.resident;
  }
}

const text = (memory: Memory): string =>
  Object.entries(memory)
    .map(([name, value]) => `${name} ${value.toFixed(1)}`)
    .join(', ');

const lower = (name: string, value: number, unit: string): Result => ({ name, value, unit, better: 'lower' });

function memoryResults(readings: readonly Memory[]): readonly Result[] {
  const most = readings.reduce((a, b) => (b.resident > a.resident ? b : a));
  return [
    lower('agent_rss_mb', most.resident, 'MB'),
    lower('agent_rss_anon_mb', most.anonymous, 'MB'),
    lower('agent_rss_file_mb', most.file, 'MB'),
    lower('agent_rss_maps_mb', most.maps, 'MB'),
    lower('agent_rss_peak_mb', Math.max(...readings.map((memory) => memory.most)), 'MB'),
  ];
}

interface Restarts {
  /** Milliseconds of each. */
  readonly times: readonly number[];
  /** Milliseconds of processors that each took. */
  readonly processor: readonly number[];
  readonly sent: number;
  readonly misjudged: number;
}

function restartResults({ times, processor, sent, misjudged }: Restarts): readonly Result[] {
  return [
    lower('agent_restart_ms', middle(times), 'ms'),
    lower('agent_restart_most_ms', Math.max(...times), 'ms'),
    lower('agent_restart_cpu_ms', middle(processor), 'ms'),
    lower('agent_restart_judged', sent, 'packets'),
    lower('agent_restart_misjudged', misjudged, 'packets'),
  ];
}

const middle = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
