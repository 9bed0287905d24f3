import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterEvent } from '@weir/operator/src/model/event.ts';
import { defaultSettings } from '@weir/operator/src/model/settings.ts';
import { Pipeline } from '@weir/operator/src/pipeline.ts';
import { ApiClient } from '@weir/operator/src/source/kube/api-client.ts';
import { KubeSource } from '@weir/operator/src/source/kube/kube-source.ts';
import { ClusterStatus } from '@weir/operator/src/status/cluster-status.ts';
import { after, before, describe, it } from 'mocha';
import { each } from '../cluster-source/objects.ts';
import { Lines } from '../sync/pair.ts';
import { SimulatedNodes } from './simulated-nodes.ts';
import { type AuditEntry, bundlePath, eventually, Stage } from './stage.ts';

const nodeCount = Number(process.env.WEIR_NODES ?? 1_000);
const seconds = Number(process.env.WEIR_SECONDS ?? 10);
/** The contract, design §12: all writes of status in any second. */
const mostWrites = 50;

const ciliumPath = '/apis/cilium.io/v2/namespaces/default/ciliumnetworkpolicies';
const podPath = '/api/v1/namespaces/default/pods';

/** An operator whose push reaches simulated nodes; all else is real. */
class SimulatedOperator {
  readonly client: ApiClient;
  readonly log = new Lines();
  readonly #source: KubeSource;
  readonly #status: ClusterStatus;
  readonly #nodes: SimulatedNodes;
  batches = 0;
  changes = 0;

  constructor(kubeconfig: string) {
    this.client = ApiClient.open({ kind: 'kubeconfig', file: kubeconfig });
    const pipeline = new Pipeline(defaultSettings);
    const publish = (events: readonly ClusterEvent[]) => {
      const changes = pipeline.apply(events);
      this.batches += 1;
      this.changes += changes.length;
      this.#nodes.publish(changes);
      this.#status.published(events, changes);
    };
    const parts = {
      client: this.client,
      settings: defaultSettings,
      random: Math.random,
      clock: Date.now,
      monotonic: () => performance.now(),
      log: this.log,
    };
    this.#source = new KubeSource({
      ...parts,
      clock: parts.monotonic,
      onEvents: (events) => publish(this.#status.complete(events)),
      onProblems: () => undefined,
      onPolicyObject: (ref, object) => this.#status.followPolicy(ref, object),
      onNodeObject: (name, object) => this.#status.followNode(name, object),
    });
    this.#status = new ClusterStatus({
      ...parts,
      pipeline,
      publish,
      nodeStatus: (node) => this.#nodes.status(node),
      identity: 'simulated',
      namespace: 'default',
      leading: () => true,
      synced: () => this.#source.synced,
      metrics: () => undefined,
    });
    this.#nodes = new SimulatedNodes({
      bundle: (node) => pipeline.bundle(node),
      onStatus: (node, status) => this.#status.followStatus(node, status),
      applyMs: 100,
    });
  }

  async start(): Promise<void> {
    await this.#status.start();
    await this.#source.start();
    this.#status.lead(true);
  }

  async stop(): Promise<void> {
    this.#nodes.stop();
    await this.#status.stop();
    await this.#source.stop();
    this.client.close();
  }
}

/** The most in any second, wherever it begins. */
function mostInASecond(writes: readonly AuditEntry[]): number {
  const times = writes.map(({ requestReceivedTimestamp }) => Date.parse(requestReceivedTimestamp));
  let most = 0;
  let first = 0;
  for (const [index, time] of times.entries()) {
    while (time - (times[first] ?? time) >= 1_000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

function byKind(writes: readonly AuditEntry[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { verb, requestURI } of writes) {
    const [path = ''] = requestURI.split('?', 1);
    const plural =
      /\/(policybundles|ciliumnetworkpolicies|controllerrevisions|events)(\/|$)/.exec(path)?.[1] ?? path;
    const what = `${verb} ${plural}${path.endsWith('/status') ? '/status' : ''}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

describe('writes of status', function () {
  this.timeout(900_000);
  let stage: Stage;
  let operator: SimulatedOperator | undefined;

  const putPolicy = (port: number) =>
    stage.client.request({
      method: 'PATCH',
      path: `${ciliumPath}/all`,
      contentType: 'application/merge-patch+json',
      body: {
        spec: {
          endpointSelector: {},
          ingress: [{ toPorts: [{ ports: [{ port: String(port), protocol: 'TCP' }] }] }],
        },
      },
    });

  before(async () => {
    stage = await Stage.open();
    await each(nodeCount, (index) => stage.node(`node-${index}`));
    await each(nodeCount, (index) =>
      stage.pod(`pod-${index}`, `node-${index}`, `10.${index >> 8}.${index & 255}.1`, {
        app: `a${index % 50}`,
      }),
    );
    await stage.client.request({
      method: 'POST',
      path: ciliumPath,
      body: {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'all' },
        spec: { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] },
      },
    });
  });
  after(async () => {
    await operator?.stop();
    await stage?.close();
  });

  it(`are ${mostWrites} a second at most, with ${nodeCount} nodes, a policy change a second and 100 pod changes`, async () => {
    operator = new SimulatedOperator(stage.operatorKubeconfig);
    await operator.start();
    const bundles = async () => {
      const list = await stage.client.request({ path: bundlePath });
      const { items } = list as { items: readonly { status?: { conditions?: unknown } }[] };
      return items.filter(({ status }) => status?.conditions !== undefined).length;
    };
    // Two writes for each node, its creation and its status.
    const settle = Math.max(60_000, (nodeCount * 2 * 1_000) / 30);
    await eventually('a PolicyBundle of every node', bundles, (count) => count === nodeCount, settle);
    const began = Date.now();
    let pods = 0;
    for (let second = 0; second < seconds; second++) {
      const tick = sleep(1_000);
      await putPolicy(1_000 + second);
      await each(100, () => {
        pods += 1;
        return stage.client.request({
          method: 'PATCH',
          path: `${podPath}/pod-${(pods * 7) % nodeCount}`,
          contentType: 'application/merge-patch+json',
          body: { metadata: { labels: { app: `b${pods % 50}` } } },
        });
      });
      await tick;
    }
    const ms = Date.now() - began;
    const writes = await stage.writes(began);
    const during = writes.filter(
      ({ requestReceivedTimestamp }) => Date.parse(requestReceivedTimestamp) < began + ms,
    );
    const all = await stage.writes();
    const report = {
      nodes: nodeCount,
      seconds: ms / 1_000,
      podChangesPerSecond: Math.round((pods * 1_000) / ms),
      nodeRevisions: operator.changes,
      writesPerSecond: Math.round((during.length * 1_000) / ms),
      mostInASecond: mostInASecond(during),
      mostInASecondWhileStarting: mostInASecond(all),
      ...byKind(during),
    };
    console.log(`      ${JSON.stringify(report)}`);
    assert.ok(mostInASecond(all) <= mostWrites, `${mostInASecond(all)} in a second`);
    assert.ok(during.length > seconds, 'it does write');
    // What people wait for is not held up by all the numbers.
    const enforced = await eventually(
      'the last version to be enforced',
      () => stage.condition(`${ciliumPath}/all`, 'Enforced'),
      (seen) =>
        seen?.text === `True Enforced: ${nodeCount}/${nodeCount} nodes` &&
        seen.observedGeneration === seconds + 1,
      15_000,
    );
    assert.equal(enforced?.status, 'True');
  });

  it('end when nothing changes', async () => {
    const quiet = async () => (await stage.writes(Date.now() - 6_000)).length;
    await eventually('quiet', quiet, (count) => count === 0, Math.max(60_000, nodeCount * 60));
    const began = Date.now();
    await sleep(3_000);
    assert.equal((await stage.writes(began)).length, 0);
  });
});
