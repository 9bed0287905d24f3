import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import type { PodView } from '../cluster/pod-view.ts';
import { LabError } from '../lab/errors.ts';
import { type Reach, reachAll } from './reach.ts';
import { WeirCluster } from './weir-cluster.ts';
import { deployment, onlyFrom } from './workloads.ts';

const block = '10.244.7.16/28';
const churnMs = 25_000;
/** More than the API server and the operator take to tell of a pod. */
const knownMs = 500;

/** Pods that end by themselves, four at a time, on the node with the small block; at times of their own, so that they mix. */
const job = (app: string, seconds: number): string => `
apiVersion: batch/v1
kind: Job
metadata: { name: ${app}, namespace: default }
spec:
  parallelism: 4
  completions: 200
  template:
    metadata: { labels: { app: ${app} } }
    spec:
      restartPolicy: Never
      nodeSelector: { kubernetes.io/hostname: node-1 }
      containers: [{ name: main, image: shell, args: [-c, 'exec sleep ${seconds}'] }]
`;

const runs = (pod: PodView): boolean => pod.phase === 'Running' && !pod.leaving && pod.addresses.length > 0;

describe('pods that come and go in a /28', function () {
  this.timeout(120_000);
  let weir: WeirCluster;
  let web: readonly PodView[];

  before(async function () {
    this.timeout(3_600_000);
    weir = await WeirCluster.up({
      nodes: [{ name: 'node-1', podCidrs: [block] }, { name: 'node-2' }],
      reuseAddresses: true,
      images: { shell: { command: ['/bin/sh'] } },
    });
    await weir.cluster.control.apply(
      deployment('web', 1).replace('containers:', 'nodeName: node-2\n      containers:'),
    );
    await weir.cluster.control.apply(onlyFrom('web', 'web', 'client'));
    web = await weir.cluster.waitReady('default', 'app=web', 1);
  });
  after(() => weir?.down());

  const young = async (): Promise<readonly PodView[]> =>
    (await weir.cluster.pods('default')).filter(({ node }) => node === 'node-1').filter(runs);

  /** Undefined: the pod has ended meanwhile. */
  async function verdict(pod: PodView): Promise<Reach | undefined> {
    try {
      return await reachAll(pod, web);
    } catch (error) {
      if (error instanceof LabError) return undefined;
      throw error;
    }
  }

  it('are judged as who they are once their revision is applied, never as who had the address before', async () => {
    await weir.cluster.control.apply([job('client', 2.6), job('stranger', 3.5)].join('---\n'));
    const judged = new Map<
      string,
      { readonly app: string; readonly address: string; readonly reach: Reach }
    >();
    const end = performance.now() + churnMs;
    while (performance.now() < end) {
      const found = (await young()).filter(({ uid }) => !judged.has(uid));
      await sleep(knownMs);
      await weir.inSync();
      const reaches = await Promise.all(found.map(verdict));
      const still = new Set((await young()).map(({ uid }) => uid));
      found.forEach(({ uid, labels, addresses: [address = ''] }, index) => {
        const reach = reaches[index];
        if (reach !== undefined && still.has(uid)) judged.set(uid, { app: labels.app ?? '', address, reach });
      });
    }
    const all = [...judged.values()];
    const wrong = all.filter(({ app, reach }) => reach !== (app === 'client' ? 'allow' : 'deny'));
    assert.deepEqual(wrong, []);
    // The test has seen what it is for: addresses that went from one kind of pod to the other.
    const kinds = Map.groupBy(all, ({ address }) => address);
    const changed = [...kinds.values()].filter((pods) => new Set(pods.map(({ app }) => app)).size === 2);
    assert.ok(
      changed.length >= 3,
      `${changed.length} of ${kinds.size} addresses changed hands, ${all.length} pods`,
    );
  });
});
