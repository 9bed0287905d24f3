import type { BundleChange } from '@weir/operator/src/bundle/bundle-change.ts';
import type { ClusterEvent, ClusterObject } from '@weir/operator/src/model/event.ts';
import { keyOf } from '@weir/operator/src/model/object-key.ts';
import type { Pipeline } from '@weir/operator/src/pipeline.ts';
import { DeltaEncoder } from '@weir/operator/src/push/encode-delta.ts';
import { cpuTime } from './cpu-time.ts';
import { decodeManifest, namespace, namespaceName, networkPolicy, pod, size } from './large-cluster.ts';
import type { Result } from './result.ts';
import { randomNumbers } from './synthetic-bundle.ts';

/** One kind of change, how often it is made, and how what a round has done is undone, unmeasured. */
interface Change {
  readonly name: string;
  readonly rounds: number;
  readonly make: () => ClusterEvent;
  readonly undo?: (made: ClusterEvent) => ClusterEvent;
}

/** From the event of one change to the encoded messages for all nodes whose bundles it changes. */
export function measureDeltas(pipeline: Pipeline, seed: number): readonly Result[] {
  return changesOf(seed).flatMap((change) => measure(pipeline, change));
}

const upsert = (manifest: unknown): ClusterEvent => ({ kind: 'upsert', object: decodeManifest(manifest) });
const remove = (made: ClusterEvent): ClusterEvent =>
  made.kind === 'upsert' ? { kind: 'remove', key: keyOf(made.object) } : made;

function changesOf(seed: number): readonly Change[] {
  const random = randomNumbers(seed);
  const anyNamespace = (): number => 2 + (random() % (size.namespaces - 2));
  let number = size.namespaces * size.podsOfNamespace;
  let round = 0;
  let labelled = 0;
  let made: ClusterObject | undefined;
  return [
    {
      name: 'one_pod_delta',
      rounds: 1000,
      make: () => {
        made = decodeManifest(pod({ index: anyNamespace(), app: 'web', number: number++, random }));
        return { kind: 'upsert', object: made };
      },
    },
    {
      name: 'pod_relabelled_delta',
      rounds: 200,
      make: () => {
        if (made?.kind !== 'Pod') throw new Error('no pod to label');
        made = { ...made, labels: new Map(made.labels).set('app', `app-${round++}`) };
        return { kind: 'upsert', object: made };
      },
    },
    {
      name: 'one_policy_delta',
      rounds: 200,
      make: () =>
        upsert(
          networkPolicy(anyNamespace(), 'more', {
            podSelector: { matchLabels: { app: 'db' } },
            policyTypes: ['Ingress'],
            ingress: [
              {
                from: [
                  {
                    namespaceSelector: {
                      matchLabels: { 'kubernetes.io/metadata.name': namespaceName(anyNamespace()) },
                    },
                  },
                ],
              },
            ],
          }),
        ),
      undo: remove,
    },
    {
      name: 'new_label_key_delta',
      rounds: 200,
      make: () => {
        const app = { matchLabels: { app: 'web', [`key-${round++}`]: 'yes' } };
        return upsert(
          networkPolicy(anyNamespace(), 'more', {
            podSelector: { matchLabels: { app: 'db' } },
            ingress: [{ from: [{ podSelector: app }] }],
          }),
        );
      },
      undo: remove,
    },
    {
      name: 'namespace_label_delta',
      rounds: 200,
      make: () => {
        labelled = anyNamespace();
        return upsert(namespace(labelled, { monitored: 'yes' }));
      },
      undo: () => upsert(namespace(labelled, {})),
    },
    {
      name: 'policy_for_all_delta',
      rounds: 1,
      make: () =>
        upsert({
          apiVersion: 'cilium.io/v2',
          kind: 'CiliumClusterwideNetworkPolicy',
          metadata: { name: 'everybody' },
          spec: { endpointSelector: {}, ingress: [{ fromEntities: ['health'] }] },
        }),
      undo: remove,
    },
  ];
}

function measure(pipeline: Pipeline, { name, rounds, make, undo }: Change): readonly Result[] {
  const times: number[] = [];
  const cpuTimes: number[] = [];
  let nodes = 0;
  for (let round = 0; round < rounds; round++) {
    const event = make();
    const cpu = cpuTime();
    const start = performance.now();
    const changes = pipeline.apply([event]);
    encode(changes);
    times.push(performance.now() - start);
    cpuTimes.push(cpuTime() - cpu);
    nodes += changes.length;
    if (undo) pipeline.apply([undo(event)]);
  }
  if (nodes === 0) throw new Error(`${name} changes no bundle`);
  const result = (suffix: string, value: number, unit: string): Result => ({
    name: `${name}_${suffix}`,
    value,
    unit,
    better: 'lower',
  });
  const time =
    rounds === 1
      ? [result('ms', part(times, 1), 'ms')]
      : [
          result('p50_ms', part(times, 0.5), 'ms'),
          result('p99_ms', part(times, 0.99), 'ms'),
          result('p99_cpu_ms', part(cpuTimes, 0.99), 'ms'),
        ];
  return [...time, result('nodes', nodes / rounds, 'nodes')];
}

function part(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN;
}

function encode(changes: readonly BundleChange[]): void {
  const encoder = new DeltaEncoder();
  for (const change of changes) {
    const target = { revision: 1, digest: change.digest };
    encoder.encode(target, target, change);
  }
}
