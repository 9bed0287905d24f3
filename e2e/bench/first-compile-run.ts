// The process of measureFirstCompile: reads a large cluster, compiles it and changes it. Writes Results to stdout.
import { readFileSync } from 'node:fs';
import type { ClusterEvent } from '@weir/operator/src/model/event.ts';
import { defaultSettings } from '@weir/operator/src/model/settings.ts';
import { Pipeline } from '@weir/operator/src/pipeline.ts';
import { measureDeltas } from './deltas.ts';
import { decodeManifest, largeCluster, size } from './large-cluster.ts';
import type { Result } from './result.ts';

const seed = 20_261_124;
/** Objects of one page of a list, as the operator asks for them. */
const pageSize = 500;

function readCluster(): ClusterEvent[] {
  const events: ClusterEvent[] = [];
  let page: unknown[] = [];
  const readPage = (): void => {
    // Over text, so that what objects are made of lies in memory as it does when it comes from an API server.
    for (const manifest of JSON.parse(JSON.stringify(page)))
      events.push({ kind: 'upsert', object: decodeManifest(manifest) });
    page = [];
  };
  for (const manifest of largeCluster(seed)) {
    page.push(manifest);
    if (page.length === pageSize) readPage();
  }
  readPage();
  return events;
}

/** Megabytes (10^6 bytes) in use after a garbage collection. */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Megabytes that were resident at most since the process began. */
function mostResident(): number {
  const [, kibibytes = ''] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return (Number(kibibytes) * 1024) / 1e6;
}

function firstCompile(pipeline: Pipeline): readonly Result[] {
  const began = performance.now();
  const events = readCluster();
  const read = performance.now();
  const objects = heap();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const changes = pipeline.apply(events);
  const compiled = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  const resident = mostResident();
  if (changes.length !== size.nodes) throw new Error(`${changes.length} bundles, not ${size.nodes}`);
  events.length = 0;
  return [
    { name: 'read_cluster_s', value: (read - began) / 1000, unit: 's', better: 'lower' },
    { name: 'read_cluster_heap_mb', value: objects, unit: 'MB', better: 'lower' },
    { name: 'first_compile_s', value: (compiled - start) / 1000, unit: 's', better: 'lower' },
    { name: 'first_compile_cpu_s', value: (user + system) / 1e6, unit: 's', better: 'lower' },
    { name: 'first_compile_mb', value: resident, unit: 'MB', better: 'lower' },
  ];
}

const pipeline = new Pipeline(defaultSettings);
const compiled = firstCompile(pipeline);
const kept: Result = { name: 'first_compile_heap_mb', value: heap(), unit: 'MB', better: 'lower' };
process.stdout.write(JSON.stringify([...compiled, kept, ...measureDeltas(pipeline, seed)]));
