import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { deployment } from '../cluster/deployment.ts';
import type { PodView } from '../cluster/pod-view.ts';
import { LabError } from '../lab/errors.ts';
import { podOn, podPath } from './faults/objects.ts';
import { onlyFrom } from './only-from.ts';
import { type Reach, reachAll, untilReach } from './reach.ts';
import { WeirCluster } from './weir-cluster.ts';

const block = '10.244.7.16/28';
const jobsPath = '/apis/batch/v1/namespaces/default/jobs';
/** Of the fourteen addresses that the block has for pods. */
const atOnce = 8;
const churnMs = 20_000;

type App = 'client' | 'stranger';

interface Judged {
  readonly app: App;
  readonly address: string;
  readonly reach: Reach;
}

/** One pod that ends by itself on the node with the small block. */
const job = (name: string, app: App, seconds: number): unknown => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    template: {
      metadata: { labels: { app } },
      spec: {
        restartPolicy: 'Never',
        nodeSelector: { 'kubernetes.io/hostname': 'node-1' },
        containers: [{ name: 'main', image: 'shell', args: ['-c', `exec sleep ${seconds.toFixed(2)}`] }],
      },
    },
  },
});

const runs = (pod: PodView): boolean =>
  pod.phase === 'Running' && !pod.terminating && pod.addresses.length > 0;

describe('pods that come and go in a /28', function () {
  this.timeout(900_000);
  let weir: WeirCluster;
  let web: readonly PodView[];
  /** Tells by its reach what the operator knows. */
  let mark: PodView | undefined;
  let marked: App = 'stranger';
  /** How long a judgement takes here; pods live for longer. */
  let roundMs = 0;

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
    await weir.client.request({ method: 'POST', path: podPath, body: podOn('node-2', 'mark') });
    await weir.cluster.control.apply(onlyFrom('web', 'web', 'client'));
    web = await weir.cluster.waitReady('default', 'app=web', 1);
    [mark] = await weir.cluster.waitReady('default', 'app=mark', 1);
    assert.ok(mark);
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

  const lifeSeconds = (number: number): number => (2 + (number % 7) / 4) * Math.max(1, roundMs / 1_000);

  /** Waits until the operator has heard of all pods that the API server has, since it hears of them in their order. */
  async function known(): Promise<void> {
    if (mark === undefined) return;
    marked = marked === 'client' ? 'stranger' : 'client';
    await weir.client.request({
      method: 'PATCH',
      path: `${podPath}/${mark.name}`,
      contentType: 'application/merge-patch+json',
      body: { metadata: { labels: { app: marked } } },
    });
    await untilReach(weir.cluster, mark, web, expected(marked));
    await weir.inSync();
  }

  /** Keeps as many pods alive as were asked for, of both kinds by turns: who comes is seldom who went. */
  async function churn(ended: AbortSignal): Promise<void> {
    for (let next = 0; !ended.aborted; await sleep(100)) {
      const pods = await weir.cluster.pods('default');
      const alive = pods.filter(({ labels, phase }) => 'job-name' in labels && !over.has(phase)).length;
      for (let count = alive; count < atOnce; count++, next++) {
        const body = job(`job-${next}`, next % 2 === 0 ? 'client' : 'stranger', lifeSeconds(next));
        await weir.client.request({ method: 'POST', path: jobsPath, body });
      }
    }
  }

  /** Adds the pods that live now, once they have to be known, and were there all the while. */
  async function judge(judged: Map<string, Judged>): Promise<void> {
    const began = performance.now();
    const found = (await young()).filter(({ uid }) => !judged.has(uid));
    await known();
    const reaches = await Promise.all(found.map(verdict));
    const still = new Set((await young()).map(({ uid }) => uid));
    roundMs = performance.now() - began;
    found.forEach(({ uid, labels, addresses: [address = ''] }, index) => {
      const reach = reaches[index];
      const app: App = labels.app === 'client' ? 'client' : 'stranger';
      if (reach !== undefined && still.has(uid)) judged.set(uid, { app, address, reach });
    });
  }

  it('are judged as who they are once their revision is applied, never as who had the address before', async () => {
    const judged = new Map<string, Judged>();
    const ended = new AbortController();
    const end = performance.now() + churnMs;
    const judgeAll = async (): Promise<void> => {
      try {
        // Until it has seen what it is for: addresses that went from one kind of pod to the other.
        while (performance.now() < end || handedOn([...judged.values()]) < 3) await judge(judged);
      } finally {
        ended.abort();
      }
    };
    await Promise.all([churn(ended.signal), judgeAll()]);
    assert.deepEqual(
      [...judged.values()].filter(({ app, reach }) => reach !== expected(app)),
      [],
    );
  });
});

const expected = (app: App): Reach => (app === 'client' ? 'allow' : 'deny');

const over: ReadonlySet<string> = new Set(['Succeeded', 'Failed']);

/** @returns how many addresses pods of both kinds have had */
function handedOn(judged: readonly Judged[]): number {
  const pods = Map.groupBy(judged, ({ address }) => address);
  return [...pods.values()].filter((those) => new Set(those.map(({ app }) => app)).size === 2).length;
}
