import { setTimeout as sleep } from 'node:timers/promises';
import { deployment } from '../cluster/deployment.ts';
import { type Commits, type Committed, untilCommitted } from '../cluster-weir/commits.ts';
import type { WeirCluster } from '../cluster-weir/weir-cluster.ts';
import type { Result } from './result.ts';

/** Changes of each kind. */
const changes = 200;
/** What a change leaves to do (status, files) is over by then. */
const pauseMs = 60;

interface Change {
  readonly name: string;
  readonly make: (index: number) => Promise<void>;
  /** What has to be there before, and is not measured. */
  readonly before?: (index: number) => Promise<void>;
}

const policies = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies';
const pods = '/api/v1/namespaces/default/pods';
const mergePatch = 'application/merge-patch+json';

/** One policy of its own for the pods of both nodes, which lets the pods in that one of the labels has. */
const policy = (index: number): unknown => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `bench-${index}` },
  spec: {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ ipBlock: { cidr: `100.64.${index % 256}.0/24` } }], ports: [{ port: 8080 }] }],
  },
});

const farPod = (index: number): unknown => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `far-${index}`, labels: { app: 'client' } },
  spec: {
    nodeName: 'far',
    tolerations: [{ operator: 'Exists' }],
    containers: [{ name: 'c', image: 'none' }],
  },
});

const changesOf = ({ client }: WeirCluster): readonly Change[] => [
  {
    name: 'apply_to_enforced',
    make: async (index) => {
      await client.request({ method: 'POST', path: policies, body: policy(index) });
    },
  },
  {
    name: 'delete_to_enforced',
    make: async (index) => {
      await client.request({ method: 'DELETE', path: `${policies}/bench-${index}` });
    },
  },
  {
    name: 'pod_created_to_enforced',
    before: async (index) => {
      await client.request({ method: 'POST', path: pods, body: farPod(index) });
    },
    make: async (index) => {
      const ip = `10.250.${index >> 8}.${index & 255}`;
      const status = { phase: 'Running', podIP: ip, podIPs: [{ ip }] };
      await client.request({
        method: 'PATCH',
        path: `${pods}/far-${index}/status`,
        contentType: mergePatch,
        body: { status },
      });
    },
  },
  {
    name: 'pod_relabelled_to_enforced',
    make: async (index) => {
      const body = { metadata: { labels: { app: 'stranger' } } };
      await client.request({ method: 'PATCH', path: `${pods}/far-${index}`, contentType: mergePatch, body });
    },
  },
];

async function measure(change: Change, nodes: readonly Commits[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < changes; index++) {
    if (change.before) await change.before(index);
    await sleep(pauseMs);
    const since: readonly Committed[] = nodes.map(({ now }) => now);
    const began = performance.now();
    // The answer can come after the commit.
    const made = change.make(index);
    times.push(Math.max(...(await untilCommitted(nodes, since, began))));
    await made;
  }
  return times.sort((a, b) => a - b);
}

const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

export async function measureLatency(
  weir: WeirCluster,
  report: (results: readonly Result[]) => void,
): Promise<void> {
  const { cluster, client } = weir;
  await client.request({
    method: 'POST',
    path: '/api/v1/nodes',
    body: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'far' } },
  });
  await cluster.control.apply(deployment('web', 4));
  await cluster.control.apply(`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: clients, namespace: default }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: client } } }] }]
`);
  await cluster.waitReady('default', 'app=web', 4);
  await weir.inSync();
  await sleep(2_000);
  const nodes = cluster.plan.nodes.map(({ name }) => weir.commits(name));
  for (const change of changesOf(weir)) {
    const times = await measure(change, nodes);
    const result = (part: string, value: number): Result => ({
      name: `${change.name}_${part}_ms`,
      value,
      unit: 'ms',
      better: 'lower',
    });
    report([result('p50', percentile(times, 0.5)), result('p99', percentile(times, 0.99))]);
  }
}
